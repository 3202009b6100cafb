"""The tasks with their intervals, the worker that runs them, and the clock beside it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

import structlog
from celery import Celery, signals
from celery.beat import EmbeddedService
from sqlalchemy.exc import SQLAlchemyError

from xatra_scheduler.heartbeat import tasks as heartbeat
from xatra_scheduler.heartbeat.tasks import heartbeat_queue
from xatra_scheduler.publications import tasks as publications
from xatra_scheduler.resources import TASK_THREADS, Resources
from xatra_scheduler.retention import tasks as retention
from xatra_scheduler.schedule import Heartbeat, LeaderScheduler, Leadership
from xatra_scheduler.settings import SchedulerSettings
from xatra_scheduler.watchdog import tasks as watchdog
from xatra_shared.artifacts.store import StoreUnavailable
from xatra_shared.queue.wake import make_celery

_log = structlog.get_logger(__name__)

MAINTENANCE_QUEUE: Final = "maintenance"
_PUBLISH_TIMEOUT_SECONDS: Final = 1
_SHORTEST_EXPIRY_SECONDS: Final = 60  # so much may clocks of two machines differ


@dataclass(frozen=True)
class Task:
    """Something that happens by the clock. It looks at the database, so that late, missed and doubled runs do no harm."""

    name: str
    every_seconds: float
    run: Callable[[Resources], None]


def tasks(settings: SchedulerSettings) -> list[Task]:
    """Return what the leader sends by the clock."""
    return [
        Task("watchdog.expired_leases", settings.watchdog_every_seconds, watchdog.take_back_expired_leases),
        Task("watchdog.lost_wake_ups", settings.watchdog_every_seconds, watchdog.repeat_lost_wake_ups),
        Task("publications.artefacts", settings.publications_every_seconds, publications.make_artefacts),
        Task("retention.renders", settings.retention_every_seconds, retention.forget_renders),
        Task("retention.beginnings", settings.retention_every_seconds, retention.forget_beginnings),
        Task("retention.views", settings.sweep_every_seconds, retention.forget_views),
        Task("retention.requests", settings.retention_every_seconds, retention.forget_requests),
        Task("retention.security_events", settings.retention_every_seconds, retention.forget_security_events),
        Task("retention.objects", settings.retention_every_seconds, retention.delete_unused_objects),
        Task("retention.sweep", settings.sweep_every_seconds, retention.sweep_store),
    ]


def make_worker_app(resources: Resources) -> Celery:
    """Return the application whose worker runs the tasks."""
    app = _make_app(resources)
    app.conf.broker_connection_max_retries = None  # Redis may be away for as long as it likes
    for task in (*tasks(resources.settings), _heartbeat(resources.settings)):
        _add_task(app, task, resources)
    return app


def make_beat(resources: Resources) -> EmbeddedService:
    """Return the clock, a thread; each message that it sends is good until about the next one."""
    settings = resources.settings
    app = _make_app(resources)
    app.conf.broker_transport_options["socket_timeout"] = _PUBLISH_TIMEOUT_SECONDS
    app.conf.beat_schedule = {
        task.name: {
            "task": task.name,
            "schedule": task.every_seconds,
            "options": {"expires": max(task.every_seconds, _SHORTEST_EXPIRY_SECONDS)},
        }
        for task in tasks(settings)
    }
    own_heartbeat = Heartbeat(
        task=_heartbeat(settings).name,
        queue=heartbeat_queue(resources.worker_id),
        every_seconds=settings.heartbeat_every_seconds,
        expires_seconds=_SHORTEST_EXPIRY_SECONDS,
    )
    leadership = Leadership(settings.database_url.get_secret_value())
    return EmbeddedService(
        app,
        thread=True,
        scheduler_cls=partial(LeaderScheduler, leadership=leadership, heartbeat=own_heartbeat, pulse=resources.pulse),
    )


def run(resources: Resources) -> None:
    """Lead or wait to lead, and consume, until told to stop."""
    app = make_worker_app(resources)
    beat = make_beat(resources)

    def stop(**_: object) -> None:
        resources.stopping.set()

    signals.worker_shutting_down.connect(stop)
    beat.start()
    try:
        app.worker_main(
            [
                "--quiet",  # its banner is no log line
                "worker",
                "--pool=threads",
                f"--concurrency={TASK_THREADS}",
                f"--queues={MAINTENANCE_QUEUE},{heartbeat_queue(resources.worker_id)}",
                f"--hostname=maintenance@{resources.worker_id}",
                "--without-gossip",
                "--without-mingle",
                "--without-heartbeat",
                "--loglevel=WARNING",
            ]
        )
    finally:
        beat.stop()
        resources.close()
        signals.worker_shutting_down.disconnect(stop)


def _heartbeat(settings: SchedulerSettings) -> Task:
    return Task("heartbeat", settings.heartbeat_every_seconds, heartbeat.prove_consumption)


def _make_app(resources: Resources) -> Celery:
    app = make_celery("xatra_scheduler", resources.settings.redis_url.get_secret_value())
    app.conf.task_default_queue = MAINTENANCE_QUEUE
    # On the default exchange, which leaves nothing behind in Redis when a queue is empty.
    app.conf.task_queues = {
        name: {"exchange": "", "routing_key": name}
        for name in (MAINTENANCE_QUEUE, heartbeat_queue(resources.worker_id))
    }
    return app


def _add_task(app: Celery, task: Task, resources: Resources) -> None:
    running = threading.Lock()

    @app.task(name=task.name)  # type: ignore[untyped-decorator]  # Celery ships no types
    def run() -> None:
        if not running.acquire(blocking=False):
            return  # the last run is not over; a second must not take the thread of another task
        try:
            task.run(resources)
        except (SQLAlchemyError, StoreUnavailable) as error:
            _log.warning("left to the next run", task=task.name, error=str(error))
        finally:
            running.release()
