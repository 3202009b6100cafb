"""A store tells what is in it, page by page, be it a directory or a bucket."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from tests.shared.http.serving import serving

from xatra_shared.artifacts.store import ArtefactStore, StoreUnavailable, open_store

DIGESTS = sorted(hashlib.sha256(bytes([number])).hexdigest() for number in range(5))
PAGE = 2


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[ArtefactStore]:
    """Serve the part of S3's protocol that lists (ListObjectsV2), two objects a page."""
    objects: list[str] = []

    async def handle(request: Request) -> Response:
        if request.method == "PUT":
            objects.append(request.url.path.removeprefix("/maps/"))
            return Response(headers={"ETag": '"1"'})
        query = request.query_params
        keys = sorted(key for key in objects if key.startswith(query["prefix"]))
        start = int(query.get("continuation-token", 0))
        contents = "".join(
            f"<Contents><Key>{key}</Key><LastModified>2000-01-01T00:00:00.000Z</LastModified>"
            '<ETag>"1"</ETag><Size>1</Size><StorageClass>STANDARD</StorageClass></Contents>'
            for key in keys[start : start + PAGE]
        )
        more = f"<NextContinuationToken>{start + PAGE}</NextContinuationToken>" if start + PAGE < len(keys) else ""
        return Response(f"<ListBucketResult>{contents}{more}</ListBucketResult>", media_type="application/xml")

    with serving(Starlette(routes=[Route("/{key:path}", handle, methods=["GET", "PUT"])])) as url:
        for name, value in {
            "AWS_ENDPOINT_URL": url,
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
        }.items():
            monkeypatch.setenv(name, value)
        yield open_store("s3://maps/below")


def test_every_object_of_a_bucket_is_listed_with_the_time_that_it_was_stored(bucket: ArtefactStore):
    for digest in DIGESTS:
        bucket.put_artefact(digest, b"x")
    listed = [entry for page in bucket.list_artefacts() for entry in page]
    assert [entry.name for entry in listed] == DIGESTS
    assert {entry.stored_at for entry in listed} == {datetime(2000, 1, 1, tzinfo=UTC)}


def test_every_object_of_a_directory_is_listed_by_its_kind(tmp_path: Path):
    store = open_store(f"file://{tmp_path}")
    for digest in DIGESTS:
        store.put_artefact(digest, b"x")
    store.put_asset(f"{DIGESTS[0]}.css", b"x")
    (tmp_path / "artefacts" / "notes.txt").touch()
    listed = [entry for page in store.list_artefacts() for entry in page]
    assert sorted(entry.name for entry in listed) == DIGESTS
    assert all(datetime.now(UTC) - entry.stored_at < timedelta(minutes=1) for entry in listed)
    assert [[entry.name for entry in page] for page in store.list_assets()] == [[f"{DIGESTS[0]}.css"]]
    assert list(store.list_files()) == []


def test_a_bucket_that_does_not_answer_is_unavailable(monkeypatch: pytest.MonkeyPatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "x")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(StoreUnavailable):
        list(open_store("s3://maps").list_files())
