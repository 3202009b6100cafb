"""The rules of administration. Everything runs inside the caller's transaction."""

from sqlalchemy import Connection

from xatra_auth.accounts import repository as accounts
from xatra_auth.accounts.repository import User
from xatra_auth.accounts.service import UserNotFound, require_other_admin
from xatra_auth.admin import repository
from xatra_auth.admin.schemas import AccountChange
from xatra_auth.audit.repository import Event, record
from xatra_auth.callers import Administrator
from xatra_auth.sessions import repository as sessions
from xatra_auth.sessions.service import revoke


def find(connection: Connection, username: str) -> User:
    """Return the account of a user name.

    Raises:
        UserNotFound: There is none.
    """
    user = accounts.find(connection, username)
    if user is None:
        raise UserNotFound
    return user


def change(connection: Connection, actor: Administrator, username: str, wish: AccountChange) -> User:
    """Change what an account may do. It holds within a second; who is disabled is signed out everywhere.

    Raises:
        UserNotFound: There is none.
        LastAdmin: No administrator would be left.
    """
    user = find(connection, username)
    if wish.is_admin is False or wish.is_disabled:
        require_other_admin(connection, user.id)
    accounts.set_flags(
        connection, user.id, is_trusted=wish.is_trusted, is_admin=wish.is_admin, is_disabled=wish.is_disabled
    )
    record(
        connection,
        Event.ACCOUNT_CHANGED,
        user_id=user.id,
        actor_id=actor.id,
        address=actor.address,
        **wish.model_dump(exclude_none=True),
    )
    sessions.make_tokens_void(connection, user.id)
    if wish.is_disabled:
        revoke(connection, user.id, actor_id=actor.id, address=actor.address)
    return find(connection, username)


def end_sessions(connection: Connection, actor: Administrator, username: str) -> None:
    """Sign somebody out everywhere.

    Raises:
        UserNotFound: There is no such account.
    """
    revoke(connection, find(connection, username).id, actor_id=actor.id, address=actor.address)


def set_registration(connection: Connection, actor: Administrator, *, is_open: bool) -> None:
    """Let strangers sign up, or not."""
    repository.set_registration(connection, is_open=is_open)
    record(
        connection,
        Event.REGISTRATION_CHANGED,
        user_id=None,
        actor_id=actor.id,
        address=actor.address,
        is_open=is_open,
    )
