"""Writes what the predecessor's builder kept of territories as code of the `xatra` library."""

from collections.abc import Collection
from typing import Any, Final

from xatra_api.document.layout import Chain, Code, call, parenthesised, sequence, text
from xatra_standalone.predecessor.cleaning import parse_json

_OPERATORS: Final = {"union": "|", "difference": "-", "intersection": "&"}
_LONGEST_CHAIN: Final = 40  # operators nest in the syntax tree, which has a limit


class TerritoryWriter:
    """Writes territories whose names are known.

    Attributes:
        unknown: Names that were left out because nothing defines them. The predecessor left them out too.
    """

    def __init__(self, names: Collection[str]) -> None:
        self._names = names
        self.unknown: list[str] = []

    def write(self, value: object) -> Code | None:
        """Return a territory: an administrative unit, a list of them, or parts; None: nothing is left of it."""
        match value:
            case str():
                return _gadm(value)
            case [str(), *_]:
                return _united([_gadm(item) for item in value if isinstance(item, str)])
            case list():
                return self._parts(value)
        return None

    def _parts(self, parts: list[Any]) -> Code | None:
        """Take parts together one after the other; the first that is there is what the others are taken from."""
        code: Code | None = None
        for part in parts:
            piece = self._part(part) if isinstance(part, dict) else None
            if piece is None:
                continue
            operator = _OPERATORS.get(str(part.get("op")), "|")
            code = piece if code is None else _taken(code, operator, piece)
        return _shortened(code)

    def _part(self, part: dict[str, Any]) -> Code | None:
        value = part.get("value")
        items = [item.strip() for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]
        match part.get("type", "gadm"):
            case "group" if isinstance(value, list):
                return self._parts(value)
            case "gadm":
                return _united([_gadm(item) for item in items])
            case "predefined":
                return _united([item for item in items if self._is_known(item)])
            case "polygon":
                return _polygon(value)
        return None

    def _is_known(self, name: str) -> bool:
        known = all(part.isidentifier() for part in name.split(".")) and name.partition(".")[0] in self._names
        if not known and name:
            self.unknown.append(name)
        return known


def _gadm(key: str) -> Code | None:
    return call("gadm", [text(key.strip())]) if key.strip() else None


def _polygon(value: object) -> Code | None:
    try:
        points = positions(value)
    except ValueError:
        return None
    return call("polygon", [sequence(points, filled=True)]) if len(points) > 2 else None  # noqa: PLR2004 - a triangle


def positions(value: object) -> list[Code]:
    """Return positions `[latitude, longitude]`, kept as such or as text.

    Raises:
        ValueError: It is no list of them.
    """
    points = parse_json(value) if isinstance(value, str) else value
    if not isinstance(points, list):
        raise ValueError("it is no list of positions")  # noqa: TRY004 - of what the file says, not of an argument's type
    return [f"[{', '.join(_numbers(point))}]" for point in points]


def _numbers(point: object) -> list[str]:
    match point:
        case [latitude, longitude]:
            return [number(latitude), number(longitude)]
    raise ValueError("a position has a latitude and a longitude")


def number(value: object) -> str:
    """Return a finite number that is kept as such or as text.

    Raises:
        ValueError: It is none.
    """
    match value:
        case str():
            value = parse_json(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e15:  # noqa: PLR2004 - no map has it
        raise ValueError("it is no number")
    return repr(int(value) if value == int(value) else value)


def _united(pieces: list[Code | None]) -> Code | None:
    there = [piece for piece in pieces if piece is not None]
    if len(there) > 1:
        return Chain("|", there)
    return there[0] if there else None


def _taken(code: Code, operator: str, piece: Code) -> Code:
    piece = parenthesised(piece) if isinstance(piece, Chain) else piece
    if isinstance(code, Chain) and code.operator == operator:
        return Chain(operator, [*code.operands, piece])
    return Chain(operator, [parenthesised(code) if isinstance(code, Chain) else code, piece])


def _shortened(code: Code | None) -> Code | None:
    if isinstance(code, Chain) and code.operator == "|" and len(code.operands) > _LONGEST_CHAIN:
        return call("Territory.union_territories", [sequence(code.operands)])
    return code
