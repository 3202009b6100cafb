"""Rules of downloading a pinned file from a package index."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from xatra_render_worker.data.download import DEFAULT_INDEX_URL, DownloadError, fetch, index_url_from

from .conftest import CONTENT, PACKAGE, Index


def _ranges(index: Index) -> list[str | None]:
    return [byte_range for path, byte_range in index.requests if path.startswith("/files/")]


def test_a_file_is_found_by_its_name_in_the_page_of_its_project(index: Index, tmp_path: Path) -> None:
    path = fetch(PACKAGE, tmp_path / "new", index_url=index.url)
    assert path == tmp_path / "new" / PACKAGE.filename
    assert path.read_bytes() == CONTENT


def test_progress_ends_with_all_bytes(index: Index, tmp_path: Path) -> None:
    reports: list[tuple[str, int, int]] = []
    fetch(PACKAGE, tmp_path, lambda *report: reports.append(report), index.url)
    assert len(reports) > 1
    assert reports == sorted(reports)
    assert reports[-1] == (f"Downloading {PACKAGE.filename}", len(CONTENT), len(CONTENT))


def test_a_cut_connection_is_taken_up_where_it_broke(index: Index, tmp_path: Path) -> None:
    index.cut_after_bytes = [300_000, 200_000]
    assert fetch(PACKAGE, tmp_path, index_url=index.url).read_bytes() == CONTENT
    assert _ranges(index) == ["bytes=0-", "bytes=300000-", "bytes=500000-"]


def test_a_connection_that_gets_further_each_time_may_break_any_number_of_times(index: Index, tmp_path: Path) -> None:
    index.cut_after_bytes = [100_000] * 8
    assert fetch(PACKAGE, tmp_path, index_url=index.url).read_bytes() == CONTENT


def test_the_next_run_takes_up_an_interrupted_download(index: Index, tmp_path: Path) -> None:
    (tmp_path / f"{PACKAGE.filename}.part").write_bytes(CONTENT[:400_000])
    assert fetch(PACKAGE, tmp_path, index_url=index.url).read_bytes() == CONTENT
    assert _ranges(index) == ["bytes=400000-"]


def test_a_server_without_ranges_is_read_from_the_start(index: Index, tmp_path: Path) -> None:
    index.honours_ranges = False
    (tmp_path / f"{PACKAGE.filename}.part").write_bytes(CONTENT[:400_000])
    reports: list[int] = []
    assert fetch(PACKAGE, tmp_path, lambda _label, done, _total: reports.append(done), index.url).is_file()
    assert reports[0] < 400_000


def test_nothing_is_left_beside_the_file(index: Index, tmp_path: Path) -> None:
    fetch(PACKAGE, tmp_path, index_url=index.url)
    assert [path.name for path in tmp_path.iterdir()] == [PACKAGE.filename]


def test_a_file_that_is_there_is_not_asked_for(index: Index, tmp_path: Path) -> None:
    fetch(PACKAGE, tmp_path, index_url=index.url)
    index.requests.clear()
    fetch(PACKAGE, tmp_path, index_url=index.url)
    assert index.requests == []


def test_a_damaged_file_is_downloaded_again(index: Index, tmp_path: Path) -> None:
    (tmp_path / PACKAGE.filename).write_bytes(b"damaged")
    assert fetch(PACKAGE, tmp_path, index_url=index.url).read_bytes() == CONTENT


def test_two_who_want_the_same_file_download_it_once(index: Index, tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        paths = list(pool.map(lambda _: fetch(PACKAGE, tmp_path, index_url=index.url), range(2)))
    assert paths[0] == paths[1]
    assert len(_ranges(index)) == 1
    assert [path.name for path in tmp_path.iterdir()] == [PACKAGE.filename]


def test_a_file_with_another_hash_never_appears_and_is_discarded(index: Index, tmp_path: Path) -> None:
    index.content = CONTENT[::-1]
    with pytest.raises(DownloadError, match="hash is wrong"):
        fetch(PACKAGE, tmp_path, index_url=index.url)
    assert not (tmp_path / PACKAGE.filename).exists()
    index.content = CONTENT
    assert fetch(PACKAGE, tmp_path, index_url=index.url).read_bytes() == CONTENT


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_that_is_busy_is_asked_again(index: Index, tmp_path: Path, status: int) -> None:
    index.failures = [status, status]
    assert fetch(PACKAGE, tmp_path, index_url=index.url).read_bytes() == CONTENT


def test_a_server_that_refuses_is_not_asked_again(index: Index, tmp_path: Path) -> None:
    index.failures = [403]
    with pytest.raises(DownloadError, match="403"):
        fetch(PACKAGE, tmp_path, index_url=index.url)
    assert len(index.requests) == 1


def test_a_file_that_the_index_does_not_list_is_an_error_that_names_it(index: Index, tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match=r"does not list other\.whl"):
        fetch(replace(PACKAGE, filename="other.whl"), tmp_path, index_url=index.url)


@pytest.mark.usefixtures("index")
def test_without_a_server_one_sentence_says_what_failed_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DownloadError) as failure:
        fetch(PACKAGE, tmp_path, index_url="http://127.0.0.1:9/simple")
    assert str(failure.value) == (
        f"{PACKAGE.filename} could not be downloaded from 127.0.0.1: Connection refused. Check the network, or name "
        "a mirror in UV_DEFAULT_INDEX, and run it again: it continues where it stopped."
    )


def test_a_disk_without_room_is_found_out_before_the_download(index: Index, tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match="Too little room"):
        fetch(replace(PACKAGE, size_bytes=1 << 60), tmp_path, index_url=index.url)
    assert index.requests == []


def test_a_directory_that_cannot_be_written_is_named(index: Index, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DownloadError, match=r"file.* cannot be written"):
        fetch(PACKAGE, tmp_path / "file" / "below", index_url=index.url)


def test_a_login_in_the_index_address_is_sent_and_never_shown(index: Index, tmp_path: Path) -> None:
    index.login = "us@er:pass:word"
    address = urlsplit(index.url)
    url = f"http://us%40er:pass%3Aword@{address.netloc}{address.path}"
    assert fetch(PACKAGE, tmp_path, index_url=url).read_bytes() == CONTENT
    index.login = "another:login"
    with pytest.raises(DownloadError, match="401") as failure:
        fetch(PACKAGE, tmp_path / "again", index_url=url)
    assert "pass" not in str(failure.value)


@pytest.mark.parametrize("url", ["file:///etc", "pypi.org/simple", ""])
def test_only_web_addresses_are_an_index(tmp_path: Path, url: str) -> None:
    with pytest.raises(DownloadError, match="https://"):
        fetch(PACKAGE, tmp_path, index_url=url)


def test_the_index_is_that_of_uv_then_that_of_pip_then_pypi() -> None:
    assert index_url_from({"UV_DEFAULT_INDEX": "a", "UV_INDEX_URL": "b", "PIP_INDEX_URL": "c"}) == "a"
    assert index_url_from({"UV_DEFAULT_INDEX": "", "UV_INDEX_URL": "b", "PIP_INDEX_URL": "c"}) == "b"
    assert index_url_from({"PIP_INDEX_URL": "c"}) == "c"
    assert index_url_from({}) == DEFAULT_INDEX_URL
