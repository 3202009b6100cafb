"""Five dynasties of Delhi, 1206 to 1526

The Delhi Sultanate from Aibak to the battle of Panipat: it reaches the far south under Muhammad bin Tughluq, breaks
into a dozen realms, and is sacked by Timur.
"""

# Simplified: the sultans' hold on a province came and went; a land is shown from its lasting conquest to its lasting
# loss, by modern borders. Warangal fell in 1323 and Bengal in 1324: both are shown at 1324; Rajasthan, the south and
# Bengal broke away between 1335 and 1338: all at 1336. Sindh, which Iltutmish took from a rival in 1228, is shown
# from the start. Hill states, and Rajputs inside the sultanate, are left out.

import xatra
from xatra import gadm
from xatra import territory_library as lands
from xatra.colorseq import Color, LogColorSequence, RotatingColorSequence

xatra.slider(1206, 1526, speed=12)

# The dynasties take their colours by multiplying the hue each time, the others turn by turn from a short list.
xatra.FlagColorSequence(LogColorSequence([Color.hsl(0.36, 0.42, 0.55)], step=Color.hsl(1.7, 1, 1)), "dynasty")
muted = [Color.hex(code) for code in ("#b9a27c", "#a3b18a", "#9fb3c8", "#c4a0a8", "#b0a4c4", "#8fb3ab")]
xatra.FlagColorSequence(RotatingColorSequence(muted), "realm")

# --- Lands ---

punjab = gadm("PAK.7") | gadm("PAK.4") | gadm("IND.28")
delhi = gadm("IND.25") | gadm("IND.12") | gadm("IND.34")
bihar = gadm("IND.5")
bengal = lands.PUNDRA | lands.GAUDA | lands.RADHA | lands.SUHMA | gadm("BGD.3") | gadm("BGD.5") | gadm("BGD.6")
sindh = gadm("PAK.8")
rajasthan = gadm("IND.29")
gujarat = gadm("IND.11")
malwa = lands.AVANTI | lands.AKARA | lands.DASARNA
deccan = gadm("IND.20")
south = gadm("IND.16") | gadm("IND.32") | gadm("IND.2")
jaunpur = lands.KOSALA | lands.KASI | lands.VATSA


# --- The sultanate: display_label is what the map shows, while the label keeps the dynasties apart ---


def sultanate(dynasty, land, period, note=None):
    """Give land to a dynasty of Delhi."""
    shown = f"Delhi<br><i>{dynasty}</i>"
    xatra.Flag(dynasty, land, period=period, note=note, classes="dynasty", display_label=shown)


sultanate("Mamluk", punjab | delhi | bihar | sindh, [1206, 1290], "Slaves who became kings: Iltutmish, Raziya, Balban")
sultanate(
    "Khalji", punjab | delhi | bihar | sindh, [1290, 1320], "Alauddin fixed the price of grain, and beat the Mongols"
)
sultanate("Khalji", gujarat | malwa | rajasthan, [1304, 1320])
sultanate("Khalji", deccan, [1318, 1320])
sultanate("Tughluq", punjab | delhi | bihar | sindh | gujarat | malwa, [1320, 1394])
sultanate("Tughluq", rajasthan, [1320, 1336])
sultanate("Tughluq", deccan, [1320, 1347], "Muhammad bin Tughluq moved the capital to Daulatabad in 1327")
sultanate("Tughluq", south, [1324, 1336])
sultanate("Tughluq", bengal, [1324, 1336])
sultanate("Tughluq", delhi - jaunpur | punjab, [1394, 1414], "Timur sacked Delhi in 1398")
sultanate("Sayyid", delhi - jaunpur, [1414, 1451], "From Delhi to Palam, people said of the last of them")
sultanate("Lodi", delhi - jaunpur | punjab, [1451, 1526], "Afghans: Bahlul, Sikandar, Ibrahim")
sultanate("Lodi", jaunpur, [1479, 1526])
sultanate("Lodi", bihar - lands.KASI, [1495, 1526])

# --- The realms that broke away ---

xatra.Flag(
    "Bengal", bengal, period=[1206, 1324], classes="realm", note="Governors of Lakhnauti, often their own masters"
)
xatra.Flag("Bengal", bengal, period=[1336, 1526], note="Ilyas Shahis and Husain Shahis")
xatra.Flag("Yadava", deccan, period=[1206, 1318], classes="realm", note="Devagiri; tributary to Delhi from 1296")
xatra.Flag(
    "Kakatiya", gadm("IND.32") | gadm("IND.2"), period=[1206, 1324], classes="realm", note="Rudrama Devi, a queen"
)
xatra.Flag("Hoysala", gadm("IND.16"), period=[1206, 1324], classes="realm", note="Dvarasamudra")
xatra.Flag("Chaulukya and Vaghela", gujarat, period=[1206, 1304], classes="realm")
xatra.Flag("Paramara", malwa, period=[1206, 1304], classes="realm")
xatra.Flag("Vijayanagara", south - gadm("IND.32"), period=[1336, 1526], classes="realm", note="Harihara and Bukka")
xatra.Flag(
    "Rajput houses", rajasthan, period=[1336, 1526], classes="realm", note="Mewar first among them: Kumbha, Sanga"
)
xatra.Flag("Bahmani", deccan | gadm("IND.32"), period=[1347, 1526], classes="realm", note="Gulbarga, then Bidar")
xatra.Flag("Jaunpur", jaunpur, period=[1394, 1479], classes="realm", note="The Sharqis, kings of the east")
xatra.Flag("Malwa", malwa, period=[1401, 1526], classes="realm", note="Mandu")
xatra.Flag("Gujarat", gujarat, period=[1407, 1526], classes="realm", note="Ahmad Shah founded Ahmadabad in 1411")

# --- Places and raids ---

xatra.Point("Delhi", [28.61, 77.21], show_label=True, note="Qutb, Siri, Tughluqabad: a new city for every house")
xatra.Point(
    "Daulatabad", [19.94, 75.21], show_label=True, period=[1327, 1347], note="Capital for some years after 1327"
)
xatra.Point("Agra", [27.18, 78.02], show_label=True, period=[1504, 1526], note="Sikandar Lodi's capital")
xatra.Point(
    "Panipat", [29.39, 76.97], show_label=True, period=[1525, 1527], note="Babur beat Ibrahim Lodi, 21 April 1526"
)
xatra.Path(
    "Timur's raid",
    [
        [34.53, 69.17],
        [32.95, 70.6],
        [30.75, 72.0],
        [30.2, 71.5],
        [29.58, 74.33],
        [28.61, 77.21],
        [29.95, 78.16],
        [32.7, 74.9],
    ],
    period=[1398, 1402],
    show_label=True,
)

for period, text in [
    ([1206, 1290], "<b>Mamluks</b>, 1206 to 1290"),
    ([1290, 1320], "<b>Khaljis</b>, 1290 to 1320"),
    ([1320, 1414], "<b>Tughluqs</b>, 1320 to 1414"),
    ([1414, 1451], "<b>Sayyids</b>, 1414 to 1451"),
    ([1451, 1526], "<b>Lodis</b>, 1451 to 1526"),
]:
    xatra.TitleBox(f"<h2>The Delhi Sultanate</h2><p>{text}</p>", period=period)
xatra.CSS(
    ".flag-label i { font-size: 0.8em; letter-spacing: 0.02em; font-variant: normal; } .path { stroke: #5b1f1f; stroke-width: 2.4px; }"
)

xatra.show()
