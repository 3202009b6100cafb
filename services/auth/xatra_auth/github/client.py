"""What this service asks GitHub: a token for a code, and whose it is."""

import asyncio
from typing import Annotated, Final

import httpx2
import structlog
from authlib.integrations.base_client import OAuthError  # type: ignore[import-untyped]  # ships no types
from authlib.integrations.httpx_client import AsyncOAuth2Client  # type: ignore[import-untyped]  # ships no types
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from xatra_auth.github.flow import FlowKeys
from xatra_auth.providers.identities import (
    Email,
    EmailNotVerified,
    FullName,
    Identity,
    Provider,
    ProviderUnavailable,
)
from xatra_auth.settings import AuthSettings
from xatra_shared.http.problems import Problem

_SCOPE: Final = "user:email"
_PATIENCE_SECONDS: Final = 10
_HEADERS: Final = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
_MAX_LOGGED_CHARACTERS: Final = 60

_log = structlog.get_logger(__name__)


class ProviderRefused(Problem):
    """GitHub knows nothing of this code, or does not accept this service."""

    status = 403
    slug = "provider-refused"
    title = "The provider refused this sign-in: begin again"


class _Answer(BaseModel):
    model_config = ConfigDict(strict=True, hide_input_in_errors=True)


class _User(_Answer):
    id: Annotated[int, Field(ge=1, lt=1 << 63)]
    login: str
    name: FullName = ""


class _Address(_Answer):
    email: str
    primary: bool
    verified: bool


_ADDRESSES: Final = TypeAdapter(list[_Address])
_EMAIL: Final[TypeAdapter[str]] = TypeAdapter(Email)


class GitHub:
    """GitHub, or a GitHub Enterprise Server, as this site is known there.

    Attributes:
        flows: Derives what belongs to a browser's way there and back.
    """

    def __init__(self, settings: AuthSettings, *, client_id: str, client_secret: str) -> None:
        self.flows = FlowKeys(client_secret)
        self._client_id = client_id
        self._client_secret = client_secret
        self._url = settings.github_url
        self._api_url = settings.github_api_url
        self._callback_url = f"{settings.public_url}{settings.auth_path}/github/callback"
        self._tls = httpx2.create_ssl_context()

    def authorization_url(self, cookie: str) -> str:
        """Return where a browser goes to that has a flow's cookie."""
        url, _ = self._open_client().create_authorization_url(
            f"{self._url}/login/oauth/authorize",
            state=self.flows.state(cookie),
            code_verifier=self.flows.verifier(cookie),
        )
        return str(url)

    async def identify(self, code: str, cookie: str) -> Identity:
        """Return who came back with a code.

        Args:
            code: What GitHub gave the browser.
            cookie: The flow's.

        Raises:
            ProviderRefused: GitHub does not take the code.
            EmailNotVerified: The account's primary e-mail address is not verified.
            ProviderUnavailable: GitHub does not answer, or not as documented.
        """
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS), self._open_client() as client:
                await client.fetch_token(
                    f"{self._url}/login/oauth/access_token", code=code, code_verifier=self.flows.verifier(cookie)
                )
                user = _User.model_validate_json(await self._get(client, "/user"))
                addresses = _ADDRESSES.validate_json(await self._get(client, "/user/emails?per_page=100"))
                email = next((address.email for address in addresses if address.primary and address.verified), None)
                if email is None:
                    raise EmailNotVerified
                return Identity(
                    provider=Provider.GITHUB,
                    subject=user.id,
                    email=_EMAIL.validate_python(email),
                    username_hint=user.login,
                    full_name=user.name,
                )
        except OAuthError as error:
            raise refused(error.error) from None
        except (httpx2.HTTPError, TimeoutError, ValueError) as error:
            _log.warning("no answer from the provider", provider=Provider.GITHUB, error=type(error).__name__)
            raise ProviderUnavailable from None

    async def _get(self, client: AsyncOAuth2Client, path: str) -> bytes:
        answer: httpx2.Response = await client.get(f"{self._api_url}{path}", headers=_HEADERS)
        return answer.raise_for_status().content

    def _open_client(self) -> AsyncOAuth2Client:
        """Return a client for one flow, since it keeps the flow's token."""
        return AsyncOAuth2Client(
            self._client_id,
            self._client_secret,
            token_endpoint_auth_method="client_secret_post",  # noqa: S106 - a method's name
            scope=_SCOPE,
            redirect_uri=self._callback_url,
            code_challenge_method="S256",
            verify=self._tls,
            timeout=_PATIENCE_SECONDS,
        )


def refused(error: object) -> ProviderRefused:
    """Return the problem for an OAuth error, of which the operator learns more than the browser."""
    _log.warning("refused by the provider", provider=Provider.GITHUB, error=str(error)[:_MAX_LOGGED_CHARACTERS])
    return ProviderRefused()


def open_github(settings: AuthSettings) -> GitHub | None:
    """Return GitHub as the settings say; None where it is not set up."""
    if settings.github_client_id is None or settings.github_client_secret is None:
        return None
    return GitHub(
        settings,
        client_id=settings.github_client_id,
        client_secret=settings.github_client_secret.get_secret_value(),
    )
