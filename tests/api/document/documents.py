"""Documents and programs of every kind, made up."""

from typing import Any

from hypothesis import strategies as st

from xatra_api.document.schemas import Document, Element, PythonLayer

type Json = dict[str, Any]

TERRITORIES = ("plain", "core", "deccan")
ICONS = ("capital", "port")
LIBRARIES = ("indic",)

texts = st.text(max_size=40) | st.sampled_from(
    [
        'say "so"',
        "it's",
        "a\nb",
        'a\n"""b"""',
        'ends with\n"',
        "\\n",
        "x\ry",
        "Gaṅgā",
        "{x}",
        "\x00\u202e",
        "\n",
        " # no",
    ]
)
words = st.from_regex(r"[A-Za-z][A-Za-z0-9._ -]{0,12}", fullmatch=True)
numbers = st.integers(-1000, 1000) | st.floats(-1000, 1000, allow_nan=False)
counts = st.integers(0, 40)
positions = st.lists(st.floats(-90, 90) | st.integers(-90, 90), min_size=2, max_size=2)
rings = st.lists(positions, min_size=3, max_size=30)
periods = st.lists(st.integers(-4000, 3000), min_size=2, max_size=2)
gids = st.from_regex(r"[A-Z]{3}(\.[0-9]{1,2}){0,3}", fullmatch=True)
pairs = st.lists(st.integers(0, 60), min_size=2, max_size=2)
triples = st.lists(st.floats(0, 1), min_size=3, max_size=3)


def given_some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    """Return objects with some of the fields, and null for a few."""
    return st.fixed_dictionaries({}, optional=dict(fields))


def typed(type_: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    """Return objects of a type with all of the fields."""
    return st.fixed_dictionaries({"type": st.just(type_), **fields})


def merged(required: st.SearchStrategy[Json], optional: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    return st.builds(lambda first, second: {**second, **first}, required, optional)


operations = st.sampled_from(["union", "difference", "intersection"])
simple_parts = st.one_of(
    merged(typed("gadm", value=gids), given_some(find_in_gadm=st.lists(gids, min_size=1, max_size=2))),
    typed("naturalearth", value=st.from_regex(r"[0-9]{3,10}", fullmatch=True)),
    merged(typed("polygon", value=rings), given_some(holes=st.lists(rings, min_size=1, max_size=2))),
    typed("predefined", value=st.sampled_from(["MAGADHA", "KASI", "Z01"])),
    typed("territory", value=st.sampled_from(TERRITORIES)),
    typed("imported", library=st.sampled_from(LIBRARIES), value=st.sampled_from(["MAURYA", "chola"])),
)


@st.composite
def lists_of(draw: st.DrawFn, part: st.SearchStrategy[Json], max_size: int = 5) -> list[Json]:
    parts = draw(st.lists(part, min_size=1, max_size=max_size))
    return [parts[0], *({**part, "op": draw(operations)} for part in parts[1:])]


parts = lists_of(
    st.recursive(simple_parts, lambda part: typed("group", value=lists_of(part)), max_leaves=12)
) | lists_of(typed("gadm", value=gids), max_size=90)

sizes = pairs | counts
drawn_icons = st.one_of(
    merged(typed("url", value=texts), given_some(icon_size=pairs, icon_anchor=pairs, shadow_url=texts)),
    merged(typed("builtin", value=words), given_some(icon_size=sizes, shadow_size=sizes, shadow_anchor=sizes)),
    merged(typed("bootstrap", value=words), given_some(icon_size=sizes, popup_anchor=sizes)),
    merged(
        typed("geometric", value=st.sampled_from(["circle", "star"])),
        given_some(color=words, size=counts, border_color=words, border_width=counts, icon_size=sizes),
    ),
)
icons = drawn_icons | typed("icon", value=st.sampled_from(ICONS))
colours = st.one_of(
    typed("hex", value=st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)),
    typed("named", value=words),
    *(typed(kind, value=triples) for kind in ("hsl", "rgb", "oklch")),
)
several_colours = st.lists(colours, max_size=6)
sequences = st.one_of(
    *(merged(typed(kind), given_some(colors=several_colours, step=triples)) for kind in ("linear", "log")),
    *(merged(typed(kind), given_some(colors=several_colours)) for kind in ("rotating", "random")),
)
lines = {
    "note": texts,
    "classes": texts,
    "period": periods,
    "show_label": st.booleans(),
    "n_labels": counts,
    "hover_radius": counts,
}


def element(
    type_: str, args: st.SearchStrategy[Json] | None = None, **fields: st.SearchStrategy[Any]
) -> st.SearchStrategy[Json]:
    """Return elements of a type."""
    required = typed(type_, **fields)
    return required if args is None else st.builds(lambda first, second: {**first, "args": second}, required, args)


layers: st.SearchStrategy[Json] = st.one_of(
    element(
        "flag",
        given_some(
            period=periods,
            note=texts,
            color=words,
            classes=texts,
            type=st.sampled_from(["vassal", "province"]),
            inherit=texts,
            display_label=texts,
        ),
        label=texts,
        value=parts | st.none(),
    ),
    element("river", given_some(**lines), label=texts, value=typed("naturalearth", value=words)),
    element(
        "river",
        given_some(**lines),
        label=texts,
        value=merged(typed("overpass", value=words), given_some(osm_type=st.sampled_from(["way", "relation"]))),
    ),
    element("path", given_some(**lines), label=texts, value=st.lists(positions, max_size=30)),
    element(
        "point",
        given_some(
            note=texts,
            period=periods,
            icon=icons,
            show_label=st.booleans(),
            hover_radius=counts,
            classes=texts,
            rotation=numbers,
        ),
        label=texts,
        value=positions,
    ),
    element(
        "text", given_some(note=texts, classes=texts, period=periods, rotation=numbers), label=texts, value=positions
    ),
    element(
        "admin",
        merged(st.fixed_dictionaries({"level": counts}), given_some(period=periods, color_by_level=counts)),
        value=gids,
    ),
    element(
        "admin_rivers",
        given_some(classes=texts, sources=st.lists(st.sampled_from(["naturalearth", "overpass"])), n_labels=counts),
    ),
    element(
        "data",
        merged(st.fixed_dictionaries({"value": numbers}), given_some(period=periods, classes=texts)),
        value=gids,
    ),
    element(
        "dataframe",
        given_some(data_column=words, year_columns=st.lists(words, max_size=20)),
        value=typed("csv", value=texts) | typed("file", value=st.just("population.csv")),
    ),
    element("titlebox", given_some(period=periods), value=texts),
    element(
        "music",
        given_some(timestamps=st.lists(numbers, min_size=2, max_size=2), period=periods),
        value=st.just("a.wav"),
    ),
    element("basemap", given_some(name=texts, default=st.booleans()), value=texts),
    element("css", value=texts),
    element("slider", given_some(start=st.integers(-99, 99), end=st.integers(-99, 99), speed=st.floats(0.5, 9))),
    element("zoom", value=st.integers(0, 18)),
    element("focus", st.fixed_dictionaries({"latitude": st.floats(-90, 90), "longitude": st.floats(-180, 180)})),
    element("geocoder", given_some(api_key=texts), value=words),
    element("simplify", value=st.floats(0.001, 1) | st.none()),
    element("flag_color_sequence", given_some(class_name=words), value=sequences),
    element("admin_color_sequence", value=sequences),
    element(
        "data_colormap",
        given_some(vmin=numbers, vmax=numbers, norm=merged(typed("log"), given_some(vmin=numbers, vmax=numbers))),
        value=st.one_of(
            typed("named", value=words),
            merged(typed("colors", value=st.lists(words, min_size=2, max_size=5)), given_some(name=words)),
            st.none(),
        ),
    ),
)
python = typed(
    "python",
    value=st.sampled_from(
        [
            "for year in range(3):\n    xatra.TitleBox(str(year))\n",
            "# Neighbours\n\nheight = 5  # metres\n",
            'print("so")\n',
            "def road(*names):\n    return names\n",
            "a = 1; b = 2\n",
        ]
    ),
)

DEFINITIONS: list[Json] = [
    {"type": "hub_import", "name": "indic", "value": "/lib/indic/3"},
    *({"type": "territory", "name": name, "value": [{"type": "gadm", "value": "IND"}]} for name in TERRITORIES),
    *({"type": "icon", "name": name, "value": {"type": "bootstrap", "value": "bank"}} for name in ICONS),
]
territories = element("territory", name=st.sampled_from(TERRITORIES), value=parts)
named_icons = element("icon", name=st.sampled_from(ICONS), value=drawn_icons)
hub_imports = element(
    "hub_import",
    given_some(filter_only=st.lists(words, max_size=3), filter_not=st.lists(words, max_size=3)),
    value=st.just("/map/mauryas/2"),
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Return documents as a builder makes them: no texts, every name defined before it is used."""
    drawn = draw(st.lists(st.one_of(layers, layers, territories, named_icons, hub_imports, python), max_size=8))
    alone = [
        each
        for index, each in enumerate(drawn)
        if each["type"] != "python" or index == 0 or drawn[index - 1]["type"] != "python"
    ]
    return Document.model_validate({"version": 1, "elements": [*DEFINITIONS, *alone]})


STATEMENTS = [
    "import xatra",
    "from xatra import gadm, polygon as drawn",
    "from xatra.loaders import gadm",
    "from xatra import territory_library as lands",
    "from xatra.territory_library import *",
    "import xatra.territory_library",
    "from os import *",
    "import pandas as pd",
    'xatra.Flag("India", gadm("IND"))  # a comment',
    "xatra.Flag('India',\n    gadm('IND') | lands.MAGADHA,\n    # within\n    period = (1, 2))",
    'x = gadm("IND") - (gadm("IND.1") & drawn([[1, 2], [3.50, 4], [5, 6]]))',
    'xatra.Flag("X", x | MAGADHA)',
    "gadm = 3",
    "x = y = 1",
    "del x",
    "exec('x = 2')",
    "xatra.zoom = 3",
    "if x:\n\tpass\n\n\t# inside",
    "@road\ndef f(x):\n    '''Draw.'''\n    return x",
    'xatra.TitleBox("a" "b"); xatra.zoom(3)',
    'xatra.CSS(f"{x}")',
    'xatra.Text("a", [1, 2], note="""b\n  c""")',
    'xatra.Text("\\ud800", [1, 2])',
    "xatra.focus(1e999, 10 ** 3)",
    "xatra.zoom(99)",
    "xatra.show()",
    "x: int = 3",
    "match x:\n    case [gadm, *rest]:\n        pass",
    "try:\n    import xatra\nexcept ImportError as x:\n    pass",
    "(gadm := 3)",
    "x = \\\n    5",
    "type T = int",
    "pass;",
]
BETWEEN = ["", "", "\n", "\n\n", "# words\n", "\n# --- Realms ---\n\n", "   \n", "\t# tab\n", "\f\n"]


@st.composite
def programs(draw: st.DrawFn) -> str:
    """Return programs of all sorts of statements, comments, blank lines and line ends."""
    lines = []
    for statement in draw(st.lists(st.sampled_from(STATEMENTS), max_size=12)):
        lines += [draw(st.sampled_from(BETWEEN)), statement, "\n"]
    program = "".join(lines) + draw(st.sampled_from(BETWEEN))
    if draw(st.booleans()):
        program = program.rstrip("\n")
    return program.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n", "\r"])))


def without_texts(elements: list[Element]) -> list[Element]:
    """Return elements as a builder would have made them."""
    return [each if isinstance(each, PythonLayer) else each.model_copy(update={"source": None}) for each in elements]
