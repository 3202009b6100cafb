"""A drill finds every kind of damage and names it, and renders a restored version as a worker would."""

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.conftest import Workers
from tests.scheduler.backups.conftest import Hub, Open
from tests.scheduler.backups.test_restore import flip
from tests.waiting import until

from xatra_scheduler.backups import service
from xatra_scheduler.backups.drill import DRILL, DrillFailedError, NobodyRendersError, drill
from xatra_scheduler.backups.programs import dumping
from xatra_scheduler.backups.repository import CANARY, take_snapshot
from xatra_scheduler.backups.resources import BackupResources
from xatra_scheduler.backups.schemas import Manifest
from xatra_scheduler.publications import tasks as publications
from xatra_shared.artifacts.store import artefact_key

_MAP = 'import xatra\nxatra.TitleBox("Drill")\nxatra.Point("Pataliputra", [25.61, 85.14])\n'
_CHANCE = "import random\nimport xatra\nxatra.TitleBox(str(random.random()))\n"


@pytest.fixture
def worker(workers: Workers, tmp_path: Path) -> None:
    """Start a render worker on this test's artefact store."""
    workers.start(artefact_store_url=f"file://{tmp_path}/store")


def publish(hub: Hub, program: str) -> str:
    """Publish a map, see it rendered, and return the digest of its artefact."""
    number = hub.works.publish(program)

    def artefact() -> str | None:
        publications.make_artefacts(hub.resources.service)
        return hub.works.version(number).artefact_sha256

    return until(artefact, seconds=60)


def fault(resources: BackupResources) -> str:
    """Return the only fault that a drill finds."""
    with pytest.raises(DrillFailedError) as failed:
        drill(resources, "latest", wait=False)
    (sentence,) = failed.value.faults
    assert resources.backups.drill_report().faults == [sentence]
    assert resources.backups.drill_report().verified_at is None
    return sentence


def test_a_whole_backup_is_verified_and_one_of_its_versions_rendered(
    hub: Hub, open_backups: Open, worker: None, servers_home: Path
):
    publish(hub, _MAP)
    said: list[str] = []
    resources = open_backups(tell=said.append)
    manifest = service.make(resources, wait=False)
    drill(resources, "latest", wait=False)
    report = resources.backups.drill_report()
    assert (report.verified, report.faults) == (manifest.name, [])
    assert report.verified_at > manifest.taken_at
    assert hub.database.all(
        "SELECT count(*) FROM render_waiters WHERE caller = :drill AND NOT cached", drill=DRILL
    ) == [1]
    assert any("renders to the map that was backed up, byte by byte" in sentence for sentence in said)
    assert list((servers_home / "drill").iterdir()) == []


@pytest.fixture
def rendered(hub: Hub, idle_worker: object) -> Hub:
    """Return the hub with a worker that is known, so that a drill gets as far as rendering."""
    return hub


def test_a_byte_of_the_dump_is_found(rendered: Hub, backups: BackupResources, tmp_path: Path):
    service.make(backups, wait=False)
    (dump,) = tmp_path.glob("backups/*/database.dump")
    flip(dump, 0.5)
    assert "database.dump was changed since it was written" in fault(backups)


def test_a_dump_that_is_gone_is_found(rendered: Hub, backups: BackupResources, tmp_path: Path):
    service.make(backups, wait=False)
    (dump,) = tmp_path.glob("backups/*/database.dump")
    dump.unlink()
    assert "database.dump is missing" in fault(backups)


def test_an_object_that_is_gone_is_found(rendered: Hub, backups: BackupResources, tmp_path: Path):
    key = artefact_key(rendered.add_map(b"<p>gone"))
    service.make(backups, wait=False)
    (tmp_path / "backups/objects/plain" / key).unlink()
    assert fault(backups) == f"Object {key} is missing."


@pytest.mark.parametrize("content", [b"", b"no gzip", gzip.compress(b"<p>other")], ids=["empty", "bare", "other"])
def test_an_object_that_is_another_is_found(rendered: Hub, backups: BackupResources, tmp_path: Path, content: bytes):
    key = artefact_key(rendered.add_map(b"<p>map"))
    service.make(backups, wait=False)
    (tmp_path / "backups/objects/plain" / key).write_bytes(content)
    assert fault(backups) == f"Object {key} is damaged."


def test_an_object_that_the_backup_never_had_is_found(rendered: Hub, backups: BackupResources):
    key = artefact_key(rendered.add_map(b"<p>gone"))
    rendered.resources.service.store.delete_artefact(key.rpartition("/")[2].removesuffix(".html.gz"))
    service.make(backups, wait=False)
    assert fault(backups) == f"Object {key} was missing or damaged when the backup was made."


def test_a_list_of_objects_that_was_changed_is_found(rendered: Hub, backups: BackupResources, tmp_path: Path):
    service.make(backups, wait=False)
    (listing,) = tmp_path.glob("backups/*/objects.txt")
    listing.write_bytes(b"")
    assert "objects.txt was changed since it was written" in fault(backups)


def dump_again(resources: BackupResources, manifest: Manifest) -> None:
    """Put a dump of the database as it is now in the place of a backup's, as somebody would who knows how."""
    with resources.everything.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        snapshot = take_snapshot(connection)
        url = resources.settings.backup_database_url.get_secret_value()
        with dumping(resources.settings.postgres_programs, url, snapshot=snapshot.name) as dump:
            database = resources.backups.write_database(manifest.name, dump)
    listing = "".join(f"{key}\n" for key in resources.backups.object_keys(manifest)).encode()
    resources.backups.finish(manifest.model_copy(update={"database": database}), listing)


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (
            "UPDATE hub_artifacts SET description = 'x' WHERE name = 'rivers'",
            "Rows of table hub_artifacts are not those that were backed up.",
        ),
        (
            "DELETE FROM artefacts",
            "Table artefacts has 0 rows, and had 1 when it was backed up.",
        ),
        (
            "UPDATE alembic_version SET version_num = '0001'",
            "The schema is at 0001, and was at",
        ),
    ],
)
def test_rows_that_are_not_those_that_were_backed_up_are_found(
    rendered: Hub, backups: BackupResources, statement: str, sentence: str
):
    manifest = service.make(backups, wait=False)
    before = rendered.database.all("SELECT version_num FROM alembic_version")
    rendered.database.do(statement)
    dump_again(backups, manifest)
    rendered.database.do("UPDATE alembic_version SET version_num = :before", before=before[0])
    with pytest.raises(DrillFailedError) as failed:
        drill(backups, "latest", wait=False)
    assert failed.value.faults[0].startswith(sentence)


def test_a_row_that_refers_to_nothing_is_found(rendered: Hub, backups: BackupResources):
    manifest = service.make(backups, wait=False)
    constraint = "hub_artifacts_user_id_fkey"
    rendered.database.do(f"ALTER TABLE hub_artifacts DROP CONSTRAINT {constraint}")
    try:
        rendered.database.do("UPDATE hub_artifacts SET user_id = 12345")
        rendered.database.do(
            f"ALTER TABLE hub_artifacts ADD CONSTRAINT {constraint} FOREIGN KEY (user_id) REFERENCES hub_users (id)"
            " ON DELETE SET NULL NOT VALID"
        )
        dump_again(backups, manifest)
        with pytest.raises(DrillFailedError) as failed:
            drill(backups, "latest", wait=False)
        assert (
            f"Constraint hub_artifacts.{constraint} is missing, or does not hold for all rows." in failed.value.faults
        )
    finally:
        rendered.database.do("UPDATE hub_artifacts SET user_id = NULL")
        rendered.database.do(f"ALTER TABLE hub_artifacts VALIDATE CONSTRAINT {constraint}")


def test_a_version_that_renders_to_another_map_is_found(hub: Hub, backups: BackupResources, worker: None):
    publish(hub, _MAP)
    other = hub.add_map(b"<p>another map")
    hub.database.do("UPDATE hub_artifact_versions SET artefact_sha256 = :other WHERE wants_artefact", other=other)
    service.make(backups, wait=False)
    assert "renders to another map than the one that was backed up" in fault(backups)


@contextmanager
def publishing(hub: Hub) -> Iterator[None]:
    """Do until the end of the block what the scheduler does every few seconds."""
    is_over = threading.Event()

    def tend() -> None:
        while not is_over.wait(0.2):
            publications.make_artefacts(hub.resources.service)

    thread = threading.Thread(target=tend)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def test_where_nothing_renders_alike_a_canary_is_published_and_backed_up(hub: Hub, open_backups: Open, worker: None):
    publish(hub, _CHANCE)  # never the same map twice, which is not the backup's fault
    resources = open_backups()
    first = service.make(resources, wait=False)
    with publishing(hub):
        drill(resources, "latest", wait=False)
    (canary,) = hub.database.all(
        "SELECT artefact_sha256 FROM hub_artifact_versions version JOIN hub_artifacts work ON work.id = artifact_id"
        " WHERE name = :name AND visibility = 'private' AND user_id IS NULL",
        name=CANARY,
    )
    (second, _) = resources.backups.manifests()
    assert resources.backups.drill_report().verified == second.name
    assert second.taken_at > first.taken_at
    assert artefact_key(canary) in resources.backups.object_keys(second)


def test_an_old_backup_without_anything_of_todays_engine_is_not_tried_by_a_canary(
    rendered: Hub, backups: BackupResources
):
    manifest = service.make(backups, wait=False)
    with pytest.raises(DrillFailedError, match="try the latest backup"):
        drill(backups, manifest.name, wait=False)


def test_before_a_worker_was_ever_there_there_is_no_drill(hub: Hub, backups: BackupResources):
    service.make(backups, wait=False)
    with pytest.raises(NobodyRendersError):
        drill(backups, "latest", wait=False)
    assert backups.backups.drill_report().tried_at is None
