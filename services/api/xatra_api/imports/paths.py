"""How works of the hub are addressed in programs."""

import re
from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

from xatra_api.hub.works import Kind

type ImportedVersion = int | Literal["alpha"] | None
"""A published version, or the alpha; None: the latest published one."""

# The kind is looked for first: nobody is called `lib`.
_PATH: Final = re.compile(
    r"(?:/(?P<user>[a-z0-9_.-]{1,100}))??/(?P<kind>map|lib|css)/(?P<name>[a-z0-9_.]{1,200})"
    r"(?:/(?P<version>alpha|[1-9][0-9]{0,8}))?",
    re.ASCII,
)

# A literal that says what it means: in one piece, and without escapes.
_PLAIN_LITERAL: Final = re.compile(r"""[rRuU]?("{3}|'{3}|"|')[^"'\\]*\1""")


class WorkPath(NamedTuple):
    """A path taken apart: `/lib/mauryan_empire`, `/asha/lib/mauryan_empire/3`, `/lib/mauryan_empire/alpha`, ….

    Attributes:
        kind: Of the work.
        name: The one that it has, or had.
        user: Name of its author, present or former; None: not said.
        version: Which version.
    """

    kind: Kind
    name: str
    user: str | None
    version: ImportedVersion


def parse_path(path: str) -> WorkPath | None:
    """Return what a path leads to, or None where it is none."""
    match = _PATH.fullmatch(path)
    if match is None:
        return None
    kind: Kind = match["kind"]  # type: ignore[assignment] # by the pattern
    version = match["version"]
    return WorkPath(kind, match["name"], match["user"], int(version) if version and version != "alpha" else version)  # type: ignore[arg-type]


def as_the_client_reads(literal: str) -> str:
    """Return a path as the library's own client asks for it: without blanks and quotes around, with a slash first."""
    path = literal.strip().strip('"').strip("'")
    return path if path.startswith("/") else f"/{path}"


def pinned(program: str, pins: Iterable[tuple[str, int, int, int]]) -> str:
    """Return a program with versions in its imports, and otherwise as it is.

    Args:
        program: Python source.
        pins: A path, where its literal begins and ends in the program, and the version for it, in the order of the text.
    """
    pieces: list[str] = []
    at = 0
    for path, start, end, version in pins:
        literal = program[start:end]
        if _PLAIN_LITERAL.fullmatch(literal):
            written = path if path in literal else path.removeprefix("/")
            exact = literal.replace(written, f"{written}/{version}")
        else:
            exact = f'"{path}/{version}"'
        pieces += [program[at:start], exact]
        at = end
    return "".join([*pieces, program[at:]])
