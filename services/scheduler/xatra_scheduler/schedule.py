"""Celery beat, of which two may run and one acts; when each task was last sent is known to the database alone."""

import os
import socket
import time
from dataclasses import dataclass
from typing import Any, Final, override

import structlog
from celery import Celery
from celery.beat import ScheduleEntry, Scheduler
from kombu.exceptions import OperationalError
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from xatra_scheduler import repository
from xatra_scheduler.heartbeat.pulse import Pulse
from xatra_shared.database.engine import make_engine

_log = structlog.get_logger(__name__)

_LOOK_SECONDS: Final = 1  # so often the leader proves that it leads, and the others try to
_SILENT_SECONDS: Final = 10  # a leader that hangs for longer loses the lead


class Leadership:
    """The right to act: a lock that the database keeps for as long as the connection lives that took it.

    The connection serves nothing else. It is never replaced behind our back, so that an answer on it proves the lock.
    """

    def __init__(self, database_url: str) -> None:
        name = f"xatra-scheduler-beat {os.getpid()}@{socket.gethostname()}"
        self._database: Engine = make_engine(database_url, application_name=name, pool_size=1)
        self._connection: Connection | None = None
        self._leads = False

    def hold(self) -> Connection | None:
        """Return the connection that holds the lock, or None where another scheduler holds it.

        Raises:
            SQLAlchemyError: The database is away. Give up, and try again later.
        """
        if self._connection is None:
            self._connection = self._database.connect()
            self._connection.detach()  # closing it then ends the session, and with it the lock
            with self._connection.begin():
                repository.guard_session(self._connection, silent_seconds=_SILENT_SECONDS)
        if not self._leads:
            with self._connection.begin():
                self._leads = repository.try_to_lead(self._connection)
            if self._leads:
                _log.info("this scheduler leads")
        return self._connection if self._leads else None

    def give_up(self) -> None:
        """End the session; another scheduler may lead."""
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
        self._connection, self._leads = None, False


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The task by which a process proves to itself that it consumes, and the queue that it alone consumes."""

    task: str
    queue: str
    every_seconds: float
    expires_seconds: float


class LeaderScheduler(Scheduler):  # type: ignore[misc]  # Celery ships no types
    """Beat's clock: sends what is due while we lead, else waits to lead.

    A task that is overdue is sent once, however many runs were missed. It counts as sent when the message was accepted:
    a crash in between sends it twice, which harms no task.

    Leading or not, it sends its own process a heartbeat, by a queue that no other consumes: which of several consumers
    of one queue gets a message is chance, and would prove nothing about the others.
    """

    def __init__(
        self,
        app: Celery,
        *,
        leadership: Leadership,
        heartbeat: Heartbeat,
        pulse: Pulse,
        **options: Any,  # noqa: ANN401 - Celery's own
    ) -> None:
        self._leadership = leadership
        self._heartbeat = heartbeat
        self._pulse = pulse
        self._next_heartbeat = time.monotonic()
        super().__init__(app, **options)

    @override
    def tick(self, *_: object, **__: object) -> float:
        """Do what is to be done now, and return in how many seconds to look again."""
        self._pulse.tick()
        try:
            wait = self._act()
            self._beat()
        except (OperationalError, OSError) as error:
            _log.warning("task not sent, trying again", error=str(error))
            self._pulse.settled()
        except SQLAlchemyError as error:
            _log.warning("the database is away, not leading", error=str(error))
            self._leadership.give_up()
        except Exception:  # noqa: BLE001 - the clock goes on; the next tick begins anew
            _log.exception("the clock stumbled")
            self._leadership.give_up()
        else:
            return wait
        return _LOOK_SECONDS

    def _act(self) -> float:
        connection = self._leadership.hold()
        if connection is None:
            return _LOOK_SECONDS
        intervals: dict[str, float] = {
            name: entry.schedule.run_every.total_seconds() for name, entry in self.schedule.items()
        }
        with connection.begin():
            waits = repository.seconds_until_due(connection, intervals)
        for name, wait in waits.items():
            if wait == 0:
                self._send(connection, self.schedule[name])
                waits[name] = intervals[name]
        return min(_LOOK_SECONDS, *waits.values())

    def _send(self, connection: Connection, entry: ScheduleEntry) -> None:
        with connection.begin():
            repository.record_run(connection, entry.name)  # and so asks the session that holds the lock
            self.app.send_task(entry.task, retry=False, **entry.options)

    def _beat(self) -> None:
        if time.monotonic() < self._next_heartbeat:
            return
        self._pulse.sent()
        self.app.send_task(
            self._heartbeat.task, queue=self._heartbeat.queue, expires=self._heartbeat.expires_seconds, retry=False
        )
        self._next_heartbeat = time.monotonic() + self._heartbeat.every_seconds

    @override
    def close(self) -> None:
        """Let another scheduler lead."""
        super().close()
        self._leadership.give_up()
