"""What the names of a program mean, as far as the builder can tell.

A meaning is the full name of something of a module (`xatra.gadm`), or what an element defined under that name.
"""

import ast
from collections.abc import Iterable
from typing import Final, Literal

from xatra_api.document.library import HOMES, TERRITORY_LIBRARY
from xatra_api.document.schemas import HubImport, IconDefinition, PythonImport, TerritoryDefinition

type Defined = Literal["this territory", "this icon", "this library"]
"""Meanings of names that elements define."""

TERRITORY: Final[Defined] = "this territory"
ICON: Final[Defined] = "this icon"
LIBRARY: Final[Defined] = "this library"
_DEFINED: Final = frozenset({TERRITORY, ICON, LIBRARY})

SLEIGHTS: Final = frozenset(
    {
        *("exec", "eval", "compile", "globals", "locals", "vars", "setattr", "delattr", "__import__", "__builtins__"),
        *("__dict__", "builtins", "importlib", "sys", "gc", "ctypes"),
    }
)
"""What can give names other meanings without saying them."""

# `from xatra.territory_library import *` brings these beside its territories.
_STAR_BRINGS: Final = {"gadm": "xatra.gadm", "polygon": "xatra.polygon"}


class Scope:
    """The names that a statement of the program can use."""

    def __init__(self, territories: Iterable[str] = ()) -> None:
        """Begin with territories that something else has given names before the program runs."""
        self._meanings: dict[str, str] = dict.fromkeys(territories, TERRITORY)
        self._has_all_territories = False

    def define(self, element: PythonImport | HubImport | TerritoryDefinition | IconDefinition) -> None:
        """Take up the names that an element gives a meaning."""
        match element:
            case PythonImport():
                self._import(element)
            case HubImport(name=str(name)):
                self._meanings[name] = LIBRARY
            case TerritoryDefinition():
                self._meanings[element.name] = TERRITORY
            case IconDefinition():
                self._meanings[element.name] = ICON

    def forget(self, statement: ast.stmt) -> None:
        """Give up the names that a statement may give another meaning: one that is bound anywhere in it."""
        names = _bound_names(statement)
        if names is None:
            self._meanings.clear()
            self._has_all_territories = False
        else:
            # The name stays known as unknown: all that the territory library brings are known otherwise.
            self._meanings.update(dict.fromkeys(names, ""))

    def meaning(self, name: str) -> str | None:
        """Return what a name means, or None where the builder cannot tell."""
        if name in self._meanings:
            return self._meanings[name] or None
        return f"{TERRITORY_LIBRARY}.{name}" if self._has_all_territories else None

    def name_of(self, meaning: str) -> str | None:
        """Return the name under which something can be written, or None where it is not imported."""
        for name, known in self._meanings.items():
            if known == meaning:
                return name
        module, _, name = meaning.rpartition(".")
        if self._has_all_territories and module == TERRITORY_LIBRARY and name not in self._meanings:
            return name
        return None

    def _import(self, element: PythonImport) -> None:
        for imported in element.names:
            if imported.name == "*":
                self._has_all_territories = True
                # What elements defined may be a territory of the library now.
                imported_before = {name: path for name, path in self._meanings.items() if path not in _DEFINED}
                self._meanings = imported_before | _STAR_BRINGS
            elif element.module is not None:
                meaning = full_name(element.module, imported.name)
                self._meanings[imported.alias or imported.name] = meaning
            elif imported.alias is not None:
                self._meanings[imported.alias] = imported.name
            else:
                top = imported.name.partition(".")[0]
                self._meanings[top] = top


def full_name(module: str, name: str) -> str:
    """Return the one name that something has whatever module it is taken from."""
    if module == TERRITORY_LIBRARY and name in _STAR_BRINGS:
        return _STAR_BRINGS[name]
    return f"xatra.{name}" if module in HOMES else f"{module}.{name}"


def usual_ending(scope: Scope) -> str:
    """Return the end of a program that says nothing of its own there."""
    return f"\n{scope.name_of('xatra.show') or f'{scope.name_of("xatra")}.show'}()\n"


def _bound_names(statement: ast.stmt) -> set[str] | None:
    """Return every name that is bound in a statement, those of inner scopes too; None: any may be."""
    names: set[str] = set()
    for node in ast.walk(statement):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name) if name in SLEIGHTS:
                return None
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                names.add(name)
            case ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Subscript(ctx=ast.Store() | ast.Del()):
                names |= _root(node)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.alias(name="*"):
                return None
            case ast.alias():
                names.add((node.asname or node.name).partition(".")[0])
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                names.add(name)
            case ast.MatchMapping(rest=str(name)):
                names.add(name)
    return names


def _root(node: ast.expr) -> set[str]:
    """Return the name whose object a target is part of."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return {node.id} if isinstance(node, ast.Name) else set()
