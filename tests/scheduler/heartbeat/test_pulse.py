"""When a scheduler should be started again, and when that would not help."""

import time

import pytest

from xatra_scheduler.heartbeat import pulse
from xatra_scheduler.heartbeat.pulse import Pulse

PATIENCE_SECONDS = 0.2


@pytest.fixture(autouse=True)
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulse, "_PATIENCE_SECONDS", PATIENCE_SECONDS)


def test_a_clock_that_stands_still_is_dead():
    own = Pulse()
    assert own.lives()
    time.sleep(PATIENCE_SECONDS)
    assert not own.lives()
    own.tick()
    assert own.lives()


def test_a_heartbeat_that_does_not_come_back_is_a_sign_of_death_until_one_does():
    own = Pulse()
    own.sent()
    time.sleep(PATIENCE_SECONDS)
    own.sent()
    own.tick()
    assert not own.lives()
    own.settled()
    assert own.lives()


def test_a_process_that_sends_nothing_lives():
    own = Pulse()
    own.sent()
    own.settled()
    time.sleep(PATIENCE_SECONDS)
    own.tick()
    assert own.lives()
