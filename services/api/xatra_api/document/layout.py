"""Lays out Python as its usual formatters do: on one line where it fits, else one argument to a line."""

from dataclasses import dataclass
from typing import Final

_WIDTH: Final = 100
_INDENT: Final = 4


@dataclass(frozen=True, slots=True)
class Bracketed:
    """Items between an opening and a closing text; `filled` puts as many on a line as there is room for."""

    opening: str
    items: list["Code"]
    closing: str
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Chain:
    """Operands with one operator between them."""

    operator: str
    operands: list["Code"]


type Code = str | Bracketed | Chain


def call(function: str, arguments: list[Code]) -> Bracketed:
    """Return a call."""
    return Bracketed(f"{function}(", arguments, ")")


def keyword(name: str, value: Code) -> Code:
    """Return an argument with its name."""
    match value:
        case str():
            return f"{name}={value}"
        case Bracketed():
            return Bracketed(f"{name}={value.opening}", value.items, value.closing, value.filled)
        case Chain():
            return keyword(name, parenthesised(value))


def parenthesised(code: Code) -> Bracketed:
    """Return code in parentheses; they take no comma of their own."""
    return Bracketed("(", [code], ")")


def sequence(items: list[Code], *, filled: bool = False) -> Bracketed:
    """Return a list."""
    return Bracketed("[", items, "]", filled)


def pair(items: list[Code]) -> Bracketed:
    """Return a tuple of two or more."""
    return Bracketed("(", items, ")")


def statement(code: Code, target: str | None = None) -> str:
    """Return a statement of its own, or the assignment to a name, without the line's end."""
    if target is None:
        return _laid_out(code, 0, 0)
    opening = f"{target} = "
    if isinstance(code, Chain) and not fits(_flat(code), len(opening)):
        code = parenthesised(code)
    return opening + _laid_out(code, 0, len(opening))


def fits(flat: str, column: int = 0) -> bool:
    """Tell whether code fits a line that it begins in `column`; how wide the lines within a text are is the text's own affair."""
    first, *others = flat.split("\n")
    return column + len(first) <= _WIDTH and (not others or len(others[-1]) <= _WIDTH)


def text(value: str) -> str:
    """Return a text as a literal, over several lines where it has several."""
    is_plain = all(line.replace("\t", "").isprintable() for line in value.split("\n"))
    if "\n" in value and is_plain and "\\" not in value and '"""' not in value and not value.endswith('"'):
        return f'"""{value}"""'
    quote = "'" if '"' in value and "'" not in value else '"'
    return quote + "".join(_escaped(character, quote) for character in value) + quote


_ESCAPES: Final = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _escaped(character: str, quote: str) -> str:
    if character == quote:
        return f"\\{quote}"
    if character in _ESCAPES:
        return _ESCAPES[character]
    return character if character.isprintable() else character.encode("unicode_escape").decode()


def _laid_out(code: Code, indent: int, column: int) -> str:
    """Return code that begins in a column, its further lines indented."""
    flat = _flat(code)
    if isinstance(code, str) or fits(flat, column):
        return flat
    if isinstance(code, Chain):
        first, *others = (_laid_out(operand, indent, indent + len(code.operator) + 1) for operand in code.operands)
        return first + "".join(f"\n{' ' * indent}{code.operator} {operand}" for operand in others)
    inner = indent + _INDENT
    on_one_line = ", ".join(_flat(item) for item in code.items)
    if "\n" not in on_one_line and fits(on_one_line, inner) and not code.filled:
        return f"{code.opening}\n{' ' * inner}{on_one_line}\n{' ' * indent}{code.closing}"
    if code.filled:
        lines = _filled([_flat(item) for item in code.items], _WIDTH - inner)
    else:
        lines = [_laid_out(item, inner, inner) for item in code.items]
    is_group = code.opening == "(" and len(code.items) == 1
    ends = "" if is_group else ","
    body = "".join(f"\n{' ' * inner}{line}{ends}" for line in lines)
    return f"{code.opening}{body}\n{' ' * indent}{code.closing}"


def _filled(items: list[str], width: int) -> list[str]:
    """Return lines of items; the comma after each line's last item is still to come."""
    lines: list[str] = []
    for item in items:
        if lines and len(lines[-1]) + len(item) + 3 <= width:
            lines[-1] += f", {item}"
        else:
            lines.append(item)
    return lines


def _flat(code: Code) -> str:
    """Return code on one line, but for the lines of its texts."""
    match code:
        case str():
            return code
        case Bracketed():
            return code.opening + ", ".join(_flat(item) for item in code.items) + code.closing
        case Chain():
            return f" {code.operator} ".join(_flat(operand) for operand in code.operands)
