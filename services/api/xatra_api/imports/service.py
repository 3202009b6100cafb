"""Reads a program's syntax tree: is it Python, is it of bearable size, what does it import from the hub?"""

import ast
from typing import Final

from xatra_shared.http.problems import Problem

MAX_PROGRAM_CHARACTERS: Final = 200_000
_MAX_NODES: Final = 50_000
_MAX_DEPTH: Final = 160


class ProgramTooLarge(Problem):
    """The program is longer than anything a person writes."""

    status = 413
    slug = "program-too-large"
    title = f"A map program has at most {MAX_PROGRAM_CHARACTERS:,} characters"


class ProgramNotUnderstood(Problem):
    """The program is no Python, or nested beyond reason."""

    status = 422
    slug = "program-syntax"
    title = "The program is not valid Python"


class ImportNotFound(Problem):
    """The program imports a work that the hub does not have."""

    status = 422
    slug = "import-not-found"
    title = "The program imports something that the hub does not have"


def check_program(program: str) -> None:
    """Refuse a program that no worker needs to see.

    Raises:
        ProgramTooLarge: It has more than 200,000 characters.
        ProgramNotUnderstood: It is not valid Python, has more than 50,000 nodes or is nested deeper than 160.
        ImportNotFound: It imports from the hub.
    """
    if len(program) > MAX_PROGRAM_CHARACTERS:
        raise ProgramTooLarge
    tree = _parse(program)
    for call in _hub_calls(tree):
        raise ImportNotFound(
            "The hub has no works yet.", errors=[_error(call.lineno, call.col_offset + 1, "There is no such work.")]
        )


def _parse(program: str) -> ast.Module:
    try:
        tree = ast.parse(program)
        _measure(tree)
    except SyntaxError as error:
        raise ProgramNotUnderstood(error.msg, errors=[_error(error.lineno, error.offset, error.msg)]) from None
    except (RecursionError, MemoryError):
        raise _too_deep() from None
    except ValueError as error:  # null characters, surrogates
        raise ProgramNotUnderstood(str(error), errors=[_error(None, None, str(error))]) from None
    return tree


def _measure(tree: ast.Module) -> None:
    """Walk the tree level by level, which no nesting can exhaust."""
    level: list[ast.AST] = [tree]
    nodes = 0
    for _ in range(_MAX_DEPTH):
        nodes += len(level)
        if nodes > _MAX_NODES:
            message = f"The program has more than {_MAX_NODES:,} syntax nodes."
            raise ProgramNotUnderstood(message, errors=[_error(None, None, message)])
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return
    raise _too_deep()


def _too_deep() -> ProgramNotUnderstood:
    message = f"The program is nested deeper than {_MAX_DEPTH} levels."
    return ProgramNotUnderstood(message, errors=[_error(None, None, message)])


def _hub_calls(tree: ast.Module) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Name) and node.func.id == "xatrahub")
            or (isinstance(node.func, ast.Attribute) and node.func.attr == "xatrahub")
        )
    ]


def _error(line: int | None, column: int | None, message: str) -> dict[str, object]:
    return {"line": line, "column": column, "message": message}
