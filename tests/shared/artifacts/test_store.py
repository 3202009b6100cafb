"""The artefact store: whole objects or none, in a directory or a bucket."""

import asyncio
import gzip
import hashlib
import io
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from tests.shared.http.serving import serving

from xatra_shared.artifacts.store import ArtefactStore, ObjectMissing, StoreUnavailable, open_store

DIGEST = hashlib.sha256(b"map").hexdigest()
ASSET = f"{DIGEST}.css"


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "a b" / "store"


@pytest.fixture(scope="module")
def bucket_url() -> Iterator[str]:
    """Serve the part of S3's protocol that small objects need, and yield the server's address."""
    objects: dict[str, bytes] = {}

    async def handle(request: Request) -> Response:
        key = request.url.path
        if request.method == "PUT":
            objects[key] = await request.body()
            return Response(headers={"ETag": '"1"'})
        if request.method == "POST":  # delete many
            names = re.findall("<Key>(.*?)</Key>", (await request.body()).decode())
            for name in names:
                objects.pop(f"{key}/{name}", None)
            deleted = "".join(f"<Deleted><Key>{name}</Key></Deleted>" for name in names)
            return Response(f"<DeleteResult>{deleted}</DeleteResult>", media_type="application/xml")
        if key not in objects:
            return Response(status_code=404)
        headers = {"ETag": '"1"', "Last-Modified": "Sat, 01 Jan 2000 00:00:00 GMT"}
        return Response(objects[key], headers=headers)

    route = Route("/{key:path}", handle, methods=["GET", "HEAD", "PUT", "POST"])
    with serving(Starlette(routes=[route])) as url:
        yield url


@pytest.fixture(params=["directory", "bucket"])
def store(request: pytest.FixtureRequest, directory: Path, monkeypatch: pytest.MonkeyPatch) -> ArtefactStore:
    if request.param == "directory":
        return open_store(f"file://{str(directory).replace(' ', '%20')}")
    for name, value in {
        "AWS_ENDPOINT_URL": request.getfixturevalue("bucket_url"),
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
    }.items():
        monkeypatch.setenv(name, value)
    return open_store(f"s3://maps/{time.monotonic_ns()}")


async def read(store: ArtefactStore, sha256: str) -> bytes:
    stored = await store.open_artefact(sha256)
    content = b"".join([chunk async for chunk in stored.chunks])
    assert stored.size_bytes == len(content)
    return content


def test_what_is_put_can_be_read(store: ArtefactStore) -> None:
    packed = gzip.compress(bytes(range(256)) * 4000, compresslevel=0)
    store.put_artefact(DIGEST, packed)
    store.put_asset(ASSET, b"a{}")
    asyncio.run(store.put_file(DIGEST, io.BytesIO(b"a,b\n")))

    assert asyncio.run(read(store, DIGEST)) == packed
    assert asyncio.run(store.artefact_size(DIGEST)) == len(packed)
    assert asyncio.run(store.get_asset(ASSET)) == b"a{}"
    assert store.get_file(DIGEST) == b"a,b\n"
    assert store.artefact_exists(DIGEST)
    assert store.file_exists(DIGEST)
    asyncio.run(store.ping())


def test_what_is_not_there_is_missing(store: ArtefactStore) -> None:
    assert not store.artefact_exists(DIGEST)
    assert not store.file_exists(DIGEST)
    for read_missing in (
        lambda: asyncio.run(store.open_artefact(DIGEST)),
        lambda: asyncio.run(store.artefact_size(DIGEST)),
        lambda: asyncio.run(store.get_asset(ASSET)),
        lambda: store.get_file(DIGEST),
    ):
        with pytest.raises(ObjectMissing):
            read_missing()


def test_what_is_deleted_is_gone_and_may_be_deleted_again(store: ArtefactStore) -> None:
    store.put_artefact(DIGEST, b"packed")
    store.put_asset(ASSET, b"a{}")
    asyncio.run(store.put_file(DIGEST, io.BytesIO(b"a,b\n")))
    for _ in range(2):
        store.delete_artefact(DIGEST)
        store.delete_asset(ASSET)
        store.delete_file(DIGEST)

    assert not store.artefact_exists(DIGEST)
    assert not store.file_exists(DIGEST)
    with pytest.raises(ObjectMissing):
        asyncio.run(store.get_asset(ASSET))


@pytest.mark.parametrize(
    "name", ["", "..", "../x", DIGEST[:-1], DIGEST.upper(), f"{DIGEST}/..", f"{DIGEST}\n", "é" * 64]
)
def test_only_a_digest_is_a_name(store: ArtefactStore, name: str) -> None:
    with pytest.raises(ValueError, match="is no SHA-256"):
        store.artefact_exists(name)
    with pytest.raises(ValueError, match="is no asset's name"):
        asyncio.run(store.get_asset(f"{name}.css"))


def test_a_directory_is_its_owners_alone(directory: Path) -> None:
    open_store(f"file://{str(directory).replace(' ', '%20')}")

    assert directory.stat().st_mode & 0o777 == 0o700


def test_keys_say_the_encoding_and_spread_over_directories(directory: Path) -> None:
    open_store(f"file://{directory}").put_artefact(DIGEST, b"packed")

    assert [str(path.relative_to(directory)) for path in directory.rglob("*") if path.is_file()] == [
        f"artefacts/{DIGEST[:2]}/{DIGEST}.html.gz"
    ]


class StuckFile(io.BytesIO):
    """A file whose content stops coming."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell() > 6_000_000:
            raise OSError("the disk under the temporary files is broken")
        return super().read(size)


def test_an_upload_that_breaks_off_leaves_nothing(directory: Path) -> None:
    store = open_store(f"file://{directory}")

    with pytest.raises(StoreUnavailable):
        asyncio.run(store.put_file(DIGEST, StuckFile(bytes(20_000_000))))
    assert not [path for path in directory.rglob("*") if path.is_file()]


def test_a_store_without_room_says_so_and_keeps_nothing_of_the_object(directory: Path) -> None:
    program = f"""
import resource
from xatra_shared.artifacts.store import StoreUnavailable, open_store
store = open_store("file://{directory}")
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    store.put_artefact("{DIGEST}", bytes(1_000_000))
except StoreUnavailable:
    print("no room")
"""
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout

    assert printed == "no room\n"
    assert not [path for path in directory.rglob("*") if path.is_file()]


def test_a_bucket_that_does_not_answer_is_unavailable_within_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "x")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    store = open_store("s3://maps")
    started = time.monotonic()

    with pytest.raises(StoreUnavailable):
        asyncio.run(store.open_artefact(DIGEST))
    with pytest.raises(StoreUnavailable):
        asyncio.run(store.ping())
    assert time.monotonic() - started < 20


@pytest.mark.parametrize(
    "url", ["", "/srv/store", "file://host/store", "file:store", "http://host/x", "s3://", "memory:"]
)
def test_only_directories_and_buckets_are_stores(url: str) -> None:
    with pytest.raises(ValueError, match="A store is file:///DIRECTORY or s3://BUCKET"):
        open_store(url)
