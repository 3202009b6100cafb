"""The Silk Road in the days of Kanishka

Caravan stations from the Euphrates to Luoyang, and down to the Indian ports, about AD 130, when four empires shared
the road: Rome, Parthia, the Kushans and Han China.
"""

# This program keeps its map in a variable of its own, which is handy when one program makes several.
# Simplified: the roads are straight lines from station to station; the realms are rough, and Kanishka's years are
# taken as AD 127 to 150, after the era that begins in 127.

from xatra import Icon, Map, gadm, polygon
from xatra import territory_library as lands

road_map = Map()

# --- Realms. polygon() draws land for which there are no modern borders at hand: [latitude, longitude], corner by corner.

vakhsh_valley = polygon([[37.3, 67.8], [38.6, 68.2], [38.9, 69.6], [37.9, 70.1], [37.2, 69.0], [36.9, 68.0]])
bactria = gadm("AFG.4") | gadm("AFG.13") | gadm("AFG.19") | gadm("AFG.29") | gadm("AFG.3") | gadm("AFG.31")
bactria = bactria | gadm("UZB.12") | vakhsh_valley
kabul_valley = gadm("AFG.14") | gadm("AFG.16") | gadm("AFG.28") | gadm("AFG.20") | gadm("AFG.22") | gadm("AFG.5")
five_rivers = gadm("PAK.5") | gadm("PAK.7") | gadm("PAK.4") | gadm("IND.28") | gadm("IND.12") | gadm("IND.25")
kushan = bactria | kabul_valley | five_rivers | gadm("IND.34")
road_map.Flag("Kushan", kushan, color="#c98a3c", note="Kanishka the Great, capital Purushapura")

parthia = gadm("IRN") - gadm("IRN.26")
road_map.Flag("Parthia", parthia, color="#8c7ab8", note="The Arsacids, who lived by the road's tolls")

road_map.Flag(
    "Western Satraps",
    gadm("IND.11") | lands.AVANTI,
    color="#5f9e8f",
    note="The Shakas of Ujjain: Chashtana, then Rudradaman",
)

# A polygon may have holes: the oases lie in a ring round the desert, which nobody crossed.
oases = polygon(
    [
        [39.9, 75.3], [40.9, 78.2], [42.0, 82.0], [42.3, 85.6], [41.6, 88.4],
        [39.6, 89.4], [38.4, 86.5], [36.6, 82.5], [36.3, 79.6], [37.3, 77.0],
    ],
    holes=[
        [[39.4, 77.4], [40.3, 79.6], [41.0, 83.0], [41.0, 86.3], [39.6, 87.4], [38.1, 84.5], [37.5, 80.6], [38.2, 78.0]]
    ],
)  # fmt: skip
road_map.Flag("Oasis states", oases, color="#a8b06a", note="Under Han or Kushan overlords by turns")
road_map.Text("Taklamakan", [39.2, 82.6], note="Go in and you will not come out, as they like to say", classes="desert")

# --- Stations ---

# name: position, kind, note. Kinds are CSS classes, see the end; the label of a "quiet" one shows when pointed at.
STATIONS = {
    "Antioch": ([36.20, 36.16], "", "Rome's great city in the East"),
    "Dura-Europos": ([34.75, 40.73], "quiet", "fortress on the Euphrates"),
    "Ctesiphon": ([33.09, 44.58], "capital west", "Parthian winter capital"),
    "Ecbatana": ([34.80, 48.52], "quiet", "Parthian summer capital; Hamadan today"),
    "Rhages": ([35.59, 51.43], "below", "Rayy, by Tehran"),
    "Hecatompylos": ([35.96, 54.04], "quiet", "the older Parthian capital; Shahr-e Qumis"),
    "Nishapur": ([36.17, 58.83], "quiet", "in the land of Abarshahr"),
    "Merv": ([37.66, 62.19], "west", "Margiana; from here one road to Bactra, one to Sogdiana"),
    "Maracanda": ([39.67, 66.99], "west", "Samarkand, home of the Sogdian traders"),
    "Bactra": ([36.77, 66.90], "west", "Balkh, mother of cities"),
    "Stone Tower": ([37.77, 75.23], "quiet", "Ptolemy's half-way mark; often placed at Tashkurgan"),
    "Kashgar": ([39.47, 75.99], "west", "here the roads round the desert part"),
    "Khotan": ([37.10, 79.92], "", "jade"),
    "Kucha": ([41.72, 82.94], "above", "music and monasteries"),
    "Loulan": ([40.52, 89.91], "", "on a lake that has since gone"),
    "Dunhuang": ([40.14, 94.66], "", "near the Jade Gate, where China begins"),
    "Chang'an": ([34.31, 108.86], "below", "the old Han capital"),
    "Luoyang": ([34.72, 112.63], "capital", "the Han capital since AD 25"),
    "Begram": ([34.98, 69.31], "west", "Kapisi; its treasure has Roman glass, Indian ivory, Chinese lacquer"),
    "Purushapura": ([34.01, 71.57], "capital", "Peshawar, Kanishka's capital and great stupa"),
    "Mathura": ([27.50, 77.67], "", "the southern capital"),
    "Barygaza": ([21.70, 72.99], "west", "Bharuch: from here by ship to Egypt"),
}
# Icons of the Bootstrap set go by their names on icons.getbootstrap.com.
capital = Icon.bootstrap("bank2", icon_size=17)
market = Icon.bootstrap("shop", icon_size=12)
for name, (position, kind, note) in STATIONS.items():
    icon = capital if "capital" in kind else market
    road_map.Point(name, position, icon=icon, show_label="quiet" not in kind, note=note, classes=kind)

# --- Roads ---


def road(label, *names, **options):
    """Draw a road through the named stations."""
    road_map.Path(label, [STATIONS[name][0] for name in names], **options)


road(
    "The Parthian Stations",
    "Antioch",
    "Dura-Europos",
    "Ctesiphon",
    "Ecbatana",
    "Rhages",
    "Hecatompylos",
    "Nishapur",
    "Merv",
    note="as Isidore of Charax listed them, about AD 1",
)
road("Road to Bactria", "Merv", "Bactra", "Stone Tower", "Kashgar", classes="main")
road("Sogdian road", "Merv", "Maracanda", "Kashgar")
road("Southern road", "Kashgar", "Khotan", "Loulan", "Dunhuang", note="by Khotan's jade")
road("Northern road", "Kashgar", "Kucha", "Loulan", "Dunhuang")
road("Gansu corridor", "Dunhuang", "Chang'an", "Luoyang", note="between the desert and Tibet", show_label=True)
road("Road to India", "Bactra", "Begram", "Purushapura", "Mathura", "Barygaza")

road_map.TitleBox("<h2>The Silk Road</h2><p>in the days of Kanishka, about AD 130</p>")
road_map.CSS("""
    .path { stroke: #7a3b1d; stroke-width: 2.2px; stroke-dasharray: none; }
    .point-label { font-size: 13px; }
    .point-label.west { transform: translate(calc(-100% - 9px), 0) !important; }
    .point-label.above { transform: translate(-50%, -14px) !important; }
    .point-label.below { transform: translate(-50%, 14px) !important; }
    .text-label.desert { font-size: 15px; font-style: italic; }
""")
road_map.focus(38, 76)
road_map.zoom(4)
road_map.show()
