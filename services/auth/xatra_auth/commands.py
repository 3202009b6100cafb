"""What an operator does with accounts from the command line, also while the service is stopped."""

from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from xatra_auth.accounts import repository as accounts
from xatra_auth.accounts.passwords import Passwords, check_choice
from xatra_auth.accounts.repository import User
from xatra_auth.accounts.service import UserNotFound, claim_name, claim_name_like, make_account
from xatra_auth.audit.repository import Event, record
from xatra_auth.recovery.service import Link, issue
from xatra_auth.sessions import repository as sessions
from xatra_auth.settings import AuthSettings


@dataclass(frozen=True, slots=True)
class Admin:
    """An administrator; `is_new` where the account was made now."""

    user: User
    is_new: bool


def find_admin_to_be(database: Engine, email: str) -> User | None:
    """Return the account that has this verified address, if there is one: it becomes an administrator as it is."""
    with database.connect() as connection:
        return accounts.find(connection, email)


def create_admin(
    database: Engine, settings: AuthSettings, *, email: str, username: str | None, password: str | None
) -> Admin:
    """Make an administrator: the account with this verified address, or else a new one with this password.

    Access tokens that are out do not know of it until they are refreshed.

    Args:
        database: As the auth service logs in.
        settings: For the rules of passwords.
        email: The address, for which the operator vouches.
        username: Name of a new account; None: what stands before the `@`, with a number where that is taken.
        password: Of a new account.

    Raises:
        Problem: Name or password cannot be had.
    """
    with database.begin() as connection:
        user = accounts.find(connection, email)
        if user is not None:
            _promote(connection, user.id)
            return Admin(_get(connection, user.id), is_new=False)
    password = password or ""
    prefix = email.partition("@")[0]
    check_choice(password, min_characters=settings.password_min_characters, own_words=[username or prefix, email])
    passwords = Passwords(at_once=1)
    password_hash = passwords.hash_now(password)
    passwords.close()
    with database.begin() as connection:
        if username is None:
            username = claim_name_like(connection, prefix)
        else:
            claim_name(connection, username)
        user_id = make_account(connection, username, email=email, email_verified=True, address=None)
        accounts.set_password_hash(connection, user_id, password_hash)
        _promote(connection, user_id)
        return Admin(_get(connection, user_id), is_new=True)


def reset_link(database: Engine, settings: AuthSettings, username: str) -> Link:
    """Make a link by which a user sets a new password.

    Raises:
        UserNotFound: There is no account of this name or verified address.
    """
    with database.begin() as connection:
        user = accounts.find(connection, username)
        if user is None:
            raise UserNotFound
        return issue(connection, settings, user.id, actor_id=None, address=None)


def _promote(connection: Connection, user_id: int) -> None:
    accounts.set_flags(connection, user_id, is_trusted=True, is_admin=True, is_disabled=False)
    sessions.make_tokens_void(connection, user_id)
    record(connection, Event.ADMIN_MADE, user_id=user_id, address=None)


def _get(connection: Connection, user_id: int) -> User:
    user = accounts.get(connection, user_id)
    if user is None:
        raise UserNotFound
    return user
