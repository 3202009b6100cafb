"""What the api leans on, beside what every service does."""

from xatra_api.resources import Resources
from xatra_shared.http.health import HealthChecks
from xatra_shared.queue.repository import count_slots


def health_checks(resources: Resources) -> HealthChecks:
    """Return what asks each dependency of the api whether it answers."""

    async def ping_store() -> bool:
        await resources.store.ping()
        return True

    async def ask_for_a_worker() -> bool:
        async with resources.engine.connect() as connection:
            return await connection.run_sync(count_slots) > 0

    return HealthChecks(
        resources.engine, resources.redis, resources.stopping, store=ping_store, render_worker=ask_for_a_worker
    )
