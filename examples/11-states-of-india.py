"""How the states of India were made, 1950 to 2014

Press play and watch the states of today come into being, from the Republic's first provinces through the language
states of 1956 to Telangana. The colour tells how many years after 1950.
"""

# A state is shown from the year in which it got that rank and, nearly, its present shape; later exchanges of a few
# villages are left out. Jammu and Kashmir, a state from 1950 to 2019, is shown with Ladakh. Union territories other
# than Delhi (1956; an assembly since 1993) are left out.

import xatra
from matplotlib.colors import LinearSegmentedColormap

REPUBLIC = 1950
xatra.slider(REPUBLIC, 2020, speed=3)
sand_to_sea = LinearSegmentedColormap.from_list("sand to sea", ["#f0d9a8", "#8cc4a4", "#3f7fa6", "#5b4b8a"])
xatra.DataColormap(sand_to_sea, vmin=0, vmax=66)

# Units of the map data, each with the year of its making. GADM files land that China claims apart, under Z numbers.
MADE = {
    1950: ["IND.4", "IND.5", "IND.26", "IND.34", "IND.36", "Z01.14"],  # Assam, Bihar, Odisha, UP, West Bengal, Kashmir
    1956: ["IND.2", "IND.16", "IND.17", "IND.19", "IND.29", "IND.31", "IND.25"],  # States Reorganisation Act
    1960: ["IND.11", "IND.20"],  # Bombay State is divided: Gujarat, Maharashtra
    1963: ["IND.24"],  # Nagaland
    1966: ["IND.28", "IND.12"],  # Punjab and Haryana, by language
    1971: ["IND.13", "Z04.13", "Z09.13"],  # Himachal Pradesh
    1972: ["IND.21", "IND.22", "IND.33"],  # Manipur, Meghalaya, Tripura
    1975: ["IND.30"],  # Sikkim, until then a kingdom
    1987: ["IND.3", "Z07.3", "IND.23", "IND.10"],  # Arunachal Pradesh, Mizoram, Goa
    2000: ["IND.7", "IND.15", "IND.35", "Z05.35", "Z09.35"],  # Chhattisgarh, Jharkhand, Uttarakhand
    2014: ["IND.32"],  # Telangana
}
for year, units in MADE.items():
    for unit in units:
        xatra.Data(unit, year - REPUBLIC, period=[year, 2021])

# A state that was divided showed the land of its children until they left.
for child, parent_since, left in [
    ("IND.11", 1956, 1960),  # Gujarat, of the Bombay State of 1956
    ("IND.20", 1956, 1960),  # Maharashtra, of the same
    ("IND.12", 1956, 1966),  # Haryana, of the Punjab of 1956
    ("IND.28", 1956, 1966),  # Punjab as it is, of the same
    ("IND.7", 1956, 2000),  # Chhattisgarh, of Madhya Pradesh
    ("IND.15", 1950, 2000),  # Jharkhand, of Bihar
    ("IND.35", 1950, 2000),  # Uttarakhand, of Uttar Pradesh
    ("IND.32", 1956, 2014),  # Telangana, of Andhra Pradesh
    ("IND.22", 1950, 1972),  # Meghalaya, of Assam
    ("IND.23", 1950, 1972),  # Mizoram, of Assam
    ("IND.24", 1950, 1963),  # Nagaland, of Assam
    ("IND.3", 1950, 1972),  # Arunachal Pradesh, in law a part of Assam
    ("Z07.3", 1950, 1972),
]:
    xatra.Data(child, parent_since - REPUBLIC, period=[parent_since, left])

for name, position, start, end, note in [
    ("Kurnool", [15.83, 78.04], 1953, 1956, "Capital of Andhra, the first state made for a language"),
    ("Hyderabad", [17.39, 78.49], 1956, 2021, "Capital of Andhra Pradesh, then of Telangana"),
    ("Chandigarh", [30.73, 76.78], 1953, 2021, "Le Corbusier's city, shared by two states since 1966"),
    ("Gandhinagar", [23.22, 72.65], 1970, 2021, "Built for Gujarat"),
]:
    xatra.Point(name, position, period=[start, end], show_label=True, note=note)

xatra.TitleBox("<h2>The states of India</h2>")
for start, end, text in [
    (
        1950,
        1956,
        "The old provinces and unions of princely states become states of kinds A, B and C. Those redrawn since are blank.",
    ),
    (1956, 1960, "1 November 1956: new states along the lines of language."),
    (1960, 1966, "1 May 1960: Bombay becomes Maharashtra and Gujarat. 1963: Nagaland."),
    (1966, 1971, "1 November 1966: Punjab and Haryana part."),
    (1971, 1987, "Himachal; the hills of the north-east; Sikkim joins in 1975."),
    (1987, 2000, "1987: Mizoram, Arunachal Pradesh and Goa."),
    (2000, 2014, "November 2000: three states of hill and forest."),
    (2014, 2021, "2 June 2014: Telangana."),
]:
    xatra.TitleBox(f"<p>{text}</p>", period=[start, end])
xatra.TitleBox("<p><b>Years after 1950</b></p>")
xatra.CSS(".data { fill-opacity: 0.75; } #title { max-width: 15rem; }")

xatra.show()
