"""Backups in a bucket: made, listed, deleted, restored, and what is said when the server is away."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import obstore
import pytest
from obstore.store import S3Store
from tests.scheduler.backups.conftest import Hub, Machine, Open
from tests.waiting import until

from xatra_scheduler.backups import restore, service
from xatra_scheduler.backups.encryption import make_key
from xatra_scheduler.backups.repository import describe
from xatra_shared.artifacts.store import StoreUnavailable

_ACCESS, _SECRET = "backups", "made-for-this-test-alone"


class Bucket:
    """An S3 server with one bucket."""

    def __init__(self, directory: Path) -> None:
        program = shutil.which("versitygw")
        if program is None:
            pytest.skip("needs an S3 server: versitygw (https://github.com/versity/versitygw)")
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        (directory / "maps").mkdir(parents=True)
        with (directory.parent / "s3.log").open("wb") as log:
            self.process = subprocess.Popen(
                [
                    program,
                    "--access",
                    _ACCESS,
                    "--secret",
                    _SECRET,
                    "--port",
                    f"127.0.0.1:{self.port}",
                    "posix",
                    directory,
                ],
                stdout=log,
                stderr=log,
            )
        self.settings = {
            "backup_access_key_id": _ACCESS,
            "backup_endpoint": f"http://127.0.0.1:{self.port}",
            "backup_region": "us-east-1",
            "backup_secret_access_key": _SECRET,
            "backup_store_url": "s3://maps/production",
        }
        self.objects = S3Store(
            "maps",
            access_key_id=_ACCESS,
            secret_access_key=_SECRET,
            endpoint=self.settings["backup_endpoint"],
            region="us-east-1",
            client_options={"allow_http": True},
        )
        until(self._answers)

    def _answers(self) -> bool:
        assert self.process.poll() is None
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def listed(self) -> list[str]:
        return [meta["path"] for page in obstore.list(self.objects) for meta in page]


@pytest.fixture
def bucket(tmp_path: Path) -> Iterator[Bucket]:
    """Start an S3 server."""
    started = Bucket(tmp_path / "s3")
    yield started
    started.process.terminate()
    started.process.wait(10)


@pytest.mark.parametrize("key", [None, make_key()], ids=["plain", "encrypted"])
def test_a_backup_in_a_bucket_comes_back(
    hub: Hub, open_backups: Open, machine: Machine, bucket: Bucket, key: str | None
):
    manifest = service.make(open_backups(backup_key=key, **bucket.settings), wait=False)
    assert f"production/{manifest.name}/manifest.json" in bucket.listed()
    elsewhere = open_backups(backup_key=key, **bucket.settings, **machine.settings)
    assert service.find(elsewhere, "latest") == manifest
    assert restore.restore(elsewhere, manifest) == []
    assert machine.ask(describe) == hub.contents()


def test_what_is_larger_than_a_part_of_an_upload_comes_back(
    hub: Hub, open_backups: Open, machine: Machine, bucket: Bucket
):
    hub.database.do(
        "UPDATE hub_artifacts SET alpha_content ="
        " (SELECT string_agg(md5(number::text), '') FROM generate_series(1, 300000) number) WHERE name = 'rivers'"
    )
    manifest = service.make(open_backups(**bucket.settings), wait=False)
    assert manifest.database.size_bytes > 2 * 1024 * 1024
    assert restore.restore(open_backups(**bucket.settings, **machine.settings), manifest) == []


def test_only_what_is_ours_in_a_bucket_is_touched(hub: Hub, open_backups: Open, bucket: Bucket):
    obstore.put(bucket.objects, "staging/2026-01-01T000000Z/database.dump", b"other")
    obstore.put(bucket.objects, "production/notes.txt", b"ours")
    service.make(open_backups(**bucket.settings), wait=False)
    assert {"staging/2026-01-01T000000Z/database.dump", "production/notes.txt"} <= set(bucket.listed())


def test_wrong_credentials_are_said_and_not_repeated(hub: Hub, open_backups: Open, bucket: Bucket):
    wrong = bucket.settings | {"backup_secret_access_key": "wrong-and-nobodys-business"}
    with pytest.raises(StoreUnavailable) as refused:
        service.make(open_backups(**wrong), wait=False)
    assert "nobodys-business" not in str(refused.value)


def test_a_server_that_is_away_is_said(hub: Hub, open_backups: Open, bucket: Bucket):
    bucket.process.terminate()
    bucket.process.wait(10)
    with pytest.raises(StoreUnavailable):
        service.make(open_backups(**bucket.settings), wait=False)
