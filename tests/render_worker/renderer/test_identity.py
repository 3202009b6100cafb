"""Our replacements leave every page byte for byte as the library writes it, but for the constant part of its template."""

import re

import pytest
from tests.render_worker.renderer.rendering import Render, RenderUnpatched

from xatra_render_worker.renderer.shell import corrected

MAPS = {
    "a country": 'xatra.Flag("India", gadm("IND"), note="a note")',
    "ten flags with algebra": """
from xatra.territory_library import KASHMIR_MISC, TERAI_HP
xatra.Flag("Rest", gadm("IND") - gadm("IND.12") - gadm("IND.31"))
xatra.Flag("Pakistan", gadm("PAK"))
xatra.Flag("Indus", gadm("PAK.7") | gadm("PAK.8") | gadm("IND.28"))
xatra.Flag("Indus", gadm("IND.13"))
xatra.Flag("Box", gadm("IND") & xatra.polygon([[20, 70], [20, 80], [30, 80], [30, 70]]))
xatra.Flag("Donut", xatra.polygon([[0, 60], [0, 70], [9, 70], [9, 60]], holes=[[[3, 63], [3, 66], [6, 66], [6, 63]]]))
xatra.Flag("Nepal", gadm("NPL"), color="#123456", classes="kingdom")
xatra.Flag("Bangladesh", gadm("BGD"), display_label="<b>Vaṅga</b>")
xatra.Flag("Terai", TERAI_HP)
xatra.Flag("Lanka", gadm("LKA") | gadm("IND.31"))
xatra.Flag("Kashmir", KASHMIR_MISC)
xatra.Flag("Overlap", gadm("IND.31") | gadm("LKA"))
xatra.Flag("Nobody")
""",
    "periods and a slider": """
xatra.Flag("Maurya", gadm("IND"), period=[-320, -180], note="empire")
xatra.Flag("Maurya", gadm("PAK"), period=[-300, -200])
xatra.Flag("Shunga", gadm("IND.5") | gadm("IND.34"), period=[-180, -73])
xatra.Flag("Always", gadm("LKA"))
xatra.River("Ganga", xatra.overpass("1236345"), period=[-500, 0], show_label=True, n_labels=2)
xatra.Path("Road", [[20, 80], [25, 85], [28, 77]], period=[-300, -100])
xatra.Text("text", [22, 79], period=[-100, 50])
xatra.TitleBox("<b>box</b>", period=[-300, -200])
xatra.slider(-310, -100, speed=2.5)
""",
    "an undated map with one dated text": 'xatra.Flag("India", gadm("IND.31"))\nxatra.Text("x", [20, 80], period=[1, 9])',
    "administrative regions": """
xatra.Admin("IND", level=1)
xatra.Admin("PAK", level=2, classes="districts", color_by_level=2)
xatra.Admin("NPL.1", level=3, period=[1, 2])
xatra.Admin("Z01", level=2)
""",
    "administrative rivers": 'xatra.AdminRivers(sources=["overpass"], classes="all", show_label=True)',
    "rivers alone": """
xatra.River("Beas", xatra.overpass("10693630"))
xatra.River("Mine", {"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": [[70, 20], [71.5, 21]]}}]})
xatra.Point("p", [10, 20])
""",
    "points with icons": """
from xatra import Icon
xatra.Point("a", [28.6, 77.2])
xatra.Point("b", [19, 73], icon=Icon.builtin("marker-icon-red.png"), note="n", show_label=True)
xatra.Point("c", [13, 80], icon=Icon.geometric("star", color="red", size=30), classes="big", hover_radius=3)
xatra.Point("d", [13, 82], icon=Icon("https://example.org/x.png"))
xatra.Text("t", [22, 79], note="n", classes="c")
""",
    "paths, texts, titles and styles": """
xatra.Path("Silk road", [[40, 74], [35, 103]], note="n", classes="route", show_label=True)
xatra.TitleBox("<h1>Titel & </h1>")
xatra.CSS(".route { stroke: red }")
xatra.CSS("#map > div { color: blue }")
xatra.BaseOption("OpenStreetMap", default=True)
xatra.BaseOption("https://tiles.example.org/{z}/{x}/{y}.png", name="Mine")
xatra.Geocoder("photon")
xatra.zoom(6)
xatra.focus(28.6, 77.2)
""",
    "vassals, provinces and colour sequences": """
from xatra.colorseq import RotatingColorSequence
xatra.FlagColorSequence(RotatingColorSequence(), "empire")
xatra.AdminColorSequence(RotatingColorSequence())
xatra.Flag("India", gadm("IND"), classes="empire large")
xatra.Flag("India/Karnataka", gadm("IND.16"), type="vassal")
xatra.Flag("India/Tamil/Nadu", gadm("IND.31"), type="province")
xatra.Flag("Client", gadm("BTN"), inherit="India")
xatra.Admin("BTN", level=1)
""",
    "data": """
import matplotlib.pyplot as plt
from matplotlib.colors import LogNorm
xatra.DataColormap(plt.cm.viridis, norm=LogNorm(1, 1000))
xatra.Data("IND.31", 85.5, period=[2020, 2025], classes="population")
xatra.Data("IND.31", 185, period=[2025, 2030])
xatra.Data("IND.12", 42)
xatra.Data("NPL", 1, find_in_gadm=["IND"])
xatra.Data("Z01.14", 100, find_in_gadm=["IND"])
""",
    "a data frame": """
import pandas as pd
frame = pd.DataFrame({"GID": ["IND.31", "IND.12", "NPL", "IND.1.2", "IND.31", "IND.99"],
                      "value": [1.5, 2, 3.25, None, 4, 5], "note": ["n", None, "country", "lost", "twice", ""]})
xatra.Dataframe(frame, classes="c")
xatra.Dataframe(frame.set_index("GID")[["value"]], find_in_gadm=["IND"])
xatra.DataColormap("magma", vmin=0)
""",
    "an unknown unit": 'xatra.Flag("Nothing", gadm("IND.99"))\nxatra.Flag("Some", gadm("IND.99") | gadm("IND.31"))',
    "a disputed territory": 'xatra.Flag("Kashmir", gadm("Z01.14"))\nxatra.Flag("There", gadm("Z01.14.1", find_in_gadm=["IND"]))',
    "a unit with a hole": 'xatra.Flag("Around", gadm("IND.25"))\nxatra.Flag("Tripura", gadm("IND.32"))',
    "an empty map": "xatra.new_map()",
}


@pytest.mark.parametrize("body", MAPS.values(), ids=MAPS)
def test_a_page_is_what_the_library_writes(body: str, render: Render, render_unpatched: RenderUnpatched) -> None:
    program = f"import xatra\nfrom xatra import gadm\n{body}\nxatra.show()\n"
    assert (
        difference(without_random_id(render(program).page), without_random_id(corrected(render_unpatched(program))))
        == ""
    )


def without_random_id(page: str) -> str:
    return re.sub(r"xatra-cmap-[0-9a-f]{8}", "xatra-cmap-", page)


def difference(ours: str, theirs: str) -> str:
    """Return where two pages part; a page is too long for a report of its own."""
    if ours == theirs:
        return ""
    pairs = enumerate(zip(ours, theirs, strict=False))
    at = next((index for index, (our, their) in pairs if our != their), min(len(ours), len(theirs)))
    return f"at {at}: {ours[max(0, at - 100) : at + 100]!r} is not {theirs[max(0, at - 100) : at + 100]!r}"
