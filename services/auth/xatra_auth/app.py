"""Puts the auth service together: one application per call, with everything that it holds."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

from fastapi import APIRouter, FastAPI

from xatra_auth.accounts import endpoints as accounts
from xatra_auth.accounts.passwords import Passwords
from xatra_auth.admin import endpoints as admin
from xatra_auth.github import endpoints as github
from xatra_auth.github.client import open_github
from xatra_auth.google import endpoints as google
from xatra_auth.google.id_tokens import open_id_tokens
from xatra_auth.providers import endpoints as providers
from xatra_auth.recovery import endpoints as recovery
from xatra_auth.recovery.mail import open_mailer
from xatra_auth.resources import Resources
from xatra_auth.sessions import endpoints as sessions
from xatra_auth.sessions.service import Sessions
from xatra_auth.sessions.signing import Signer
from xatra_auth.settings import AuthSettings
from xatra_auth.tokens import endpoints as tokens
from xatra_shared.http.application import make_app, open_connections
from xatra_shared.http.callers import open_callers
from xatra_shared.http.health import HealthChecks
from xatra_shared.http.rate_limits import RateLimits

# The routers of the features; each gives its addresses below `/xatra/api/auth`.
_ROUTERS: Final[tuple[APIRouter, ...]] = (
    accounts.router,
    admin.router,
    github.router,
    google.router,
    providers.router,
    recovery.router,
    sessions.router,
    tokens.router,
)


def create_app(settings: AuthSettings) -> FastAPI:
    """Return the auth service for `settings`; its lifespan opens what it needs and closes it again."""
    return make_app(
        "auth",
        settings,
        title="Xatra Web: accounts",
        path=settings.auth_path,
        routers=_ROUTERS,
        lifespan=_lifespan,
    )


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings: AuthSettings = app.state.settings
    async with AsyncExitStack() as stack:
        connections = await stack.enter_async_context(open_connections(app))
        limits = RateLimits(settings.redis_url.get_secret_value())
        stack.push_async_callback(limits.close)
        passwords = Passwords(at_once=settings.password_hashes_at_once)
        stack.callback(passwords.close)
        signer = Signer(settings.signing_key.get_secret_value(), life_seconds=settings.access_token_seconds)
        app.state.resources = Resources(
            settings=settings,
            engine=connections.engine,
            callers=await stack.enter_async_context(open_callers(connections, settings)),
            limits=limits,
            passwords=passwords,
            sessions=Sessions(settings, signer),
            mailer=open_mailer(settings),
            google=await stack.enter_async_context(open_id_tokens(settings)),
            github=open_github(settings),
            stopping=connections.stopping,
        )
        app.state.collectors = ()
        app.state.health_checks = HealthChecks(connections.engine, connections.redis, connections.stopping)
        yield
