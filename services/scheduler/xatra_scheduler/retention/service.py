"""The rules of retention: mark what is unused, wait longer than a backup takes, delete the row and then the object.

A backup that took the database before the store has the object of every row that bore no mark then. Whoever uses a row
takes its mark back, and a row without a mark is never deleted. A crash between row and object leaves an object that
nothing names, which the sweep finds; how a writer of the same object is kept safe meanwhile stands in
`xatra_shared.queue.objects`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

import structlog
from sqlalchemy import Connection

from xatra_scheduler.resources import Resources
from xatra_scheduler.retention import repository
from xatra_scheduler.retention.repository import Rules, Table
from xatra_scheduler.settings import SchedulerSettings
from xatra_shared.artifacts.store import ArtefactStore, ListedObject
from xatra_shared.queue.objects import hold_object

_log = structlog.get_logger(__name__)

_BATCH_ROWS: Final = 200
_ROWS_LOOKED_AT: Final = 1000
_ORPHAN_AGE: Final = timedelta(days=1)  # a younger object may be one whose row is about to be written


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of object: its table, and what the store does with it."""

    table: Table
    list_all: Callable[[ArtefactStore], Iterator[list[ListedObject]]]
    delete: Callable[[ArtefactStore, str], None]


ARTEFACTS: Final = Kind(repository.ARTEFACTS, ArtefactStore.list_artefacts, ArtefactStore.delete_artefact)
FILES: Final = Kind(repository.FILES, ArtefactStore.list_files, ArtefactStore.delete_file)
MAP_ASSETS: Final = Kind(repository.MAP_ASSETS, ArtefactStore.list_assets, ArtefactStore.delete_asset)
KINDS: Final = (ARTEFACTS, FILES, MAP_ASSETS)  # maps first: assets are kept by them


def forget_renders(resources: Resources) -> None:
    """Delete renders that nobody can look up any more, and callers and workers that are no longer there."""
    _in_batches(resources, repository.delete_waiters)
    _through(resources, repository.delete_jobs, 0)
    _in_batches(resources, repository.delete_callers)
    _in_batches(resources, repository.delete_workers)


def forget_beginnings(resources: Resources) -> None:
    """Delete drafts that guests have left, and what alphas said long ago."""
    for step in (repository.delete_guest_drafts, repository.delete_alpha_saves):
        _in_batches(resources, step)


def forget_views(resources: Resources) -> None:
    """Delete which guests looked at what long ago."""
    _through(resources, repository.delete_guest_views, "")


def forget_requests(resources: Resources) -> None:
    """Delete how requests went that came long ago."""
    _in_batches(resources, repository.delete_request_records)


def forget_security_events(resources: Resources) -> None:
    """Delete what mattered to security long ago."""
    _in_batches(resources, repository.delete_security_events)


def mark_unused(resources: Resources, kind: Kind) -> None:
    """Mark what is unused, and take marks back from what is used."""
    _through(resources, partial(repository.update_marks, kind.table), "")


def delete_unused(resources: Resources, kind: Kind) -> None:
    """Delete what was marked long enough ago.

    Raises:
        StoreUnavailable: The sweep will find what is left of objects whose rows are gone.
    """
    rules = rules_of(resources.settings)
    deleted = 0
    while not resources.stopping.is_set():
        with resources.database.begin() as connection:
            names = repository.delete_marked(kind.table, connection, rules, _BATCH_ROWS)
        for name in names:
            _delete_object(resources, kind, name)
        deleted += len(names)
        if not names:
            break
    if deleted:
        _log.info("unused objects deleted", kind=kind.table.name, objects=deleted)


def sweep(resources: Resources, kind: Kind) -> None:
    """Delete objects that no row names, and that have lain in the store for a day.

    Raises:
        StoreUnavailable: The rest is left to the next sweep.
    """
    youngest = datetime.now(UTC) - _ORPHAN_AGE
    for page in kind.list_all(resources.store):
        if resources.stopping.is_set():
            return
        old = [entry.name for entry in page if entry.stored_at < youngest]
        with resources.database.begin() as connection:
            orphans = repository.without_row(kind.table, connection, old)
        for name in orphans:
            _delete_object(resources, kind, name)
        if orphans:
            _log.warning("objects deleted that no row named", kind=kind.table.name, names=orphans)


def _in_batches(resources: Resources, step: Callable[[Connection, Rules, int], int]) -> None:
    """Do something to some rows at a time, a transaction each, until there are no more."""
    rules = rules_of(resources.settings)
    count = _BATCH_ROWS
    while count == _BATCH_ROWS and not resources.stopping.is_set():
        with resources.database.begin() as connection:
            count = step(connection, rules, _BATCH_ROWS)


def _through[Key](resources: Resources, step: Callable[[Connection, Rules, Key, int], Key | None], first: Key) -> None:
    """Go through a table some rows at a time, a transaction each, in the order of their keys."""
    rules = rules_of(resources.settings)
    last: Key | None = first
    while last is not None and not resources.stopping.is_set():
        with resources.database.begin() as connection:
            last = step(connection, rules, last, _ROWS_LOOKED_AT)


def _delete_object(resources: Resources, kind: Kind, name: str) -> None:
    with resources.database.begin() as connection:
        hold_object(connection, name)
        if repository.without_row(kind.table, connection, [name]):
            kind.delete(resources.store, name)


def rules_of(settings: SchedulerSettings) -> Rules:
    """Return how long things are kept by these settings."""
    return Rules(
        artefact_days=settings.artefact_days,
        file_days=settings.file_days,
        job_days=settings.job_days,
        request_days=settings.request_days,
        security_event_days=settings.security_event_days,
        grace_hours=settings.grace_hours,
        guest_draft_days=settings.guest_draft_days,
        guest_view_days=settings.guest_view_days,
        alpha_save_days=settings.alpha_save_days,
    )
