"""Writes what the predecessor's builder kept as a map's options as statements of a map program."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from xatra_api.document.layout import Code, call, keyword, sequence, statement, text
from xatra_standalone.predecessor.cleaning import whole_number
from xatra_standalone.predecessor.territories import number

_NAMED_COLOURS: Final = frozenset(
    {
        *("red", "green", "blue", "yellow", "purple", "orange", "brown", "gray", "black", "white", "pink", "cyan"),
        *("magenta", "lime", "teal", "indigo", "violet"),
    }
)
_HEX: Final = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})", re.ASCII)
_GOLDEN: Final = "1.6180339887"
_COLORMAP_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,40}", re.ASCII)


def written(options: object, program: str = "") -> list[str]:
    """Return the statements of options, in the predecessor's order.

    Args:
        options: As JSON; what is malformed in it is left out, as the predecessor did.
        program: What the map's code does already is not done again.
    """
    if not isinstance(options, dict):
        return []
    statements: list[str] = []
    for function, write in _WRITERS:
        if f"xatra.{function}(" not in program:
            statements += [statement(code) for code in write(options)]
    return statements


def _basemaps(options: Mapping[str, Any]) -> Iterator[Code]:
    for basemap in _list(options, "basemaps"):
        row = basemap if isinstance(basemap, dict) else {"url_or_provider": basemap}
        provider = row.get("url_or_provider")
        if isinstance(provider, str) and provider:
            arguments: list[Code] = [text(provider)]
            if isinstance(name := row.get("name"), str) and name not in ("", provider):
                arguments.append(keyword("name", text(name)))
            if row.get("default") is True:
                arguments.append(keyword("default", "True"))
            yield call("xatra.BaseOption", arguments)


def _css(options: Mapping[str, Any]) -> Iterator[Code]:
    rules = [
        f"{rule['selector']} {{ {rule['style']} }}"
        for rule in _list(options, "css_rules")
        if isinstance(rule, dict) and isinstance(rule.get("selector"), str) and isinstance(rule.get("style"), str)
        if rule["selector"] and rule["style"]
    ]
    if rules:
        yield call("xatra.CSS", [text("\n".join(["", *rules, ""]))])


def _slider(options: Mapping[str, Any]) -> Iterator[Code]:
    slider = options.get("slider")
    if not isinstance(slider, dict):
        return
    years = {name: whole_number(slider.get(name)) for name in ("start", "end")}
    arguments = [keyword(name, repr(year)) for name, year in years.items() if year is not None]
    if arguments:
        speed = _number(slider.get("speed"), "5")
        yield call("xatra.slider", [*arguments, *([keyword("speed", speed)] if speed not in ("5", "0") else [])])


def _zoom(options: Mapping[str, Any]) -> Iterator[Code]:
    if (level := whole_number(options.get("zoom"))) is not None:
        yield call("xatra.zoom", [repr(min(max(level, 0), 18))])


def _focus(options: Mapping[str, Any]) -> Iterator[Code]:
    match options.get("focus"):
        case [latitude, longitude]:
            pair: list[Code] = [_number(latitude), _number(longitude)]
            if "" not in pair:
                yield call("xatra.focus", pair)


def _flag_colours(options: Mapping[str, Any]) -> Iterator[Code]:
    rows = _list(options, "flag_color_sequences")
    if not rows and isinstance(colours := options.get("flag_colors"), str):
        rows = [{"colors": colours}]
    for row in rows:
        if isinstance(row, dict):
            arguments: list[Code] = [_sequence(row)]
            if isinstance(name := row.get("class_name"), str) and name.strip():
                arguments.append(keyword("class_name", text(name.strip())))
            yield call("xatra.FlagColorSequence", arguments)


def _admin_colours(options: Mapping[str, Any]) -> Iterator[Code]:
    rows = _list(options, "admin_color_sequences")
    if not rows and isinstance(colours := options.get("admin_colors"), str) and colours.strip():
        rows = [{"colors": colours}]
    for row in rows[:1]:
        if isinstance(row, dict):
            yield call("xatra.AdminColorSequence", [_sequence(row)])


def _colormap(options: Mapping[str, Any]) -> Iterator[Code]:
    given = options.get("data_colormap")
    row = given if isinstance(given, dict) else {"type": given}
    kind = row.get("type")
    if kind == "LinearSegmented":
        colours = [colour.strip() for colour in str(row.get("colors") or "").split(",") if colour.strip()]
        names: list[Code] = [text(colour) for colour in colours if _is_colour(colour)]
        if len(names) < 2:  # noqa: PLR2004 - from one to the other
            names = [text(colour) for colour in ("yellow", "orange", "red")]
        yield call(
            "xatra.DataColormap",
            [call("LinearSegmentedColormap.from_list", [text("custom_cmap"), sequence(names)])],
        )
    elif isinstance(kind, str) and _COLORMAP_NAME.fullmatch(kind):
        yield call("xatra.DataColormap", [text(kind)])


_WRITERS: Final = (
    ("BaseOption", _basemaps),
    ("CSS", _css),
    ("slider", _slider),
    ("zoom", _zoom),
    ("focus", _focus),
    ("FlagColorSequence", _flag_colours),
    ("AdminColorSequence", _admin_colours),
    ("DataColormap", _colormap),
)


def _sequence(row: Mapping[str, Any]) -> Code:
    colours: list[Code] = []
    for colour in str(row.get("colors") or "").split(","):
        name = colour.strip()
        if _HEX.fullmatch(name):
            colours.append(call("Color.hex", [text(name)]))
        elif name.lower() in _NAMED_COLOURS:
            colours.append(call("Color.named", [text(name.lower())]))
    steps: list[Code] = [
        _number(row.get(name), usual) for name, usual in (("step_h", _GOLDEN), ("step_s", "0"), ("step_l", "0"))
    ]
    arguments: list[Code] = [keyword("colors", sequence(colours))] if colours else []
    return call("LinearColorSequence", [*arguments, keyword("step", call("Color.hsl", steps))])


def _is_colour(name: str) -> bool:
    return bool(_HEX.fullmatch(name)) or name.lower() in _NAMED_COLOURS


def _number(value: object, usual: str = "") -> str:
    try:
        return usual if value is None else number(value)
    except ValueError:
        return usual


def _list(options: Mapping[str, Any], name: str) -> list[Any]:
    value = options.get(name)
    return value if isinstance(value, list) else []
