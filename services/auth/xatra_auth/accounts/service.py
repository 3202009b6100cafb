"""The rules of accounts: who gets in, and what they may do with what is theirs."""

import hashlib
from typing import Final

from sqlalchemy import Connection

from xatra_auth.accounts import repository
from xatra_auth.accounts.passwords import Verdict, check_choice
from xatra_auth.accounts.repository import Credential, User
from xatra_auth.accounts.schemas import Account, AccountData, Profile, SignIn, SignUp
from xatra_auth.accounts.usernames import UsernameTaken, check_username, names_like
from xatra_auth.admin.repository import is_registration_open
from xatra_auth.audit.repository import Event, record
from xatra_auth.callers import Actor
from xatra_auth.recovery import repository as reset_links
from xatra_auth.resources import Resources
from xatra_auth.sessions import repository as sessions
from xatra_auth.sessions.service import Client, SignedIn, require_recent, revoke
from xatra_auth.settings import AuthSettings
from xatra_auth.tokens import repository as tokens
from xatra_shared.http.problems import Problem
from xatra_shared.http.rate_limits import Rule

_MAX_NAMES: Final = 5
_HOUR_SECONDS: Final = 3600


class RegistrationClosed(Problem):
    """Strangers may not sign up here."""

    status = 403
    slug = "registration-closed"
    title = "Nobody can sign up here at present"


class WrongCredentials(Problem):
    """No account has this name, or the password is not its password: which of them is nobody's business."""

    status = 401
    slug = "wrong-credentials"
    title = "User name or password is wrong"


class WrongPassword(Problem):
    """Somebody who is signed in entered another password than theirs."""

    status = 403
    slug = "wrong-password"
    title = "The current password is wrong"


class UserNotFound(Problem):
    """Nobody has this name."""

    status = 404
    slug = "user-not-found"
    title = "There is no such user"


class TooManyNames(Problem):
    """Names are never given to anyone else, so that nobody may use up many."""

    status = 409
    slug = "too-many-names"
    title = "This account has had as many names as one may have"


class LastAdmin(Problem):
    """Nobody would be left to administrate."""

    status = 409
    slug = "last-admin"
    title = "This is the last administrator"


class NotConfirmed(Problem):
    """The typed user name is not that of the account."""

    status = 422
    slug = "not-confirmed"
    title = "The user name that was typed is not that of this account"


async def sign_up(resources: Resources, request: SignUp, client: Client) -> SignedIn:
    """Make an account and sign its owner in.

    Raises:
        Problem: Registration is closed, or name or password cannot be had, or the network tried too often.
    """
    settings = resources.settings
    async with resources.engine.connect() as connection:
        await connection.run_sync(require_open_registration, settings)
    check_username(request.username)
    check_choice(
        request.password,
        min_characters=settings.password_min_characters,
        own_words=[request.username, *request.full_name.split()],
    )
    await count_sign_up(resources, client.address)
    password_hash = await resources.passwords.hash(request.password)

    def make(connection: Connection) -> SignedIn:
        claim_name(connection, request.username)
        user_id = make_account(connection, request.username, full_name=request.full_name, address=client.address)
        repository.set_password_hash(connection, user_id, password_hash)
        return resources.sessions.sign_in(connection, user_id, client, by="sign-up")

    async with resources.engine.begin() as connection:
        signed_in = await connection.run_sync(make)
    await resources.callers.tokens.ring()
    return signed_in


def require_open_registration(connection: Connection, settings: AuthSettings) -> None:
    """Make sure that strangers may sign up.

    Raises:
        RegistrationClosed: They may not: the operator or an administrator says so.
    """
    if not settings.enable_registration or not is_registration_open(connection):
        raise RegistrationClosed


async def count_sign_up(resources: Resources, address: str) -> None:
    """Bound how many accounts one network makes, whichever way.

    Raises:
        TooManyRequests: It was one too many.
    """
    await resources.limits.spend(Rule("sign-up", resources.settings.sign_ups_per_hour, _HOUR_SECONDS), address)


async def count_sign_in(resources: Resources, address: str) -> None:
    """Bound how often one network tries to sign in, whichever way.

    Raises:
        TooManyRequests: It was once too often.
    """
    await resources.limits.spend(Rule("sign-in", resources.settings.sign_ins_per_ten_minutes, 600), address)


def claim_name(connection: Connection, username: str) -> None:
    """Take a name for somebody, for ever.

    Raises:
        UsernameNotAllowed: Nobody gets it.
        UsernameTaken: Somebody has or had it.
    """
    check_username(username)
    if not repository.claim_name(connection, username):
        raise UsernameTaken


def claim_name_like(connection: Connection, base: str) -> str:
    """Take the name closest to `base` that nobody has or had, and return it; for those who did not choose one."""
    return next(name for name in names_like(base) if repository.claim_name(connection, name))


def make_account(
    connection: Connection,
    username: str,
    *,
    full_name: str = "",
    email: str | None = None,
    email_verified: bool = False,
    address: str | None,
) -> int:
    """Make an account without a password, under a name that was claimed, and return its number."""
    user_id = repository.add(connection, username, full_name=full_name, email=email, email_verified=email_verified)
    repository.own_name(connection, username, user_id)
    record(connection, Event.SIGNED_UP, user_id=user_id, address=address)
    return user_id


async def sign_in(resources: Resources, request: SignIn, client: Client) -> SignedIn:
    """Sign somebody in by password.

    Raises:
        WrongCredentials: Name or password is wrong, which of them is not said.
        AccountDisabled: They are right, and the account is closed.
        TooManyRequests: The network, or everyone for this account, tried too often.
    """
    settings = resources.settings
    await count_sign_in(resources, client.address)
    async with resources.engine.connect() as connection:
        credential = await connection.run_sync(repository.find_credential, request.username, address=client.address)
    # Strangers who use an account's attempts up do not lock its owner out, whose network it knows.
    by_account = f"{name_key(request.username)}:{client.address if credential.knows_network else 'strangers'}"
    await resources.limits.spend(Rule("sign-in-account", settings.sign_ins_per_account, _HOUR_SECONDS), by_account)
    verdict = await _check(resources, request.password, credential)
    async with resources.engine.begin() as connection:
        signed_in = await connection.run_sync(_finish_sign_in, resources, credential, verdict, client)
    if signed_in is None:
        raise WrongCredentials
    await resources.callers.tokens.ring()
    return signed_in


def _finish_sign_in(
    connection: Connection, resources: Resources, credential: Credential, verdict: Verdict, client: Client
) -> SignedIn | None:
    """Begin the session, unless the password was wrong, or was changed while it was checked."""
    user_id = credential.user_id
    if (
        user_id is None
        or not verdict.is_right
        or repository.lock_password_hash(connection, user_id) != credential.password_hash
    ):
        _note_failure(connection, Event.SIGN_IN_FAILED, user_id, client.address)
        return None
    _keep_new_hash(connection, credential, verdict)
    return resources.sessions.sign_in(connection, user_id, client, by="password")


async def change_password(resources: Resources, actor: Actor, *, current: str | None, new: str) -> None:
    """Give an account another password, or its first; all other sessions end.

    Raises:
        Problem: The current one is wrong, or the new one cannot be had.
    """
    user = await confirm(resources, actor, current)
    check_choice(
        new,
        min_characters=resources.settings.password_min_characters,
        own_words=[user.username, *user.full_name.split()],
    )
    password_hash = await resources.passwords.hash(new)

    def change(connection: Connection) -> None:
        repository.lock_password_hash(connection, actor.id)
        repository.set_password_hash(connection, actor.id, password_hash)
        reset_links.forget(connection, actor.id)
        record(connection, Event.PASSWORD_CHANGED, user_id=actor.id, address=actor.address)
        revoke(connection, actor.id, all_but=actor.claims.session_id, address=actor.address)

    async with resources.engine.begin() as connection:
        await connection.run_sync(change)
    await resources.callers.tokens.ring()


async def confirm(resources: Resources, actor: Actor, password: str | None) -> User:
    """Make sure, before something weighty, that it is still the account's owner who asks, and return the account.

    Raises:
        WrongPassword: The password is wrong, or missing.
        RecentSignInNeeded: The account has none, and the session began more than ten minutes ago.
        TooManyRequests: It was tried too often.
    """
    rule = Rule("password", resources.settings.password_changes_per_half_hour, 1800)
    await resources.limits.spend(rule, str(actor.id))
    async with resources.engine.connect() as connection:
        user = await connection.run_sync(get, actor.id)
        credential = await connection.run_sync(repository.credential_of, actor.id, address=actor.address)
        if credential.password_hash is None:
            await connection.run_sync(require_recent, actor.claims.session_id)
            return user
    verdict = await _check(resources, password or "", credential)
    async with resources.engine.begin() as connection:
        if verdict.is_right:
            await connection.run_sync(_keep_new_hash, credential, verdict)
        else:
            await connection.run_sync(_note_failure, Event.PASSWORD_CHECK_FAILED, actor.id, actor.address)
    if not verdict.is_right:
        raise WrongPassword
    return user


def get(connection: Connection, user_id: int) -> User:
    """Return an account.

    Raises:
        UserNotFound: It is gone.
    """
    user = repository.get(connection, user_id)
    if user is None:
        raise UserNotFound
    return user


def change_profile(connection: Connection, actor: Actor, profile: Profile) -> User:
    """Change what an account tells of itself."""
    repository.set_profile(connection, actor.id, full_name=profile.full_name, bio=profile.bio)
    return get(connection, actor.id)


def rename(connection: Connection, actor: Actor, username: str) -> User:
    """Give an account another name. Its former ones go on leading to it, and it may take them back.

    Raises:
        UsernameNotAllowed: Nobody gets this name.
        UsernameTaken: Somebody else has it, or had it.
        TooManyNames: The account has had five.
    """
    user = get(connection, actor.id)
    own = repository.names_of(connection, actor.id)
    if username not in own:
        if len(own) >= _MAX_NAMES:
            raise TooManyNames(f"They are {', '.join(own)}; it may take any of these.")
        claim_name(connection, username)
        repository.own_name(connection, username, actor.id)
    if username != user.username:
        repository.rename(connection, actor.id, username)
        sessions.make_tokens_void(connection, actor.id)
        record(connection, Event.RENAMED, user_id=actor.id, address=actor.address, before=user.username, now=username)
    return get(connection, actor.id)


def download(connection: Connection, actor: Actor) -> AccountData:
    """Return all that this service holds of somebody, secrets left out."""
    record(connection, Event.DATA_DOWNLOADED, user_id=actor.id, address=actor.address)
    return AccountData(
        account=Account.of(get(connection, actor.id)),
        names=repository.names_of(connection, actor.id),
        **repository.everything_of(connection, actor.id),
    )


def delete(connection: Connection, actor: Actor, *, typed_username: str) -> None:
    """Erase an account; nobody else ever gets its names. After the transaction all processes are to be told.

    Raises:
        NotConfirmed: The typed name is another one.
        LastAdmin: Nobody would administrate.
    """
    if typed_username != get(connection, actor.id).username:
        raise NotConfirmed
    require_other_admin(connection, actor.id)
    repository.lock_for_good(connection, actor.id)
    sessions.end(connection, actor.id)
    tokens.revoke(connection, actor.id)
    record(connection, Event.ACCOUNT_DELETED, user_id=actor.id, address=actor.address)
    repository.delete(connection, actor.id)


def require_other_admin(connection: Connection, user_id: int) -> None:
    """Make sure that somebody administrates when this account does not any more, until the transaction ends.

    Raises:
        LastAdmin: Nobody would.
    """
    if repository.lock_admins(connection) == {user_id}:
        raise LastAdmin


def find_public(connection: Connection, username: str) -> User:
    """Return the account that has or had a name; where its name is another one now, the caller redirects.

    Raises:
        UserNotFound: Nobody has or had it, or the account is disabled or gone.
    """
    user = repository.find_by_any_name(connection, username)
    if user is None or user.is_disabled:
        raise UserNotFound
    return user


def name_key(name: str) -> str:
    """Return by what attempts at a name are counted: not the name itself, since people type passwords there."""
    return hashlib.sha256(name.casefold().encode()).hexdigest()


async def _check(resources: Resources, password: str, credential: Credential) -> Verdict:
    return await resources.passwords.check(
        password, credential.password_hash, predecessors_exist=credential.predecessors_exist
    )


def _note_failure(connection: Connection, event: Event, user_id: int | None, address: str) -> None:
    """Record a failed attempt; what was entered as the name is not recorded, since it may be a password."""
    record(connection, event, user_id=user_id, address=address)


def _keep_new_hash(connection: Connection, credential: Credential, verdict: Verdict) -> None:
    if verdict.new_hash is not None and credential.user_id is not None and credential.password_hash is not None:
        repository.replace_password_hash(
            connection, credential.user_id, old=credential.password_hash, new=verdict.new_hash
        )
