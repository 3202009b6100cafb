"""Writes the layers that the predecessor's builder kept as JSON as statements of a map program.

Where a value is Python (a member `__xatra_python__`), its text stands in the statement as it is: programs are shut in
here, whoever wrote them.
"""

import ast
import math
import re
from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from xatra_api.document import library
from xatra_api.document.layout import Bracketed, Code, call, keyword, sequence, statement, text
from xatra_standalone.predecessor.attachments import Attachments
from xatra_standalone.predecessor.territories import TerritoryWriter, number, positions

_PYTHON: Final = "__xatra_python__"
_LONGEST_TABLE: Final = 20_000  # characters that stay in the program
_NUMBERS: Final = frozenset({"level", "color_by_level", "n_labels", "hover_radius", "rotation"})
_PAIRS: Final = frozenset({"period", "timestamps"})
_FUNCTIONS: Final = {
    "flag": "Flag",
    "river": "River",
    "path": "Path",
    "point": "Point",
    "text": "Text",
    "admin": "Admin",
    "admin_rivers": "AdminRivers",
    "dataframe": "Dataframe",
    "titlebox": "TitleBox",
    "music": "Music",
}
_LABELLED: Final = frozenset({"flag", "river", "path", "point", "text"})
_ICONS: Final = {
    "builtin": ("Icon.builtin", "name"),
    "bootstrap": ("Icon.bootstrap", "name"),
    "geometric": ("Icon.geometric", "shape"),
    "url": ("Icon", "icon_url"),
}
_ICON_ARGUMENTS: Final = {kind: library.ICONS[f"xatra.{function}"].parameters for kind, (function, _) in _ICONS.items()}


class UnwritableError(ValueError):
    """An element cannot be a statement; the text says why."""


class ElementWriter:
    """Writes the elements of one map.

    Attributes:
        territories: Writes the territories, and knows which were left out.
        attachments: Receives audio and tables, which become files.
    """

    def __init__(self, names: Collection[str], attachments: Attachments) -> None:
        self.territories = TerritoryWriter(names)
        self.attachments = attachments
        self._writers: dict[str, Callable[[object], Code | None]] = {
            "flag": self.territories.write,
            "path": _path,
            "point": _position,
            "text": _position,
            "admin": _text,
            "admin_rivers": _sources,
            "dataframe": self._table,
            "titlebox": _text,
            "music": self._music,
        }

    def write(self, element: object) -> str:
        """Return an element's statement; none where it draws nothing.

        Raises:
            UnwritableError: It has none.
        """
        if not isinstance(element, dict):
            raise UnwritableError("it is no JSON object")
        kind = str(element.get("type")).strip().lower()
        if kind == "python":
            return str(element.get("value") or "")
        if kind not in _FUNCTIONS:
            raise UnwritableError(f"there is no layer {kind[:40]!r}")
        try:
            arguments = self._arguments(kind, element)
        except (ValueError, RecursionError) as error:
            raise UnwritableError(str(error)) from None
        return statement(call(f"xatra.{_FUNCTIONS[kind]}", arguments)) if arguments is not None else ""

    def _arguments(self, kind: str, element: Mapping[str, Any]) -> list[Code] | None:
        options = element.get("args")
        options = dict(options) if isinstance(options, dict) else {}
        value = self._value(kind, element.get("value"), options)
        if value is None and kind in {"river", "music", "dataframe", "admin"}:
            return None  # the predecessor drew nothing either
        arguments: list[Code] = []
        if kind in _LABELLED:
            arguments.append(literal(_or_none(element.get("label")) or options.get("label") or ""))
        if kind == "admin_rivers":
            arguments += [keyword("sources", value)] if value else []
        elif value is not None:
            arguments.append(value)
        known = library.LAYERS[_FUNCTIONS[kind]].args
        for name in known:
            given = _or_none(options.get(name))
            if given is not None and name not in {"icon", "sources"}:
                arguments.append(keyword(name, _argument(name, given)))
        if kind == "point" and (icon := _icon(options.get("icon"))) is not None:
            arguments.append(keyword("icon", icon))
        return arguments

    def _value(self, kind: str, value: object, options: Mapping[str, Any]) -> Code | None:
        if isinstance(value, dict) and isinstance(expression := value.get(_PYTHON), str):
            return _expression(expression)
        if value in (None, "", []):
            return None if kind != "titlebox" else text("")
        if kind == "river":
            source = "overpass" if options.get("source_type") == "overpass" else "naturalearth"
            return call(source, [text(str(value))])
        return self._writers[kind](value)

    def _table(self, value: object) -> Code:
        table = str(value)
        if len(table) <= _LONGEST_TABLE:
            return call("pd.read_csv", [call("StringIO", [text(table)])])
        return call("pd.read_csv", [text(self.attachments.add("table", table.encode()))])

    def _music(self, value: object) -> Code:
        path = str(value)
        return text(self.attachments.add_data_url(path) if path.startswith("data:") else path)


def _path(value: object) -> Code:
    return sequence(positions(value), filled=True)


def _position(value: object) -> Code:
    return positions(f"[{value}]" if isinstance(value, str) else [value])[0]


def _text(value: object) -> Code:
    return text(str(value))


def literal(value: object) -> Code:
    """Return JSON as Python, and Python as it is.

    Raises:
        ValueError: It has a number that Python has no text for.
    """
    match value:
        case {"__xatra_python__": str(expression)}:
            return _expression(expression)
        case str():
            return text(value)
        case float() if not math.isfinite(value):
            raise ValueError("a number is none")
        case None | bool() | int() | float():
            return repr(value)
        case list():
            return sequence([literal(item) for item in value], filled=all(isinstance(item, list) for item in value))
        case dict():
            return Bracketed("{", [keyed(str(name), literal(item)) for name, item in value.items()], "}")
    raise ValueError("a value is no JSON")


def keyed(name: str, value: Code) -> Code:
    """Return a member of a dictionary."""
    match keyword("", value):
        case str(code):
            return f"{text(name)}: {code.removeprefix('=')}"
        case Bracketed(opening, items, closing, filled):
            return Bracketed(f"{text(name)}: {opening.removeprefix('=')}", items, closing, filled)
    raise ValueError("a value is no JSON")


def _expression(source: str) -> str:
    """Return Python's own text, in parentheses where it has several lines."""
    expression = source.strip()
    try:
        ast.parse(f"(\n{expression}\n)", mode="eval")
    except (SyntaxError, ValueError, MemoryError):
        raise UnwritableError("its Python is not valid") from None
    return f"({expression})" if "\n" in expression else expression


def _or_none(value: object) -> object:
    return None if value in ("", [], {}) or (isinstance(value, str) and not value.strip()) else value


def _argument(name: str, value: object) -> Code:
    if name in _NUMBERS and isinstance(value, str):
        return number(value)
    if name in _PAIRS and isinstance(value, list) and len(value) == 2:  # noqa: PLR2004 - from and to
        return f"[{', '.join(number(item) for item in value)}]"
    return literal(value)


def _sources(value: object) -> Code:
    if isinstance(value, str) and value.strip().startswith("["):
        value = re.findall(r"naturalearth|overpass", value)
    return literal(value if isinstance(value, list) else [str(value)])


def _icon(icon: object) -> Code | None:
    """Return an icon; None: there is none, or nothing that could be drawn."""
    match icon:
        case str() if icon.strip():
            return call("Icon.builtin", [text(icon)])
        case {"__xatra_python__": str(expression)}:
            return _expression(expression)
        case dict():
            kind = _kind_of_icon(icon)
            function, first = _ICONS[kind]
            subject = icon.get(first) or icon.get("iconUrl")
            if not isinstance(subject, str) or not subject:
                return None
            arguments: list[Code] = [text(subject)]
            for name in _ICON_ARGUMENTS[kind][1:]:
                given = _or_none(icon.get(name, icon.get(_camel(name))))
                if given is not None:
                    arguments.append(keyword(name, literal(given)))
            return call(function, arguments)
    return None


def _kind_of_icon(icon: Mapping[str, Any]) -> str:
    kind = str(icon.get("type", "")).strip().lower()
    if kind in _ICONS:
        return kind
    if "shape" in icon:
        return "geometric"
    return "builtin" if "name" in icon else "url"


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(other.capitalize() for other in others)
