"""Uploads: stored once by content, counted against everyone who uploaded them."""

import hashlib
import socket
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest
from sqlalchemy import create_engine, text
from tests.api.conftest import API, become_guest
from tests.waiting import until

from xatra_api.files import repository

CSV = b"name,population\nPatna,2500000\n"
DIGEST = hashlib.sha256(CSV).hexdigest()
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


def put(client: httpx2.Client, content: bytes, name: str = "a.csv", **headers: str) -> httpx2.Response:
    return client.put(f"{API}/files", params={"name": name}, content=content, headers=headers)


def kind(response: httpx2.Response) -> str:
    assert response.headers["content-type"] == "application/problem+json"
    return str(response.json()["type"]).removeprefix("urn:xatra:problem:")


def stored(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "store").rglob("*") if path.is_file()]


def test_an_upload_answers_what_it_is(api: httpx2.Client, tmp_path: Path) -> None:
    response = put(api, CSV, "people of Patna.csv")

    assert response.status_code == 201
    assert response.json() == {
        "sha256": DIGEST,
        "media_type": "text/csv",
        "size_bytes": len(CSV),
        "name": "people of Patna.csv",
    }
    assert [path.read_bytes() for path in stored(tmp_path)] == [CSV]


def test_the_same_content_again_changes_nothing(api: httpx2.Client, tmp_path: Path) -> None:
    put(api, CSV)
    again = put(api, CSV, "other name.csv")

    assert again.status_code == 200
    assert again.json()["sha256"] == DIGEST
    assert len(stored(tmp_path)) == 1
    assert api.get(f"{API}/files").json()["used_bytes"] == len(CSV)


def test_content_that_maps_cannot_use_is_refused(api: httpx2.Client, tmp_path: Path) -> None:
    response = put(api, b"\x7fELF" + bytes(100), "a")

    assert response.status_code == 415
    assert kind(response) == "unsupported-file-type"
    assert not stored(tmp_path)


@pytest.mark.parametrize(("name", "content_type"), [("a.csv", "image/png"), ("a.csv", ""), ("a.png", "text/csv")])
def test_content_that_claims_to_be_something_else_is_refused(
    api: httpx2.Client, tmp_path: Path, name: str, content_type: str
) -> None:
    response = put(api, PNG, name, **{"Content-Type": content_type})

    assert response.status_code == 422
    assert kind(response) == "file-type-mismatch"
    assert response.json()["detail"] == "The content is image/png."
    assert not stored(tmp_path)


@pytest.mark.parametrize("name", ["", "a/b.csv", "a\\b.csv", "a\nb.csv", "a\x00.csv", "x" * 256])
def test_a_name_is_one_line_without_folders(api: httpx2.Client, name: str) -> None:
    response = put(api, CSV, name)

    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == "query.name"


def test_a_file_over_25_mb_is_cut_off(api: httpx2.Client, tmp_path: Path) -> None:
    row = b"1,2\n" * 250_000
    assert put(api, row * 25).status_code == 201

    declared = put(api, row * 25 + b"1")
    assert (declared.status_code, kind(declared)) == (413, "content-too-large")
    undeclared = api.put(f"{API}/files", params={"name": "a.csv"}, content=iter([row] * 26))
    assert (undeclared.status_code, kind(undeclared)) == (413, "content-too-large")
    assert len(stored(tmp_path)) == 1


def test_an_upload_that_breaks_off_leaves_nothing(api: httpx2.Client, tmp_path: Path) -> None:
    parts = urlsplit(str(api.base_url))
    with socket.create_connection((parts.hostname, parts.port)) as connection:
        connection.sendall(
            f"PUT {API}/files?name=a.csv HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000\r\n\r\n".encode()
        )
        connection.sendall(CSV * 10_000)
    until(lambda: api.get("/healthz").status_code == 200)

    assert not stored(tmp_path)
    assert api.get(f"{API}/files").json()["files"] == []


def test_a_caller_lists_its_own_files_the_newest_first(api: httpx2.Client) -> None:
    put(api, CSV)
    put(api, PNG, "a.png")
    listed = api.get(f"{API}/files").json()

    assert [(file["sha256"], file["media_type"], file["size_bytes"]) for file in listed["files"]] == [
        (hashlib.sha256(PNG).hexdigest(), "image/png", len(PNG)),
        (DIGEST, "text/csv", len(CSV)),
    ]
    assert listed["used_bytes"] == len(PNG) + len(CSV)
    assert listed["quota_bytes"] == 200_000_000


def test_a_file_that_is_given_up_counts_no_more_and_stays_with_its_other_owners(api: httpx2.Client) -> None:
    put(api, CSV)
    token = become_guest(api)
    put(api, CSV, **{"X-CSRF-Token": token})

    assert api.delete(f"{API}/files/{DIGEST}", headers={"X-CSRF-Token": token}).status_code == 204
    assert api.get(f"{API}/files").json()["files"] == []
    api.cookies.clear()
    assert len(api.get(f"{API}/files").json()["files"]) == 1


def test_giving_up_what_one_does_not_have_is_a_404(api: httpx2.Client) -> None:
    assert kind(api.delete(f"{API}/files/{DIGEST}")) == "file-not-found"


def test_files_together_may_not_pass_the_quota(serve: Callable[..., httpx2.Client]) -> None:
    api = serve(file_quota_bytes=2 * len(CSV))
    assert put(api, CSV).status_code == 201
    assert put(api, CSV.replace(b"Patna", b"Delhi")).status_code == 201

    refused = put(api, CSV.replace(b"Patna", b"Kochi"))
    assert refused.status_code == 413
    assert kind(refused) == "file-quota"
    assert refused.json()["quota_bytes"] == refused.json()["used_bytes"] == 2 * len(CSV)
    assert put(api, CSV).status_code == 200

    api.delete(f"{API}/files/{DIGEST}")
    assert put(api, CSV.replace(b"Patna", b"Kochi")).status_code == 201


def test_many_small_files_may_not_pass_the_quota_either(serve: Callable[..., httpx2.Client]) -> None:
    api = serve(file_quota_files=2)

    assert [put(api, b"n\n%d\n" % number).status_code for number in range(3)] == [201, 201, 413]


def test_parallel_uploads_cannot_pass_the_quota(serve: Callable[..., httpx2.Client]) -> None:
    api = serve(file_quota_bytes=3 * len(b"n\n00\n"))
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda number: put(api, b"n\n%02d\n" % number).status_code, range(16)))

    assert sorted(answers) == [201] * 3 + [413] * 13
    assert len(api.get(f"{API}/files").json()["files"]) == 3


def test_a_full_store_is_a_503_and_records_nothing(api: httpx2.Client, tmp_path: Path) -> None:
    (tmp_path / "store" / "files").write_bytes(b"in the way of the folder")

    response = put(api, CSV)
    assert (response.status_code, kind(response)) == (503, "unavailable")
    assert response.headers["retry-after"]
    assert api.get(f"{API}/files").json()["files"] == []


def test_an_upload_without_room_for_a_temporary_file_is_a_503(
    api: httpx2.Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))

    response = put(api, CSV * 20_000)
    assert (response.status_code, kind(response)) == (503, "unavailable")
    assert put(api, CSV).status_code == 201


def test_what_a_render_names_is_told_missing_or_kept_from_retention(
    api: httpx2.Client, database_urls: dict[str, str]
) -> None:
    put(api, CSV)
    scheduler = create_engine(database_urls["xatra_scheduler"])
    with scheduler.begin() as connection:
        connection.execute(text("UPDATE files SET marked_at = now(), last_used_at = now() - interval '9 days'"))
    engine = create_engine(database_urls["xatra_api"])
    with engine.begin() as connection:
        assert repository.missing(connection, [DIGEST, "f" * 64]) == {"f" * 64}
        assert repository.missing(connection, []) == set()
    with scheduler.begin() as connection:
        row = connection.execute(text("SELECT marked_at, now() - last_used_at < interval '1 minute' FROM files")).one()
    assert row == (None, True)
    scheduler.dispose()
    engine.dispose()


def test_an_upload_takes_a_mark_of_retention_back(api: httpx2.Client, database_urls: dict[str, str]) -> None:
    put(api, CSV)
    scheduler = create_engine(database_urls["xatra_scheduler"])
    with scheduler.begin() as connection:
        connection.execute(text("UPDATE files SET marked_at = now()"))
    put(api, CSV)
    with scheduler.begin() as connection:
        assert connection.execute(text("SELECT marked_at FROM files")).scalar_one() is None
    scheduler.dispose()
