"""Reads a program into a document, keeping every statement's exact text.

Python's own syntax tree says what a statement means; libcst says which text, comments and blank lines are its own. A
statement that the builder cannot show, or that uses a name whose meaning it cannot tell, stays Python.

libcst may crash, and take its time: this module runs in a process of its own for each program.
"""

import ast
import sys
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any, Final, NamedTuple

import libcst
import orjson
from pydantic import TypeAdapter

from xatra_api.document import library
from xatra_api.document.library import Call, Notation
from xatra_api.document.schemas import (
    MAX_ELEMENTS,
    Document,
    Element,
    HubImport,
    IconDefinition,
    PythonImport,
    PythonLayer,
    Shown,
    Source,
    TerritoryDefinition,
)
from xatra_api.document.scope import ICON, LIBRARY, SLEIGHTS, TERRITORY, Scope, full_name, usual_ending
from xatra_api.imports.syntax import Fault, bound_this_process, parse

_ELEMENT: Final[TypeAdapter[Shown]] = TypeAdapter(Shown)
_OPERATIONS: Final = {ast.BitOr: "union", ast.Sub: "difference", ast.BitAnd: "intersection"}

type Fields = dict[str, Any]


class _UnshownError(Exception):
    """The builder cannot show this, or cannot tell what it means."""


class _Piece(NamedTuple):
    """One line of statements, or a compound one, with its text."""

    lead: str
    code: str
    statements: list[ast.stmt]


def read(program: str, library_names: Sequence[str] = ()) -> Document | Fault:
    """Return the document of a program, or why the program cannot be read.

    The document is lossless: written again, it is this program, to the byte.

    Args:
        program: Python source.
        library_names: Names that the map's own library gives to territories, before the program runs.
    """
    tree = parse(program)
    if isinstance(tree, Fault):
        return tree
    cut = _cut(program, tree)
    if cut is None:
        return Document(version=1, elements=[PythonLayer(type="python", value=program)], ending="")
    pieces, ending = cut
    scope = Scope(library_names)
    elements: list[Element] = []
    for index, piece in enumerate(pieces):
        if index == len(pieces) - 1 and _shows(piece, scope):
            ending = piece.lead + piece.code + ending
            break
        element = _element(piece, scope)
        if isinstance(element, PythonLayer) and elements and isinstance(before := elements[-1], PythonLayer):
            elements[-1] = PythonLayer(type="python", value=before.value + element.value)
        else:
            elements.append(element)
    if len(elements) > MAX_ELEMENTS:
        return Fault(None, None, f"The program has more than {MAX_ELEMENTS:,} statements.")
    return Document(version=1, elements=elements, ending=None if ending == usual_ending(scope) else ending)


def _cut(program: str, tree: ast.Module) -> tuple[list[_Piece], str] | None:
    """Cut a program into its statements and the comments after the last; None where libcst cannot do it exactly."""
    try:
        module = libcst.parse_module(program)
    except Exception:  # noqa: BLE001 - it cannot read all that Python can, and says so in many ways
        return None
    statements = iter(tree.body)
    pieces: list[_Piece] = []
    for node in module.body:
        whole = module.code_for_node(node)
        lead = "".join(module.code_for_node(line) for line in node.leading_lines)
        count = len(node.body) if isinstance(node, libcst.SimpleStatementLine) else 1
        pieces.append(_Piece(lead, whole[len(lead) :], list(islice(statements, count))))
    header, footer = ("".join(module.code_for_node(line) for line in lines) for lines in (module.header, module.footer))
    if pieces:
        pieces[0] = pieces[0]._replace(lead=header + pieces[0].lead)
    else:
        footer = header + footer
    if pieces and not module.has_trailing_newline:
        if footer:
            footer = footer.removesuffix(module.default_newline)
        else:
            pieces[-1] = pieces[-1]._replace(code=pieces[-1].code.removesuffix(module.default_newline))
    is_exact = "".join(piece.lead + piece.code for piece in pieces) + footer == program
    return (pieces, footer) if is_exact and next(statements, None) is None else None


def _shows(piece: _Piece, scope: Scope) -> bool:
    """Tell whether a piece is `xatra.show()`, with which programs end."""
    match piece.statements:
        case [ast.Expr(value=ast.Call(func=function, args=[], keywords=[]))]:
            try:
                return _Expressions(scope).path(function) == "xatra.show"
            except _UnshownError:
                return False
    return False


def _element(piece: _Piece, scope: Scope) -> Element:
    """Return the element that a piece of the program is, and take up or give up the names that it binds."""
    element = _shown(piece, scope)
    match element:
        case PythonImport() | HubImport() | TerritoryDefinition() | IconDefinition():
            scope.define(element)
        case PythonLayer():
            for statement in piece.statements:
                scope.forget(statement)
    return element


def _shown(piece: _Piece, scope: Scope) -> Element:
    expressions = _Expressions(scope)
    try:
        [statement] = piece.statements
        element = _ELEMENT.validate_python(_fields(statement, expressions))
    except (_UnshownError, ValueError):  # pydantic's errors are among the latter
        return PythonLayer(type="python", value=piece.lead + piece.code)
    source = Source(lead=piece.lead, code=piece.code, digest=element.digest(), names=expressions.names)
    return element.model_copy(update={"source": source})


def _fields(statement: ast.stmt, expressions: "_Expressions") -> Fields:
    match statement:
        case ast.Import(names=names) if not _is_sleight(names):
            return {"type": "import", "names": _imported(names)}
        case ast.ImportFrom(module=str(module), names=names, level=0) if not _is_sleight(names):
            return {"type": "import", "module": module, "names": _imported(names)}
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return expressions.definition(value) | {"name": name}
        case ast.Expr(value=ast.Call() as value):
            return expressions.layer(value)
    raise _UnshownError


def _is_sleight(names: list[ast.alias]) -> bool:
    return any(alias.name in SLEIGHTS for alias in names)


def _imported(names: list[ast.alias]) -> list[Fields]:
    return [{"name": alias.name, "alias": alias.asname} for alias in names]


class _Expressions:
    """Reads the expressions of one statement.

    Attributes:
        names: The names that it used, and what they mean.
    """

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self.names: dict[str, str] = {}
        self._notations: Final[dict[Notation, Callable[[ast.expr], object]]] = {
            "plain": _literal,
            "pair": _literal,
            "territory": self._parts,
            "river": lambda value: self._made_by(library.RIVERS, value),
            "icon": self._icon,
            "table": self._table,
            "sequence": lambda value: self._made_by(library.SEQUENCES, value),
            "colours": self._colours,
            "step": self._step,
            "colormap": self._colormap,
            "norm": lambda value: self._made_by(library.NORMS, value),
        }

    def layer(self, call: ast.Call) -> Fields:
        """Read a statement that is a call."""
        path = self.path(call.func)
        if path == library.HUB:
            return self._read(library.HUB_IMPORT, call)
        module, _, name = path.rpartition(".")
        if module != "xatra" or name not in library.LAYERS:
            raise _UnshownError
        return self._read(library.LAYERS[name], call)

    def definition(self, value: ast.expr) -> Fields:
        """Read what is given a name."""
        if isinstance(value, ast.Call) and self.path(value.func) == library.HUB:
            return self._read(library.HUB_IMPORT, value)
        if isinstance(value, ast.Call) and self.path(value.func) in library.ICONS:
            return {"type": "icon", "value": self._made_by(library.ICONS, value)}
        return {"type": "territory", "value": self._parts(value)}

    def path(self, expression: ast.expr) -> str:
        """Return the full name of what an expression names."""
        match expression:
            case ast.Name(id=name):
                meaning = self._scope.meaning(name)
                if meaning is None:
                    raise _UnshownError
                self.names[name] = meaning
                return meaning
            case ast.Attribute(value=value, attr=name):
                return full_name(self.path(value), name)
        raise _UnshownError

    def _read(self, call: Call, node: ast.Call) -> Fields:
        """Read the arguments of a call into the fields of its element or value."""
        fields: Fields = {"type": call.type}
        args: Fields = {}
        for parameter, expression in _arguments(node, call.parameters).items():
            value = (
                None if _is_none(expression) else self._notations[call.notations.get(parameter, "plain")](expression)
            )
            if parameter in call.fields:
                fields[call.fields[parameter]] = value
            else:
                args[parameter] = value
        return fields | {"args": args} if args else fields

    def _made_by(self, calls: dict[str, Call], expression: ast.expr) -> Fields:
        if not isinstance(expression, ast.Call):
            raise _UnshownError
        call = calls.get(self.path(expression.func))
        if call is None:
            raise _UnshownError
        return self._read(call, expression)

    def _parts(self, expression: ast.expr) -> list[Fields]:
        """Read a territory: the left side of an operator is what stands before it in the list."""
        match expression:
            case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _OPERATIONS:
                return [*self._parts(left), {"op": _OPERATIONS[type(operator)]} | self._part(right)]
            case ast.Call(func=function, args=[ast.List(elts=parts)], keywords=[]) if (
                self.path(function) == library.UNION
            ):
                return [self._part(part) for part in parts]
        return [self._part(expression)]

    def _part(self, expression: ast.expr) -> Fields:
        match expression:
            case ast.BinOp(op=operator) if type(operator) in _OPERATIONS:
                return {"type": "group", "value": self._parts(expression)}
            case ast.Call(func=function, args=[ast.List()], keywords=[]) if self.path(function) == library.UNION:
                return {"type": "group", "value": self._parts(expression)}
            case ast.Call():
                return self._made_by(library.TERRITORIES, expression)
        path = self.path(expression)
        module, _, name = path.rpartition(".")
        match expression:
            case ast.Name(id=own) if path == TERRITORY:
                return {"type": "territory", "value": own}
            case ast.Attribute(value=ast.Name(id=imported)) if module == LIBRARY:
                return {"type": "imported", "library": imported, "value": name}
        if module == library.TERRITORY_LIBRARY:
            return {"type": "predefined", "value": name}
        raise _UnshownError

    def _icon(self, expression: ast.expr) -> Fields:
        if isinstance(expression, ast.Name) and self.path(expression) == ICON:
            return {"type": "icon", "value": expression.id}
        return self._made_by(library.ICONS, expression)

    def _table(self, expression: ast.expr) -> Fields:
        """Read `pd.read_csv("name")`, or of a `StringIO("text")`."""
        match expression:
            case ast.Call(func=function, args=[source], keywords=[]) if self.path(function) == library.READ_CSV:
                match source:
                    case ast.Constant():
                        return {"type": "file", "value": source.value}
                    case ast.Call(func=inner, args=[ast.Constant() as text], keywords=[]) if (
                        self.path(inner) == library.STRING_IO
                    ):
                        return {"type": "csv", "value": text.value}
        raise _UnshownError

    def _colours(self, expression: ast.expr) -> list[Fields]:
        if not isinstance(expression, ast.List):
            raise _UnshownError
        return [self._colour(colour) for colour in expression.elts]

    def _colour(self, expression: ast.expr) -> Fields:
        if isinstance(expression, ast.Call) and not expression.keywords:
            made_by, _, kind = self.path(expression.func).rpartition(".")
            values = [_literal(value) for value in expression.args]
            if made_by == library.COLOUR:
                return {"type": kind, "value": values[0] if len(values) == 1 else values}
        raise _UnshownError

    def _step(self, expression: ast.expr) -> object:
        colour = self._colour(expression)
        if colour["type"] != "hsl":
            raise _UnshownError
        return colour["value"]

    def _colormap(self, expression: ast.expr) -> Fields:
        if isinstance(expression, ast.Constant):
            return {"type": "named", "value": expression.value}
        return self._made_by(library.COLORMAPS, expression)


def _arguments(node: ast.Call, parameters: Sequence[str]) -> dict[str, ast.expr]:
    """Return the arguments of a call by the names of their parameters."""
    if len(node.args) > len(parameters) or any(isinstance(argument, ast.Starred) for argument in node.args):
        raise _UnshownError
    arguments = dict(zip(parameters, node.args, strict=False))
    for argument in node.keywords:
        if argument.arg is None or argument.arg not in parameters or argument.arg in arguments:
            raise _UnshownError
        arguments[argument.arg] = argument.value
    return arguments


def _is_none(expression: ast.expr) -> bool:
    return isinstance(expression, ast.Constant) and expression.value is None


def _literal(expression: ast.expr) -> object:
    """Read what JSON can hold."""
    match expression:
        case ast.Constant(value=str() | int() | float() | None as value):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)) if value is not True:
            return -value
        case ast.List(elts=items) | ast.Tuple(elts=items):
            return [_literal(item) for item in items]
    raise _UnshownError


def main() -> None:
    """Read a line with the library's names and then the program on standard input, and write its document or its fault.

    The names and what is written are JSON.
    """
    bound_this_process()
    library_names = orjson.loads(sys.stdin.buffer.readline())
    outcome = read(sys.stdin.buffer.read().decode(), library_names)
    if isinstance(outcome, Fault):
        answer = orjson.dumps({"fault": list(outcome)})
    else:
        answer = orjson.dumps({"document": orjson.Fragment(outcome.model_dump_json(exclude_defaults=True))})
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    main()
