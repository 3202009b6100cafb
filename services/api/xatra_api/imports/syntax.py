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

_CPU_SECONDS: Final = 2
_MEMORY_BYTES: Final = 512 << 20


class Fault(NamedTuple):
    """Why a program is not understood, and where, as far as that is known; lines and columns count from 1."""

    line: int | None
    column: int | None
    message: str


class Call(NamedTuple):
    """Where a function is called; lines and columns count from 1."""

    line: int
    column: int


class Findings(NamedTuple):
    """What was found in a program.

    Attributes:
        fault: Why it is not understood; None: it is.
        hub_calls: Where it calls `xatrahub`, the outermost calls first.
    """

    fault: Fault | None
    hub_calls: list[Call]


def examine(program: str) -> Findings:
    """Read a program's syntax tree; see `parse`."""
    tree = parse(program)
    return Findings(tree, []) if isinstance(tree, Fault) else Findings(None, list(_hub_calls(tree)))


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


def _hub_calls(tree: ast.Module) -> list[Call]:
    return [
        Call(node.lineno, node.col_offset + 1)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Name) and node.func.id == "xatrahub")
            or (isinstance(node.func, ast.Attribute) and node.func.attr == "xatrahub")
        )
    ]


def bound_this_process() -> None:
    """Have the kernel end this process when it takes too long, from now on, or too much, whoever waits for it."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    signal.setitimer(signal.ITIMER_PROF, _CPU_SECONDS)  # nobody handles its signal, so that it ends the process


def main() -> None:
    """Write the findings as JSON."""
    bound_this_process()
    json.dump(examine(sys.stdin.buffer.read().decode()), sys.stdout)


if __name__ == "__main__":
    main()
