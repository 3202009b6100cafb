"""The routes of administrators."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from xatra_auth.accounts import repository as accounts
from xatra_auth.accounts.endpoints import UsernamePath
from xatra_auth.admin import repository, service
from xatra_auth.admin.schemas import (
    AccountChange,
    AccountPage,
    EventBody,
    EventPage,
    ManagedAccount,
    ManagedSessions,
    Registration,
    RegistrationChange,
)
from xatra_auth.audit.repository import Event, list_events
from xatra_auth.callers import AdminDep, limit_writes
from xatra_auth.recovery import service as recovery
from xatra_auth.recovery.schemas import ResetLink
from xatra_auth.resources import Resources, ResourcesDep
from xatra_auth.sessions.schemas import SessionBody

router = APIRouter(prefix="/admin", tags=["admin"], dependencies=[Depends(limit_writes)])

Limit = Annotated[int, Query(ge=1, le=100)]
SearchText = Annotated[str, Query(max_length=100, pattern=r"^[^\x00]*$")]
NumberQuery = Annotated[int | None, Query(ge=1, lt=1 << 63)]


@router.get("/users")
async def list_users(
    _actor: AdminDep,
    resources: ResourcesDep,
    q: SearchText = "",
    after: Annotated[str | None, Query(max_length=200, pattern=r"^[a-z0-9_.-]+$")] = None,
    limit: Limit = 50,
) -> AccountPage:
    """Return accounts whose name, full name or e-mail address contains `q`, by name."""
    async with resources.engine.connect() as connection:
        users = await connection.run_sync(accounts.search, q, after=after, limit=limit + 1)
    return AccountPage(
        users=[ManagedAccount.of(user) for user in users[:limit]],
        next=users[limit - 1].username if len(users) > limit else None,
    )


@router.get("/users/{username}")
async def get_user(username: UsernamePath, _actor: AdminDep, resources: ResourcesDep) -> ManagedAccount:
    """Return an account."""
    async with resources.engine.connect() as connection:
        return ManagedAccount.of(await connection.run_sync(service.find, username))


@router.patch("/users/{username}")
async def change_user(
    username: UsernamePath, body: AccountChange, actor: AdminDep, resources: ResourcesDep
) -> ManagedAccount:
    """Trust, disable, or make an administrator, and back; it holds within a second."""
    async with resources.engine.begin() as connection:
        user = await connection.run_sync(service.change, actor, username, body)
    await resources.callers.tokens.ring()
    return ManagedAccount.of(user)


@router.get("/users/{username}/sessions")
async def list_user_sessions(username: UsernamePath, _actor: AdminDep, resources: ResourcesDep) -> ManagedSessions:
    """Return where somebody is signed in."""
    async with resources.engine.connect() as connection:
        user = await connection.run_sync(service.find, username)
        sessions = await connection.run_sync(resources.sessions.list_of, user.id)
    return ManagedSessions(sessions=[SessionBody(is_current=False, **vars(session)) for session in sessions])


@router.delete("/users/{username}/sessions", status_code=204)
async def end_user_sessions(username: UsernamePath, actor: AdminDep, resources: ResourcesDep) -> None:
    """Sign somebody out everywhere, within a second."""
    async with resources.engine.begin() as connection:
        await connection.run_sync(service.end_sessions, actor, username)
    await resources.callers.tokens.ring()


@router.post("/users/{username}/reset-link", status_code=201)
async def issue_reset_link(username: UsernamePath, actor: AdminDep, resources: ResourcesDep) -> ResetLink:
    """Make a link by which somebody sets a new password, and mail it where there is mail and a verified address."""
    async with resources.engine.begin() as connection:
        user = await connection.run_sync(service.find, username)
        link = await connection.run_sync(
            recovery.issue, resources.settings, user.id, actor_id=actor.id, address=actor.address
        )
    return ResetLink(url=link.url, expires_at=link.expires_at, mailed_to=await recovery.mail(resources, user, link))


@router.get("/registration")
async def get_registration(_actor: AdminDep, resources: ResourcesDep) -> Registration:
    """Tell whether strangers may sign up."""
    return await _registration(resources)


@router.put("/registration")
async def set_registration(body: RegistrationChange, actor: AdminDep, resources: ResourcesDep) -> Registration:
    """Let strangers sign up, or not."""
    async with resources.engine.begin() as connection:
        await connection.run_sync(service.set_registration, actor, is_open=body.is_open)
    return await _registration(resources)


@router.get("/events")
async def list_security_events(
    _actor: AdminDep,
    resources: ResourcesDep,
    user_id: NumberQuery = None,
    event: Event | None = None,
    before: NumberQuery = None,
    limit: Limit = 50,
) -> EventPage:
    """Return security events, the newest first: all, or those about one account, or of one kind."""
    async with resources.engine.connect() as connection:
        events = await connection.run_sync(list_events, user_id=user_id, event=event, before=before, limit=limit + 1)
    return EventPage(
        events=[EventBody(**entry) for entry in events[:limit]],
        next=events[limit - 1]["id"] if len(events) > limit else None,
    )


async def _registration(resources: Resources) -> Registration:
    async with resources.engine.connect() as connection:
        is_open = await connection.run_sync(repository.is_registration_open)
    return Registration(is_open=is_open, is_forbidden=not resources.settings.enable_registration)
