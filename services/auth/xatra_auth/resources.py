"""What a running auth service holds, and how endpoints come by it."""

import asyncio
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncEngine

from xatra_auth.accounts.passwords import Passwords
from xatra_auth.github.client import GitHub
from xatra_auth.google.id_tokens import IdTokens
from xatra_auth.recovery.mail import Mailer
from xatra_auth.sessions.service import Sessions
from xatra_auth.settings import AuthSettings
from xatra_shared.http.callers import Callers
from xatra_shared.http.rate_limits import RateLimits


@dataclass(frozen=True, slots=True)
class Resources:
    """Everything that lives as long as the application; made by its lifespan.

    Attributes:
        settings: The settings.
        engine: The database. Endpoints open the transaction: `async with engine.begin() as connection`.
        callers: Tells who sends a request.
        limits: Counts how often somebody asks.
        passwords: Hashes and checks passwords, in threads of its own.
        sessions: Begins sessions and goes on with them.
        mailer: Sends mail; None where there is no mail server.
        google: Checks ID tokens of Google; None where Google is not set up.
        github: Asks GitHub who somebody is; None where GitHub is not set up.
        stopping: Set as soon as the process has been told to stop.
    """

    settings: AuthSettings
    engine: AsyncEngine
    callers: Callers
    limits: RateLimits
    passwords: Passwords
    sessions: Sessions
    mailer: Mailer | None
    google: IdTokens | None
    github: GitHub | None
    stopping: asyncio.Event


def resources_of(request: Request) -> Resources:
    """Return the resources of the application that answers a request."""
    resources: Resources = request.app.state.resources
    return resources


ResourcesDep = Annotated[Resources, Depends(resources_of)]
