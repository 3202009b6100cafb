"""The rules of accounts elsewhere: whose account they lead to, who gets a new one, and who may link and unlink them.

An account elsewhere leads to the account that it was linked to, by the provider's own number alone. An e-mail address
leads nowhere: who has it today need not be who had it when the account was made.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus

from sqlalchemy import Connection

from xatra_auth.accounts import repository as accounts
from xatra_auth.accounts import service as account_rules
from xatra_auth.accounts.repository import User
from xatra_auth.audit.repository import Event, record
from xatra_auth.callers import Actor
from xatra_auth.providers import repository
from xatra_auth.providers.identities import Identity, Provider
from xatra_auth.resources import Resources
from xatra_auth.sessions.service import Client, SignedIn, require_recent, revoke
from xatra_shared.http.problems import Problem


class EmailBelongsToAccount(Problem):
    """There is an account with this e-mail address, which the account elsewhere is not linked to."""

    status = 409
    slug = "email-belongs-to-account"
    title = "There is an account with this e-mail address already"


class LinkedElsewhere(Problem):
    """The account elsewhere leads to another account of ours."""

    status = 409
    slug = "linked-to-other-account"
    title = "This is linked to another account already"


class AnotherLinked(Problem):
    """The user has linked another account of the same provider."""

    status = 409
    slug = "another-linked"
    title = "Another account of this provider is linked: unlink that one first"


class LastWayIn(Problem):
    """Nothing would be left to sign in by."""

    status = 409
    slug = "last-way-in"
    title = "This is the only way into this account: set a password first, or link another provider"


@asynccontextmanager
async def noting_failure(resources: Resources, provider: Provider, address: str) -> AsyncIterator[None]:
    """Record that a sign-in within this block was refused."""
    try:
        yield
    except Problem as problem:
        if problem.status < HTTPStatus.INTERNAL_SERVER_ERROR:
            async with resources.engine.begin() as connection:
                await connection.run_sync(_note_failure, provider, address, problem)
        raise


def _note_failure(connection: Connection, provider: Provider, address: str, problem: Problem) -> None:
    record(connection, Event.SIGN_IN_FAILED, user_id=None, address=address, by=provider, problem=problem.slug)


async def sign_in(
    resources: Resources, identity: Identity, client: Client, *, use_up: Callable[[Connection], None] | None = None
) -> SignedIn:
    """Sign somebody in whom a provider vouches for; who is linked to no account gets a new one, without a password.

    Args:
        resources: The service's.
        identity: Who.
        client: From where.
        use_up: Spends the proof in the same transaction, or refuses it.

    Raises:
        EmailBelongsToAccount: Nothing is linked, and an account has the address.
        RegistrationClosed: Nothing is linked, and nobody can sign up.
        AccountDisabled: The account is.
        TooManyRequests: There were too many new accounts from this network.
    """
    async with resources.engine.connect() as connection:
        is_newcomer = await connection.run_sync(repository.find, identity) is None
        if is_newcomer:
            await connection.run_sync(_check_newcomer, resources, identity)
    if is_newcomer:
        await account_rules.count_sign_up(resources, client.address)

    def finish(connection: Connection) -> SignedIn:
        if use_up is not None:
            use_up(connection)
        user_id = repository.find(connection, identity)
        if user_id is None:
            repository.take_turns(connection)
            user_id = repository.find(connection, identity)  # another tab may have been faster
        if user_id is None:
            user_id = _make_account(connection, resources, identity, client.address)
        return resources.sessions.sign_in(connection, user_id, client, by=identity.provider)

    async with resources.engine.begin() as connection:
        signed_in = await connection.run_sync(finish)
    await resources.callers.tokens.ring()
    return signed_in


def _make_account(connection: Connection, resources: Resources, identity: Identity, address: str) -> int:
    _check_newcomer(connection, resources, identity)
    username = account_rules.claim_name_like(connection, identity.username_hint)
    user_id = account_rules.make_account(
        connection, username, full_name=identity.full_name, email=identity.email, email_verified=True, address=address
    )
    repository.link(connection, user_id, identity)
    return user_id


def _check_newcomer(connection: Connection, resources: Resources, identity: Identity) -> None:
    """Refuse who is linked to no account and cannot have a new one."""
    if accounts.find(connection, identity.email) is not None:
        raise EmailBelongsToAccount("If it is yours, sign in to it as you did before, and link this in its settings.")
    account_rules.require_open_registration(connection, resources.settings)


def link(connection: Connection, user_id: int, identity: Identity, *, address: str) -> User:
    """Link an account elsewhere to that of a user who has just proved to be its owner; once linked, it stays so.

    Raises:
        LinkedElsewhere: It leads to another user's.
        AnotherLinked: The user's leads to another one of this provider.
    """
    repository.take_turns(connection)
    holder_id = repository.find(connection, identity)
    if holder_id is None:
        if not repository.link(connection, user_id, identity):
            raise AnotherLinked
        record(connection, Event.LINKED, user_id=user_id, address=address, provider=identity.provider)
    elif holder_id != user_id:
        raise LinkedElsewhere
    return account_rules.get(connection, user_id)


def unlink(connection: Connection, actor: Actor, provider: Provider) -> None:
    """Unlink a user's account elsewhere; all their other sessions end. After the transaction all processes are told.

    Raises:
        RecentSignInNeeded: The session began more than ten minutes ago.
        LastWayIn: The account would be shut for good.
    """
    require_recent(connection, actor.claims.session_id)
    if repository.unlink(connection, actor.id, provider):
        record(connection, Event.UNLINKED, user_id=actor.id, address=actor.address, provider=provider)
        revoke(connection, actor.id, all_but=actor.claims.session_id, address=actor.address)
    elif repository.is_linked(connection, actor.id, provider):
        raise LastWayIn
