"""The sixteen great realms in the Buddha's time

The list of sixteen mahajanapadas in the Anguttara Nikaya, about 500 BC: fourteen kingdoms, and two confederacies
without a king. Point at a realm or at the dot of its capital to read more.
"""

# Simplified: the realms are drawn with modern districts, after the names in xatra's territory library. Their true
# borders are not known; Kamboja and Assaka above all are placed only roughly.

import xatra
from xatra import gadm
from xatra import territory_library as lands
from xatra.colorseq import Color, LinearColorSequence, RotatingColorSequence

# Flags of a class take their colours from that class's sequence.
xatra.FlagColorSequence(LinearColorSequence(), "kingdom")
xatra.FlagColorSequence(RotatingColorSequence([Color.hex("#6b4ea0"), Color.hex("#8f6bd1")]), "confederacy")

gandhara = lands.GANDHARA_E | gadm("PAK.5.7") | gadm("PAK.5.8") | lands.SWAT
ceti = lands.UP_CEDI | gadm("IND.19.11") | gadm("IND.19.32") | gadm("IND.19.38") | gadm("IND.19.47")
assaka = gadm("IND.32.1") | gadm("IND.32.8") | gadm("IND.20.20")

KINGDOMS = [
    # name in Pali, land, capital, where it stood, note
    ("Anga", lands.ANGA, "Champa", [25.24, 86.95], "taken by Bimbisara of Magadha"),
    ("Magadha", lands.MAGADHA, "Rajagaha", [25.03, 85.42], "it took in all the others, one by one"),
    ("Kasi", lands.KASI, "Baranasi", [25.32, 83.01], "taken by Kosala before the Buddha's time"),
    ("Kosala", lands.KOSALA, "Savatthi", [27.52, 82.05], "King Pasenadi, a friend of the Buddha"),
    ("Ceti", ceti, "Sotthivati", [25.48, 80.33], "Sanskrit Chedi; the capital's site is not certain"),
    ("Vamsa", lands.VATSA, "Kosambi", [25.34, 81.39], "Sanskrit Vatsa; King Udena"),
    ("Kuru", lands.KURU, "Indapatta", [28.61, 77.24], "Indraprastha, now within Delhi"),
    ("Panchala", lands.PANCALA, "Ahichchhatra", [28.37, 79.13], "a northern and a southern part"),
    ("Machchha", lands.MATSYA, "Virata", [27.45, 76.18], "Sanskrit Matsya; Bairat today"),
    ("Surasena", lands.SURASENA, "Madhura", [27.50, 77.67], "Mathura today"),
    ("Assaka", assaka, "Potana", [18.66, 77.89], "Sanskrit Ashmaka, the only one in the south; Bodhan today"),
    ("Avanti", lands.AVANTI, "Ujjeni", [23.18, 75.77], "King Pajjota; taken by Magadha under Shishunaga"),
    ("Gandhara", gandhara, "Takkasila", [33.75, 72.82], "Taxila; under the Achaemenids from about 518 BC"),
    ("Kamboja", lands.KAMBOJA, None, None, "horse breeders of the north-west"),
]
CONFEDERACIES = [
    ("Vajji", lands.LICCHAVI | lands.VIDEHA, "Vesali", [25.99, 85.13], "Licchavis, Videhas and six other clans"),
    ("Malla", lands.MALLA, "Kusinara", [26.74, 83.89], "where the Buddha died"),
]

for kind, realms in [("kingdom", KINGDOMS), ("confederacy", CONFEDERACIES)]:
    for name, land, capital, position, note in realms:
        xatra.Flag(name, land, classes=kind, note=note)
        if capital:
            xatra.Point(capital, position, note=f"capital of {name}", hover_radius=12)

xatra.Text("Great Forest", [21.4, 82.6])
xatra.Text("Himavanta", [29.6, 83.2], note="The Himalaya")
xatra.River("Ganga", xatra.overpass("1236345"))
xatra.River("Yamuna", xatra.overpass("326077"))

xatra.TitleBox(
    "<h2>Sixteen mahajanapadas</h2><p>about 500 BC</p><p><span class='swatch'></span> a realm without a king</p>"
)
xatra.CSS("""
    .swatch { display: inline-block; width: 0.8em; height: 0.8em; background: #6b4ea0; border-radius: 2px; }
    .point-dot { transform: scale(0.7); }
    .flag.confederacy { stroke-width: 2; }
""")

xatra.show()
