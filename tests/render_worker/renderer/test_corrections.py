"""Faults of the library that our replacements correct, each by the map that shows it."""

from pathlib import Path

import pytest
from tests.render_worker.renderer.rendering import Render, Warm, script_of, style_of

HEAD = "import xatra\nfrom xatra import gadm\n"


def test_a_data_frame_with_columns_of_years_is_shown(render: Render) -> None:
    program = (
        f"{HEAD}import pandas\n"
        'frame = pandas.DataFrame({"GID": ["BTN.1", "BTN.2"], "2020": [1, None], "2021": [2, 3], "2021_note": ["n", None]})\n'
        "xatra.Dataframe(frame)\n"
    )
    payload = render(program).payload
    layers = payload["dataframes"]
    assert [(layer["type"], layer["years"]) for layer in layers] == [("dynamic", [2020, 2021])] * 2
    properties = payload["geometry_registry"][layers[0]["geom_id"]]["features"][0]["properties"]
    assert properties["_dataframe_data"] == {"2020": 1, "2021": 2}
    assert properties["_dataframe_notes"] == {"2021": "n"}
    assert payload["colormap_info"]["vmax"] == 3


def test_the_rotation_of_points_and_texts_arrives(render: Render) -> None:
    payload = render(f'{HEAD}xatra.Point("p", [1, 2], rotation=30)\nxatra.Text("t", [1, 2], rotation=-45.5)\n').payload
    assert payload["points"][0]["rotation"] == 30
    assert payload["texts"][0]["rotation"] == -45.5


@pytest.mark.parametrize(
    ("call", "limits"),
    [
        ("xatra.slider(start=100)", [100, 300]),
        ("xatra.slider(end=250)", [0, 250]),
        ("xatra.slider(100, 250)\nxatra.slider(speed=2)", [100, 250]),
        ("xatra.slider(speed=2)", None),
    ],
)
def test_one_end_of_the_slider_is_enough(call: str, limits: list[int] | None, render: Render) -> None:
    program = f'{HEAD}{call}\nxatra.Text("a", [1, 2], period=[0, 200])\nxatra.Text("b", [1, 2], period=[50, 300])\n'
    assert render(program).payload["map_limits"] == limits


def test_zoom_zero_is_a_zoom(render: Render) -> None:
    outcome = render(f"{HEAD}xatra.zoom(0)\n")
    assert outcome.payload["initial_zoom"] == 0
    assert "const initialZoom = payload.initial_zoom ?? 4;" in outcome.page


def test_a_legend_is_the_same_each_time(render: Render) -> None:
    program = f'{HEAD}xatra.Data("BTN.1", 1)\nxatra.Data("BTN.2", 2)\n'
    assert render(program).page == render(program).page


def test_an_overpass_id_matches_its_own_river_alone(render: Render) -> None:
    assert render(f'{HEAD}xatra.River("r", xatra.overpass("1236345"))\n').payload["rivers"]
    assert render(f'{HEAD}xatra.overpass("36345")\n').error["type"] == "MissingDataError"


def test_where_units_are_looked_for_is_part_of_what_they_are_remembered_by(render: Render) -> None:
    program = (
        f'{HEAD}try:\n    gadm("X01.1").to_geometry()\nexcept FileNotFoundError as missing:\n    print("missing")\n'
        'print(gadm("BTN.1", ["IND"]).strrepr, gadm("BTN.1").strrepr)\n'
        'xatra.Flag("f", gadm("BTN.1", ["IND"]))\n'
    )
    assert render(program).printed == 'missing\ngadm("BTN.1", find_in_gadm=[\'IND\']) gadm("BTN.1")\n'


def test_an_invalid_polygon_is_repaired_with_a_warning(render: Render) -> None:
    bow_tie = "xatra.polygon([[26, 88], [29, 93], [29, 88], [26, 93]])"
    outcome = render(f'{HEAD}xatra.Flag("f", gadm("BTN") - {bow_tie})\n')
    assert outcome.payload["flags"]["flags"][0]["geom_id"]
    assert any("An invalid polygon was repaired: Self-intersection" in said for said in outcome.warnings)


def test_administrative_layers_do_not_repaint_one_another(render: Render) -> None:
    program = f'{HEAD}xatra.Admin("BTN", level=2, color_by_level=2)\nxatra.Admin("BTN", level=2, color_by_level=0)\n'
    payload = render(program).payload
    colors = [
        {feature["properties"]["_color"] for feature in payload["geometry_registry"][layer["geom_id"]]["features"]}
        for layer in payload["admins"]
    ]
    assert len(colors[0]) > 100
    assert len(colors[1]) == 1


def test_a_layer_leaves_no_marks_on_the_features_of_another(render: Render) -> None:
    program = f'{HEAD}xatra.Admin("BTN", level=1)\nxatra.Data("BTN.1", 1)\nxatra.AdminRivers()\nxatra.River("r", xatra.overpass("1236345"))\n'
    payload = render(program).payload
    data = payload["geometry_registry"][payload["data"][0]["geom_id"]]
    river = payload["geometry_registry"][payload["rivers"][0]["geom_id"]]
    assert "_color" not in data["features"][0]["properties"]
    assert "_filename" not in river["properties"]


def test_numbers_of_a_data_frame_can_be_values(render: Render) -> None:
    program = f'{HEAD}import numpy\nxatra.Data("BTN.1", numpy.int64(3))\nxatra.Data("BTN.2", numpy.float64(1.5))\n'
    assert [item["value"] for item in render(program).payload["data"]] == [3, 1.5]


@pytest.mark.parametrize(
    "hostile",
    [
        'xatra.CSS("</style><script>alert(1)</script>")',
        'xatra.CSS("</STYLE ><img src=x>")',
        'xatra.TitleBox("</script><script>alert(1)</script>")',
        'xatra.Text("<!--<script>", [1, 2])',
        'xatra.Flag("</script>", gadm("BTN.1"), note="<!-- <script>")',
        'xatra.River("<!--<script>", {"type": "Feature", "properties": {"x": "<!--<script></script>"}, "geometry": None})',
        'xatra.Point("</script>", [1, 2], icon=xatra.Icon("</script><!--<script>"))',
        'xatra.BaseOption("https://t/</script><!--<script>", name="</script>")',
    ],
)
def test_no_text_of_an_author_leaves_the_element_that_it_is_in(hostile: str, render: Render) -> None:
    page = render(f"{HEAD}{hostile}\n").page
    assert "</" not in style_of(page)
    assert "</" not in script_of(page)
    assert "<!--" not in script_of(page)


def test_no_env_file_is_read(warm: Warm, map_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("STADIA_API_KEY=leaked\n")
    monkeypatch.chdir(tmp_path)
    with warm(map_data) as (_, render):
        assert (
            render(f'{HEAD}import os\nprint(os.environ.get("STADIA_API_KEY"))\nxatra.new_map()\n').printed == "None\n"
        )


def test_no_pickle_is_read_or_written(render: Render, map_data: Path) -> None:
    render(f'{HEAD}xatra.Flag("f", gadm("BTN.1.1"))\nxatra.AdminRivers()\n')
    assert not list(map_data.rglob("*.pickle"))
    assert not list(map_data.rglob("*.pkl"))
    assert not list(map_data.rglob("_merged_features*"))
