"""Maps that nobody looks at are marked, kept on for longer than a backup takes, and deleted: row, then object."""

import hashlib
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from tests.scheduler.conftest import Schedulers
from tests.scheduler.retention.conftest import Kept
from tests.shared.queue.conftest import ENGINE
from tests.waiting import until

from xatra_scheduler.retention import service
from xatra_shared.queue import claim_repository, repository
from xatra_shared.queue.model import RenderRequest
from xatra_shared.queue.objects import hold_object


def in_background(act: Callable[[], object]) -> threading.Thread:
    """Begin something that is to wait for a lock, and return when it waits."""
    thread = threading.Thread(target=act)
    thread.start()
    time.sleep(0.5)
    assert thread.is_alive()
    return thread


def delete_artefacts(kept: Kept) -> None:
    service.delete_unused(kept.resources, service.ARTEFACTS)


@pytest.fixture
def condemned(kept: Kept) -> str:
    """Return a map whose time is up."""
    sha256 = kept.render("x")
    kept.pass_time(days=31)
    kept.tend()
    assert kept.marked("artefacts") == 1
    kept.pass_time(days=3)
    return sha256


def test_a_map_that_nobody_looked_at_goes_with_its_jobs_and_its_object(kept: Kept, condemned: str):
    kept.tend()
    assert [kept.count(table) for table in ("artefacts", "render_jobs", "render_waiters")] == [0, 0, 0]
    assert not kept.resources.store.artefact_exists(condemned)


def test_a_map_is_not_marked_before_its_days_are_over(kept: Kept):
    kept.render("x")
    kept.pass_time(days=29)
    kept.tend()
    assert kept.marked("artefacts") == 0


def test_a_marked_map_is_kept_through_the_grace_period(kept: Kept):
    kept.render("x")
    kept.pass_time(days=31)
    kept.tend()
    kept.pass_time(days=1)
    kept.tend()
    assert (kept.count("artefacts"), kept.objects()) == (1, 1)


def test_an_equal_render_takes_the_mark_back_and_finds_the_map(kept: Kept, condemned: str):
    assert kept.queue.look(kept.queue.ask("x")).artefact_sha256 == condemned
    kept.tend()
    assert (kept.marked("artefacts"), kept.objects()) == (0, 1)


def test_a_look_takes_the_mark_back(kept: Kept, condemned: str):
    with kept.queue.api.begin() as connection:
        repository.touch_artefact(connection, condemned)
    kept.tend()
    assert (kept.marked("artefacts"), kept.objects()) == (0, 1)


def test_a_mark_counts_only_while_it_is_right(kept: Kept, condemned: str):
    kept.database.do("UPDATE artefacts SET last_used_at = now()")
    delete_artefacts(kept)
    assert kept.resources.store.artefact_exists(condemned)
    kept.tend()
    assert kept.marked("artefacts") == 0


def test_a_map_is_kept_as_long_as_its_render_can_be_looked_up(kept: Kept):
    kept.render("x")
    kept.pass_time(days=6)
    kept.database.do("UPDATE artefacts SET last_used_at = now() - interval '31 days'")
    kept.tend()
    assert kept.marked("artefacts") == 0


def test_a_hit_that_comes_at_the_last_moment_saves_the_map(kept: Kept, condemned: str):
    with kept.queue.api.begin() as connection:
        key = RenderRequest("x").key(ENGINE)
        assert repository.find_result(connection, key)
        deleting = in_background(lambda: delete_artefacts(kept))
    deleting.join()
    assert kept.count("artefacts") == 1
    assert kept.resources.store.artefact_exists(condemned)


def test_a_hit_that_comes_too_late_renders_anew(kept: Kept, condemned: str):
    asked = []
    with kept.resources.database.begin() as connection:
        connection.execute(text("SELECT FROM render_jobs FOR UPDATE"))
        asking = in_background(lambda: asked.append(kept.queue.ask("x")))
        connection.execute(text("DELETE FROM render_jobs"))
        connection.execute(text("DELETE FROM artefacts"))
    asking.join()
    assert not kept.queue.look(asked[0]).cached
    assert condemned == kept.queue.claim().request.digest


def test_a_map_that_is_about_to_be_recorded_again_keeps_its_object(kept: Kept, condemned: str):
    with kept.queue.worker.begin() as connection:
        hold_object(connection, condemned)
        deleting = in_background(lambda: delete_artefacts(kept))
        assert kept.resources.store.artefact_exists(condemned)
        claim_repository.add_artefact(connection, condemned, size_bytes=1, stored_bytes=1, asset_names=[])
    deleting.join()
    assert kept.count("artefacts") == 1
    assert kept.resources.store.artefact_exists(condemned)


def test_rendering_and_deleting_the_same_map_again_and_again_never_leaves_a_row_without_object(kept: Kept):
    store, sha256 = kept.resources.store, hashlib.sha256(b"map").hexdigest()
    over = threading.Event()

    def delete() -> None:
        while not over.is_set():
            kept.database.do(
                "UPDATE artefacts SET last_used_at = now() - interval '31 days', marked_at = now() - interval '3 days'"
            )
            delete_artefacts(kept)

    def render() -> bool:
        """Store and record the map as a worker does; tell whether it was gone in between."""
        store.put_artefact(sha256, b"map")
        with kept.queue.worker.begin() as connection:
            hold_object(connection, sha256)
            if was_gone := not store.artefact_exists(sha256):
                store.put_artefact(sha256, b"map")
            claim_repository.add_artefact(connection, sha256, size_bytes=1, stored_bytes=1, asset_names=[])
        return was_gone

    with ThreadPoolExecutor(1) as thread:
        deleting = thread.submit(delete)
        times_gone = 0
        try:
            until_time = time.monotonic() + 4
            while time.monotonic() < until_time:
                times_gone += render()
                with kept.queue.api.begin() as connection:
                    hold_object(connection, sha256)
                    has_row = connection.execute(text("SELECT count(*) FROM artefacts")).scalar_one()
                    assert store.artefact_exists(sha256) or not has_row
        finally:
            over.set()
        deleting.result()
    assert times_gone  # else there was no such moment


def test_an_object_whose_row_went_before_a_crash_is_swept(
    kept: Kept, condemned: str, schedulers: Schedulers, settings: dict[str, object]
):
    with kept.queue.api.begin() as connection:
        hold_object(connection, condemned)
        scheduler = schedulers.start()
        until(lambda: kept.count("artefacts") == 0)
        scheduler.kill()
        scheduler.wait()
    assert kept.resources.store.artefact_exists(condemned)
    kept.sweep()
    assert not kept.resources.store.artefact_exists(condemned)


def test_a_sweep_leaves_what_has_a_row_what_is_young_and_what_is_not_ours(kept: Kept):
    kept.render("x")
    (kept.directory / "artefacts" / "notes.txt").write_text("not ours")
    kept.pass_time(days=20)
    kept.resources.store.put_artefact(hashlib.sha256(b"young").hexdigest(), b"map")
    kept.sweep()
    assert kept.objects() == 3


def test_an_object_stored_again_during_a_sweep_is_kept(kept: Kept):
    sha256 = hashlib.sha256(b"orphan").hexdigest()
    kept.resources.store.put_artefact(sha256, b"map")
    kept.pass_time(days=2)
    with kept.queue.worker.begin() as connection:
        hold_object(connection, sha256)
        sweeping = in_background(kept.sweep)
        claim_repository.add_artefact(connection, sha256, size_bytes=1, stored_bytes=1, asset_names=[])
    sweeping.join()
    assert kept.resources.store.artefact_exists(sha256)


def test_retention_that_runs_many_times_at_once_does_no_harm(kept: Kept):
    for number in range(20):
        kept.render(f"x{number}")
    kept.pass_time(days=31)
    kept.tend()
    kept.pass_time(days=3)
    kept.render("young")
    with ThreadPoolExecutor(4) as threads:
        for run in [threads.submit(act) for _ in range(4) for act in (kept.tend, kept.sweep)]:
            run.result()
    assert (kept.count("artefacts"), kept.objects()) == (1, 1)
