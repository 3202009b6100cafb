"""Runs one map program in this process and returns the page of the map it shows, or what its author can act on."""

import builtins
import io
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import FrameType, ModuleType, TracebackType
from typing import Never, TextIO

from xatra_render_worker.renderer import files as program_files
from xatra_render_worker.renderer.errors import NoMap
from xatra_render_worker.renderer.imports import imports
from xatra_render_worker.renderer.library import flagmap, pyplot
from xatra_render_worker.renderer.page import render_page
from xatra_render_worker.renderer.sources import PROGRAM, Place, compiled, is_authors, place_of, told, way_to
from xatra_render_worker.renderer.wording import clean
from xatra_render_worker.sandbox.explain import SHUT_IN, explain_refusals
from xatra_shared.bundles import Bundle

MAX_WARNINGS = 100
"""Distinct warnings kept of one render; the rest is counted."""

MAX_PRINTED = 50_000
"""Characters kept of what a program prints, on both standard streams together."""

_MAX_MESSAGE = 4_000
_MAX_WARNING = 1_000
_MAX_TRACEBACK = 20_000

_NO_MAP = (
    "The program showed no map. Add something to the current map, as in xatra.Flag(…), "
    "or call show() on the Map that you made."
)
_EXPLANATIONS: dict[type[BaseException], str] = {
    RecursionError: "The program calls itself without end: the maximum recursion depth was exceeded.",
    MemoryError: "The program needs more memory than one render may use.",
    KeyboardInterrupt: "The program interrupted itself.",
}


@dataclass(frozen=True)
class AuthorError:
    """An error that the author of a map program can act on.

    Attributes:
        type: name of the exception's class, or "NoMap" where the program ended without one.
        message: the exception's message, without paths of this server, and the place where it is not in the program.
        line: line of the program, where it is known; of the import, for an error in what it imports.
        traceback: frames of the program and its imports only, with their line numbers and source; chained exceptions
            are kept.
    """

    type: str
    message: str
    line: int | None
    traceback: str


@dataclass(frozen=True)
class Rendered:
    """The page of a map, in UTF-8, and what its author should know about it."""

    html: bytes
    warnings: tuple[str, ...]


class ProgramError(Exception):
    """The program failed; `author_error` says why, `warnings` what it had been warned of until then."""

    def __init__(self, author_error: AuthorError, warnings: tuple[str, ...]) -> None:
        super().__init__(f"{author_error.type}: {author_error.message}")
        self.author_error = author_error
        self.warnings = warnings


def render(
    program: str, files: Mapping[str, int], print_: Callable[[str], None], bundle: Bundle | None = None
) -> Rendered:
    """Run `program` as `map.py` and return the page of its map.

    The map is the one of the last `show()` or `to_html_string()`, else the current map at the end. The process must be
    warm and used for nothing else afterwards: standard streams, `open` and the warning filters stay replaced.

    Args:
        program: Python source that uses the `xatra` library.
        files: the names by which the program reads uploaded files, to open, readable descriptors.
        print_: receives what the program prints, piece by piece, at most `MAX_PRINTED` characters.
        bundle: what it imports from the hub.

    Raises:
        ProgramError: the program is not valid, raised an exception, or ended without a map.
    """
    said = _Warnings()
    sys.stdin = io.StringIO()
    sys.stdout = sys.stderr = _Output(print_)
    sys.__stdin__, sys.__stdout__, sys.__stderr__ = sys.stdin, sys.stdout, sys.stderr  # type: ignore[misc, assignment]
    builtins.input = _no_input
    program_files.serve(files)
    imports.serve(bundle or Bundle())
    said.listen()
    shown = _Shown()
    shown.listen()
    explain_refusals()
    try:
        _run(program, shown)
        html = shown.html or _current_map()
    except BaseException as error:  # noqa: BLE001 - whatever it raises, it is the program's
        raise ProgramError(_author_error(error), said.sentences()) from None
    return Rendered(html, said.sentences())


def _run(program: str, shown: "_Shown") -> None:
    code = compiled(program, PROGRAM)
    module = ModuleType("__main__")
    module.__file__ = PROGRAM
    sys.modules["__main__"] = module
    sys.argv = [PROGRAM]
    try:
        imports.run_before(module.__dict__)
        exec(code, module.__dict__)  # noqa: S102 - running the author's program is what this process is for
    except SystemExit as leaving:
        if leaving.code and not shown.html:
            raise


def _current_map() -> bytes:
    if pyplot._current_map is None:  # noqa: SLF001 - get_current_map() would make one
        raise NoMap(_NO_MAP)
    return render_page(pyplot._current_map)  # noqa: SLF001


class _Shown:
    """The page of the map that was shown last."""

    def __init__(self) -> None:
        self.html = b""

    def listen(self) -> None:
        """Keep what `show` and `to_html_string` render, of every map; neither writes a file.

        What a program imports shows nothing.
        """

        def show(shown_map: flagmap.Map, out_json: str = "map.json", out_html: str = "map.html") -> None:  # noqa: ARG001 - the library's signature
            if not imports.is_running:
                self.html = render_page(shown_map)

        def to_html_string(shown_map: flagmap.Map) -> str:
            html = render_page(shown_map)
            if not imports.is_running:
                self.html = html
            return html.decode()

        flagmap.Map.show = show
        flagmap.Map.to_html_string = to_html_string


class _Warnings:
    """What the author should know: each sentence once, with the line that it is about where that is known."""

    def __init__(self) -> None:
        self._sentences: dict[str, None] = {}
        self._left_out = 0

    def listen(self) -> None:
        """Collect every warning that Python, the library or we issue; those meant for developers stay silent."""
        warnings.resetwarnings()
        warnings.simplefilter("always")
        for category in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
            warnings.simplefilter("ignore", category)
        warnings.showwarning = self._add

    def sentences(self) -> tuple[str, ...]:
        """Return what was collected, in order."""
        left_out = (f"… and {self._left_out} more warnings",) if self._left_out else ()
        return (*self._sentences, *left_out)

    def _add(
        self,
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,  # noqa: ARG002
        line: str | None = None,  # noqa: ARG002
    ) -> None:
        place = (filename, lineno) if is_authors(filename) else place_of(sys._getframe())  # noqa: SLF001 - no other way to the stack
        kind = "" if category is UserWarning else f"{category.__name__}: "
        sentence = clean(f"{f'{told(place)}: ' if place else ''}{kind}{str(message).strip()}", _MAX_WARNING)
        if len(self._sentences) < MAX_WARNINGS:
            self._sentences[sentence] = None
        elif sentence not in self._sentences:
            self._left_out += 1


class _Output(io.TextIOBase):
    """Standard output and error of a program."""

    encoding = "utf-8"
    errors = "backslashreplace"

    def __init__(self, print_: Callable[[str], None]) -> None:
        self._print = print_
        self._room = MAX_PRINTED

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if self._room > 0:
            self._print(clean(text[: self._room]))
            self._room -= len(text)
        return len(text)


def _no_input(prompt: object = "") -> Never:  # noqa: ARG001 - the built-in's signature
    raise EOFError("A map program cannot ask for input(): nobody is there to answer while it renders.")


def _author_error(error: BaseException) -> AuthorError:
    places = _places(error)
    if isinstance(error, MemoryError):
        traceback.clear_frames(error.__traceback__)
    lines = [line for name, line in places if name == PROGRAM]
    where = f" ({way_to(places)})" if places and places[-1][0] != PROGRAM else ""
    return AuthorError(
        type=type(error).__name__,
        message=clean(_message(error), _MAX_MESSAGE) + clean(where),
        line=lines[-1] if lines else None,
        traceback=clean(_traceback(error), _MAX_TRACEBACK),
    )


def _places(error: BaseException) -> list[Place]:
    """Return the places by way of which an error came about, the place of the error last."""
    places: list[Place] = [
        (frame.f_code.co_filename, line)
        for frame, line in _walk(error.__traceback__)
        if is_authors(frame.f_code.co_filename)
    ]
    if isinstance(error, SyntaxError) and error.filename and is_authors(error.filename):
        places.append((error.filename, error.lineno))
    return places


def _message(error: BaseException) -> str:
    for kind, explanation in _EXPLANATIONS.items():
        if isinstance(error, kind):
            return explanation
    if isinstance(error, SystemExit):
        return f"The program ended itself with exit status {error.code!r} before it showed a map."
    if isinstance(error, SyntaxError):
        return error.msg
    try:
        text = str(error) or type(error).__name__
        return f"{text}. {SHUT_IN}" if isinstance(error, PermissionError) and error.errno else text  # the kernel's
    except Exception:  # noqa: BLE001 - an author's own exception can fail in any way
        return type(error).__name__


def _walk(tb: TracebackType | None) -> Iterator[tuple[FrameType, int]]:
    return traceback.walk_tb(tb)


def _traceback(error: BaseException) -> str:
    report = traceback.TracebackException.from_exception(error)
    for link in _links(report):
        link.stack = traceback.StackSummary.from_list([frame for frame in link.stack if is_authors(frame.filename)])
    return "".join(report.format())


def _links(report: traceback.TracebackException) -> Iterator[traceback.TracebackException]:
    pending = [report]
    while pending:
        link = pending.pop()
        yield link
        pending += [part for part in (link.__cause__, link.__context__, *(link.exceptions or ())) if part]
