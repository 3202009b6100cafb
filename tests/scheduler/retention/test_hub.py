"""What is published is kept for ever, with all that it needs; what was left unfinished goes after some time."""

import pytest
from sqlalchemy import Engine, text
from tests.scheduler.retention.conftest import Kept
from tests.scheduler.retention.test_artefacts import in_background
from tests.shared.hub.works import Works

from xatra_api.files import repository as files
from xatra_scheduler.publications import tasks as publications
from xatra_scheduler.retention import repository, service
from xatra_scheduler.retention.repository import FILES


@pytest.fixture
def works(kept: Kept, owner: Engine) -> Works:
    """Return an empty hub."""
    return Works(owner)


@pytest.fixture
def published(kept: Kept, works: Works) -> str:
    """Return the map of a version that was published long ago."""
    kept.register("worker")
    works.publish("x")
    publications.make_artefacts(kept.resources)
    sha256 = kept.render("x")
    publications.make_artefacts(kept.resources)
    return sha256


def long_ago(kept: Kept) -> None:
    """Let all be done that retention ever does, with time to spare in between."""
    for _ in range(3):
        kept.pass_time(days=100)
        kept.tend()


def test_the_map_of_a_version_is_kept_for_ever_and_its_renders_are_not(kept: Kept, published: str):
    long_ago(kept)
    assert kept.resources.store.artefact_exists(published)
    assert (kept.marked("artefacts"), kept.count("render_jobs")) == (0, 0)


def test_the_map_of_a_version_is_known_as_long_as_any_other(kept: Kept, published: str):
    kept.pass_time(days=29)
    kept.tend()
    assert kept.queue.look(kept.queue.ask("x")).artefact_sha256 == published


def test_what_was_not_yet_written_down_with_its_version_is_kept(kept: Kept, works: Works):
    kept.register("worker")
    version_id = works.publish("x")
    publications.make_artefacts(kept.resources)
    sha256 = kept.render("x")
    long_ago(kept)
    kept.register("worker")
    publications.make_artefacts(kept.resources)
    assert works.version(version_id).artefact_sha256 == sha256
    assert kept.resources.store.artefact_exists(sha256)


def test_the_files_of_alphas_and_versions_are_kept_for_ever(kept: Kept, works: Works):
    of_version, of_alpha, of_nobody = (kept.upload(content) for content in (b"version", b"alpha", b"nobody"))
    works.publish("x", files={"a.csv": of_version})
    kept.database.do("INSERT INTO hub_files VALUES (:id, 0, :sha256)", id=works.make(), sha256=of_alpha)
    long_ago(kept)
    assert set(kept.database.all("SELECT sha256 FROM files")) == {of_version, of_alpha}
    assert not kept.resources.store.file_exists(of_nobody)


def test_the_files_of_a_users_draft_are_kept_with_it(kept: Kept):
    of_draft = kept.upload(b"draft")
    kept.database.do(
        "INSERT INTO hub_drafts (owner_key, project, file_sha256s) VALUES ('user:1', '{}', ARRAY[:sha256])",
        sha256=of_draft,
    )
    long_ago(kept)
    assert kept.database.all("SELECT sha256 FROM files") == [of_draft]
    kept.database.do("DELETE FROM hub_drafts")
    long_ago(kept)
    assert kept.database.all("SELECT sha256 FROM files") == []


def test_thumbnails_are_kept_as_long_as_their_works_show_them(kept: Kept, works: Works):
    picture = kept.upload(b"picture")
    works.make(thumbnail_sha256=picture)
    long_ago(kept)
    assert kept.resources.store.file_exists(picture)
    kept.database.do("UPDATE hub_artifacts SET thumbnail_sha256 = NULL")
    long_ago(kept)
    assert not kept.resources.store.file_exists(picture)


def test_a_work_that_begins_to_read_a_marked_file_takes_the_mark_back(kept: Kept, works: Works):
    sha256 = kept.upload(b"a,b")
    kept.pass_time(days=31)
    kept.tend()
    kept.database.do("INSERT INTO hub_files VALUES (:id, 0, :sha256)", id=works.make(), sha256=sha256)
    kept.tend()
    assert kept.marked("files") == 0


@pytest.mark.parametrize("table", ["hub_files", "hub_artifacts"])
def test_a_work_that_names_a_file_at_the_last_moment_keeps_it(kept: Kept, works: Works, table: str):
    sha256 = kept.upload(b"a,b")
    work_id = works.make()
    kept.database.do("UPDATE files SET last_used_at = to_timestamp(0), marked_at = now() - interval '3 days'")
    statement = {
        "hub_files": "INSERT INTO hub_files VALUES (:id, 0, :sha256)",
        "hub_artifacts": "UPDATE hub_artifacts SET thumbnail_sha256 = :sha256 WHERE id = :id",
    }[table]
    with kept.queue.api.begin() as connection:
        connection.execute(text(statement), {"id": work_id, "sha256": sha256})
        service.delete_unused(kept.resources, service.FILES)
    service.delete_unused(kept.resources, service.FILES)
    assert kept.resources.store.file_exists(sha256)


def test_who_begins_to_name_a_file_that_is_just_being_deleted_waits_and_learns_that_it_is_gone(
    kept: Kept, works: Works
):
    sha256 = kept.upload(b"a,b")
    work_id = works.make()
    kept.database.do("UPDATE files SET last_used_at = to_timestamp(0), marked_at = now() - interval '3 days'")
    found = []

    def name() -> None:
        with kept.queue.api.begin() as connection:
            if not files.missing(connection, [sha256]):
                connection.execute(
                    text("INSERT INTO hub_files VALUES (:id, 0, :sha256)"), {"id": work_id, "sha256": sha256}
                )
                found.append(sha256)

    with kept.resources.database.begin() as connection:
        rules = service.rules_of(kept.resources.settings)
        assert repository.delete_marked(FILES, connection, rules, 10) == [sha256]
        naming = in_background(name)
    naming.join()
    assert (kept.count("files"), found) == (0, [])


def test_which_guest_looked_at_a_work_is_forgotten_after_a_year_and_goes_on_counting(kept: Kept, works: Works):
    work_id = works.make(views=4)
    kept.database.do(
        "INSERT INTO hub_map_views (artifact_id, viewer_key, viewed_at) VALUES"
        " (:id, 'guest:old', now() - interval '366 days'), (:id, 'guest:new', now() - interval '364 days'),"
        " (:id, 'address:192.0.2.1/32', now() - interval '366 days'), (:id, 'user:1', now() - interval '1000 days')",
        id=work_id,
    )
    kept.database.do(
        "INSERT INTO hub_map_views (artifact_id, viewer_key, viewed_at)"
        " SELECT :id, 'guest:' || number, now() - interval '400 days' FROM generate_series(1, 2500) number",
        id=work_id,
    )
    kept.sweep()
    assert set(kept.database.all("SELECT viewer_key FROM hub_map_views")) == {"guest:new", "user:1"}
    assert kept.database.all("SELECT views FROM hub_artifacts") == [4]


def test_guests_drafts_go_half_a_year_after_they_were_left_and_those_of_users_stay(kept: Kept):
    kept.database.do(
        "INSERT INTO hub_drafts (owner_key, project, updated_at) VALUES"
        " ('guest:old', '{}', now() - interval '181 days'), ('guest:new', '{}', now() - interval '179 days'),"
        " ('user:1', '{}', now() - interval '1000 days')"
    )
    kept.tend()
    assert set(kept.database.all("SELECT owner_key FROM hub_drafts")) == {"guest:new", "user:1"}


@pytest.mark.parametrize(("days", "left"), [(89, 1), (91, 0)])
def test_what_an_alpha_said_is_kept_for_90_days_after_it_was_overwritten(
    kept: Kept, works: Works, days: int, left: int
):
    kept.database.do(
        "INSERT INTO hub_alpha_saves (artifact_id, alpha_version, content) VALUES (:id, 1, '')", id=works.make()
    )
    kept.pass_time(days=days)
    kept.tend()
    assert kept.count("hub_alpha_saves") == left


def test_views_are_kept(kept: Kept, works: Works):
    kept.database.do("INSERT INTO hub_map_views (artifact_id, viewer_key) VALUES (:id, 'guest:a')", id=works.make())
    long_ago(kept)
    assert kept.count("hub_map_views") == 1


def test_every_row_is_looked_at_however_many_there_are(kept: Kept):
    kept.database.do(
        """
        INSERT INTO artefacts (sha256, size_bytes, stored_bytes, asset_names, last_used_at)
        SELECT encode(sha256(number::text::bytea), 'hex'), 1, 1, '{}', now() - interval '31 days'
        FROM generate_series(1, 2500) number
        """
    )
    kept.tend()
    assert kept.marked("artefacts") == 2500
