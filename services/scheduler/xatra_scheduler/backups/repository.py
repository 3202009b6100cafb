"""All SQL of backups, restores and drills. Every function works inside the caller's transaction."""

import hashlib
import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, text

from xatra_scheduler.backups.schemas import Contents, TableDigest
from xatra_shared.artifacts.store import artefact_key, asset_key, file_key
from xatra_shared.queue.model import Engine as RenderEngine
from xatra_shared.queue.model import RenderRequest, State

CANARY: Final = "the_map_by_which_restore_drills_see_that_restored_versions_render_as_before"
"""A name that nobody else can have: it is longer than names may be that people choose."""

_LOCK: Final = "SELECT {}(hashtextextended('backups', 0))"


@contextmanager
def alone(database: Engine, *, wait: bool) -> Iterator[bool]:
    """Keep every other backup, drill and restore of this database away until the end of the block.

    Args:
        database: Where all of them meet.
        wait: Whether to wait for another one's end.

    Yields:
        Whether nobody else is at work; always true after waiting.
    """
    with database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET statement_timeout = 0"))
        if wait:
            connection.execute(text(_LOCK.format("pg_advisory_lock")))
            is_alone = True
        else:
            is_alone = bool(connection.execute(text(_LOCK.format("pg_try_advisory_lock"))).scalar_one())
        try:
            yield is_alone
        finally:
            if is_alone and not connection.invalidated:  # else it ended with the session
                connection.execute(text(_LOCK.format("pg_advisory_unlock")))
            connection.invalidate()  # with what was set


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The database at one moment, which `pg_dump --snapshot` sees too until the transaction ends."""

    name: str
    taken_at: datetime


def take_snapshot(connection: Connection) -> Snapshot:
    """Begin to see the database as it is now; the first thing in a transaction that is repeatable read."""
    for setting in ("statement_timeout", "idle_in_transaction_session_timeout"):
        connection.execute(text(f"SET LOCAL {setting} = 0"))
    row = connection.execute(text("SELECT pg_export_snapshot() AS name, now() AS taken_at")).one()
    return Snapshot(row.name, row.taken_at)


def describe(connection: Connection) -> Contents:
    """Return what the database holds; reads all of it."""
    # How values are written shall not depend on who asks.
    for setting, value in (
        ("bytea_output", "hex"),
        ("datestyle", "ISO, YMD"),
        ("extra_float_digits", "1"),
        ("intervalstyle", "postgres"),
        ("statement_timeout", "0"),
        ("timezone", "UTC"),
    ):
        connection.execute(text(f"SET LOCAL {setting} = '{value}'"))
    tables = connection.execute(
        text(
            """
            SELECT class.relname AS name, quote_ident(class.relname) AS quoted,
                   (SELECT string_agg(quote_ident(attribute.attname), ', ' ORDER BY part.place)
                    FROM pg_index index, unnest(index.indkey::int[]) WITH ORDINALITY part (attnum, place), pg_attribute attribute
                    WHERE index.indrelid = class.oid AND index.indisprimary
                      AND attribute.attrelid = class.oid AND attribute.attnum = part.attnum) AS key
            FROM pg_class class
            WHERE class.relnamespace = 'public'::regnamespace AND class.relkind = 'r'
            ORDER BY class.relname
            """
        )
    ).all()
    constraints = connection.execute(
        text(
            """
            SELECT conrelid::regclass || '.' || conname FROM pg_constraint
            WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'f', 'p', 'u') AND convalidated
            ORDER BY conrelid::regclass::text, conname
            """
        )
    )
    return Contents(
        revision=MigrationContext.configure(connection).get_current_revision() or "",
        constraints=list(constraints.scalars()),
        tables={table.name: _digest(connection, table.quoted, table.key or "1") for table in tables},
    )


def _digest(connection: Connection, table: str, key: str) -> TableDigest:
    """Return how many rows a table has, and the digest of all of them, each a line, in the order of the key."""
    sha256 = hashlib.sha256()
    rows = 0
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY (SELECT * FROM {table} ORDER BY {key}) TO STDOUT") as lines:
        for block in lines:
            sha256.update(block)
            rows += bytes(block).count(b"\n")  # those within values are escaped
    return TableDigest(rows=rows, sha256=sha256.hexdigest())


@dataclass(frozen=True, slots=True)
class NamedObject:
    """An object that a row names: its key in the artefact store, and whether the row bears retention's mark."""

    key: str
    is_marked: bool


def list_objects(connection: Connection) -> list[NamedObject]:
    """Return all objects that the database names."""
    return [
        NamedObject(make_key(row.name), row.is_marked)
        for table, column, make_key in (
            ("artefacts", "sha256", artefact_key),
            ("files", "sha256", file_key),
            ("map_assets", "name", asset_key),
        )
        for row in connection.execute(
            text(f"SELECT {column} AS name, marked_at IS NOT NULL AS is_marked FROM {table} ORDER BY {column}")
        )
    ]


def holds_data(connection: Connection) -> bool:
    """Tell whether there are accounts or works, which a restore would replace."""
    is_there = text("SELECT to_regclass('public.hub_users') IS NOT NULL")
    return bool(
        connection.execute(is_there).scalar_one()
        and connection.execute(
            text("SELECT EXISTS (SELECT FROM hub_users) OR EXISTS (SELECT FROM hub_artifacts)")
        ).scalar_one()
    )


def skip_numbers(connection: Connection) -> None:
    """Leave out the numbers that may have been given since the backup: tokens and caches may know what had them."""
    connection.execute(
        text(
            """
            SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, coalesce(last_value, 0) + 1000000)
            FROM pg_sequences WHERE schemaname = 'public'
            """
        )
    )


# --- what drills render ---


@dataclass(frozen=True, slots=True)
class RenderedVersion:
    """A published version that has its map.

    Attributes:
        path: What it is called.
        request: What was rendered.
        artefact_sha256: What came of it.
    """

    path: str
    request: RenderRequest
    artefact_sha256: str


def versions_made_by(connection: Connection, engine: RenderEngine, *, limit: int) -> list[RenderedVersion]:
    """Return versions whose maps an engine made, by chance."""
    numbers = connection.execute(
        text(
            """
            SELECT id FROM hub_artifact_versions
            WHERE artefact_sha256 IS NOT NULL AND engine_version = :engine_version AND data_version = :data_version
            """
        ),
        {"engine_version": engine.engine_version, "data_version": engine.data_version},
    )
    everyone = list(numbers.scalars())
    rows = connection.execute(
        text(
            """
            SELECT format('/%s/%s/%s', work.kind, work.name, version.version) AS path,
                   content, bundle, files, artefact_sha256
            FROM hub_artifact_versions version JOIN hub_artifacts work ON work.id = version.artifact_id
            WHERE version.id = ANY(:ids)
            """
        ),
        {"ids": random.sample(everyone, min(limit, len(everyone)))},
    )
    return [
        RenderedVersion(row.path, RenderRequest(row.content, row.bundle, row.files), row.artefact_sha256)
        for row in rows
    ]


def publish_canary(connection: Connection, program: str) -> int:
    """Publish a version of a private map that is nobody's, and return the version's number in its table."""
    values = {"name": CANARY, "program": program, "hash": hashlib.sha256(program.encode()).hexdigest()}
    work_id = connection.execute(
        text("SELECT id FROM hub_artifacts WHERE kind = 'map' AND name = :name"), values
    ).scalar_one_or_none()
    if work_id is None:
        work_id = connection.execute(
            text(
                """
                INSERT INTO hub_artifacts (kind, name, visibility, description, alpha_content, alpha_hash, search_text,
                                           disassociated_at)
                VALUES ('map', :name, 'private', 'Restore drills render it.', :program, :hash, '', now())
                RETURNING id
                """
            ),
            values,
        ).scalar_one()
        connection.execute(
            text("INSERT INTO hub_artifact_names (kind, name, artifact_id) VALUES ('map', :name, :work_id)"),
            {**values, "work_id": work_id},
        )
    return int(
        connection.execute(
            text(
                """
                WITH work AS (
                    UPDATE hub_artifacts SET latest_version = latest_version + 1, published_at = now()
                    WHERE id = :work_id RETURNING id, latest_version
                )
                INSERT INTO hub_artifact_versions (artifact_id, version, content, content_hash, wants_artefact)
                SELECT id, latest_version, :program, :hash, true FROM work
                RETURNING id
                """
            ),
            {**values, "work_id": work_id},
        ).scalar_one()
    )


def artefact_of_version(connection: Connection, version_id: int) -> tuple[str | None, str | None]:
    """Return a version's map, or why there will be none; neither: there is none yet."""
    row = connection.execute(
        text("SELECT artefact_sha256, artefact_error FROM hub_artifact_versions WHERE id = :id"), {"id": version_id}
    ).one()
    return row.artefact_sha256, row.artefact_error and json.dumps(row.artefact_error)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job stands, and its map."""

    state: State
    artefact_sha256: str | None


def outcome_of_job(connection: Connection, job_id: int) -> Outcome:
    """Return how a job stands."""
    row = connection.execute(
        text("SELECT state, artefact_sha256 FROM render_jobs WHERE id = :id"), {"id": job_id}
    ).one()
    return Outcome(State(row.state), row.artefact_sha256)
