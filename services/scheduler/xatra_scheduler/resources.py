"""What tasks work with: the database, the artefact store, Redis, and whether they shall come to an end."""

import os
import socket
import threading
from dataclasses import dataclass, field

import redis
from sqlalchemy import Engine

from xatra_scheduler.settings import SchedulerSettings
from xatra_shared.artifacts.store import ArtefactStore, open_store
from xatra_shared.database.engine import make_engine
from xatra_shared.queue.wake import Waker

TASK_THREADS = 4  # one for long sweeps, one for retention, and some for what is short and frequent


@dataclass(frozen=True)
class Resources:
    """What one scheduler process reaches; `stopping` is set when it was told to stop."""

    settings: SchedulerSettings
    database: Engine
    store: ArtefactStore
    redis: redis.Redis
    waker: Waker
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
    return Resources(
        settings=settings,
        database=make_engine(
            settings.database_url.get_secret_value(), application_name="xatra-scheduler", pool_size=TASK_THREADS
        ),
        store=open_store(settings.artefact_store_url),
        redis=redis.Redis.from_url(redis_url, socket_timeout=1, socket_connect_timeout=1),
        waker=Waker(redis_url),
    )
