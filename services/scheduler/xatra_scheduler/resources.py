"""What tasks work with: the database, the artefact store, Redis, and whether they shall come to an end."""

import os
import socket
import threading
from dataclasses import dataclass, field

import redis
from prometheus_client import CollectorRegistry, Counter
from sqlalchemy import Engine

from xatra_scheduler.heartbeat.pulse import Pulse
from xatra_scheduler.settings import SchedulerSettings
from xatra_shared.artifacts.store import ArtefactStore, open_store
from xatra_shared.database.engine import make_engine
from xatra_shared.queue.wake import Waker
from xatra_shared.telemetry.database import DatabaseTelemetry
from xatra_shared.telemetry.renders import count_render_errors

TASK_THREADS = 4  # one for long sweeps, one for retention, and some for what is short and frequent


@dataclass(frozen=True)
class Resources:
    """What one scheduler process reaches.

    Attributes:
        settings: The settings.
        database: For the tasks.
        store: Artefacts, files and map assets.
        redis: To tell of changes.
        waker: Tells render workers that there is work.
        metrics: Where what this process counts is registered.
        render_errors: Counts renders that failed.
        pulse: Whether this process lives.
        stopping: Set when it was told to stop.
        worker_id: Its name, which no other process ever has.
    """

    settings: SchedulerSettings
    database: Engine
    store: ArtefactStore
    redis: redis.Redis
    waker: Waker
    metrics: CollectorRegistry
    render_errors: Counter
    pulse: Pulse = field(default_factory=Pulse)
    stopping: threading.Event = field(default_factory=threading.Event)
    worker_id: str = field(default_factory=lambda: f"{socket.gethostname()}:{os.getpid()}:{os.urandom(4).hex()}")

    def close(self) -> None:
        """Close every connection."""
        self.waker.close()
        self.redis.close()
        self.database.dispose()


def open_resources(settings: SchedulerSettings) -> Resources:
    """Return what the settings name; connections are made when they are needed."""
    redis_url = settings.redis_url.get_secret_value()
    metrics = CollectorRegistry()
    database = make_engine(
        settings.database_url.get_secret_value(),
        application_name="xatra-scheduler",
        pool_size=TASK_THREADS + 1,  # one is for monitoring
    )
    DatabaseTelemetry(metrics, service="scheduler").measure(database)
    return Resources(
        settings=settings,
        database=database,
        store=open_store(settings.artefact_store_url),
        redis=redis.Redis.from_url(redis_url, socket_timeout=1, socket_connect_timeout=1),
        waker=Waker(redis_url),
        metrics=metrics,
        render_errors=count_render_errors(metrics),
    )
