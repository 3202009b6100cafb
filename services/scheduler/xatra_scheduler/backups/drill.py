"""The rules of drills: a backup counts as verified when a restored database has all that was backed up, and renders."""

import gzip
import hashlib
import random
import secrets
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, override

from sqlalchemy import NullPool, create_engine

from xatra_scheduler.backups import objects, repository, service
from xatra_scheduler.backups.encryption import DamagedError
from xatra_scheduler.backups.programs import ProgramFailedError
from xatra_scheduler.backups.repository import RenderedVersion
from xatra_scheduler.backups.resources import BackupResources
from xatra_scheduler.backups.restore import differences, restore_database
from xatra_scheduler.backups.schemas import Manifest
from xatra_scheduler.backups.throwaway import throwaway_database
from xatra_shared.artifacts.store import artefact_key
from xatra_shared.queue import admission
from xatra_shared.queue.model import Asker, Engine, Limits, RenderRequest
from xatra_shared.queue.repository import current_engine, detach
from xatra_shared.servers.process import ServerStartError

DRILL: Final = "backups:drill"
"""Who waits in the queue for what drills render."""

_VERSIONS_TRIED: Final = 3
_RENDER_SECONDS: Final = 1800  # until a render has had its turn and has ended
_LOOK_SECONDS: Final = 1
_ANY_NUMBER: Final = admission.Policy(caller_active=sys.maxsize, address_active=sys.maxsize, queue_capacity=sys.maxsize)

# It needs no map data, and gives the same page whenever it is rendered.
_CANARY: Final = """import xatra

xatra.TitleBox("<b>Restore drill</b>")
xatra.Point("Ujjain", [23.18, 75.78], show_label=True)
xatra.Path("Road", [[23.18, 75.78], [25.61, 85.14]], show_label=True)
"""


class DrillFailedError(Exception):
    """A backup is not what it should be, or that could not be found out; the text has a sentence for each fault."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class NobodyRendersError(Exception):
    """No render worker was ever there, so that no drill can be made."""


def drill(resources: BackupResources, name: str, *, wait: bool) -> Manifest:
    """Restore a backup into a throwaway database, and see whether it is whole.

    Args:
        resources: What is reached.
        name: The backup, or `latest`.
        wait: Whether to wait for another backup's, drill's or restore's end.

    Raises:
        DrillFailedError: It is not, or that could not be found out.
        NobodyRendersError: No render worker was ever there.
        NoBackupError: There is none of this name.
        BusyError: Another backup, drill or restore is at work, and we do not wait.
    """
    with service.alone(resources.everything, wait=wait):
        engine = _engine(resources)
        manifest = service.find(resources, name)
        report = resources.backups.drill_report().model_copy(update={"tried": manifest.name, "faults": []})
        try:
            report.verified = _verify(resources, manifest, engine, is_newest=name == "latest").name
            report.verified_at = datetime.now(UTC)
        except DrillFailedError as error:
            report.faults = error.faults
            raise
        finally:
            report.tried_at = datetime.now(UTC)
            resources.backups.report_drill(report)
    return manifest


def _verify(resources: BackupResources, manifest: Manifest, engine: Engine, *, is_newest: bool) -> Manifest:
    """Return the backup that was found to be whole: this one, or one that was made meanwhile, with a canary."""
    versions = _restored_versions(resources, manifest, engine)
    if _renders_alike(resources, versions, engine):
        return manifest
    if not is_newest:
        raise DrillFailedError([f"Nothing in {manifest.name} was made by what renders now: try the latest backup."])
    resources.tell("Nothing in the backup was made by what renders now: a canary is published and backed up.")
    _publish_canary(resources)
    manifest = service.make_alone(resources)
    versions = _restored_versions(resources, manifest, engine)
    if not _renders_alike(resources, versions, engine):
        raise DrillFailedError(["No version renders to the same map twice, not even the canary."])
    return manifest


def _restored_versions(resources: BackupResources, manifest: Manifest, engine: Engine) -> list[RenderedVersion]:
    """Restore a backup, compare it with what was backed up, and return versions of it that the engine made."""
    settings, tell = resources.settings, resources.tell
    faults = [f"Object {key} was missing or damaged when the backup was made." for key in manifest.missing]
    try:
        keys = set(resources.backups.object_keys(manifest))
        there = keys & resources.backups.stored_objects().keys()
        faults += [f"Object {key} is missing." for key in sorted(keys - there)]
        read = random.sample(sorted(there), min(len(there), settings.drill_objects))
        faults += objects.examine(read, resources.backups)
        tell(f"{len(there)} of {len(keys)} objects are there; {len(read)} were read.")
        with throwaway_database(settings.postgres_programs, settings.drill_directory) as url:
            restore_database(resources, manifest, url)
            restored = create_engine(url, poolclass=NullPool)
            with restored.begin() as connection:
                faults += differences(manifest.contents, repository.describe(connection))
                versions = repository.versions_made_by(connection, engine, limit=_VERSIONS_TRIED)
    except (DamagedError, ProgramFailedError, ServerStartError) as error:
        faults.append(f"The database cannot be restored. {error}")
    if faults:
        raise DrillFailedError(faults)
    tell(f"{len(manifest.contents.tables)} tables were restored, row by row as they were backed up.")
    return versions


def _renders_alike(resources: BackupResources, versions: list[RenderedVersion], engine: Engine) -> bool:
    """Tell whether one of the versions renders to the map that is in the backup.

    A program may make another map each time, of the date or by chance: what two renders in a row make differently says
    nothing about the backup.

    Raises:
        DrillFailedError: One renders to another map, twice to the same.
    """
    for version in versions:
        rendered = _render(resources, version, engine)
        if rendered == _stored_map(resources, version):
            resources.tell(f"{version.path} renders to the map that was backed up, byte by byte.")
            return True
        if _render(resources, version, engine) == rendered:
            raise DrillFailedError([f"{version.path} renders to another map than the one that was backed up."])
    return False


def _stored_map(resources: BackupResources, version: RenderedVersion) -> bytes:
    key = artefact_key(version.artefact_sha256)
    if faults := objects.examine([key], resources.backups):
        raise DrillFailedError(faults)
    return gzip.decompress(resources.backups.get_object(key))


def _render(resources: BackupResources, version: RenderedVersion, engine: Engine) -> bytes:
    """Have a version rendered as renders are, by a worker and in its turn, but never answered from what is known."""
    seconds = resources.settings.trusted_render_seconds
    service = resources.service
    with service.database.begin() as connection:
        admitted = admission.admit(
            connection,
            _PastTheCache(version.request.program, version.request.bundle, version.request.files),
            Asker(DRILL, DRILL),
            limits=Limits(wall_seconds=seconds, cpu_seconds=seconds),
            policy=_ANY_NUMBER,
            engine=engine,
        )
    service.waker.wake()
    deadline = time.monotonic() + _RENDER_SECONDS
    while True:
        with service.database.begin() as connection:
            outcome = repository.outcome_of_job(connection, admitted.job_id)
            if not outcome.state.is_final and time.monotonic() > deadline:
                detach(connection, admitted.waiter_id)
                raise DrillFailedError([f"{version.path} was not rendered within {_RENDER_SECONDS} s."])
        if outcome.state.is_final:
            break
        time.sleep(_LOOK_SECONDS)
    if outcome.artefact_sha256 is None:
        raise DrillFailedError([f"{version.path} does not render any more: {outcome.state}."])
    return gzip.decompress(service.store.get_object(artefact_key(outcome.artefact_sha256)))


@dataclass(frozen=True)
class _PastTheCache(RenderRequest):
    """A request to which no answer is known, however often it was asked before."""

    nonce: str = field(default_factory=secrets.token_hex)

    @override
    def key(self, engine: Engine) -> str:
        return hashlib.sha256(f"{super().key(engine)} {self.nonce}".encode()).hexdigest()


def _publish_canary(resources: BackupResources) -> None:
    """Publish a map, and wait until it has been rendered as those of all versions are."""
    database = resources.service.database
    with database.begin() as connection:
        version_id = repository.publish_canary(connection, _CANARY)
    deadline = time.monotonic() + _RENDER_SECONDS
    artefact = error = None
    while artefact is None:
        if error is not None:
            raise DrillFailedError([f"The canary cannot be rendered: {error}"])
        if time.monotonic() > deadline:
            raise DrillFailedError([f"The canary was not rendered within {_RENDER_SECONDS} s. Does the scheduler run?"])
        time.sleep(_LOOK_SECONDS)
        with database.begin() as connection:
            artefact, error = repository.artefact_of_version(connection, version_id)


def _engine(resources: BackupResources) -> Engine:
    with resources.service.database.begin() as connection:
        engine = current_engine(connection)
    if engine is None:
        raise NobodyRendersError(
            "No render worker was ever there, which could render a version: there can be no drill."
        )
    return engine
