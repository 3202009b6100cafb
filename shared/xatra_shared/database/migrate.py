"""Applies the one schema history; forward only, one runner at a time."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text

# Two that start together take turns; the second finds nothing to do.
_MIGRATION_LOCK = 0x78617472616D6967


def upgrade(owner_url: str) -> None:
    """Bring the schema up to this code's version, as the role that owns it.

    A statement that waits for a lock for more than 5 s gives up, so that a migration never queues up
    in front of the whole service: run it again.
    """
    engine = create_engine(owner_url, connect_args={"options": "-c lock_timeout=5s"})
    try:
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
            config = alembic_config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        engine.dispose()


def alembic_config() -> Config:
    """Return Alembic's configuration for the history beside this file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def head_revision() -> str | None:
    """Return the revision that this code was written for."""
    return ScriptDirectory.from_config(alembic_config()).get_current_head()


def schema_is_current(connection: Connection) -> bool:
    """Tell whether the database is at this code's revision or a later one.

    A later one is fine: migrations only add until the code that needed the old form is gone.
    """
    revision = MigrationContext.configure(connection).get_current_revision()
    return revision is not None and (revision == head_revision() or not knows_revision(revision))


def knows_revision(revision: str) -> bool:
    """Tell whether this code can bring a database at a revision to its own."""
    script = ScriptDirectory.from_config(alembic_config())
    return revision in {entry.revision for entry in script.walk_revisions()}
