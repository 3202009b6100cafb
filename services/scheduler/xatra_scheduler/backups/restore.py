"""The rules of restores: objects first, which harms nothing, then the database in one transaction, then what follows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Final

from sqlalchemy import Engine

from xatra_scheduler.backups import objects, programs, repository, service
from xatra_scheduler.backups.resources import BackupResources
from xatra_scheduler.backups.schemas import Contents, Manifest
from xatra_scheduler.retention import service as retention
from xatra_shared.database.engine import make_engine
from xatra_shared.database.migrate import knows_revision

_NOW: Final = 0


class RestoreRefusedError(Exception):
    """Nothing was changed; the text says why, and what to do."""


def check(resources: BackupResources, manifest: Manifest, *, confirmed: bool | Callable[[], bool]) -> None:
    """Return if a backup may be restored here.

    Args:
        resources: What is reached.
        manifest: The backup.
        confirmed: Whether it may replace what is there; asked for only where something is.

    Raises:
        RestoreRefusedError: It must not.
        DamagedError: Its list of objects is damaged.
    """
    if not knows_revision(manifest.contents.revision):
        raise RestoreRefusedError(
            f"The backup {manifest.name} is of release {manifest.release}, whose schema {manifest.contents.revision} this "
            "release does not know: restore it with that release or a later one."
        )
    resources.backups.object_keys(manifest)
    with _owner(resources) as owner, owner.begin() as connection:
        if repository.holds_data(connection) and not (confirmed() if callable(confirmed) else confirmed):
            raise RestoreRefusedError(
                "The database has accounts or works, which a restore replaces. To go on, confirm it: "
                f"CONFIRM={resources.settings.stack}."
            )


def restore(resources: BackupResources, manifest: Manifest) -> list[str]:
    """Replace the database by a backup's, and put its objects back into the artefact store.

    No service may run meanwhile. What the backup's schema lacks of this release's is left to the migrations.

    Returns:
        What is not as it was when the backup was made: a sentence each.

    Raises:
        BusyError: Another backup, drill or restore is at work.
        DamagedError: The dump is damaged; the database is as it was.
        ProgramFailedError: The dump cannot be restored; the database is as it was.
    """
    tell, backups = resources.tell, resources.backups
    with _owner(resources) as owner, service.alone(owner, wait=False):
        faults = objects.put_back(backups.object_keys(manifest), backups, resources.service.store)
        tell(f"{manifest.objects - len(faults)} objects are in the artefact store.")
        restore_database(resources, manifest, owner.url.render_as_string(hide_password=False))
        with owner.begin() as connection:
            faults += differences(manifest.contents, repository.describe(connection))
        tell(f"{sum(table.rows for table in manifest.contents.tables.values())} rows are in the database.")
        with owner.begin() as connection:
            repository.skip_numbers(connection)
    _delete_marked(resources)
    return faults


def restore_database(resources: BackupResources, manifest: Manifest, url: str) -> None:
    """Replace all that a database holds by a backup's dump, as its owner; raises what `restore` does."""
    programs.restore(resources.settings.postgres_programs, url, partial(resources.backups.read_database, manifest))


def differences(expected: Contents, found: Contents) -> list[str]:
    """Return what a restored database lacks, has too much, or has otherwise: a sentence each."""
    faults = []
    if found.revision != expected.revision:
        faults.append(f"The schema is at {found.revision}, and was at {expected.revision} when it was backed up.")
    for name, table in expected.tables.items():
        restored = found.tables.get(name)
        if restored is None:
            faults.append(f"Table {name} is missing.")
        elif restored.rows != table.rows:
            faults.append(f"Table {name} has {restored.rows} rows, and had {table.rows} when it was backed up.")
        elif restored.sha256 != table.sha256:
            faults.append(f"Rows of table {name} are not those that were backed up.")
    faults += [f"Table {name} was not backed up." for name in sorted(found.tables.keys() - expected.tables.keys())]
    gone = sorted(set(expected.constraints) - set(found.constraints))
    faults += [f"Constraint {name} is missing, or does not hold for all rows." for name in gone]
    return faults


def _delete_marked(resources: BackupResources) -> None:
    """Delete rows that bear retention's mark: their objects may have been deleted before they were backed up."""
    reached = resources.service
    at_once = replace(reached, settings=reached.settings.model_copy(update={"grace_hours": _NOW}))
    for kind in retention.KINDS:
        retention.delete_unused(at_once, kind)


@contextmanager
def _owner(resources: BackupResources) -> Iterator[Engine]:
    url = resources.settings.owner_database_url
    if url is None:
        raise RestoreRefusedError("OWNER_DATABASE_URL is missing: a restore is done by the role that owns the schema.")
    engine = make_engine(url.get_secret_value(), application_name="xatra-restore", pool_size=2)
    try:
        yield engine
    finally:
        engine.dispose()
