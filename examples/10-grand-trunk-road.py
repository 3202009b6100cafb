"""The Grand Trunk Road

From Chittagong to Kabul: a Mauryan highway, rebuilt by Sher Shah with an inn every two kos, metalled by the East India
Company. It is drawn over the districts and divisions it crosses today.
"""

# Simplified: the line joins the towns of the road. Sher Shah's road ran from Sonargaon to the Indus (1540-45); the
# British one (from the 1830s) from Calcutta to Peshawar. Each town's note says which.

import xatra
from xatra import Icon
from xatra.colorseq import Color, LinearColorSequence

# --- Today's units along the road. Those of one state (color_by_level=1) share a colour. ---

soft = LinearColorSequence([Color.hsl(0.12, 0.45, 0.72)], step=Color.hsl(0.27, 0, 0))
xatra.AdminColorSequence(soft)

xatra.Admin("AFG.14", level=2, classes="land")  # Kabul
xatra.Admin("AFG.22", level=2, classes="land")  # Nangarhar
xatra.Admin("PAK.5", level=2, classes="land")  # Khyber Pakhtunkhwa
xatra.Admin("PAK.7", level=2, classes="land")  # Punjab, Pakistan
for state in ("IND.28", "IND.12", "IND.25", "IND.34", "IND.5", "IND.15", "IND.36"):
    xatra.Admin(state, level=2, classes="land")
xatra.Admin("BGD", level=1, color_by_level=0, classes="land")  # all divisions in one colour

# --- The road, town by town ---

fort = Icon.geometric("square", color="#5b1f1f", size=9)
town = Icon.geometric("circle", color="#5b1f1f", size=7)
ROAD = [
    # town, position, icon, note, where its label stands
    ("Chittagong", [22.34, 91.83], town, "the port; the road's eastern end in some accounts", ""),
    ("Sonargaon", [23.65, 90.60], fort, "here Sher Shah's road began", ""),
    ("Calcutta", [22.57, 88.35], fort, "the British road began at the Hooghly", ""),
    ("Bardhaman", [23.24, 87.86], town, "on the British road", None),
    ("Sasaram", [24.95, 84.02], fort, "Sher Shah's tomb, in its lake", ""),
    ("Varanasi", [25.32, 83.01], town, "on every road there ever was", "above"),
    ("Prayagraj", [25.44, 81.85], town, "Akbar's fort where Ganges and Yamuna meet", "below"),
    ("Kanpur", [26.45, 80.35], town, "a British camp of 1778", ""),
    ("Etawah", [26.78, 79.02], town, "Sher Shah's road", None),
    ("Agra", [27.18, 78.02], fort, "Sher Shah's capital", ""),
    ("Delhi", [28.61, 77.23], fort, "Purana Qila is Sher Shah's work", ""),
    ("Panipat", [29.39, 76.97], town, "three battles: 1526, 1556, 1761", None),
    ("Ambala", [30.38, 76.78], town, "where Kim and the lama leave the train", ""),
    ("Ludhiana", [30.90, 75.85], town, "on the Sutlej", None),
    ("Amritsar", [31.63, 74.87], town, "the Golden Temple", ""),
    ("Lahore", [31.55, 74.34], fort, "Kim starts here, on the gun Zam-Zammah", "west"),
    ("Rohtas", [32.96, 73.58], fort, "Sher Shah's fort against the Gakkhars, 1541", ""),
    ("Rawalpindi", [33.60, 73.05], town, "and Taxila close by", None),
    ("Attock", [33.77, 72.36], fort, "Akbar's fort at the ferry over the Indus, 1581-83", ""),
    ("Peshawar", [34.01, 71.57], town, "the Storytellers' Bazaar", None),
    ("Khyber Pass", [34.09, 71.16], town, "so it has always been", None),
    ("Kabul", [34.53, 69.17], fort, "the far end", ""),
]
KIM = """And truly the Grand Trunk Road is a wonderful spectacle. It runs straight, bearing without crowding India's
traffic for fifteen hundred miles – such a river of life as nowhere else exists in the world. (Kipling, Kim, 1901)"""
xatra.Path("Grand Trunk Road", [stop[1] for stop in ROAD], note=KIM, hover_radius=14)
for name, position, icon, note, side in ROAD:
    xatra.Point(name, position, icon=icon, show_label=side is not None, note=note, classes=side, hover_radius=10)

xatra.TitleBox("<h2>The Grand Trunk Road</h2><p>from Chittagong to Kabul</p>")
xatra.CSS("""
    .admin.land { stroke: #6b6560; stroke-width: 0.4px; fill-opacity: 0.5; mix-blend-mode: multiply; }
    .path { stroke: #8b2f2f; stroke-width: 3.5px; stroke-dasharray: none; }
    .point-label { font-size: 14px; font-weight: 600; }
    .point-label.west { transform: translate(calc(-100% - 9px), 0) !important; }
    .point-label.above { transform: translate(-50%, -16px) !important; }
    .point-label.below { transform: translate(-50%, 14px) !important; }
""")

xatra.show()
