"""Sixty years of counting: India's density, 1951 to 2011

People per square kilometre in every state at seven censuses, read from a CSV file. India grew from 361 to 1,211
million, and Kerala, once the fullest, was overtaken by Bihar and West Bengal.
"""

# Figures: Census of India 2011, table A-2, in thousands, for the states as they were in 2011, with the areas of that
# census. That census still counted Telangana with Andhra Pradesh, so both are given their common density here.

import pandas as pd
import xatra
from matplotlib.colors import LogNorm

# A file that you attach is opened by its name.
census = pd.read_csv("population.csv")
counts = [column for column in census.columns if column.isdigit()]
millions = census[counts].sum() / 1000
density = census[counts].mul(1000).div(census["area_km2"], axis="index")

# A year without a column stays blank on the map, so draw a straight line from each census to the next.
density.columns = density.columns.astype(int)
years = range(1951, 2012)
density = density.reindex(columns=years).interpolate(axis="columns").round()

# Some states are more than one unit of the map data: "IND.2 IND.32" becomes two rows.
density["GID"] = census["GID"].str.split()
density = density.explode("GID").set_index("GID")

# A column YEAR_note is shown with the value of that year.
density.loc["IND.4", "1981_note"] = "no census was held in Assam"
density.loc["Z01.14", "1991_note"] = "no census was held in Jammu and Kashmir"
density.loc["Z01.14", "1951_note"] = "estimated: no census was held in Jammu and Kashmir"
density.loc[["IND.2", "IND.32"], "2011_note"] = "Andhra Pradesh with Telangana"

# Densities run from 4 to 11,000, so equal steps of colour mean equal ratios.
xatra.DataColormap("YlOrRd", vmin=10, vmax=2000, norm=LogNorm(vmin=10, vmax=2000))
xatra.Dataframe(density, year_columns=list(years))
xatra.slider(1951, 2011, speed=6)

xatra.TitleBox("<h2>India's density</h2><p>People per km²</p>")
for year, until in zip(counts, [*counts[1:], "2012"], strict=True):
    xatra.TitleBox(f"<p>{year}: {millions[year]:,.0f} million people</p>", period=[int(year), int(until)])
xatra.CSS("#title { max-width: 15rem; }")

xatra.show()
