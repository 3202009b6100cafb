"""`xatra-web render`: a map program goes to a running service, its map comes back as a file."""

import asyncio
import json
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from xatra_render_worker.data.disk import DiskError, disk_errors, write_file
from xatra_shared.identity.api_tokens import MARK, is_well_formed
from xatra_standalone.commands.failures import CommandFailedError, ExitCode
from xatra_standalone.commands.progress_line import ProgressLine
from xatra_standalone.commands.service import RefusedError, Render, Service, UnreachableError

app = typer.Typer(add_completion=False)

_DASH: Final = Path("-")
_AUTHORS_PROBLEMS: Final = frozenset(
    f"urn:xatra:problem:{slug}" for slug in ("import-not-found", "program-syntax", "program-too-large")
)
# Begins a frame of a traceback; where programs run, each is called `map.py`.
_FRAME: Final = re.compile(r'^([ |]*)File "map\.py"(?=, line \d)', re.MULTILINE)


def _http_address(url: str) -> str:
    if not url.startswith(("http://", "https://")):
        raise typer.BadParameter("an address begins with http:// or https://.")
    return url


@app.command()
def render(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Map program; - is standard input.")],
    output: Annotated[Path, typer.Option("--output", "-o", dir_okay=False, help="The map; - is standard output.")],
    files: Annotated[
        list[Path] | None,
        typer.Option("--file", metavar="FILE", help="A file that the program reads by its name; repeat for more."),
    ] = None,
    url: Annotated[
        str, typer.Option(envvar="XATRA_URL", callback=_http_address, help="The service's first page.")
    ] = "http://localhost:8080/xatra/",
    token_file: Annotated[
        Path | None,
        typer.Option(envvar="XATRA_TOKEN_FILE", help="A file with an API token, to render as its user; else a guest."),
    ] = None,
    timeout: Annotated[float, typer.Option(min=1, help="Seconds after which to give up.")] = 300,
    *,
    standalone: Annotated[
        bool, typer.Option(help="One file that opens from disk, or the page that the service shows.")
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Describe the render, for programs.")] = False,
) -> None:
    """Render a map program on a running service and save the map.

    Warnings, and what the program printed, go to standard error. Ctrl-C cancels the render.
    """
    if as_json and output == _DASH:
        raise CommandFailedError("--json and --output - both write to standard output.", ExitCode.USAGE)
    program = _read_program(file)
    attached = _read_files(files or [])
    token = _read_token(token_file) if token_file else None
    name = "<stdin>" if file == _DASH else str(file)
    line = ProgressLine()

    async def ask() -> tuple[Render, bytes | None]:
        async with asyncio.timeout(timeout), Service.at(url, line, token=token) as service:
            uploaded = {called: await service.upload(called, content) for called, content in attached.items()}
            ended = await service.render(program, uploaded)
            is_there = ended["state"] == "succeeded"
            return ended, await service.fetch(ended, standalone=standalone) if is_there else None

    with _foreseen(line, name, timeout=timeout, as_json=as_json):
        with line:
            ended, page = asyncio.run(ask())
        _report(ended, name, line)
        if page is not None:
            _write(page, output, line)
    if as_json:
        _print_json(ended, path=None if page is None else output)
    if page is None:
        raise typer.Exit(ExitCode.FAILED)


@contextmanager
def _foreseen(line: ProgressLine, name: str, *, timeout: float, as_json: bool) -> Iterator[None]:
    """End the command in words where service or disk refuse."""
    try:
        yield
    except RefusedError as error:
        if as_json:
            _print_json(error.problem, path=None)
        is_authors = error.problem.get("type") in _AUTHORS_PROBLEMS
        raise CommandFailedError(
            "\n".join(_places(error.problem, name)) or str(error),
            ExitCode.FAILED if is_authors else ExitCode.UNAVAILABLE,
        ) from None
    except (UnreachableError, DiskError) as error:
        raise CommandFailedError(str(error), ExitCode.UNAVAILABLE) from None
    except TimeoutError:
        why = line.delay or "The render had not ended."
        raise CommandFailedError(f"Given up after {timeout:g} s. {why}", ExitCode.UNAVAILABLE) from None


def _read_program(file: Path) -> str:
    source = sys.stdin.buffer.read() if file == _DASH else _read(file)
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CommandFailedError(f"{file} is not UTF-8 text.", ExitCode.USAGE) from None


def _read_files(paths: list[Path]) -> dict[str, bytes]:
    """Return each file's content by the name that programs know it by."""
    files = {path.name: _read(path) for path in paths}
    if len(files) < len(paths):
        raise CommandFailedError("Two files have one name, by which the program reads them.", ExitCode.USAGE)
    return files


def _read_token(path: Path) -> str:
    token = _read(path).decode("ascii", "replace").strip()
    if not is_well_formed(token):
        raise CommandFailedError(f"{path} holds no API token, which begins with {MARK}.", ExitCode.USAGE)
    return token


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandFailedError(f"{path} cannot be read: {error.strerror}.", ExitCode.USAGE) from None


def _report(ended: Render, name: str, line: ProgressLine) -> None:
    """Print what the author should know."""
    if ended["output"]:
        line.print(ended["output"].rstrip("\n"))
    for warning in ended["warnings"]:
        line.print(f"Warning: {warning}", "yellow")
    if ended["state"] == "cancelled":
        line.print("The render was cancelled on the service.", "red")
    elif error := ended["error"]:
        traceback = _FRAME.sub(lambda frame: f'{frame[1]}File "{name}"', error["traceback"]).rstrip("\n")
        line.print(traceback or error["message"], "red")


def _places(problem: Mapping[str, Any], name: str) -> list[str]:
    """Return where in the program a problem is, as compilers do."""
    return [
        f"{name}:{error['line']}:{error['column']}: {error['message']}"
        for error in problem.get("errors", [])
        if error.get("line")
    ]


def _write(page: bytes, output: Path, line: ProgressLine) -> None:
    """Write the map, a regular file as a whole or not at all."""
    if output == _DASH:
        with disk_errors(Path("standard output")), open(sys.stdout.fileno(), "wb", closefd=False) as stream:
            stream.write(page)
    elif output.exists() and not output.is_file():  # a pipe or a device, which must not be replaced
        with disk_errors(output):
            output.write_bytes(page)
    else:
        write_file(output.resolve(), page)
        if line.is_drawn:
            line.print(f"{output}: {len(page) / 1e6:.2f} MB", "green")


def _print_json(document: Mapping[str, Any], *, path: Path | None) -> None:
    typer.echo(json.dumps({**document, "path": path and str(path)}))
