"""Uploaded files are kept while something uses them."""

import pytest
from tests.scheduler.retention.conftest import CALLER, Kept

from xatra_api.files import repository as files


@pytest.fixture
def condemned(kept: Kept) -> str:
    """Return a file whose time is up."""
    sha256 = kept.upload(b"a,b")
    kept.pass_time(days=31)
    kept.tend()
    assert kept.marked("files") == 1
    kept.pass_time(days=3)
    return sha256


def test_a_file_that_nothing_used_goes_with_its_object_and_from_everyones_list(kept: Kept, condemned: str):
    kept.tend()
    assert (kept.count("files"), kept.count("file_owners")) == (0, 0)
    assert not kept.resources.store.file_exists(condemned)


def test_a_file_is_kept_through_its_days_and_the_grace_period(kept: Kept):
    sha256 = kept.upload(b"a,b")
    kept.pass_time(days=29)
    kept.tend()
    assert kept.marked("files") == 0
    kept.pass_time(days=2)
    kept.tend()
    kept.pass_time(days=1)
    kept.tend()
    assert kept.resources.store.file_exists(sha256)


def test_a_render_that_names_a_file_takes_the_mark_back(kept: Kept, condemned: str):
    kept.ask_with_file(condemned)
    kept.tend()
    assert (kept.marked("files"), kept.objects()) == (0, 1)


def test_uploading_a_file_again_takes_the_mark_back(kept: Kept, condemned: str):
    assert kept.upload(b"a,b") == condemned
    kept.tend()
    assert (kept.marked("files"), kept.objects()) == (0, 1)


def test_a_file_that_a_queued_render_names_is_kept(kept: Kept):
    kept.ask_with_file(kept.upload(b"a,b"))
    kept.pass_time(days=40)
    kept.tend()
    assert kept.marked("files") == 0


def test_a_file_that_everyone_gave_up_is_kept_for_the_grace_period_alone(kept: Kept):
    sha256 = kept.upload(b"a,b")
    with kept.queue.api.begin() as connection:
        assert files.give_up(connection, CALLER.id, sha256)
    kept.tend()
    assert kept.resources.store.file_exists(sha256)
    kept.pass_time(days=3)
    kept.tend()
    assert not kept.resources.store.file_exists(sha256)


def test_a_file_without_row_is_swept(kept: Kept):
    kept.upload(b"a,b")
    kept.database.do("DELETE FROM files")
    kept.sweep()
    assert kept.objects() == 1
    kept.pass_time(days=2)
    kept.sweep()
    assert kept.objects() == 0
