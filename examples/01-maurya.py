"""The Mauryan empire, 340 to 180 BC

From the kingdom of the Nandas to the murder of the last Maurya. Move the slider: Chandragupta takes Magadha, the
Punjab and the lands that Seleucus ceded, Bindusara the Deccan, Ashoka Kalinga; then it all falls apart.
"""

# Years before Christ are negative. A period [start, end] includes its start and excludes its end.
# Simplified: the conquests are certain in their order, but most dates are good to within a decade, and borders of
# that age were never lines. What slipped away after Ashoka's death in 232 BC is shown as lost in two steps.

import xatra
from xatra import Icon, gadm
from xatra import territory_library as lands

xatra.slider(-345, -180, speed=8)

# --- Lands, built from modern units with | (together), - (without) and & (in both) ---

plain = gadm("IND.34") | gadm("IND.5") | lands.TERAI_NPL
malwa = gadm("IND.19")
bengal = lands.PUNDRA | lands.GAUDA | lands.RADHA | lands.SUHMA
five_rivers = gadm("PAK.7") | gadm("PAK.4") | gadm("IND.28") | gadm("IND.12") | gadm("IND.25")
sindh_and_west = gadm("PAK.8") | gadm("IND.29") | gadm("IND.11")
northwest = gadm("PAK.5") | gadm("PAK.3") | gadm("PAK.2") | lands.KAMBOJA | lands.KANDAHAR
deccan = gadm("IND.20") | gadm("IND.32") | gadm("IND.2") | lands.KUNTALA
deccan = deccan - (lands.KALINGA_TELUGU | lands.AP_KANCI)
kalinga = gadm("IND.26") - lands.GREAT_FOREST | lands.KALINGA_TELUGU

# --- Realms: flags with the same label are one realm, and share a colour ---

xatra.Flag("Nanda", plain, period=[-345, -321], color="#9c7a4d", note="Mahapadma Nanda and his sons")
xatra.Flag("Kalinga", kalinga, period=[-321, -261], color="#6f9483", note="Free after the fall of the Nandas")
xatra.Flag("Kalinga", kalinga, period=[-232, -180], note="Free again; a century or two later Kharavela ruled it")

xatra.Flag("Maurya", plain | malwa | bengal, period=[-321, -185], color="#d0893a", note="Founded about 321 BC")
xatra.Flag("Maurya", five_rivers | sindh_and_west, period=[-316, -185])
xatra.Flag("Maurya", northwest, period=[-303, -206])
xatra.Flag("Maurya", deccan, period=[-285, -232])
xatra.Flag("Maurya", kalinga, period=[-261, -232])

xatra.Flag(
    "Heirs of Alexander", northwest, period=[-321, -303], color="#8a86b0", note="Ceded by Seleucus for 500 elephants"
)
xatra.Flag("Satavahana", deccan, period=[-232, -180], color="#a9748f", note="Their beginning is disputed: 230 to 60 BC")
xatra.Flag("Shunga", plain, period=[-185, -180], color="#6f8f5f", note="Founded by Pushyamitra, a general")

xatra.River("Ganga", xatra.overpass("1236345"), note="The imperial road of Magadha")
xatra.River("Sindhu", xatra.overpass("1159233"), note="The Indus")

# --- Cities ---

capital = Icon.geometric("star", color="#7a1f1f", size=22)
xatra.Point("Pataliputra", [25.61, 85.14], icon=capital, show_label=True, note="Capital; Patna today")
city = Icon.geometric("square", color="#7a1f1f", size=8)
xatra.Point("Takshashila", [33.75, 72.82], icon=city, show_label=True, period=[-316, -185], note="Seat of a viceroy")
xatra.Point("Ujjayini", [23.18, 75.78], icon=city, show_label=True, period=[-321, -185], note="Seat of a viceroy")
xatra.Point("Tosali", [20.19, 85.84], icon=city, show_label=True, period=[-261, -232], note="Seat of a viceroy")

# --- The edicts of Ashoka, cut into rock from about 258 BC, on pillars from about 243 BC ---

rock = Icon.geometric("circle", color="#2f2a26", size=8)
for place, position in {
    "Girnar": [21.53, 70.48],
    "Kalsi": [30.52, 77.85],
    "Shahbazgarhi": [34.23, 72.16],
    "Mansehra": [34.33, 73.18],
    "Dhauli": [20.19, 85.84],
    "Jaugada": [19.52, 84.83],
    "Sopara": [19.42, 72.80],
    "Yerragudi": [15.21, 77.58],
    "Maski": [15.96, 76.65],
    "Brahmagiri": [14.81, 76.81],
    "Kandahar": [31.60, 65.66],
}.items():
    xatra.Point(place, position, icon=rock, period=[-258, -185], note="Rock edict of Ashoka")

pillar = Icon.geometric("triangle", color="#2f2a26", size=11)
for place, position in {
    "Lumbini": [27.47, 83.28],
    "Sarnath": [25.38, 83.02],
    "Sanchi": [23.48, 77.74],
    "Lauriya Nandangarh": [26.99, 84.41],
    "Topra": [30.12, 77.16],
}.items():
    xatra.Point(place, position, icon=pillar, period=[-243, -185], note="Pillar of Ashoka")

# --- Titles: those with a period come and go with the slider ---

xatra.TitleBox("<h2>The Mauryan empire</h2>")
xatra.TitleBox("<p>The Nandas rule the plain of the Ganges.</p>", period=[-345, -321])
xatra.TitleBox("<p><b>Chandragupta</b>, about 321 to 297 BC</p>", period=[-321, -297])
xatra.TitleBox("<p><b>Bindusara</b>, about 297 to 273 BC</p>", period=[-297, -268])
xatra.TitleBox(
    f"<p><b>Ashoka</b>, about 268 to 232 BC<br>{rock.to_html()} rock edict &nbsp; {pillar.to_html()} pillar</p>",
    period=[-268, -232],
)
xatra.TitleBox("<p>Ashoka's heirs lose the provinces one by one.</p>", period=[-232, -185])
xatra.TitleBox("<p>Pushyamitra kills Brihadratha, the last Maurya, 185 BC.</p>", period=[-185, -180])

xatra.CSS("#title .title-box h2 { color: #7a1f1f; }")

xatra.show()
