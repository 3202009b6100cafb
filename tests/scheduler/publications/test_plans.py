"""What the clock asks every few seconds reads what waits alone, however much is published."""

from tests.scheduler.publications.conftest import Press
from tests.shared.hub.plans import planned

from xatra_scheduler.publications import repository


def test_versions_that_wait_are_found_by_their_index_in_the_order_of_their_turns(press: Press):
    with planned(press.resources.database) as plans, press.resources.database.begin() as connection:
        repository.list_due(connection, 4)
    assert "Index Scan using hub_artifact_versions_pending_idx" in plans[0]
    assert "Sort" not in plans[0]


def test_versions_whose_render_ended_are_found_by_their_jobs(press: Press):
    with planned(press.resources.database) as plans, press.resources.database.begin() as connection:
        repository.settle(connection, 4)
    assert "hub_artifact_versions_job_id_idx" in plans[0]
    assert "Seq Scan" not in plans[0]


def test_the_backlog_is_counted_by_indexes(press: Press):
    with planned(press.resources.database) as plans, press.resources.database.begin() as connection:
        repository.measure_backlog(connection)
    assert "Seq Scan" not in plans[0]
