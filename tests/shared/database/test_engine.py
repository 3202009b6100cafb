"""How services reach Postgres."""

from sqlalchemy import text

from xatra_shared.database.engine import make_engine


def test_a_process_that_stands_still_amid_a_transaction_loses_its_locks(database_urls: dict[str, str]) -> None:
    lock = text("SELECT pg_advisory_xact_lock(7)")
    still = make_engine(database_urls["xatra_render_worker"], application_name="test", idle_seconds=1)
    other = make_engine(database_urls["xatra_api"], application_name="test")
    standing = still.connect()
    standing.execute(lock)
    with other.begin() as waiting:
        waiting.execute(lock)
    standing.invalidate()
    still.dispose()
    other.dispose()
