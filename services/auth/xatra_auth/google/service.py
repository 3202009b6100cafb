"""The rules of signing in with Google."""

import hmac
from collections.abc import Callable

from sqlalchemy import Connection

from xatra_auth.accounts import service as accounts
from xatra_auth.accounts.repository import User
from xatra_auth.callers import Actor
from xatra_auth.google import repository
from xatra_auth.google.id_tokens import IdToken, IdTokens, IdTokenUsed
from xatra_auth.google.schemas import GoogleLink, GoogleSignIn
from xatra_auth.providers import service as providers
from xatra_auth.providers.identities import Provider, ProviderNotConfigured
from xatra_auth.resources import Resources
from xatra_auth.sessions.service import Client, SignedIn
from xatra_shared.http.problems import Problem


class GoogleCsrf(Problem):
    """The token that Google's script put into the request is not the one that it put into the cookie."""

    status = 403
    slug = "google-csrf"
    title = "This did not come from Google's button on our page"


async def sign_in(resources: Resources, request: GoogleSignIn, client: Client, *, csrf_cookie: str | None) -> SignedIn:
    """Sign somebody in by an ID token, which is used up.

    Args:
        resources: The service's.
        request: What the page sent.
        client: From where.
        csrf_cookie: The cookie `g_csrf_token`.

    Raises:
        Problem: The token is not good, or was used, or its owner cannot have an account here; see `IdTokens.verify` and
            `providers.service.sign_in`.
    """
    id_tokens = _id_tokens_of(resources)
    await accounts.count_sign_in(resources, client.address)
    async with providers.noting_failure(resources, Provider.GOOGLE, client.address):
        token = await _verify(id_tokens, request, csrf_cookie)
        return await providers.sign_in(resources, token.identity, client, use_up=_use_up(token))


async def link(resources: Resources, request: GoogleLink, actor: Actor, *, csrf_cookie: str | None) -> User:
    """Let a Google account lead to that of somebody who is signed in, and return the latter.

    Raises:
        Problem: The caller is not its owner, or the token is not good or was used, or other accounts are in the way; see
            `accounts.service.confirm`, `IdTokens.verify` and `providers.service.link`.
    """
    id_tokens = _id_tokens_of(resources)
    await accounts.confirm(resources, actor, request.current_password)
    token = await _verify(id_tokens, request, csrf_cookie)

    def finish(connection: Connection) -> User:
        _use_up(token)(connection)
        return providers.link(connection, actor.id, token.identity, address=actor.address)

    async with resources.engine.begin() as connection:
        return await connection.run_sync(finish)


def _id_tokens_of(resources: Resources) -> IdTokens:
    if resources.google is None:
        raise ProviderNotConfigured
    return resources.google


async def _verify(id_tokens: IdTokens, request: GoogleSignIn, csrf_cookie: str | None) -> IdToken:
    if request.g_csrf_token is not None and not hmac.compare_digest(
        request.g_csrf_token.encode(), (csrf_cookie or "").encode("utf-8", "replace")
    ):
        raise GoogleCsrf
    return await id_tokens.verify(request.credential)


def _use_up(token: IdToken) -> Callable[[Connection], None]:
    def use_up(connection: Connection) -> None:
        if not repository.use(connection, token.digest, expires_at=token.expires_at):
            raise IdTokenUsed

    return use_up
