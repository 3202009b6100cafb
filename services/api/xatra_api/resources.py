"""What a running api holds, and how endpoints come by it."""

import asyncio
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncEngine

from xatra_api.guests.service import HandOver
from xatra_api.processes import Processes
from xatra_api.settings import ApiSettings
from xatra_shared.artifacts.store import ArtefactStore
from xatra_shared.http.callers import Callers
from xatra_shared.http.rate_limits import RateLimits
from xatra_shared.queue.wake import Waker


@dataclass(frozen=True, slots=True)
class Resources:
    """Everything that lives as long as the application; made by its lifespan.

    Attributes:
        settings: The settings.
        engine: The database. Endpoints open the transaction: `async with engine.begin() as connection`.
        redis: Messages and events; every command may fail.
        store: Artefacts, files and map assets.
        waker: Tells render workers that there is work.
        callers: Tells who sends a request.
        limits: Counts how often somebody writes.
        processes: Starts processes for what this one must not do itself.
        hand_over: Gives users what was theirs as guests.
        stopping: Set as soon as the process has been told to stop: streams end then.
    """

    settings: ApiSettings
    engine: AsyncEngine
    redis: Redis
    store: ArtefactStore
    waker: Waker
    callers: Callers
    limits: RateLimits
    processes: Processes
    hand_over: HandOver
    stopping: asyncio.Event


def resources_of(request: Request) -> Resources:
    """Return the resources of the application that answers a request."""
    resources: Resources = request.app.state.resources
    return resources


ResourcesDep = Annotated[Resources, Depends(resources_of)]
