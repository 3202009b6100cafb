"""Monsoon ports of the Periplus

The Periplus of the Erythraean Sea, a Greek merchant's handbook of about AD 50, lists the ports from Egypt to the
Ganges. In July the monsoon carried a ship from Aden to India in weeks; in December another brought it home.
"""

# Simplified: sailing lines are drawn through open water by hand. The places follow Casson's edition (1989); those with
# a question mark in their note are disputed.

import xatra
from xatra import Icon, gadm
from xatra import territory_library as lands
from xatra.colorseq import Color, RotatingColorSequence

# Base maps to choose from; the first marked default is shown.
xatra.BaseOption("Esri.OceanBasemap", name="Ocean", default=True)
xatra.BaseOption("Esri.WorldShadedRelief", name="Relief")
xatra.BaseOption("Xatra.Atlas", name="Atlas")
xatra.Geocoder("nominatim")  # the search box finds today's places

# --- Who ruled the coasts ---

coasts = [Color.hex(code) for code in ("#c9a25f", "#b5785a", "#8fa36a", "#7a94b0", "#a57fa0")]
xatra.FlagColorSequence(RotatingColorSequence(coasts))

xatra.Flag("Scythia", gadm("PAK.8"), note="Under Parthian chiefs, always chasing each other out, says the Periplus")
xatra.Flag("Ariake", gadm("IND.11") | lands.AVANTI, note="The kingdom of Manbanos: Nahapana the Western Satrap")
xatra.Flag("Dachinabades", gadm("IND.20"), note="The Deccan of the Satavahanas; Greek for dakshinapatha")
xatra.Flag("Cerobothra", lands.KERALA - lands.AY, note="The Chera king, Keralaputra")
xatra.Flag("Pandion", lands.PANDYA | lands.AY, note="The Pandya king of Madurai")
xatra.Flag("Argaru", lands.COLA, note="The inland country of the Cholas: Uraiyur")
xatra.Flag("Taprobane", lands.SIMHALA, note="Also called Palaisimoundou")

# --- Ports ---

small = {"icon_size": (13, 21), "icon_anchor": (6, 21), "shadow_size": (21, 21), "shadow_anchor": (6, 21)}
red = Icon.builtin("marker-icon-red.png", **small)
blue = Icon.builtin("marker-icon.png", **small)
green = Icon.builtin("marker-icon-green.png", **small)

PORTS = [
    # Egypt and Africa
    (green, "Myos Hormos", [26.16, 34.25], "Quseir al-Qadim: the Roman fleet's home"),
    (green, "Berenice", [23.91, 35.47], "the other Egyptian port; black pepper was found in its temple"),
    (blue, "Adulis", [15.26, 39.66], "ivory of Aksum"),
    (blue, "Opone", [10.41, 51.27], "Ras Hafun: cinnamon, slaves, tortoise shell"),
    # Arabia
    (blue, "Muza", [13.32, 43.25], "by Mocha: myrrh"),
    (blue, "Eudaimon Arabia", [12.79, 45.03], "Aden, lately sacked"),
    (blue, "Kane", [13.99, 48.34], "Qana: frankincense comes here on rafts of skins"),
    (blue, "Moscha Limen", [17.04, 54.43], "Khor Rori: frankincense"),
    # India
    (red, "Barbarikon", [24.75, 67.52], "at the Indus mouth; Banbhore? Silk, indigo, turquoise"),
    (red, "Barygaza", [21.70, 72.99], "Bharuch: pilots meet ships in the gulf; cotton, agate, ivory"),
    (blue, "Souppara", [19.42, 72.80], "Sopara"),
    (blue, "Semylla", [18.55, 72.93], "Chaul"),
    (red, "Muziris", [10.16, 76.21], "Pattanam: pepper, for which the ships of the Greeks come in crowds"),
    (red, "Nelkynda", [9.36, 76.52], "near Niranam? Pepper and malabathrum"),
    (blue, "Komar", [8.08, 77.55], "Kanyakumari, where pilgrims bathe"),
    (blue, "Kolchoi", [8.63, 78.08], "Korkai: pearls, dived for by convicts"),
    (blue, "Poduke", [11.89, 79.82], "Arikamedu: Italian wine jars were dug up here"),
    (blue, "Masalia", [16.18, 81.14], "Masulipatnam: muslin"),
    (blue, "Ganges", [22.69, 88.68], "at the river's mouth; Chandraketugarh? The finest muslins"),
]
WEST = ("Muziris", "Nelkynda", "Souppara", "Semylla", "Muza", "Barbarikon", "Ganges")  # labels on the left
for icon, name, position, note in PORTS:
    xatra.Point(
        name, position, icon=icon, show_label=True, note=note, hover_radius=16, classes="west" if name in WEST else None
    )

# --- Sea lanes ---

red_sea = [[26.2, 34.6], [23.5, 36.6], [18.5, 39.6], [15.0, 41.9], [12.6, 43.3], [12.3, 44.5], [12.6, 47.5]]
to_north = [*red_sea, [14.6, 52.4], [17.5, 57.5], [21.0, 63.0], [24.3, 66.9]]
to_barygaza = [[14.6, 52.4], [16.5, 58.5], [18.8, 65.0], [20.4, 70.0], [21.4, 72.4]]
to_muziris = [[12.6, 47.5], [12.6, 52.5], [12.3, 60.0], [11.4, 68.0], [10.2, 75.8]]
around_india = [
    [21.2, 72.2], [19.0, 72.4], [15.3, 73.2], [11.5, 75.0], [8.3, 76.6], [7.5, 77.6], [8.4, 78.5], [9.0, 79.0],
    [8.0, 79.3], [5.7, 80.3], [7.0, 82.2], [10.5, 80.6], [13.5, 80.8], [15.8, 81.6], [18.0, 84.6], [20.5, 87.6], [21.6, 88.6],
]  # fmt: skip
to_azania = [[12.3, 44.5], [11.7, 48.0], [12.1, 51.5], [10.4, 51.6]]

xatra.Path("To Barbarikon", to_north, classes="lane", note="leave Egypt in July")
xatra.Path("To Barygaza", to_barygaza, classes="lane", note="leave Egypt in July")
xatra.Path("The way of Hippalos", to_muziris, classes="lane", show_label=True, note="straight over the open sea")
xatra.Path("Coasting", around_india, classes="coast", note="in Indian ships: the great ones are called kolandia")
xatra.Path("To Azania", to_azania, classes="coast", note="on to Rhapta in East Africa")

xatra.Text("Erythraean Sea", [9.2, 61.5], note="For the Greeks the Red Sea and the Indian Ocean were one")
xatra.TitleBox(
    f"<h2>The Periplus</h2><p>A sea captain's India, about AD 50</p>"
    f"<p>{green.to_html()} Roman <br>{red.to_html()} great markets of India<br>{blue.to_html()} other ports</p>"
)
xatra.CSS("""
    #title { max-width: 15rem; }
    .path.lane { stroke: #8b2f2f; stroke-width: 2.2px; }
    .path.coast { stroke: #3b5d7a; stroke-width: 1.6px; stroke-dasharray: 2 5; }
    .text-label:not(.point-label, .path-label) { color: #24598c; font-style: italic; }
    .point-label { font-size: 12.5px; }
    .point-label.west { transform: translate(calc(-100% - 9px), 0) !important; }
""")
xatra.focus(17.5, 66)
xatra.zoom(5)

xatra.show()
