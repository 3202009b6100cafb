"""The rules of reset links: who gets one, and what one does."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import structlog
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool

from xatra_auth.accounts import repository as accounts
from xatra_auth.accounts.passwords import check_choice
from xatra_auth.accounts.repository import User
from xatra_auth.accounts.service import name_key
from xatra_auth.audit.repository import Event, record
from xatra_auth.recovery import repository
from xatra_auth.recovery.mail import MailNotSentError
from xatra_auth.resources import Resources
from xatra_auth.sessions import repository as sessions
from xatra_auth.settings import AuthSettings
from xatra_auth.tokens import service as tokens
from xatra_shared.http.problems import Problem
from xatra_shared.http.rate_limits import Rule

_TOKEN_BYTES: Final = 32
_LINKS_PER_HOUR: Final = 5
_RESETS_PER_HOUR: Final = 20
_HOUR_SECONDS: Final = 3600

_log = structlog.get_logger(__name__)


class ResetLinkInvalid(Problem):
    """The link was used, has expired, was replaced by a later one, or never was."""

    status = 410
    slug = "reset-link-invalid"
    title = "This link is no longer good"


class NoMail(Problem):
    """The service has no mail server."""

    status = 409
    slug = "no-mail"
    title = "This service sends no mail: ask an administrator for a link to a new password"


@dataclass(frozen=True, slots=True)
class Link:
    """A link, as it exists only now."""

    url: str
    expires_at: datetime


def issue(
    connection: Connection, settings: AuthSettings, user_id: int, *, actor_id: int | None, address: str | None
) -> Link:
    """Make a link by which a user sets a new password; earlier ones of theirs are no longer good."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    expires_at = repository.add(connection, user_id, _digest(token), hours=settings.reset_link_hours)
    record(connection, Event.RESET_LINK_ISSUED, user_id=user_id, actor_id=actor_id, address=address)
    # Behind the `#`, so that no server on the way, ours included, gets to log it.
    return Link(f"{settings.public_url}{settings.base_path}/reset-password#token={token}", expires_at)


async def mail(resources: Resources, user: User, link: Link) -> str | None:
    """Send a link to its user's verified address, and return that; None where there is none, or no mail server."""
    if resources.mailer is None or user.email is None or not user.email_verified:
        return None
    text = (
        f"Somebody, probably you, asked for a new password for the account {user.username}.\n\n{link.url}\n\n"
        f"The link works once, until {link.expires_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC. If you did not ask, do nothing.\n"
    )
    try:
        await run_in_threadpool(resources.mailer.send, user.email, "A new password", text)
    except MailNotSentError as error:
        _log.warning("mail not sent", error=str(error))
        return None
    return user.email


async def check_request(resources: Resources, username: str, address: str) -> None:
    """Bound how often somebody can have mail sent.

    Raises:
        NoMail: There is no mail server.
        TooManyRequests: It was asked for too often, from one network or for one name.
    """
    if resources.mailer is None:
        raise NoMail
    await resources.limits.spend(Rule("forgotten", _LINKS_PER_HOUR, _HOUR_SECONDS), address)
    await resources.limits.spend(Rule("forgotten-account", _LINKS_PER_HOUR, _HOUR_SECONDS), name_key(username))


async def send_to_forgetful(resources: Resources, username: str, address: str) -> None:
    """Mail a link to whoever has this name and a verified address; runs after the answer, which tells nothing."""
    async with resources.engine.begin() as connection:
        user = await connection.run_sync(accounts.find, username)
        if user is None or not user.email_verified or user.is_disabled:
            return
        link = await connection.run_sync(issue, resources.settings, user.id, actor_id=None, address=address)
    await mail(resources, user, link)


async def reset(resources: Resources, token: str, new_password: str, address: str) -> None:
    """Set a new password by a link. The link is used up, all sessions end, and so do API tokens.

    Raises:
        ResetLinkInvalid: The link is not good.
        PasswordTooShort: The password is; the link stays good.
        PasswordTooCommon: The password is; the link stays good.
    """
    await resources.limits.spend(Rule("reset", _RESETS_PER_HOUR, _HOUR_SECONDS), address)
    async with resources.engine.connect() as connection:
        user_id = await connection.run_sync(repository.find, _digest(token))
        user = None if user_id is None else await connection.run_sync(accounts.get, user_id)
    if user is None:
        raise ResetLinkInvalid
    check_choice(
        new_password,
        min_characters=resources.settings.password_min_characters,
        own_words=[user.username, *user.full_name.split()],
    )
    password_hash = await resources.passwords.hash(new_password)
    async with resources.engine.begin() as connection:
        await connection.run_sync(_reset, user.id, token, password_hash, address)
    await resources.callers.tokens.ring()


def _reset(connection: Connection, user_id: int, token: str, password_hash: str, address: str) -> None:
    accounts.lock_password_hash(connection, user_id)
    if not repository.use(connection, _digest(token)):
        raise ResetLinkInvalid
    accounts.set_password_hash(connection, user_id, password_hash)
    repository.forget(connection, user_id)
    record(connection, Event.PASSWORD_RESET, user_id=user_id, address=address)
    sessions.end(connection, user_id)
    tokens.revoke_all(connection, user_id, address=address)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
