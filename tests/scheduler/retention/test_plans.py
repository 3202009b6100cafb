"""Retention reads no table whole that grows with the hub, but what it looks at row by row."""

from collections.abc import Callable
from dataclasses import fields

import pytest
from sqlalchemy import Connection
from tests.scheduler.retention.conftest import Kept
from tests.shared.hub.plans import planned

from xatra_scheduler.retention import repository
from xatra_scheduler.retention.repository import ARTEFACTS, FILES, Rules, Table

RULES = Rules(*[1] * len(fields(Rules)))


@pytest.fixture
def plans_of(kept: Kept) -> Callable[[Callable[[Connection], object]], str]:
    """Return what returns the plans of statements."""

    def explain(act: Callable[[Connection], object]) -> str:
        with planned(kept.resources.database) as plans, kept.resources.database.begin() as connection:
            act(connection)
        return "\n".join(plans)

    return explain


@pytest.mark.parametrize(
    ("table", "indexes"),
    [
        (ARTEFACTS, ["artefacts_pkey", "hub_artifact_versions_artefact_sha256_idx"]),
        (FILES, ["files_pkey", "hub_files_sha256_idx", "hub_artifacts_thumbnail_sha256_idx"]),
    ],
)
def test_marks_are_set_some_rows_of_a_key_range_at_a_time(
    kept: Kept, plans_of: Callable[[Callable[[Connection], object]], str], table: Table, indexes: list[str]
):
    kept.render("x")
    kept.upload(b"x")
    plans = plans_of(lambda connection: repository.update_marks(table, connection, RULES, "", 10))
    assert "Seq Scan" not in plans
    assert all(index in plans for index in indexes)


@pytest.mark.parametrize(("table", "index"), [(ARTEFACTS, "artefacts_marked_at_idx"), (FILES, "files_marked_at_idx")])
def test_what_is_to_be_deleted_is_found_by_its_mark(
    plans_of: Callable[[Callable[[Connection], object]], str], table: Table, index: str
):
    assert index in plans_of(lambda connection: repository.delete_marked(table, connection, RULES, 10))


def test_old_saves_are_found_by_their_age(plans_of: Callable[[Callable[[Connection], object]], str]):
    plans = plans_of(lambda connection: repository.delete_alpha_saves(connection, RULES, 10))
    assert "hub_alpha_saves_saved_at_idx" in plans


def test_views_are_gone_through_some_viewers_at_a_time(plans_of: Callable[[Callable[[Connection], object]], str]):
    plans = plans_of(lambda connection: repository.delete_guest_views(connection, RULES, "", 10))
    assert "hub_map_views_viewer_key_idx" in plans
    assert "Seq Scan" not in plans


def test_old_records_of_requests_are_found_by_their_age(plans_of: Callable[[Callable[[Connection], object]], str]):
    plans = plans_of(lambda connection: repository.delete_request_records(connection, RULES, 10))
    assert "request_records_started_at_idx" in plans


def test_old_security_events_are_found_by_their_number(plans_of: Callable[[Callable[[Connection], object]], str]):
    plans = plans_of(lambda connection: repository.delete_security_events(connection, RULES, 10))
    assert "auth_events_pkey" in plans
    assert "Seq Scan" not in plans
