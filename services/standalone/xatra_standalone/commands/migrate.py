"""`xatra-web migrate`: brings the database's schema to this release's version."""

import json
from typing import Annotated

import typer
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine

from xatra_shared.database.migrate import head_revision, schema_is_current, upgrade
from xatra_standalone.commands.database import foreseen
from xatra_standalone.commands.settings import OwnerSettings

app = typer.Typer(add_completion=False)


@app.command()
def migrate(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the revisions, for programs.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Change nothing, and say what would be.")] = False,
) -> None:
    """Bring the database's schema to this release's version; one of a later release stays as it is.

    Logs in as the role that owns the schema, by DATABASE_URL or the file that DATABASE_URL_FILE names. Several may run
    at once: they take turns.
    """
    url = OwnerSettings.load().database_url.get_secret_value()
    with foreseen():
        before, is_current = _revision(url)
        if not (is_current or dry_run):
            upgrade(url)
        after = head_revision() if dry_run and not is_current else _revision(url)[0]
    if as_json:
        typer.echo(json.dumps({"before": before, "after": after}))
    elif dry_run:
        typer.echo(f"The schema is at {before or 'nothing'}{'' if before == after else f', and would be at {after}'}.")
    else:
        typer.echo(f"The schema is at {after}{'' if before == after else f', and was at {before or "nothing"}'}.")


def _revision(url: str) -> tuple[str | None, bool]:
    """Return the schema's revision, and whether it is this release's or a later one."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision(), schema_is_current(connection)
    finally:
        engine.dispose()
