"""The provinces of Akbar, 1605

Akbar cut his empire into twelve subahs in 1580 and added three in the Deccan. Here they are at his death, with the
houses that ruled under him, and those that would not.
"""

# Simplified: the subahs of the Ain-i Akbari are drawn with modern districts, so their borders are out by up to the
# width of a district. Qandahar and Kashmir were parts of the subah of Kabul; Ahmadnagar was held only in part.

import xatra
from xatra import Territory, gadm
from xatra import territory_library as lands


def districts(state, *numbers):
    """The union of some districts of an Indian state: districts("IND.34", 1, 2) is Agra and Aligarh."""
    return Territory.union_territories([gadm(f"{state}.{number}") for number in numbers])


# --- The fifteen subahs: land, seat, where it is ---

purnia = districts("IND.5", 1, 15, 17, 28)  # in Bihar now, in Bengal then
agra = districts("IND.34", 1, 2, 7, 23, 24, 26, 28, 37, 38, 40, 41, 42, 43, 52, 53)
agra = agra | districts("IND.19", 8, 14, 20, 29, 43, 44) | districts("IND.29", 2, 6, 13, 23)
delhi = gadm("IND.25") | gadm("IND.12") | lands.PUADH | lands.KURU_PROPER | lands.PANCALA_N
allahabad = districts("IND.34", 3, 13, 20, 21, 27, 31, 34, 39, 45, 51, 56, 60, 66, 72, 75)
orchha = districts("IND.19", 47) | gadm("IND.34.48")
malwa = lands.AVANTI | lands.AKARA | lands.HADOTI | districts("IND.19", 6, 13, 18, 21, 22, 24, 37, 51)
ajmer = gadm("IND.29") - agra - lands.HADOTI

SUBAHS = {
    "Kabul": (
        lands.KAMBOJA | gadm("AFG.9") | gadm("AFG.15") | gadm("AFG.34") | gadm("PAK.5") | gadm("PAK.3"),
        [34.53, 69.17],
    ),
    "Lahore": (
        gadm("PAK.7.4") | gadm("PAK.7.5") | gadm("PAK.7.7") | gadm("PAK.7.8") | gadm("PAK.4") | gadm("IND.28") - delhi,
        [31.55, 74.34],
    ),
    "Multan": (gadm("PAK.7.1") | gadm("PAK.7.2") | gadm("PAK.7.3") | gadm("PAK.7.6") | gadm("PAK.8"), [30.20, 71.47]),
    "Delhi": (delhi, [28.61, 77.21]),
    "Agra": (agra, [27.18, 78.02]),
    "Awadh": (gadm("IND.34") - agra - delhi - allahabad - orchha, [26.80, 82.20]),
    "Allahabad": (allahabad, [25.43, 81.85]),
    "Bihar": (gadm("IND.5") - purnia, [25.61, 85.14]),
    "Bengal": (gadm("IND.36") | purnia | gadm("BGD.5") | gadm("BGD.4") | gadm("BGD.6"), [25.05, 87.84]),
    "Ajmer": (ajmer, [26.45, 74.64]),
    "Gujarat": (gadm("IND.11") - lands.KUTCH, [23.03, 72.58]),
    "Malwa": (malwa, [23.18, 75.78]),
    "Khandesh": (districts("IND.20", 9, 13, 21) | gadm("IND.19.10"), [21.31, 76.23]),
    "Berar": (districts("IND.20", 2, 3, 7, 35, 36), [21.27, 77.51]),
    "Ahmadnagar": (districts("IND.20", 1, 4, 14), [19.10, 74.75]),
}

empire = Territory.union_territories([land for land, _ in SUBAHS.values()])
mewar = districts("IND.29", 33, 28, 10, 7)

xatra.Flag("Mughal", empire - mewar, color="#6f9a68", note="Jalaluddin Muhammad Akbar, 1556 to 1605")
xatra.Flag(
    "Kashmir",
    gadm("Z01.14") - gadm("Z01.14.13") - gadm("Z01.14.8"),
    inherit="Mughal",
    note="Taken in 1586; part of the subah of Kabul",
)

# A province is an outline within its realm ...
for name, (land, seat) in SUBAHS.items():
    xatra.Flag(f"Mughal/{name}", land, type="province", note="Subah of the empire")
    xatra.Point(f"Seat of {name}", seat, hover_radius=10)

# ... and a vassal a paler patch upon it.
for name, land, note in [
    ("Amber", districts("IND.29", 17, 12), "Raja Man Singh, the emperor's general and his queen's nephew"),
    ("Marwar", districts("IND.29", 22, 26, 19, 5), "The Rathors of Jodhpur"),
    ("Bikaner", districts("IND.29", 8, 11), "The Rathors of Bikaner"),
    ("Jaisalmer", districts("IND.29", 18), "The Bhatis"),
    ("Orchha", orchha, "The Bundelas; Bir Singh killed Abul Fazl in 1602"),
    ("Kutch", lands.KUTCH, "The Jadejas, tributary"),
]:
    xatra.Flag(f"Mughal/{name}", land, type="vassal", note=note)

for name, land, color, note in [
    ("Mewar", mewar, "#b5603f", "Rana Amar Singh held out until 1615"),
    ("Bhati", gadm("BGD.3") | gadm("BGD.8"), "#8a86b0", "The Twelve Bhuyans under Musa Khan, until 1611"),
    ("Gondwana", districts("IND.19", 12, 40, 5) | gadm("IND.20.19"), "#a89a6a", "The Gonds of Deogarh"),
    ("Bijapur", districts("IND.20", 15, 29, 30, 32, 28) | districts("IND.16", 7, 4, 1), "#9a7d9e", "The Adil Shahis"),
    ("Golkonda", gadm("IND.32") | lands.VENGI_AP, "#7f9fb5", "The Qutb Shahis, of the diamond mines"),
]:
    xatra.Flag(name, land, color=color, note=note)

xatra.TitleBox(
    "<h2>The provinces of Akbar</h2><p>at his death in 1605</p><p>dashed: subahs<br>pale: houses under him</p>"
)
xatra.CSS("""
    .flag-label.province { font-size: calc(12px * var(--xatra-label-scale, 1)); color: #24431f !important; }
    .point-dot { transform: scale(0.6); }
""")

xatra.show()
