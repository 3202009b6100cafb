"""`xatra-web import-sqlite`: moves the predecessor's database into an empty hub."""

import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import create_engine

from xatra_shared.artifacts.store import ArtefactStore, StoreUnavailable, open_store
from xatra_shared.database.migrate import schema_is_current
from xatra_standalone.commands.database import foreseen
from xatra_standalone.commands.failures import CommandFailedError, ExitCode
from xatra_standalone.commands.settings import HubSettings
from xatra_standalone.predecessor import reactions
from xatra_standalone.predecessor.moving import Move
from xatra_standalone.predecessor.report import as_text, write_json
from xatra_standalone.predecessor.snapshot import NotThePredecessorsError, Snapshot, snapshot
from xatra_standalone.predecessor.writing import DiffersError, NotEmptyError, StoreNeededError, check_place, write
from xatra_standalone.settings import StandaloneSettings
from xatra_standalone.stack import Stack

app = typer.Typer(add_completion=False)


@dataclass(frozen=True)
class _Place:
    """Where the hub is."""

    database_url: str
    store: ArtefactStore | None


@app.command()
def import_sqlite(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The predecessor's xatra_hub.db.")],
    *,
    check: Annotated[bool, typer.Option("--check", help="Read and report only; no database is needed.")] = False,
    report: Annotated[Path | None, typer.Option(help="Where the whole report goes, as JSON.")] = None,
) -> None:
    """Move the predecessor's accounts, works, versions, votes, views and drafts into a hub that is empty.

    Writes as the role that owns the schema, by DATABASE_URL or the file that DATABASE_URL_FILE names; else into the
    service that runs on this machine. All of it moves, or nothing; moving the same file again changes nothing.
    """
    if report and not report.parent.is_dir():
        raise CommandFailedError(f"There is no directory {report.parent} for the report.", ExitCode.USAGE)
    signal.signal(
        signal.SIGTERM, signal.default_int_handler
    )  # so that the copy, with password hashes in it, is deleted
    try:
        with snapshot(file) as copied:
            _move(copied, file, None if check else _place(), report)
    except (NotThePredecessorsError, NotEmptyError, StoreNeededError, DiffersError) as error:
        raise CommandFailedError(str(error), ExitCode.FAILED) from None
    except StoreUnavailable as error:
        raise CommandFailedError(f"The artefact store does not do it: {error}.", ExitCode.UNAVAILABLE) from None
    except OSError as error:
        raise CommandFailedError(f"{error.filename or file}: {error.strerror}.", ExitCode.FAILED) from None


def _move(copied: Snapshot, file: Path, place: _Place | None, report: Path | None) -> None:
    if place and _is_there(place, copied.digest):
        typer.echo("This file has moved in already: nothing was changed.")
        return
    move = Move(copied)
    if place is None:
        for rows in (reactions.votes, reactions.views, reactions.drafts):
            for _ in rows(move.repository, move.ledger, move.moved_at):
                pass
    else:
        with foreseen():
            engine = create_engine(place.database_url)
            try:
                write(engine, move, copied.digest, place.store)
            finally:
                engine.dispose()
    facts: dict[str, Any] = {
        "file": file.name,
        "sha256": copied.digest,
        "moved": place is not None,
        "at": move.moved_at,
    }
    if report:
        write_json(report, move, facts)
    for line in as_text(move.ledger):
        typer.echo(line)
    typer.echo()
    typer.echo("All of it is there now." if place else "Nothing was changed: this was a check.")


def _place() -> _Place:
    """Return the hub that the environment names, or the one on this machine."""
    settings = HubSettings.load_if_named()
    if settings:
        store_url = settings.artefact_store_url
        return _Place(settings.database_url.get_secret_value(), open_store(store_url) if store_url else None)
    own = StandaloneSettings()
    if not (own.home / "secrets").exists():
        raise CommandFailedError(
            f"Nothing has run on {own.home} yet: start it with `make demo`, or set XATRA_HOME or DATABASE_URL.",
            ExitCode.FAILED,
        )
    stack = Stack(own)
    return _Place(stack.owner_database_url, open_store(stack.api_settings.artefact_store_url))


def _is_there(place: _Place, digest: str) -> bool:
    """Tell whether the file has moved in already; what cannot take it is refused before any work is done."""
    engine = create_engine(place.database_url)
    try:
        with foreseen(), engine.connect() as connection:
            if not schema_is_current(connection):
                raise CommandFailedError("The schema is older than this release: run `migrate` first.", ExitCode.FAILED)
            return check_place(connection, digest)
    finally:
        engine.dispose()
