"""A restore brings everything back, or changes nothing and says why."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from tests.scheduler.backups.conftest import Hub, Machine, Open

from xatra_scheduler.backups import restore, service
from xatra_scheduler.backups.encryption import DamagedError, WrongKeyError, make_key
from xatra_scheduler.backups.repository import describe
from xatra_scheduler.backups.resources import BackupResources
from xatra_scheduler.backups.restore import RestoreRefusedError
from xatra_scheduler.backups.schemas import Manifest
from xatra_shared.database.migrate import head_revision, upgrade

_GRANTS = """
    SELECT string_agg(relname || ' ' || relacl::text, E'\\n' ORDER BY relname)
           || (SELECT nspacl::text || nspowner::regrole FROM pg_namespace WHERE nspname = 'public')
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
"""


@pytest.fixture
def manifest(hub: Hub, backups: BackupResources) -> Manifest:
    """Make a backup of the hub."""
    return service.make(backups, wait=False)


@pytest.fixture
def elsewhere(open_backups: Open, machine: Machine) -> BackupResources:
    """Return what restores on the other machine work with."""
    return open_backups(**machine.settings)


def flip(path: Path, where: float) -> None:
    """Change one byte of a file."""
    content = bytearray(path.read_bytes())
    content[int(len(content) * where)] ^= 1
    path.write_bytes(content)


def test_after_a_restore_everything_is_there(
    hub: Hub, manifest: Manifest, elsewhere: BackupResources, machine: Machine
):
    assert restore.restore(elsewhere, manifest) == []
    assert machine.ask(describe) == hub.contents()
    (key,) = elsewhere.backups.object_keys(manifest)
    assert elsewhere.service.store.get_object(key) == hub.resources.service.store.get_object(key)


def test_everyone_may_do_after_a_restore_what_they_might_before(
    hub: Hub, manifest: Manifest, elsewhere: BackupResources, machine: Machine
):
    restore.restore(elsewhere, manifest)
    assert machine.value(_GRANTS) == hub.database.all(_GRANTS)[0]


def test_migrations_go_on_from_a_restored_schema(
    hub: Hub, manifest: Manifest, elsewhere: BackupResources, machine: Machine
):
    restore.restore(elsewhere, manifest)
    upgrade(str(machine.settings["owner_database_url"]))
    assert machine.value("SELECT version_num FROM alembic_version") == head_revision()


def test_what_was_there_is_gone(manifest: Manifest, elsewhere: BackupResources, machine: Machine):
    upgrade(str(machine.settings["owner_database_url"]))
    machine.ask(lambda connection: connection.execute(text("INSERT INTO hub_users (username) VALUES ('bela')")))
    machine.ask(lambda connection: connection.execute(text("CREATE TABLE of_a_later_release (id int)")))
    assert restore.restore(elsewhere, manifest) == []
    assert machine.value("SELECT string_agg(username, ',') FROM hub_users") == "asha"


def test_a_database_that_holds_something_is_not_replaced_without_being_asked_for(
    manifest: Manifest, elsewhere: BackupResources, machine: Machine
):
    restore.check(elsewhere, manifest, confirmed=False)
    restore.restore(elsewhere, manifest)
    with pytest.raises(RestoreRefusedError, match="CONFIRM=xatra"):
        restore.check(elsewhere, manifest, confirmed=False)
    restore.check(elsewhere, manifest, confirmed=lambda: True)


@pytest.mark.parametrize("key", [None, make_key()], ids=["plain", "encrypted"])
def test_a_damaged_dump_changes_nothing(
    hub: Hub, open_backups: Open, machine: Machine, tmp_path: Path, key: str | None
):
    manifest = service.make(open_backups(backup_key=key), wait=False)
    elsewhere = open_backups(backup_key=key, **machine.settings)
    restore.restore(elsewhere, manifest)
    machine.ask(lambda connection: connection.execute(text("INSERT INTO hub_users (username) VALUES ('bela')")))
    (dump,) = tmp_path.glob("backups/*/database.dump*")
    flip(dump, 0.9)
    with pytest.raises(DamagedError, match=f"{dump.name} was changed since it was written"):
        restore.restore(elsewhere, manifest)
    assert machine.value("SELECT count(*) FROM hub_users") == 2


def test_a_damaged_object_is_named_and_all_else_restored(
    hub: Hub, manifest: Manifest, elsewhere: BackupResources, machine: Machine, tmp_path: Path
):
    (path,) = tmp_path.glob("backups/objects/plain/artefacts/*/*")
    flip(path, 0.5)
    (sentence,) = restore.restore(elsewhere, manifest)
    assert path.name in sentence
    assert machine.value("SELECT count(*) FROM hub_artifacts") == 3


def test_rows_that_bear_a_mark_are_deleted(hub: Hub, open_backups: Open, machine: Machine):
    unused = hub.add_map(b"<p>unused", marked=True)
    hub.resources.service.store.delete_artefact(unused)
    manifest = service.make(hub.resources, wait=False)
    restore.restore(open_backups(**machine.settings), manifest)
    assert machine.value(f"SELECT count(*) FROM artefacts WHERE sha256 = '{unused}'") == 0
    assert machine.value("SELECT count(*) FROM artefacts") == 1


def test_numbers_that_were_given_since_the_backup_are_not_given_again(
    hub: Hub, manifest: Manifest, elsewhere: BackupResources, machine: Machine
):
    lost = hub.works.sign_up("lost")
    restore.restore(elsewhere, manifest)
    new = machine.value("INSERT INTO hub_users (username) VALUES ('new') RETURNING id")
    assert new > lost


def test_a_backup_of_a_later_release_is_refused(manifest: Manifest, elsewhere: BackupResources):
    contents = manifest.contents.model_copy(update={"revision": "9999"})
    later = manifest.model_copy(update={"contents": contents, "release": "v99"})
    with pytest.raises(RestoreRefusedError, match="restore it with that release or a later one"):
        restore.check(elsewhere, later, confirmed=True)


def test_the_newest_backup_is_meant_by_latest(hub: Hub, manifest: Manifest, backups: BackupResources):
    assert service.find(backups, "latest") == service.find(backups, manifest.name) == manifest


def test_a_backup_that_is_not_there_is_refused_with_those_that_are(manifest: Manifest, backups: BackupResources):
    with pytest.raises(service.NoBackupError, match=f"There are: {manifest.name}"):
        service.find(backups, "2020-01-01T000000Z")


def test_an_encrypted_backup_holds_nothing_readable_and_comes_back(
    hub: Hub, open_backups: Open, machine: Machine, tmp_path: Path
):
    key = make_key()
    manifest = service.make(open_backups(backup_key=f"# created: today\n{key}\n"), wait=False)
    files = [path for path in (tmp_path / "backups").rglob("*") if path.suffix == ".age"]
    assert len(files) == 1 + manifest.objects
    assert all(path.read_bytes().startswith(b"age-encryption.org/v1") for path in files)
    assert restore.restore(open_backups(backup_key=key, **machine.settings), manifest) == []


@pytest.mark.parametrize(
    ("made_by", "read_by", "sentence"),
    [
        (make_key(), make_key(), "and the one that is given is"),
        (make_key(), None, "none is given: put it into secrets/backup_key"),
        (None, make_key(), "not encrypted although a key is given"),
    ],
    ids=["wrong", "missing", "unasked"],
)
def test_a_wrong_or_missing_key_is_said(
    hub: Hub, open_backups: Open, made_by: str | None, read_by: str | None, sentence: str
):
    service.make(open_backups(backup_key=made_by), wait=False)
    with pytest.raises(WrongKeyError, match=sentence):
        service.find(open_backups(backup_key=read_by), "latest")


@pytest.mark.parametrize(
    "key", ["hunter2", "AGE-SECRET-KEY-1NONE", f"{make_key()}\n{make_key()}"], ids=["none", "half", "two"]
)
def test_what_is_no_key_is_refused_and_not_repeated(open_backups: Open, key: str):
    with pytest.raises(WrongKeyError, match="BACKUP_KEY is no key") as error:
        open_backups(backup_key=key)
    assert key not in str(error.value)


def test_a_missing_owner_is_said(manifest: Manifest, open_backups: Open, machine: Machine):
    changes: dict[str, Any] = {**machine.settings, "owner_database_url": ""}
    with pytest.raises(RestoreRefusedError, match="OWNER_DATABASE_URL is missing"):
        restore.restore(open_backups(**changes), manifest)
