"""What matters to security is kept for a year; the scheduler sees no more of it than how old it is."""

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import ProgrammingError
from tests.scheduler.retention.conftest import Kept


def happen(kept: Kept, event: str, times: int = 1) -> None:
    kept.database.do(
        "INSERT INTO auth_events (event, address) SELECT :event, '192.0.2.1/32' FROM generate_series(1, :times)",
        event=event,
        times=times,
    )


def test_events_are_kept_for_a_year(kept: Kept):
    happen(kept, "sign-in-failed", times=450)  # more than go at once
    kept.pass_time(days=300)
    happen(kept, "signed-up")
    kept.tend()
    assert kept.count("auth_events") == 451

    kept.pass_time(days=70)
    kept.tend()
    assert kept.database.all("SELECT event FROM auth_events") == ["signed-up"]


def test_the_scheduler_cannot_read_what_happened(database_urls: dict[str, str]):
    scheduler = create_engine(database_urls["xatra_scheduler"])
    with scheduler.connect() as connection, pytest.raises(ProgrammingError, match="permission denied"):
        connection.execute(text("SELECT address FROM auth_events"))
    scheduler.dispose()
