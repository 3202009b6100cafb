"""The rules of backups: the database first, then the objects that it names, the manifest last; which are kept."""

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import Engine

from xatra_scheduler.backups import objects, repository
from xatra_scheduler.backups.programs import dumping
from xatra_scheduler.backups.resources import BackupResources
from xatra_scheduler.backups.schemas import Manifest, StoredStream
from xatra_shared.artifacts.store import ObjectMissing

_KEPT_WHOLE: Final = timedelta(days=2)  # so long every backup is kept, also several of one day
_MB: Final = 1_000_000


class BusyError(Exception):
    """Another backup, drill or restore is at work."""


class NoBackupError(Exception):
    """There is no such backup; the text says which there are."""


@contextmanager
def alone(database: Engine, *, wait: bool) -> Iterator[None]:
    """Keep every other backup, drill and restore away until the end of the block.

    Args:
        database: Where all of them meet.
        wait: Whether to wait for another one's end.

    Raises:
        BusyError: Another one is at work, and we do not wait.
    """
    with repository.alone(database, wait=wait) as is_alone:
        if not is_alone:
            raise BusyError("Another backup, drill or restore is at work.")
        yield


def make(resources: BackupResources, *, wait: bool) -> Manifest:
    """Make a backup, and delete those that are too old then.

    Args:
        resources: What is reached.
        wait: Whether to wait for another backup's, drill's or restore's end.

    Raises:
        BusyError: Another one is at work, and we do not wait.
        ProgramFailedError: The database could not be dumped.
        StoreUnavailable: A store does not answer or has no room.
    """
    with alone(resources.everything, wait=wait):
        manifest = make_alone(resources)
        prune(resources)
    return manifest


def make_alone(resources: BackupResources) -> Manifest:
    """Make a backup while nobody else is at work; raises what `make` does."""
    began = time.monotonic()
    settings, backups, tell = resources.settings, resources.backups, resources.tell
    name = datetime.now(UTC).strftime("%Y-%m-%dT%H%M%SZ")
    options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with resources.everything.connect().execution_options(**options) as connection, connection.begin():
        snapshot = repository.take_snapshot(connection)
        contents = repository.describe(connection)
        rows = sum(table.rows for table in contents.tables.values())
        tell(f"{rows} rows in {len(contents.tables)} tables, schema {contents.revision}.")
        url = settings.backup_database_url.get_secret_value()
        with dumping(settings.postgres_programs, url, snapshot=snapshot.name) as dump:
            database = backups.write_database(name, dump)
        named = repository.list_objects(connection)
    tell(f"The database's dump has {database.size_bytes / _MB:.1f} MB.")
    copied = objects.back_up(named, resources.service.store, backups)
    tell(f"{len(copied.sizes)} objects, {copied.added} of them new in the backup store.")
    for key in copied.missing:
        tell(f"Object {key} is missing in the artefact store, or damaged there: the backup is without it.")
    listing = "".join(f"{key}\n" for key in sorted(copied.sizes)).encode()
    manifest = Manifest(
        name=name,
        release=settings.release,
        taken_at=snapshot.taken_at,
        seconds=round(time.monotonic() - began, 3),
        key_id=backups.cipher.key_id,
        contents=contents,
        database=database,
        listing=StoredStream(size_bytes=len(listing), sha256=hashlib.sha256(listing).hexdigest()),
        objects=len(copied.sizes),
        objects_bytes=sum(copied.sizes.values()),
        missing=copied.missing,
    )
    backups.finish(manifest, listing)
    return manifest


def find(resources: BackupResources, name: str) -> Manifest:
    """Return a backup by its name, or the newest by `latest`.

    Raises:
        NoBackupError: There is none.
        DamagedError: Its manifest cannot be read.
        WrongKeyError: It was encrypted by another key than is given.
    """
    backups = resources.backups
    if name == "latest":
        newest = next(iter(backups.manifests()), None)
        if newest is None:
            raise NoBackupError(f"There is no backup in {backups.address}.")
        manifest = newest
    else:
        try:
            manifest = backups.manifest(name)
        except ObjectMissing:
            names = ", ".join(manifest.name for manifest in backups.manifests()) or "none"
            raise NoBackupError(f"There is no backup {name} in {backups.address}. There are: {names}.") from None
    backups.cipher.check(manifest.key_id)
    return manifest


def prune(resources: BackupResources) -> None:
    """Delete backups that need not be kept, those that were never finished, and objects that no other backup names."""
    settings, backups = resources.settings, resources.backups
    manifests = backups.manifests()
    kept = _kept(manifests, days=settings.backup_keep_days, weeks=settings.backup_keep_weeks)
    gone = sorted(set(backups.names()) - {manifest.name for manifest in kept})
    for name in gone:
        backups.delete(name)
    if gone:
        named: dict[str, set[str]] = {}
        for manifest in kept:
            named.setdefault(manifest.key_id, set()).update(backups.object_keys(manifest))
        deleted = backups.delete_objects_but(named)
        resources.tell(f"{len(gone)} old backups deleted, and {deleted} objects that no other backup names.")


def _kept(manifests: list[Manifest], *, days: int, weeks: int) -> list[Manifest]:
    """Return all of the last two days, the last of each of the last days, and the last of each of the last weeks."""
    by_day: dict[object, Manifest] = {}
    by_week: dict[object, Manifest] = {}
    for manifest in manifests:  # the newest first
        by_day.setdefault(manifest.taken_at.astimezone(UTC).date(), manifest)
        by_week.setdefault(manifest.taken_at.astimezone(UTC).isocalendar()[:2], manifest)
    kept = {manifest.name for manifest in [*list(by_day.values())[:days], *list(by_week.values())[:weeks]]}
    youngest = datetime.now(UTC) - _KEPT_WHOLE
    return [manifest for manifest in manifests if manifest.name in kept or manifest.taken_at > youngest]
