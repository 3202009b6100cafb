"""The rules of sessions: how they begin, go on and end. Everything runs inside the caller's transaction."""

import secrets
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from xatra_auth.accounts import repository as accounts
from xatra_auth.accounts.repository import User
from xatra_auth.audit.repository import Event, record
from xatra_auth.sessions import repository
from xatra_auth.sessions.refresh_tokens import RefreshToken
from xatra_auth.sessions.signing import Signer
from xatra_auth.settings import AuthSettings
from xatra_shared.http.problems import Problem
from xatra_shared.identity.access_tokens import Claims

# For how long the token before is good too: two tabs refresh at once, or an answer was lost on the way.
ROTATION_GRACE_SECONDS: Final = 20
RECENT_SIGN_IN_SECONDS: Final = 600
_MAX_USER_AGENT_CHARACTERS: Final = 300


class AccountDisabled(Problem):
    """An administrator has closed this account."""

    status = 403
    slug = "account-disabled"
    title = "This account is disabled"


class SessionNotFound(Problem):
    """The user has no such session."""

    status = 404
    slug = "session-not-found"
    title = "There is no such session"


class RecentSignInNeeded(Problem):
    """What is asked needs more than a browser that was left open."""

    status = 403
    slug = "recent-sign-in-needed"
    title = "Sign in again for this"


@dataclass(frozen=True, slots=True)
class Client:
    """From where somebody signs in.

    Attributes:
        address: The network.
        user_agent: What the browser calls itself.
        guest_id: Who the browser was as a guest.
        refresh_token: By which it was signed in until now; that session ends.
    """

    address: str
    user_agent: str
    guest_id: str | None = None
    refresh_token: RefreshToken | None = None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What a browser gets that is signed in."""

    user: User
    session_id: int
    access_token: str
    refresh_token: str
    max_age_seconds: int


@dataclass(frozen=True, slots=True)
class SignedOut:
    """A refresh token is not good any more; `was_reused`: its session ended just now, for that reason."""

    was_reused: bool = False


class Sessions:
    """Sessions as the settings want them."""

    def __init__(self, settings: AuthSettings, signer: Signer) -> None:
        self._settings = settings
        self._signer = signer

    def sign_in(self, connection: Connection, user_id: int, client: Client, *, by: str) -> SignedIn:
        """Begin a session of somebody who has proved who they are.

        After the transaction all processes are to be told, since a session that the browser had before ends here.

        Args:
            connection: The transaction.
            user_id: Who.
            client: From where.
            by: What the proof was, such as `password`, for the record.

        Raises:
            AccountDisabled: The account is.
        """
        user = accounts.get(connection, user_id, lock=True)
        if user is None or user.is_disabled:
            raise AccountDisabled
        if client.refresh_token is not None and (before := self.find(connection, client.refresh_token)):
            repository.end(connection, before.user_id, only=before.id)
        token = RefreshToken.new()
        session_id = repository.add(
            connection,
            user_id,
            family_hash=token.family_digest,
            token_hash=token.digest,
            days=self._settings.session_days,
            address=client.address,
            user_agent=client.user_agent[:_MAX_USER_AGENT_CHARACTERS],
        )
        if client.guest_id is not None:
            repository.note_guest(connection, client.guest_id, user_id)
        record(connection, Event.SIGNED_IN, user_id=user_id, address=client.address, session=session_id, by=by)
        seconds = min(self._settings.session_days * 24, self._settings.session_idle_hours) * 3600
        return self._signed_in(connection, user, session_id, token, seconds)

    def refresh(self, connection: Connection, token: RefreshToken, *, address: str) -> SignedIn | SignedOut:
        """Go on with a session: the refresh token is used up, and there is a new one, and a new access token.

        A token that was used before ends its session, unless that was a moment ago: see `ROTATION_GRACE_SECONDS`.
        """
        found = self.find(connection, token)
        # An account is locked before anything of it, everywhere.
        user = None if found is None else accounts.get(connection, found.user_id, lock=True)
        session = self.find(connection, token, lock=True)
        if user is None or user.is_disabled or session is None:
            return SignedOut()
        if session.token_hash == token.digest:
            salt = secrets.token_hex(16)
            successor = token.successor(salt)
            repository.rotate(connection, session, token_hash=successor.digest, salt=salt)
        elif (
            session.previous_token_hash == token.digest
            and session.rotation_salt is not None
            and session.refreshed_seconds_ago <= ROTATION_GRACE_SECONDS
        ):
            successor = token.successor(session.rotation_salt)
        else:
            repository.end(connection, session.user_id, only=session.id)
            record(connection, Event.REFRESH_TOKEN_REUSED, user_id=session.user_id, address=address, session=session.id)
            return SignedOut(was_reused=True)
        return self._signed_in(connection, user, session.id, successor, session.seconds_left)

    def find(self, connection: Connection, token: RefreshToken, *, lock: bool = False) -> repository.Session | None:
        """Return the session of a refresh token's family, if it has not ended."""
        session = repository.find(
            connection, token.family_digest, idle_hours=self._settings.session_idle_hours, lock=lock
        )
        return session if session is not None and session.is_alive else None

    def list_of(self, connection: Connection, user_id: int) -> list[repository.ListedSession]:
        """Return a user's sessions, the last used first."""
        return repository.list_of(connection, user_id, idle_hours=self._settings.session_idle_hours)

    def _signed_in(
        self, connection: Connection, user: User, session_id: int, token: RefreshToken, seconds: int
    ) -> SignedIn:
        repository.publish_key(connection, self._signer.kid, self._signer.public_jwk)
        claims = Claims(
            user_id=user.id,
            session_id=session_id,
            token_version=user.token_version,
            username=user.username,
            is_trusted=user.is_trusted,
            is_admin=user.is_admin,
        )
        return SignedIn(user, session_id, self._signer.sign(claims), token.text, seconds)


def revoke(
    connection: Connection,
    user_id: int,
    *,
    only: int | None = None,
    all_but: int | None = None,
    address: str,
    actor_id: int | None = None,
) -> None:
    """End sessions of a user: one, all but one, or all. After the transaction all processes are to be told.

    Raises:
        SessionNotFound: `only` is none of the user's, or has ended.
    """
    ended = repository.end(connection, user_id, only=only, all_but=all_but)
    if only is not None and not ended:
        raise SessionNotFound
    if ended:
        record(connection, Event.SESSION_REVOKED, user_id=user_id, actor_id=actor_id, address=address, sessions=ended)


def require_recent(connection: Connection, session_id: int) -> None:
    """Refuse what a browser that was left open must not do, where there is no password to ask for.

    Raises:
        RecentSignInNeeded: The session began more than ten minutes ago.
    """
    age_seconds = repository.created_seconds_ago(connection, session_id)
    if age_seconds is None or age_seconds > RECENT_SIGN_IN_SECONDS:
        raise RecentSignInNeeded(f"This can be done within {RECENT_SIGN_IN_SECONDS // 60} minutes of signing in.")
