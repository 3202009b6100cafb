"""The names that a piece of a program uses and defines.

The predecessor ran programs with names already there: `xatra`, `gadm`, `Icon`, the territories of the library's own
collection. Here a program imports what it uses.
"""

import ast
import builtins
import io
import tokenize
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from xatra_api.document.layout import Bracketed, fits, statement
from xatra_api.imports.syntax import Fault, parse

# Name -> the module that it is from, and its name there; no name: it is a module.
_SUPPLIED: Final[dict[str, tuple[str, str]]] = {
    "xatra": ("xatra", ""),
    **{
        name: ("xatra", name)
        for name in ("Icon", "Territory", "gadm", "naturalearth", "overpass", "polygon", "xatrahub")
    },
    **{name: ("xatra.colorseq", name) for name in ("Color", "ColorSequence", "LinearColorSequence")},
    "LinearSegmentedColormap": ("matplotlib.colors", "LinearSegmentedColormap"),
    "plt": ("matplotlib.pyplot", ""),
    "pd": ("pandas", ""),
    "StringIO": ("io", "StringIO"),
}
_COLLECTION: Final = "xatra.territory_library"
_CURRENT_MAP: Final = "map = xatra.get_current_map()"
_ALWAYS: Final = frozenset(dir(builtins)) | {"__name__", "__file__", "__doc__"}


@dataclass(frozen=True, slots=True)
class Names:
    """What a piece of a program does with names.

    Attributes:
        defined: It gives them a meaning, somewhere.
        used: It uses them, and does not give them one.
        fault: Why nothing is known of it; None: it is a program.
    """

    defined: frozenset[str] = frozenset()
    used: frozenset[str] = frozenset()
    fault: Fault | None = None


@lru_cache(maxsize=64)
def names_of(source: str) -> Names:
    """Return what a piece of a program does with names."""
    tree = parse(source)
    if isinstance(tree, Fault):
        return Names(fault=tree)
    defined, used = set(), set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                used.add(name)
            case ast.Name(id=name):
                defined.add(name)
            case ast.Attribute(value=ast.Name(id="map")):
                used.add("map.")
            case _:
                defined.update(_defined_by(node))
    used.discard("map")  # a function of Python's, unless something of it is asked for
    if "map." in used:
        used = (used - {"map."}) | {"map"}
    return Names(frozenset(defined), frozenset(used - defined - (_ALWAYS - {"map"})))


def _defined_by(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name) | ast.arg(arg=name):
            yield name
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield name
        case ast.ImportFrom(module="xatra.territory_library", names=[ast.alias(name="*")]):
            yield from collection()
            yield from ("gadm", "polygon")
        case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
            yield from ((alias.asname or alias.name).partition(".")[0] for alias in aliases)


@cache
def collection() -> frozenset[str]:
    """Return the names of the territories that come with the library, which is not run for that."""
    package = find_spec("xatra")
    if package is None or package.origin is None:  # the render worker, which is installed here, depends on it
        raise ModuleNotFoundError("xatra")
    tree = ast.parse(Path(package.origin).with_name("territory_library.py").read_text(encoding="utf-8"))
    targets = (target for node in tree.body if isinstance(node, ast.Assign) for target in node.targets)
    return frozenset(target.id for target in targets if isinstance(target, ast.Name) and not target.id.startswith("_"))


@dataclass(slots=True)
class Supplied:
    """What has to stand before a program so that it finds the names that it uses.

    Attributes:
        statements: Imports.
        unknown: Names that nobody supplies.
    """

    statements: str = ""
    unknown: list[str] = field(default_factory=list)


def supply(used: Iterable[str]) -> Supplied:
    """Return the imports of what the predecessor had ready for every program."""
    modules: list[str] = []
    members: dict[str, list[str]] = defaultdict(list)
    supplied = Supplied()
    names = set(used)
    if "map" in names:
        names.add("xatra")
    for name in sorted(names - {"map"}):
        if name in _SUPPLIED:
            module, member = _SUPPLIED[name]
            if member:
                members[module].append(member)
            else:
                modules.append(f"import {module}" if module == name else f"import {module} as {name}")
        elif name in collection():
            members[_COLLECTION].append(name)
        else:
            supplied.unknown.append(name)
    lines = sorted(modules) + [_import(module, members[module]) for module in sorted(members)]
    if "map" in names:
        lines.append(_CURRENT_MAP)
    supplied.statements = "\n".join(lines)
    return supplied


def _import(module: str, members: list[str]) -> str:
    line = f"from {module} import {', '.join(members)}"
    return line if fits(line) else statement(Bracketed(f"from {module} import (", list(members), ")"))


def blocks(*pieces: str) -> str:
    """Return pieces of a program one below the other, a blank line between them, the last line ended."""
    there = [piece.strip("\n") for piece in pieces if piece.strip()]
    return "\n\n".join(there) + "\n" if there else ""


def in_main(source: str) -> str:
    """Return a piece that runs where its program is the one that is shown, and not where others import it."""
    inside: set[int] = set()  # lines that belong to a text which began above them
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type in _TEXTS:
                inside.update(range(token.start[0] + 1, token.end[0] + 1))
    except (tokenize.TokenError, SyntaxError):
        return source  # it does not run anyway
    lines = source.rstrip("\n").split("\n")
    body = [line if not line.strip() or number in inside else f"    {line}" for number, line in enumerate(lines, 1)]
    return "\n".join(['if __name__ == "__main__":', *body]) + "\n"


_TEXTS: Final = {tokenize.STRING, getattr(tokenize, "FSTRING_MIDDLE", tokenize.STRING)}
