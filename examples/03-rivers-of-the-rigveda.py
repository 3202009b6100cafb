"""The rivers of the Rigveda

The Hymn to the Rivers (Rigveda 10.75) names them from the Ganga in the east to the Kubha in the west. Most still
bear a form of the old name; the Avesta, in its sister tongue, has the same names farther west.
"""

# The identifications are those that most scholars accept. The Ghaggar as Sarasvati is the widest held, not the only
# one. The blue lines are today's beds of the rivers, from OpenStreetMap (c) its contributors, ODbL.

import xatra
from xatra import overpass

# Every river of the data set, as a pale background ...
xatra.AdminRivers(sources=["overpass"], classes="background")

# ... and over it those which the Rigveda names: OpenStreetMap number, Vedic name, name today, verse.
VEDIC = [
    ("1236345", "Gaṅgā", "Ganges", "10.75.5"),
    ("326077", "Yamunā", "Yamuna", "10.75.5"),
    ("5388381", "Sarasvatī", "Ghaggar-Hakra", "6.61, 7.95, 10.75.5"),
    ("325142", "Śutudrī", "Sutlej", "3.33, 10.75.5"),
    ("10693630", "Vipāś", "Beas", "3.33"),
    ("8894611", "Paruṣṇī", "Ravi", "7.18, where Sudas beat the ten kings"),
    ("6085682", "Asiknī", "Chenab", "10.75.5"),
    ("8306691", "Vitastā", "Jhelum", "10.75.5"),
    ("1159233", "Sindhu", "Indus", "10.75, mightiest of all"),
    ("1676476", "Kubhā", "Kabul", "5.53.9, 10.75.6"),
]
for osm_id, vedic, modern, verse in VEDIC:
    xatra.River(
        vedic,
        overpass(osm_id),
        note=f"{modern} today; Rigveda {verse}",
        classes="vedic sarasvati" if vedic == "Sarasvatī" else "vedic",
        show_label=True,
        n_labels=2 if vedic in ("Sindhu", "Gaṅgā") else 1,
        hover_radius=14,
    )

# The Avesta's rivers: the same words, with the Iranian h for the Indian s.
AVESTAN = [
    ("8623883", "Haraxvaitī", "Arghandab", "the same word as Sarasvatī"),
    ("5252846", "Haētumant", "Helmand", "would be Setumant in Sanskrit: rich in dams"),
    ("3173475", "Harōiva", "Hari Rud", "the same word as Sarayū"),
]
for osm_id, avestan, modern, note in AVESTAN:
    xatra.River(avestan, overpass(osm_id), note=f"{modern} today; {note}", classes="avestan", show_label=True)

xatra.Text("Sapta Sindhavaḥ", [28.5, 73.8], note="The land of the seven rivers", classes="country")
xatra.Text("Samudra", [22.6, 67.2], note="The gathering of waters; later the word for sea", classes="country")
xatra.Text("Himavant", [34.6, 80.2], note="The snowy mountains, Rigveda 10.121.4", classes="country")

xatra.TitleBox("""
    <h2>The rivers of the Rigveda</h2>
    <p>Point at one for its name today.</p>
    <p><b class="vedic">Blue</b>: in the Rigveda<br><b class="avestan">Green</b>: in the Avesta</p>
""")
xatra.CSS("""
    .river.vedic { stroke: #1d5f9f; stroke-width: 2.4px; }
    .river.sarasvati { stroke-dasharray: 7 5; }
    .river.avestan { stroke: #3d7d4b; stroke-width: 2.4px; }
    .admin-river.background { stroke: #9db7cb; stroke-width: 1px; }
    .river-label { font-size: 16px; font-variant: normal; letter-spacing: 0.02em; }
    .river-label.vedic, b.vedic { color: #123f6d; }
    .river-label.avestan, b.avestan { color: #24562f; }
    .country { font-size: 20px; color: #7a5a3a; }
""")
# Areas set the frame of a map by themselves; a map of rivers is best given one.
xatra.focus(31, 70.5)
xatra.zoom(6)

xatra.show()
