"""Fifteen centuries of Buddhism

From Bodh Gaya to Bagan: the places of the Buddha's life, the missions sent out after the Third Council, the cave
monasteries and universities, and the kings who paid for them. Press play.
"""

# Simplified: the Buddha's death is put at 483 BC, the usual date among historians (the tradition of Sri Lanka says
# 544, others about 400). The missions are those of the Mahavamsa, about 250 BC; their lines show direction only.

import xatra
from xatra import Icon, Map, gadm
from xatra import territory_library as lands

story = Map()
story.slider(-530, 1250, speed=60)
story.focus(18, 78)
story.zoom(4)

# --- Kings ---

bihar_bengal = gadm("IND.5") | gadm("IND.36") | gadm("BGD.5") | gadm("BGD.6") | gadm("BGD.3")
story.Flag("Magadha", lands.MAGADHA, period=[-530, -345], color="#a9778d", note="Bimbisara, friend of the Buddha")
story.Flag("Kosala", lands.KOSALA, period=[-530, -460], color="#7f9bb5", note="Pasenadi, friend of the Buddha")
story.Flag(
    "Maurya", gadm("IND.34") | gadm("IND.5"), period=[-321, -185], color="#d0893a", note="Only its heartland is drawn"
)
story.Flag("Lanka", lands.SIMHALA, period=[-247, 993], color="#c9a23f", note="The kings of Anuradhapura")
story.Flag("Lanka", lands.SIMHALA, period=[1070, 1215], note="The kings of Polonnaruwa")
story.Flag(
    "Kushan", gadm("PAK.5") | gadm("PAK.7") | lands.KAMBOJA | lands.AFG_BACTRIA, period=[80, 230], color="#b7774a"
)
story.Flag("Pala", bihar_bengal, period=[750, 1161], color="#8a9f5b", note="Patrons of Nalanda and Vikramashila")
story.Flag("Pagan", lands.BURMA, period=[1057, 1250], color="#c57f5e", note="Anawrahta took up the Theravada")

# --- The Buddha's life ---

wheel = Icon.geometric("hexagon", color="#8b2f2f", size=10)
for place, position, note in [
    ("Lumbini", [27.47, 83.28], "born"),
    ("Bodh Gaya", [24.70, 84.99], "awakened"),
    ("Sarnath", [25.38, 83.02], "first taught"),
    ("Kushinagar", [26.74, 83.89], "died"),
]:
    story.Point(
        place, position, icon=wheel, note=f"Here the Buddha {note}", show_label=place == "Bodh Gaya", classes="below"
    )

# --- The missions of about 250 BC, all from Pataliputra ---

PATALIPUTRA = [25.61, 85.14]
for monk, country, goal in [
    ("Majjhantika", "Kashmir and Gandhara", [34.1, 72.9]),
    ("Maharakkhita", "the Greeks", [34.9, 69.2]),
    ("Majjhima", "the Himalaya", [28.3, 84.9]),
    ("Yonaka Dhammarakkhita, a Greek", "Aparanta", [19.42, 72.80]),
    ("Mahadhammarakkhita", "Maharattha", [19.48, 75.38]),
    ("Rakkhita", "Vanavasa", [14.53, 75.02]),
    ("Mahadeva", "Mahisamandala", [12.3, 76.6]),
    ("Mahinda, Ashoka's son", "Lanka", [8.35, 80.51]),
    ("Sona and Uttara", "Suvannabhumi", [16.9, 97.4]),
]:
    story.Path(f"{monk} to {country}", [PATALIPUTRA, goal], period=[-250, -200])
story.Point("Pataliputra", PATALIPUTRA, period=[-250, -200], show_label=True, note="Third Council, about 250 BC")

# --- Monasteries, from their foundation until they fell silent (or to our day) ---

vihara = Icon.bootstrap("brightness-high-fill", icon_size=13)
for place, position, start, end, side, note in [
    ("Sanchi", [23.48, 77.74], -250, 1200, "", "great stupa, begun by Ashoka"),
    ("Anuradhapura", [8.35, 80.40], -247, 993, "", "Mahavihara; a cutting of the Bodhi tree"),
    ("Taxila", [33.75, 72.82], -240, 480, "", "Dharmarajika stupa"),
    ("Amaravati", [16.57, 80.36], -200, 1250, "", "marble stupa on the Krishna"),
    ("Bhaja", [18.73, 73.48], -150, 500, "west", "one of the oldest chaitya caves"),
    ("Ajanta", [20.55, 75.70], -100, 500, "", "painted caves"),
    ("Mathura", [27.50, 77.67], -100, 600, "west", "among the first images of the Buddha"),
    ("Purushapura", [34.01, 71.57], 127, 600, "west", "Kanishka's stupa, a wonder to the Chinese pilgrims"),
    ("Nagarjunakonda", [16.52, 79.24], 225, 350, "west", "gifts of the Ikshvaku queens"),
    ("Termez", [37.27, 67.19], 100, 600, "west", "Fayaz Tepe, on the Oxus"),
    ("Nalanda", [25.14, 85.44], 427, 1200, "west", "university; Xuanzang studied here in the 630s"),
    ("Bamiyan", [34.83, 67.83], 550, 870, "west", "two Buddhas in the cliff, 38 and 55 m"),
    ("Valabhi", [21.89, 71.88], 480, 780, "west", "university in Gujarat"),
    ("Paharpur", [25.03, 88.98], 790, 1200, "", "Somapura Mahavihara, of King Dharmapala"),
    ("Vikramashila", [25.32, 87.29], 790, 1200, "quiet", "from here Atisha went to Tibet in 1040"),
    ("Paro", [27.43, 89.42], 650, 1250, "", "Kyichu Lhakhang, in Bhutan"),
    ("Bagan", [21.17, 94.86], 1057, 1250, "", "thousands of temples"),
]:
    story.Point(place, position, icon=vihara, period=[start, end], show_label=side != "quiet", note=note, classes=side)

story.Text("Suvannabhumi", [16.2, 97.9], period=[-250, -200], note="The land of gold")

# --- Titles ---

story.TitleBox("<h2>The spread of Buddhism</h2>")
story.TitleBox("<p>The Buddha teaches in the plain of the Ganges.</p>", period=[-530, -483])
story.TitleBox("<p>The order grows; two councils are held.</p>", period=[-483, -250])
story.TitleBox("<p>After the Third Council nine missions set out.</p>", period=[-250, -200])
story.TitleBox("<p>Merchants and kings carve monasteries along the roads.</p>", period=[-200, 100])
story.TitleBox("<p>Kushan peace: over the mountains to China.</p>", period=[100, 400])
story.TitleBox("<p>The age of the universities and of the Chinese pilgrims.</p>", period=[400, 1000])
story.TitleBox("<p>The last flowering in India; a new home in Burma and Lanka.</p>", period=[1000, 1200])
story.TitleBox("<p>Nalanda has burned. The teaching lives on abroad.</p>", period=[1200, 1250])
story.CSS("""
    #title { max-width: 15rem; }
    .path { stroke: #8b2f2f; stroke-width: 2px; stroke-dasharray: 3 5; }
    .point-label { font-size: 13px; }
    .point-label.west { transform: translate(calc(-100% - 9px), 0) !important; }
    .point-label.below { transform: translate(-50%, 12px) !important; }
""")

# show() takes the current map where the map is not named; set_current_map() says which that is.
xatra.set_current_map(story)
xatra.show()
