"""The rules of signing in with GitHub."""

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit, urlunsplit

from sqlalchemy import Connection

from xatra_auth.accounts import service as accounts
from xatra_auth.callers import Actor
from xatra_auth.github.client import GitHub, refused
from xatra_auth.github.flow import Flow
from xatra_auth.github.schemas import LinkStart, Return
from xatra_auth.providers import service as providers
from xatra_auth.providers.identities import Identity, Provider, ProviderNotConfigured
from xatra_auth.resources import Resources
from xatra_auth.sessions.service import Client, SignedIn
from xatra_auth.settings import AuthSettings
from xatra_shared.http.problems import Problem


class StateMismatch(Problem):
    """The browser that came back is not the one that left, or it was away too long."""

    status = 403
    slug = "state-mismatch"
    title = "This sign-in was begun in another browser or too long ago: begin again"


class ConsentDenied(Problem):
    """Somebody changed their mind at GitHub."""

    status = 403
    slug = "consent-denied"
    title = "You did not allow this site to know who you are at the provider"


class LinkInterrupted(Problem):
    """The session that asked for a link is not that of the browser that came back."""

    status = 403
    slug = "link-interrupted"
    title = "You are not signed in any more as you were when this was begun: begin again"


@dataclass(frozen=True, slots=True)
class Departure:
    """A browser's way to GitHub: the cookie that it takes along, and where it goes."""

    cookie: str
    url: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """Where a browser goes on to that is back from GitHub; `signed_in`: with these cookies."""

    path: str
    signed_in: SignedIn | None = None


def depart(resources: Resources, next_path: str | None) -> Departure:
    """Begin a sign-in.

    Raises:
        ProviderNotConfigured: GitHub is not set up.
    """
    return _depart(_github_of(resources), Flow.begin(next_path or _home(resources.settings)))


async def depart_to_link(resources: Resources, request: LinkStart, actor: Actor) -> Departure:
    """Begin to link a GitHub account to that of somebody who is signed in.

    Raises:
        Problem: The caller is not its owner, or GitHub is not set up; see `accounts.service.confirm`.
    """
    github = _github_of(resources)
    await accounts.confirm(resources, actor, request.current_password)
    next_path = request.next or _home(resources.settings)
    return _depart(github, Flow.begin(next_path, session_id=actor.claims.session_id))


def _depart(github: GitHub, flow: Flow) -> Departure:
    return Departure(cookie=flow.cookie, url=github.authorization_url(flow.cookie))


async def arrive(resources: Resources, answer: Return, client: Client, *, cookie: str) -> Arrival:
    """End what was begun. What went wrong is told by the address that the browser goes on to: it shows no problems.

    Args:
        resources: The service's.
        answer: What the browser brings.
        client: From where it comes.
        cookie: The flow's, which it has to have kept.

    Raises:
        ProviderNotConfigured: GitHub is not set up.
    """
    github = _github_of(resources)
    flow = github.flows.open(cookie, answer.state)
    try:
        await accounts.count_sign_in(resources, client.address)
        if flow is not None and flow.session_id is not None:
            await _link(resources, flow.session_id, await _identify(github, answer, cookie), client)
            return Arrival(flow.next)
        async with providers.noting_failure(resources, Provider.GITHUB, client.address):
            if flow is None:
                raise StateMismatch
            identity = await _identify(github, answer, cookie)
            return Arrival(flow.next, await providers.sign_in(resources, identity, client))
    except Problem as problem:
        return Arrival(_path_of_failure(resources.settings, flow, problem))


async def _identify(github: GitHub, answer: Return, cookie: str) -> Identity:
    if answer.error == "access_denied":
        raise ConsentDenied
    if answer.error or not answer.code:
        raise refused(answer.error)
    return await github.identify(answer.code, cookie)


async def _link(resources: Resources, session_id: int, identity: Identity, client: Client) -> None:
    """Link to the account of a session, which must still be the browser's.

    It is looked up by the refresh token: the access token may have expired on the way.
    """

    def finish(connection: Connection) -> None:
        session = None
        if client.refresh_token is not None:
            session = resources.sessions.find(connection, client.refresh_token)
        if session is None or session.id != session_id:
            raise LinkInterrupted
        providers.link(connection, session.user_id, identity, address=client.address)

    async with resources.engine.begin() as connection:
        await connection.run_sync(finish)


def _github_of(resources: Resources) -> GitHub:
    if resources.github is None:
        raise ProviderNotConfigured
    return resources.github


def _home(settings: AuthSettings) -> str:
    return f"{settings.base_path}/"


def _path_of_failure(settings: AuthSettings, flow: Flow | None, problem: Problem) -> str:
    """Return the page that a link was asked for on, or the sign-in page, with the problem's stable name."""
    told = {"provider": Provider.GITHUB.value, "problem": problem.slug}
    if flow is None:
        return f"{settings.base_path}/login?{urlencode(told)}"
    if flow.session_id is None:
        return f"{settings.base_path}/login?{urlencode({**told, 'next': flow.next})}"
    parts = urlsplit(flow.next)
    return urlunsplit(parts._replace(query="&".join(filter(None, (parts.query, urlencode(told))))))
