"""The Celery worker around the slots: messages wake them, its start and end are theirs."""

from celery import Celery, signals

from xatra_render_worker.pool.slots import SlotPool
from xatra_shared.queue.wake import RENDER_QUEUE, WAKE_TASK, make_celery


def make_app(pool: SlotPool, redis_url: str) -> Celery:
    """Return the application whose one task wakes a slot of `pool`."""
    app = make_celery("xatra_render_worker", redis_url)

    @app.task(name=WAKE_TASK)  # type: ignore[untyped-decorator]  # Celery ships no types
    def wake() -> None:
        pool.wake()

    return app


def run(app: Celery, pool: SlotPool) -> None:
    """Consume until told to stop; then claim nothing more, and give what runs its grace period."""

    def drain(**_: object) -> None:
        pool.drain()

    signals.worker_shutting_down.connect(drain)
    pool.start()
    try:
        app.worker_main(
            [
                "--quiet",  # its banner is no log line
                "worker",
                "--pool=solo",  # waking takes no time
                f"--queues={RENDER_QUEUE}",
                f"--hostname=render@{pool.worker_id}",
                "--without-gossip",
                "--without-mingle",
                "--without-heartbeat",
                "--loglevel=WARNING",
            ]
        )
    finally:
        pool.stop()
        signals.worker_shutting_down.disconnect(drain)
