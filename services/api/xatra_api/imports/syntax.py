"""Reads a program's syntax tree within limits; as a script, it does so for the program on its standard input.

It imports the standard library alone, so that the process that reads one program is there within 20 ms.
"""

import ast
import json
import resource
import signal
import sys
import warnings
from typing import Final, NamedTuple

MAX_NODES: Final = 50_000
MAX_DEPTH: Final = 160
TOO_HARD: Final = "The program is nested too deeply, or takes too much time or memory to read."
NO_TEXT: Final = "The program has characters that are no text."

_HUB: Final = "xatrahub"
_PARAMETERS: Final = ("path", "filter_only", "filter_not")
_ONLY_LITERAL: Final = 'xatrahub takes the path of a work, written out as in xatrahub("/lib/name").'
_ONLY_NAMES: Final = 'filter_only and filter_not take lists of names, written out as in filter_only=["Flag"].'
_ONLY_CALLED: Final = "xatrahub can only be called, by the name that it was imported under: it cannot be passed on."

_CPU_SECONDS: Final = 2
_MEMORY_BYTES: Final = 512 << 20


class Fault(NamedTuple):
    """Why a program is not understood, and where, as far as that is known; lines and columns count from 1."""

    line: int | None
    column: int | None
    message: str


class Call(NamedTuple):
    """Something that a program does with `xatrahub`: the one thing that it may do is to call it with a literal path.

    Attributes:
        line: Where, from 1.
        column: Where in the line, from 1, in characters.
        path: What the literal says; None: it is something else that is done.
        start: Where the literal begins in the program, from 0, in characters.
        end: Where it ends.
        mistake: What is wrong with it; empty: nothing.
    """

    line: int
    column: int
    path: str | None = None
    start: int = 0
    end: int = 0
    mistake: str = ""


class Findings(NamedTuple):
    """What was found in a program.

    Attributes:
        fault: Why it is not understood; None: it is.
        hub_calls: Its calls of `xatrahub`, in the order of the text.
        names: What it defines for those who import it, as far as that was asked for: no imported names.
    """

    fault: Fault | None
    hub_calls: list[Call] = []  # noqa: RUF012 - nobody appends to a named tuple's
    names: list[str] = []  # noqa: RUF012


def examine(program: str, *, names: bool = False) -> Findings:
    """Read a program's syntax tree; see `parse`."""
    tree = parse(program)
    if isinstance(tree, Fault):
        return Findings(tree)
    return Findings(None, _hub_calls(tree, program), _defined_names(tree) if names else [])


def parse(program: str) -> ast.Module | Fault:
    """Return a program's syntax tree, if it is within limits.

    CPython's parser takes time and memory that grow with the square of some programs' length (a dotted name, accents
    piled on one letter), and holds the interpreter's lock meanwhile: long programs belong in a process of their own.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the author hears of them when the program runs
            tree = ast.parse(program)
        return _excess(tree) or tree
    except SyntaxError as error:
        return Fault(error.lineno, error.offset, error.msg)
    except (RecursionError, MemoryError):
        return Fault(None, None, TOO_HARD)


def _excess(tree: ast.Module) -> Fault | None:
    """Walk the tree level by level, which no nesting can exhaust; return the fault if it is too large."""
    level: list[ast.AST] = [tree]
    nodes = 0
    for _ in range(MAX_DEPTH):
        nodes += len(level)
        if nodes > MAX_NODES:
            return Fault(None, None, f"The program has more than {MAX_NODES:,} syntax nodes.")
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return None
    return Fault(None, None, f"The program is nested deeper than {MAX_DEPTH} levels.")


def _hub_calls(tree: ast.Module, program: str) -> list[Call]:
    if program.isascii() and _HUB not in program:
        return []  # other letters may be other forms of these (PEP 3131)
    names = {_HUB} | {
        alias.asname
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name == _HUB and alias.asname
    }
    found: list[tuple[ast.expr, ast.Constant | None, str]] = []
    called: set[ast.expr] = set()
    for node in ast.walk(tree):  # a call comes before its function
        if isinstance(node, ast.Call) and _is_hub(node.func, names):
            called.add(node.func)
            found.append((node, *_path_of(node)))
        elif isinstance(node, ast.Name | ast.Attribute) and node not in called and _is_hub(node, names):
            found.append((node, None, _ONLY_CALLED))
    nodes = [node for call, literal, _ in found for node in (call, literal) if node]
    positions = _Positions(program, [place for node in nodes for place in _places(node)])
    calls: list[Call] = []
    for node, literal, mistake in found:
        begin, _ = _places(node)
        start, end = map(positions.index, _places(literal)) if literal else (0, 0)
        path = literal.value if literal and isinstance(literal.value, str) else None
        calls.append(Call(node.lineno, positions.column(begin), path, start, end, mistake))
    return sorted(calls, key=lambda call: call[:2])


def _is_hub(node: ast.expr, names: set[str]) -> bool:
    match node:
        case ast.Name(id=name, ctx=ast.Load()):
            return name in names
        case ast.Attribute(attr=attribute, ctx=ast.Load()):
            return attribute == _HUB
    return False


def _path_of(call: ast.Call) -> tuple[ast.Constant | None, str]:
    """Return the literal that a call imports, or what is wrong with the call."""
    arguments: dict[str | None, ast.expr] = dict(zip(_PARAMETERS, call.args, strict=False))
    arguments |= {keyword.arg: keyword.value for keyword in call.keywords}
    if len(arguments) < len(call.args) + len(call.keywords) or not arguments.keys() <= set(_PARAMETERS):
        return None, _ONLY_LITERAL
    path = arguments.pop("path", None)
    if not (isinstance(path, ast.Constant) and isinstance(path.value, str)):
        return None, _ONLY_LITERAL
    if not all(_is_list_of_names(argument) for argument in arguments.values()):
        return None, _ONLY_NAMES
    return path, ""


def _is_list_of_names(node: ast.expr) -> bool:
    match node:
        case ast.Constant(value=None):
            return True
        case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
            return all(isinstance(item, ast.Constant) and isinstance(item.value, str) for item in items)
    return False


type _Place = tuple[int, int]  # line, from 1, and byte in it, from 0


def _places(node: ast.expr) -> tuple[_Place, _Place]:
    return (node.lineno, node.col_offset), (node.end_lineno or 0, node.end_col_offset or 0)


class _Positions:
    """Where places of a syntax tree are in the text: the tree counts bytes of UTF-8."""

    def __init__(self, program: str, places: list[_Place]) -> None:
        source = program.encode()
        self._line_starts = [0]
        for line in source.splitlines(keepends=True):  # where Python's lines end, unlike those of text
            self._line_starts.append(self._line_starts[-1] + len(line))
        self._characters: dict[int, int] = {}
        at = characters = 0
        for byte in sorted({self._byte((line, offset)) for line, column in places for offset in (0, column)}):
            characters += len(source[at:byte].decode())
            self._characters[byte] = characters
            at = byte

    def index(self, place: _Place) -> int:
        """Return the index of a place, from 0."""
        return self._characters[self._byte(place)]

    def column(self, place: _Place) -> int:
        """Return the column of a place, from 1."""
        return self.index(place) - self.index((place[0], 0)) + 1

    def _byte(self, place: _Place) -> int:
        line, offset = place
        return self._line_starts[line - 1] + offset


def _defined_names(tree: ast.Module) -> list[str]:
    """Return the public names that a module defines itself, in the order of its text."""
    names: dict[str, None] = {}
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                names[name] = None
            case ast.Name(id=name, ctx=ast.Store()):
                names[name] = None
            case ast.Lambda() | ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                pass
            case _:
                pending += reversed(list(ast.iter_child_nodes(node)))
    return [name for name in names if not name.startswith("_")]


def bound_this_process() -> None:
    """Have the kernel end this process when it takes too long, from now on, or too much, whoever waits for it."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    signal.setitimer(signal.ITIMER_PROF, _CPU_SECONDS)  # nobody handles its signal, so that it ends the process


def main() -> None:
    """Write the findings as JSON; the one argument that there may be asks for the names too."""
    bound_this_process()
    json.dump(examine(sys.stdin.buffer.read().decode(), names="names" in sys.argv), sys.stdout)


if __name__ == "__main__":
    main()
