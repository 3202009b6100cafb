"""World Heritage from the Zagros to the Irrawaddy

How many places on UNESCO's list each of ten countries has (end of 2024), and eighteen of the finest, with the year in
which they were listed.
"""

# Source: the World Heritage List after the session of July 2024, whc.unesco.org. A site shared by several countries
# counts for each.

import pandas as pd
import xatra
from xatra import Icon

sites = pd.DataFrame(
    [
        ("IND", 43, "first: Ajanta, Ellora, Agra Fort and the Taj Mahal, 1983"),
        ("IRN", 28, "first: Persepolis, Tchogha Zanbil and Isfahan, 1979"),
        ("LKA", 8, "first: Anuradhapura, Polonnaruwa and Sigiriya, 1982"),
        ("UZB", 7, "first: Khiva, 1990"),
        ("PAK", 6, "first: Mohenjo-daro, Taxila and Takht-i-Bahi, 1980"),
        ("NPL", 4, "first: Sagarmatha and Kathmandu, 1979"),
        ("BGD", 3, "first: Bagerhat and Paharpur, 1985"),
        ("AFG", 2, "both were listed when already in danger"),
        ("MMR", 2, "the Pyu cities, 2014, and Bagan, 2019"),
        ("BTN", 0, "none yet"),
    ],
    columns=["GID", "sites", "note"],
)
xatra.DataColormap("YlGn", vmin=0, vmax=60)
xatra.Dataframe(sites, data_column="sites")

WEST = ("Bukhara", "Minaret of Jam", "Persepolis", "Ajanta", "Mohenjo-daro")  # labels on the left
danger = Icon.bootstrap("exclamation-triangle", icon_size=13)
temple = Icon.bootstrap("bank", icon_size=13)
for icon, name, position, year in [
    (temple, "Persepolis", [29.93, 52.89], 1979),
    (temple, "Isfahan", [32.66, 51.68], 1979),
    (temple, "Bam", [29.12, 58.37], 2004),
    (temple, "Khiva", [41.38, 60.36], 1990),
    (temple, "Bukhara", [39.77, 64.42], 1993),
    (temple, "Samarkand", [39.65, 66.98], 2001),
    (danger, "Minaret of Jam", [34.40, 64.52], 2002),
    (danger, "Bamiyan", [34.83, 67.83], 2003),
    (temple, "Mohenjo-daro", [27.33, 68.14], 1980),
    (temple, "Taj Mahal", [27.17, 78.04], 1983),
    (temple, "Ajanta", [20.55, 75.70], 1983),
    (temple, "Hampi", [15.34, 76.46], 1986),
    (temple, "Mahabalipuram", [12.62, 80.19], 1984),
    (temple, "Konark", [19.89, 86.09], 1984),
    (temple, "Lumbini", [27.47, 83.28], 1997),
    (temple, "Paharpur", [25.03, 88.98], 1985),
    (temple, "Sigiriya", [7.96, 80.76], 1982),
    (temple, "Bagan", [21.17, 94.86], 2019),
]:
    xatra.Point(
        name, position, icon=icon, show_label=True, note=f"listed in {year}", classes="west" if name in WEST else None
    )

xatra.BaseOption("Esri.WorldTerrain", name="Terrain", default=True)
xatra.BaseOption("Esri.WorldImagery", name="Satellite")
xatra.TitleBox("<h2>World Heritage</h2><p>Places on UNESCO's list<br>Triangle: in danger</p>")
xatra.focus(29, 70)
xatra.zoom(4)
xatra.CSS("""
    #title { max-width: 15rem; }
    .data { fill-opacity: 0.6; }
    .point-label { font-size: 13px; }
    .point-label.west { transform: translate(calc(-100% - 9px), 0) !important; }
""")

xatra.show()
