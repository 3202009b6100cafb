"""Writes what was worked out into an empty hub, in one transaction, and compares before that is final."""

import asyncio
import io
import json
from collections.abc import Mapping
from typing import Any, Final

import orjson
from sqlalchemy import Connection, Engine

from xatra_api.hub.works import search_text_of
from xatra_shared.artifacts.store import ArtefactStore
from xatra_shared.queue.objects import hold_object
from xatra_standalone.predecessor import hub_repository, reactions
from xatra_standalone.predecessor.bundling import bundle_versions
from xatra_standalone.predecessor.ledger import TABLES
from xatra_standalone.predecessor.moving import Move

_USERS: Final = ("id", "username", "full_name", "bio", "is_trusted", "is_admin", "created_at")
_WORKS: Final = (
    *("id", "user_id", "kind", "name", "featured", "description", "display_type", "alpha_content", "alpha_files"),
    *("alpha_metadata", "alpha_hash", "alpha_updated_at", "library_id", "theme_id", "forked_from_id"),
    *("latest_version", "published_at", "disassociated_at", "created_at", "updated_at", "search_text"),
)
_NAMES: Final = ("kind", "name", "artifact_id", "user_id", "public_at", "created_at")
_VERSIONS: Final = (
    *("id", "artifact_id", "version", "content", "content_hash", "files", "metadata", "library_version_id"),
    *("theme_version_id", "created_at", "wants_artefact", "artefact_error"),
)
_IMPORTS: Final = ("artifact_id", "version", "path", "imported_id", "imported_version")
_DRAFTS: Final = ("owner_key", "project", "file_sha256s", "size_bytes", "updated_at")


class NotEmptyError(Exception):
    """The hub has accounts or works already."""


class StoreNeededError(Exception):
    """Maps of the file have audio or tables in them, and there is nowhere to put them."""


class DiffersError(Exception):
    """What was written is not what was worked out: nothing is kept. This is a fault of ours."""


def check_place(connection: Connection, digest: str) -> bool:
    """Tell whether the same file has moved in already.

    Raises:
        NotEmptyError: Something else is there.
    """
    known = hub_repository.moved_in(connection)
    if known and known.get("digest") == digest:
        return True
    table = hub_repository.first_not_empty(connection)
    if known or table:
        raise NotEmptyError(
            "Another file has moved in here already."
            if known
            else f"The hub has to be empty, and there are rows in {table}: move in before the first account is made."
        )
    return False


def write(engine: Engine, move: Move, digest: str, store: ArtefactStore | None) -> bool:
    """Write all of it.

    Args:
        engine: Of the role that owns the schema.
        move: What was worked out.
        digest: Of the file.
        store: Where files go that maps read; None: unknown.

    Returns:
        Whether anything was written; False: the same file is there already.

    Raises:
        NotEmptyError: The hub has something in it.
        StoreNeededError: There are files, and no store.
        StoreUnavailable: The store does not answer.
        DiffersError: See there.
    """
    with engine.begin() as connection:
        hub_repository.lock(connection)
        if check_place(connection, digest):
            return False
        _write_people(connection, move)
        _write_works(connection, move)
        _write_reactions(connection, move)
        _write_files(connection, move, store)
        hub_repository.analyze(connection)
        bundle_versions(connection, move.ledger)
        hub_repository.count_reactions(connection)
        hub_repository.number_on(connection)
        hub_repository.note_moved_in(connection, {"digest": digest, "at": move.moved_at})
        _compare(connection, move)
    return True


def _write_people(connection: Connection, move: Move) -> None:
    repository = move.repository
    hub_repository.copy(
        connection,
        "hub_users",
        _USERS,
        (_picked(user, _USERS, flags=("is_trusted", "is_admin")) for user in repository.users()),
    )
    hub_repository.copy(
        connection,
        "hub_usernames",
        ("username", "user_id", "created_at"),
        ((user["username"], user["id"], user["created_at"]) for user in repository.users()),
    )
    hub_repository.copy(
        connection,
        "auth_credentials",
        ("user_id", "password_hash", "changed_at"),
        (
            (user["id"], user["password_hash"], user["created_at"])
            for user in repository.users()
            if user["password_hash"]
        ),
    )


def _write_works(connection: Connection, move: Move) -> None:
    repository = move.repository
    hub_repository.copy(connection, "hub_artifacts", _WORKS, map(_work, move.finals.works()))
    hub_repository.copy(
        connection,
        "hub_artifact_names",
        _NAMES,
        (
            (work.kind, work.name, work.id, work.user_id, work.created_at, work.created_at)
            for work in repository.works()
        ),
    )
    hub_repository.copy(connection, "hub_artifact_versions", _VERSIONS, map(_version, move.finals.versions()))
    hub_repository.copy(connection, "hub_imports", _IMPORTS, move.finals.imports())


def _write_reactions(connection: Connection, move: Move) -> None:
    arguments = (move.repository, move.ledger, move.moved_at)
    hub_repository.copy(connection, "hub_votes", ("artifact_id", "user_id", "created_at"), reactions.votes(*arguments))
    hub_repository.copy(
        connection, "hub_map_views", ("artifact_id", "viewer_key", "viewed_at"), reactions.views(*arguments)
    )
    hub_repository.copy(connection, "hub_drafts", _DRAFTS, map(_draft, reactions.drafts(*arguments)))


def _write_files(connection: Connection, move: Move, store: ArtefactStore | None) -> None:
    rows: list[tuple[str, str, int]] = []
    for sha256, media_type, content in move.repository.files():
        if store is None:
            raise StoreNeededError("Maps have audio or tables in them, which become files: set ARTEFACT_STORE_URL.")
        hold_object(connection, sha256)
        if not store.file_exists(sha256):
            asyncio.run(store.put_file(sha256, io.BytesIO(content)))
        rows.append((sha256, media_type, len(content)))
    hub_repository.copy(connection, "files", ("sha256", "media_type", "size_bytes"), rows)
    hub_repository.copy(
        connection,
        "hub_files",
        ("artifact_id", "version", "sha256"),
        (
            (work_id, version, sha256)
            for work_id, version, files in move.finals.files()
            for sha256 in sorted(set(json.loads(files).values()))
        ),
    )
    hub_repository.give_files(connection)


def _draft(draft: reactions.Draft) -> tuple[Any, ...]:
    files = sorted(set(draft.project.get("files", {}).values()))
    return draft.owner_key, orjson.dumps(draft.project).decode(), files, draft.size_bytes, draft.updated_at


def _work(row: Mapping[str, Any]) -> tuple[Any, ...]:
    values = {
        **row,
        "featured": bool(row["featured"]),
        "alpha_content": row["content"],
        "alpha_files": row["files"],
        "alpha_hash": row["content_hash"],
        "alpha_updated_at": row["updated_at"],
        "latest_version": row["latest_version"] or 0,
        "search_text": search_text_of(row["name"], row["description"]),
    }
    return tuple(values[column] for column in _WORKS)


def _version(row: Mapping[str, Any]) -> tuple[Any, ...]:
    values = {
        **row,
        "artifact_id": row["work_id"],
        "wants_artefact": row["kind"] == "map",
        "artefact_error": row["error"] or None,
    }
    return tuple(values[column] for column in _VERSIONS)


def _picked(row: Mapping[str, Any], columns: tuple[str, ...], flags: tuple[str, ...] = ()) -> tuple[Any, ...]:
    return tuple(bool(row[column]) if column in flags else row[column] for column in columns)


def _compare(connection: Connection, move: Move) -> None:
    """Compare what is there with what has to be there."""
    there = hub_repository.counts(connection)
    for table in TABLES:
        expected = move.ledger.count(table).after
        if there[table] != expected:
            raise DiffersError(f"{table} has {there[table]:,} rows, and should have {expected:,}.")
    sums = hub_repository.sums(connection)
    if sums != {"votes": there["hub_votes"], "views": there["hub_map_views"]}:
        raise DiffersError(f"Works count {sums['votes']:,} votes and {sums['views']:,} views.")
    if strange := hub_repository.inconsistent_works(connection):
        raise DiffersError(f"Names or versions of {len(strange):,} works do not fit together.")
