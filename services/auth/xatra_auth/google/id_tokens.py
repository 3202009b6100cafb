"""ID tokens of Google: what makes one good (OpenID Connect Core 1.0, 3.1.3.7, and Google's page on verifying them)."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Final

import httpx2
from joserfc import jws, jwt
from joserfc.errors import ClaimError, ExpiredTokenError, JoseError
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from xatra_auth.google.keys import ProviderKeys, UnknownKeyError
from xatra_auth.providers.identities import Email, EmailNotVerified, FullName, Identity, Provider
from xatra_auth.settings import AuthSettings
from xatra_shared.http.problems import Problem

_ALGORITHM: Final = "RS256"
_CLOCK_SKEW_SECONDS: Final = 60
_REASONS: Final = {
    "aud": "It was made for another site.",
    "iat": "It was made in the future.",
    "iss": "Google did not make it.",
    "nbf": "It is not good yet.",
}


class IdTokenInvalid(Problem):
    """The token proves nothing."""

    status = 401
    slug = "id-token-invalid"
    title = "This is not a good ID token"


class IdTokenExpired(Problem):
    """The token was good until it expired."""

    status = 401
    slug = "id-token-expired"
    title = "The ID token has expired: ask Google for another one"


class IdTokenUsed(Problem):
    """Somebody has signed in with this token before."""

    status = 401
    slug = "id-token-used"
    title = "The ID token was used before: ask Google for another one"


class WrongHostedDomain(Problem):
    """The account is not of the organisation whose members alone come in here."""

    status = 403
    slug = "wrong-hosted-domain"
    title = "Only accounts of one organisation come in here"


class _Person(BaseModel):
    """What a token tells of somebody."""

    model_config = ConfigDict(strict=True, hide_input_in_errors=True)

    sub: Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,255}$")]
    email: Email
    name: FullName = ""


@dataclass(frozen=True, slots=True)
class IdToken:
    """A token that is good.

    Attributes:
        identity: Whom it is about.
        digest: By which it is known again. It is of the part that is signed: the rest can be written in several ways.
        expires_at: When nobody accepts it any more.
    """

    identity: Identity
    digest: str
    expires_at: datetime


class IdTokens:
    """Checks ID tokens that were made for this site."""

    def __init__(self, keys: ProviderKeys, *, issuer: str, client_id: str, hosted_domain: str | None) -> None:
        """Take what a good token has to say.

        Args:
            keys: Google's.
            issuer: Google's name; tokens also write it without `https://`.
            client_id: What Google calls this site.
            hosted_domain: The Workspace whose accounts alone come in; None: all.
        """
        self._keys = keys
        self._client_id = client_id
        self._hosted_domain = hosted_domain
        self._registry = jwt.JWTClaimsRegistry(
            leeway=_CLOCK_SKEW_SECONDS,
            iss={"essential": True, "values": [issuer, issuer.partition("://")[2]]},
            aud={"essential": True},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        )

    async def verify(self, credential: str) -> IdToken:
        """Return what a token proves.

        Raises:
            IdTokenInvalid: It proves nothing.
            IdTokenExpired: It did until it expired.
            EmailNotVerified: Google does not vouch for the address.
            WrongHostedDomain: The account is of another organisation, or of none.
            ProviderUnavailable: Google's keys cannot be had.
        """
        claims = await self._claims(credential)
        if claims.get("email_verified") is not True:
            raise EmailNotVerified
        domain = claims.get("hd")
        if self._hosted_domain is not None and (not isinstance(domain, str) or domain.lower() != self._hosted_domain):
            raise WrongHostedDomain(f"Choose your account of {self._hosted_domain}.")
        try:
            person = _Person.model_validate(claims)
        except ValidationError:
            raise IdTokenInvalid from None
        return IdToken(
            identity=Identity(
                provider=Provider.GOOGLE,
                subject=person.sub,
                email=person.email,
                username_hint=person.email.partition("@")[0],
                full_name=person.name,
            ),
            digest=hashlib.sha256(credential.rpartition(".")[0].encode()).hexdigest(),
            expires_at=datetime.fromtimestamp(claims["exp"] + _CLOCK_SKEW_SECONDS, UTC),
        )

    async def _claims(self, credential: str) -> dict[str, Any]:
        try:
            kid = jws.extract_compact(credential.encode()).headers().get("kid")
            key = await self._keys.find(str(kid))
            claims = jwt.decode(credential, key, algorithms=[_ALGORITHM]).claims
            self._registry.validate(claims)
        except ExpiredTokenError:
            raise IdTokenExpired from None
        except ClaimError as error:
            raise IdTokenInvalid(_REASONS.get(error.claim)) from None
        except UnknownKeyError:
            raise IdTokenInvalid("Google has no such key.") from None
        except (JoseError, ValueError):
            raise IdTokenInvalid("Google did not sign it.") from None
        # Exactly ours: a token that others may use too, others may have got from elsewhere.
        if claims["aud"] not in (self._client_id, [self._client_id]):
            raise IdTokenInvalid(_REASONS["aud"])
        return claims


@asynccontextmanager
async def open_id_tokens(settings: AuthSettings) -> AsyncIterator[IdTokens | None]:
    """Yield what checks ID tokens as the settings say, until the end of the block; None where Google is not set up."""
    if settings.google_client_id is None:
        yield None
        return
    async with httpx2.AsyncClient() as client:
        yield IdTokens(
            ProviderKeys(client, settings.google_issuer),
            issuer=settings.google_issuer,
            client_id=settings.google_client_id,
            hosted_domain=settings.google_hd,
        )
