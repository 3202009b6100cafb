"""What a backup holds, which are kept, and that no two are made at once."""

import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import ProgrammingError
from tests.scheduler.backups.conftest import Hub, Machine, Open

from xatra_scheduler.backups import restore, service
from xatra_scheduler.backups.programs import ProgramFailedError
from xatra_scheduler.backups.repository import alone, describe
from xatra_scheduler.backups.resources import BackupResources
from xatra_shared.artifacts.store import artefact_key


def stored(resources: BackupResources) -> set[str]:
    return set(resources.backups.stored_objects())


def age(resources: BackupResources, name: str, days: float) -> str:
    """Have a backup be older than it is, and return its name."""
    manifest = resources.backups.manifest(name)
    taken_at = manifest.taken_at - timedelta(days=days)
    older = manifest.model_copy(update={"taken_at": taken_at, "name": taken_at.strftime("%Y-%m-%dT%H%M%SZ")})
    listing = "".join(f"{key}\n" for key in resources.backups.object_keys(manifest)).encode()
    resources.backups.delete(name)
    resources.backups.finish(older, listing)
    return older.name


def test_a_backup_tells_what_every_table_held(hub: Hub, backups: BackupResources):
    manifest = service.make(backups, wait=False)
    assert manifest.contents == hub.contents()
    assert manifest.contents.tables["hub_artifacts"].rows == 3
    assert "hub_artifacts.hub_artifacts_user_id_fkey" in manifest.contents.constraints


def test_a_backup_is_of_one_moment(hub: Hub, open_backups: Open, machine: Machine):
    def add_a_work(_: str) -> None:
        hub.works.make()

    manifest = service.make(open_backups(tell=add_a_work), wait=False)
    elsewhere = open_backups(**machine.settings)
    assert restore.restore(elsewhere, manifest) == []
    assert machine.ask(describe).tables["hub_artifacts"].rows == 3


def test_every_object_that_a_row_names_is_in_the_backup(hub: Hub, backups: BackupResources):
    maps = {artefact_key(hub.add_map(html)) for html in (b"<p>one", b"<p>two")}
    manifest = service.make(backups, wait=False)
    assert manifest.objects == 3
    assert maps < stored(backups) == set(backups.backups.object_keys(manifest))


def test_backups_share_objects(hub: Hub, backups: BackupResources, tmp_path: Path):
    service.make(backups, wait=False)
    before = {path: path.stat().st_ino for path in (tmp_path / "backups/objects").rglob("*.gz")}
    hub.add_map(b"<p>new")
    second = service.make(backups, wait=False)
    after = {path: path.stat().st_ino for path in (tmp_path / "backups/objects").rglob("*.gz")}
    assert second.objects == len(after) == 2
    assert before.items() < after.items()


def test_an_object_that_should_be_there_is_named_as_missing(hub: Hub, open_backups: Open):
    gone, broken = hub.add_map(b"<p>gone"), hub.add_map(b"<p>broken")
    hub.resources.service.store.delete_artefact(gone)
    hub.resources.service.store.put_artefact(broken, b"no gzip")
    said: list[str] = []
    manifest = service.make(open_backups(tell=said.append), wait=False)
    assert set(manifest.missing) == {artefact_key(gone), artefact_key(broken)}
    assert any(artefact_key(gone) in sentence for sentence in said)


def test_an_object_that_nothing_uses_is_not_missed(hub: Hub, backups: BackupResources):
    hub.resources.service.store.delete_artefact(hub.add_map(b"<p>unused", marked=True))
    assert service.make(backups, wait=False).missing == []


def test_nobody_else_can_read_backups_in_a_directory(hub: Hub, backups: BackupResources, tmp_path: Path):
    service.make(backups, wait=False)
    assert stat.S_IMODE((tmp_path / "backups").stat().st_mode) == 0o700


def test_two_are_never_at_work(hub: Hub, backups: BackupResources):
    with alone(backups.everything, wait=False), pytest.raises(service.BusyError):
        service.make(backups, wait=False)
    service.make(backups, wait=False)


def test_a_dump_that_fails_is_no_backup(hub: Hub, open_backups: Open, tmp_path: Path):
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "pg_dump").write_text("#!/bin/sh\necho half of it; echo 'no more' >&2; exit 1\n")
    (programs / "pg_dump").chmod(0o755)
    resources = open_backups(postgres_programs=programs)
    with pytest.raises(ProgramFailedError, match="no more"):
        service.make(resources, wait=False)
    assert resources.backups.manifests() == []


def test_without_pg_dump_it_is_said_what_to_install(hub: Hub, open_backups: Open, tmp_path: Path):
    with pytest.raises(ProgramFailedError, match="install PostgreSQL's programs"):
        service.make(open_backups(postgres_programs=tmp_path), wait=False)


def test_all_of_two_days_the_last_of_a_day_and_the_last_of_a_week_are_kept(hub: Hub, open_backups: Open):
    resources = open_backups(backup_keep_days=3, backup_keep_weeks=2)
    names = {}
    for days in (60.0, 30.0, 20.0, 9.0, 5.0, 4.9, 3.0, 1.2, 1.1, 0.1):
        names[days] = age(resources, service.make_alone(resources).name, days)
    service.prune(resources)
    kept = {manifest.name for manifest in resources.backups.manifests()}
    assert {names[days] for days in (1.2, 1.1, 0.1)} <= kept
    assert not {names[days] for days in (60.0, 30.0, 20.0, 5.0)} & kept


def test_objects_go_with_the_last_backup_that_names_them(hub: Hub, open_backups: Open):
    resources = open_backups(backup_keep_days=1, backup_keep_weeks=0)
    old, both = hub.add_map(b"<p>old"), hub.add_map(b"<p>both")
    age(resources, service.make_alone(resources).name, 4)
    hub.database.do("DELETE FROM artefacts WHERE sha256 = :sha256", sha256=old)
    service.make_alone(resources)
    assert {artefact_key(old), artefact_key(both)} <= stored(resources)
    service.prune(resources)
    assert artefact_key(old) not in stored(resources)
    assert artefact_key(both) in stored(resources)


def test_what_was_never_finished_is_no_backup_and_goes(hub: Hub, backups: BackupResources, tmp_path: Path):
    unfinished = tmp_path / "backups/2026-01-01T000000Z"
    unfinished.mkdir(parents=True)
    (unfinished / "database.dump").write_bytes(b"half")
    assert backups.backups.manifests() == []
    service.make(backups, wait=False)
    assert not (unfinished / "database.dump").exists()


def test_the_role_of_backups_reads_every_table_and_changes_none(hub: Hub, backup_settings: dict[str, Any]):
    engine = create_engine(backup_settings["backup_database_url"])
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM auth_credentials")).scalar_one() == 0
        with pytest.raises(ProgrammingError, match="permission denied"):
            connection.execute(text("DELETE FROM hub_users"))
    engine.dispose()
