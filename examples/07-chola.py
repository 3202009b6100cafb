"""The Chola sea empire, 985 to 1070

Rajaraja and Rajendra make a kingdom on the Kaveri the lord of the Bay of Bengal: Kerala, Lanka, a march to the Ganges
and in 1025 a fleet against Srivijaya. A tanpura plays while the slider runs.
"""

# Simplified: dates are of first conquest. Southern Lanka never stayed quiet, and the Gangetic and naval campaigns were
# raids, not annexations, so they are drawn as lines. The lines are only as exact as the list of names in the
# Tanjavur inscription of 1030-31.

import xatra
from xatra import Icon, gadm, polygon
from xatra import territory_library as lands

xatra.slider(985, 1070, speed=4)
xatra.Music("tanpura.wav", period=(985, 1070))  # an uploaded file is opened by its name

# --- Territory algebra: | together, - without, & in both ---

chola_nadu = lands.COLA | lands.TN_KANCI
pandya_and_chera = lands.PANDYA | lands.KERALA | lands.KONGU
tungabhadra = [[13.9, 75.3], [14.5, 75.8], [15.3, 76.4], [15.6, 77.0], [15.9, 78.2], [16.0, 79.6], [15.6, 80.9]]
south_of_tungabhadra = polygon([*tungabhadra, [12.5, 80.9], [11.0, 79.0], [11.0, 75.3]])
gangavadi = (gadm("IND.16") | gadm("IND.2")) & south_of_tungabhadra
rohana = gadm("LKA.8") | gadm("LKA.17") | gadm("LKA.6") | gadm("LKA.18") | gadm("LKA.1") | gadm("LKA.3")
rajarata = gadm("LKA") - rohana
kalyani = (gadm("IND.20") | gadm("IND.16") | gadm("IND.32")) - south_of_tungabhadra - lands.TULU - lands.COORG

# --- Realms ---

xatra.Flag("Chola", chola_nadu, period=[985, 1070], color="#d1603d", note="Rajaraja I, king since 985")
xatra.Flag("Chola", pandya_and_chera, period=[994, 1070], note="The fleet of Kandalur was destroyed")
xatra.Flag("Chola", gangavadi - chola_nadu, period=[1004, 1070], note="Talakad of the Gangas fell")
xatra.Flag("Chola", rajarata, period=[993, 1070], note="Lanka's capital moved to Polonnaruwa")
xatra.Flag("Chola", rohana, period=[1017, 1029], note="Mahinda V and the crown taken")

# A vassal is written under its lord, with a slash; it gets a pale colour of its own and its lord's border.
xatra.Flag(
    "Chola/Vengi",
    lands.VENGI_AP | lands.VENGI_COASTAL,
    period=[999, 1070],
    type="vassal",
    note="Eastern Chalukyas, sons-in-law",
)

xatra.Flag("Pandya and Chera", pandya_and_chera, period=[985, 994], color="#7f9c6c")
xatra.Flag("Lanka", rajarata, period=[985, 993], color="#c9a23f")
xatra.Flag("Lanka", rohana, period=[985, 1017])
xatra.Flag(
    "Rohana", rohana, period=[1029, 1070], inherit="Lanka", note="Vijayabahu grew up here, and freed Lanka in 1070"
)
xatra.Flag("Western Chalukya", kalyani, period=[985, 1070], color="#8a86b0", note="The lifelong enemy, at Kalyani")

# --- The campaigns ---

THANJAVUR = [10.78, 79.13]
xatra.Path(
    "March to the Ganges",
    [[11.21, 79.45], [13.5, 79.9], [16.6, 81.3], [18.3, 83.9], [20.3, 85.6], [22.6, 87.4], [24.4, 87.9]],
    period=[1022, 1070],
    note="1022-23: Kalinga, Odda and Mahipala of Bengal are beaten; Ganges water is carried home",
)
xatra.Path(
    "The fleet of 1025",
    [[10.77, 79.85], [9.5, 84], [6.9, 91], [6.3, 95.2], [5.6, 98.5], [3.0, 100.8], [1.2, 103.6], [-2.2, 105.2]],
    period=[1025, 1070],
    note="against Sangrama Vijayottungavarman of Srivijaya",
)

temple = Icon.geometric("pentagon", color="#8b2f2f", size=14)
xatra.Point("Thanjavur", THANJAVUR, icon=temple, show_label=True, period=[985, 1025], note="Great temple done in 1010")
xatra.Point("Gangaikonda", [11.21, 79.45], icon=temple, show_label=True, period=[1025, 1070], note="The new capital")
port = Icon.geometric("circle", color="#3b5d7a", size=9)
for name, position, note in [
    ("Nakkavaram", [7.03, 93.79], "the Nicobars"),
    ("Ilamuri-desam", [5.55, 95.32], "Aceh"),
    ("Kadaram", [5.74, 100.41], "Kedah, whose king was taken with his elephants"),
    ("Ilangashoka", [6.76, 101.32], "Langkasuka, by Pattani"),
    ("Malaiyur", [-1.61, 103.61], "Jambi"),
    ("Sri Vijaya", [-2.99, 104.76], "Palembang, with its jewelled gate"),
]:
    xatra.Point(
        name,
        position,
        icon=port,
        show_label=True,
        period=[1025, 1070],
        note=f"{note}; named in the inscription",
        classes="west",
    )

xatra.Text("Bay of Bengal", [14.2, 88.5], note="A Chola lake, as a modern historian put it")
xatra.TitleBox("<h2>The Chola sea empire</h2>")
xatra.TitleBox("<p><b>Rajaraja I</b>, 985 to 1014</p>", period=[985, 1014])
xatra.TitleBox("<p><b>Rajendra I</b>, 1014 to 1044</p>", period=[1014, 1044])
xatra.TitleBox("<p><b>Rajadhiraja I</b> and his brothers, 1044 to 1070</p>", period=[1044, 1070])
xatra.CSS("""
    .path { stroke: #8b2f2f; stroke-width: 2.2px; }
    .text-label:not(.point-label, .path-label) { color: #24598c; font-style: italic; }
    .point-label { font-size: 13px; }
    .point-label.west { transform: translate(calc(-100% - 9px), 0) !important; }
""")
xatra.focus(10.5, 86)
xatra.zoom(5)

xatra.show()
