"""Why a program's imports cannot be resolved: each is the author's to mend."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from xatra_shared.http.problems import Problem

_MAX_ERRORS: Final = 20
_MAX_PATH_CHARACTERS: Final = 300


class ImportNotFound(Problem):
    """The program imports a work, or a version of one, that the hub does not have or does not show the caller."""

    status = 422
    slug = "import-not-found"
    title = "The program imports something that the hub does not have"


class ImportNotLiteral(Problem):
    """The program calls `xatrahub` in a way that cannot be understood without running it."""

    status = 422
    slug = "import-not-literal"
    title = "The program imports something that is not written out"


class ImportNotUnderstood(Problem):
    """An alpha that the program imports is no Python that can be read."""

    status = 422
    slug = "import-not-understood"
    title = "Something that the program imports is not valid Python"


class ImportHidden(Problem):
    """The program imports a work that administrators have hidden."""

    status = 422
    slug = "import-hidden"
    title = "The program imports something that has been hidden by the administrators"


class ImportCycle(Problem):
    """A work imports itself, by way of others or not."""

    status = 422
    slug = "import-cycle"
    title = "The imports of the program go round in a circle"


class ImportsTooDeep(Problem):
    """The program imports what imports what imports …, beyond reason."""

    status = 422
    slug = "imports-too-deep"
    title = "The imports of the program are nested too deeply"


class ImportsTooLarge(Problem):
    """All that the program imports, directly or not, is too many works, too much source or too many files."""

    status = 422
    slug = "imports-too-large"
    title = "The program imports too much"


class ImportFilesConflict(Problem):
    """Two works read different files by one name, and a program's files are known by their names alone."""

    status = 422
    slug = "import-files-conflict"
    title = "Two works read different files of one name"


class ImportsAlpha(Problem):
    """What is published imports what may change any day."""

    status = 422
    slug = "imports-alpha"
    title = "What is published can import published versions alone"


class Mistake(NamedTuple):
    """What is wrong with one import.

    Attributes:
        message: In a sentence.
        line: Of the program, from 1; 0: not known, as where its library imports something.
        column: Of the program, from 1; 0: not known.
        path: What is imported, where there is a path.
        chain: By way of what, where the program does not import it itself: works, and the path at last.
    """

    message: str
    line: int = 0
    column: int = 0
    path: str | None = None
    chain: Sequence[str] = ()


def told(mistakes: Sequence[Mistake]) -> dict[str, Any]:
    """Return how a problem tells of mistakes: the first as its sentence, the first twenty one by one."""
    errors = [
        {
            "line": mistake.line or None,
            "column": mistake.column or None,
            "path": mistake.path and mistake.path[:_MAX_PATH_CHARACTERS],
            "message": mistake.message,
            "chain": list(mistake.chain),
        }
        for mistake in mistakes[:_MAX_ERRORS]
    ]
    first = mistakes[0]
    where = f"Line {first.line}: " if first.line else ""
    way = f" ({' imports '.join(first.chain)})" if len(first.chain) > 1 else ""
    return {"detail": f"{where}{first.message}{way}", "errors": errors}
