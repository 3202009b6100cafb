"""The rules of personal API tokens: who may have which, and how they end. Runs inside the caller's transaction."""

from typing import Final

from sqlalchemy import Connection

from xatra_auth.accounts import repository as accounts
from xatra_auth.audit.repository import Event, record
from xatra_auth.tokens import repository
from xatra_auth.tokens.repository import ListedToken
from xatra_auth.tokens.schemas import TokenOrder
from xatra_shared.http.callers import AdminsOnly, NotSignedIn
from xatra_shared.http.problems import Problem
from xatra_shared.identity.api_tokens import Scope, digest_of, new_token, prefix_of

_MAX_TOKENS: Final = 50


class TokenNotFound(Problem):
    """The user has no such token."""

    status = 404
    slug = "token-not-found"
    title = "There is no such token"


class TooManyTokens(Problem):
    """The user has as many tokens as one may have."""

    status = 409
    slug = "too-many-tokens"
    title = f"An account has at most {_MAX_TOKENS} tokens: revoke one that you do not need"


def make(connection: Connection, user_id: int, order: TokenOrder, *, address: str) -> tuple[ListedToken, str]:
    """Make a token for a user who has been confirmed; what it says is returned now and never again.

    Raises:
        NotSignedIn: The account was closed meanwhile.
        AdminsOnly: It is to administrate, and the user does not.
        TooManyTokens: The user has fifty.
    """
    repository.lock_owner(connection, user_id)
    user = accounts.get(connection, user_id)
    if user is None or user.is_disabled:
        raise NotSignedIn
    if Scope.ADMIN in order.scopes and not user.is_admin:
        raise AdminsOnly
    if repository.count_good(connection, user_id) >= _MAX_TOKENS:
        raise TooManyTokens
    token = new_token()
    listed = repository.add(
        connection,
        user_id,
        name=order.name,
        prefix=prefix_of(token),
        token_hash=digest_of(token),
        scopes=set(order.scopes),
        days=order.days,
    )
    record(
        connection,
        Event.TOKEN_MADE,
        user_id=user_id,
        address=address,
        token=listed.id,
        prefix=listed.prefix,
        scopes=listed.scopes,
    )
    return listed, token


def revoke(connection: Connection, user_id: int, token_id: int, *, address: str) -> None:
    """End a token. After the transaction all processes are to be told.

    Raises:
        TokenNotFound: The user has no such token.
    """
    if not repository.revoke(connection, user_id, only=token_id):
        raise TokenNotFound
    record(connection, Event.TOKENS_REVOKED, user_id=user_id, address=address, tokens=[token_id])


def revoke_all(connection: Connection, user_id: int, *, address: str) -> None:
    """End all tokens of a user. After the transaction all processes are to be told."""
    if revoked := repository.revoke(connection, user_id):
        record(connection, Event.TOKENS_REVOKED, user_id=user_id, address=address, tokens=revoked)
