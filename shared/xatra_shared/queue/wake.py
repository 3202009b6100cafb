"""The Celery message that wakes a worker. It only says that there is work: the row in Postgres is the job."""

from typing import Final
from urllib.parse import parse_qs, urlsplit

import structlog
from celery import Celery
from kombu.exceptions import OperationalError

from xatra_shared.queue.redis_users import CELERY_PREFIX

_log = structlog.get_logger(__name__)

RENDER_QUEUE: Final = "renders"
WAKE_TASK: Final = "renders.wake"
_PUBLISH_TIMEOUT_SECONDS: Final = 1


def make_celery(name: str, redis_url: str) -> Celery:
    """Return a Celery application on our Redis: JSON only, no results, no chatter between workers."""
    app = Celery(name, broker=_broker_url(redis_url), set_as_current=False)
    app.conf.update(
        accept_content=["json"],
        broker_connection_retry_on_startup=True,
        broker_transport_options={
            "global_keyprefix": CELERY_PREFIX,
            "socket_connect_timeout": _PUBLISH_TIMEOUT_SECONDS,
            "socket_timeout": None,
        },
        task_default_queue=RENDER_QUEUE,
        task_ignore_result=True,
        task_serializer="json",
        worker_enable_remote_control=False,
        worker_hijack_root_logger=False,
    )
    return app


class Waker:
    """Sends wake-ups."""

    def __init__(self, redis_url: str) -> None:
        """Connects at the first wake-up, not before."""
        self._celery = make_celery("xatra_waker", redis_url)
        self._celery.conf.broker_transport_options["socket_timeout"] = _PUBLISH_TIMEOUT_SECONDS

    def wake(self) -> None:
        """Wake a worker, trying once; failing is logged, since idle workers look by themselves every 2 s."""
        try:
            self._celery.send_task(WAKE_TASK, queue=RENDER_QUEUE, retry=False, expires=60)
        except (OperationalError, OSError) as error:
            _log.warning("wake-up not sent", error=str(error))

    def close(self) -> None:
        """Close the connections to Redis."""
        self._celery.close()


def _broker_url(redis_url: str) -> str:
    """Return Celery's spelling of a Redis URL: it calls a Unix socket's scheme `redis+socket`."""
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    database = parse_qs(parts.query).get("db", ["0"])[0]
    return f"redis+socket://{parts.netloc}{parts.path}?virtual_host={database}"
