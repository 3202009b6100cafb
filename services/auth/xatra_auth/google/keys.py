"""The public keys by which a provider signs ID tokens (OpenID Connect Discovery 1.0, RFC 7517), kept while they are good.

Keys are fetched when they have become old, and when a token names one that is not known, so that a change of keys stops
nobody. Who makes such names up does not make us ask without end. While the provider does not answer, old keys go on being
good, but not for ever: the provider may have withdrawn them.
"""

import asyncio
import re
import time
from collections.abc import Callable
from typing import Any, Final

import httpx2
import structlog
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey
from pydantic import BaseModel, ValidationError

from xatra_auth.providers.identities import ProviderUnavailable

_PATIENCE_SECONDS: Final = 5
_DISCOVERY: Final = "/.well-known/openid-configuration"
_FRESH_SECONDS: Final = range(300, 24 * 3600)  # what a provider may say; else the nearest
_FRESH_BY_DEFAULT_SECONDS: Final = 3600
_RETRY_SECONDS: Final = 30  # so long we do not ask again, whatever the answer was
_MAX_STALE_SECONDS: Final = 24 * 3600  # so long old keys are good where no others can be had

_log = structlog.get_logger(__name__)


class UnknownKeyError(Exception):
    """The provider has no such key."""


class _Discovery(BaseModel):
    issuer: str
    jwks_uri: str


class _KeySet(BaseModel):
    keys: list[dict[str, Any]]


class _UnusableAnswerError(Exception):
    """The provider's answer is not what OpenID Connect asks for."""


class ProviderKeys:
    """The keys of one provider, as one process knows them."""

    def __init__(self, client: httpx2.AsyncClient, issuer: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Know nothing yet.

        Args:
            client: Asks the provider.
            issuer: The provider's name, below which its configuration lies.
            clock: Counts seconds.
        """
        self._client = client
        self._issuer = issuer
        self._clock = clock
        self._keys: dict[str, RSAKey] = {}
        self._old_at = float("-inf")
        self._asked_at = float("-inf")
        self._last_failed = False
        self._asking = asyncio.Lock()

    async def find(self, kid: str) -> RSAKey:
        """Return a key.

        Raises:
            UnknownKeyError: There is none of this id.
            ProviderUnavailable: That cannot be told.
        """
        if not self._knows(kid):
            async with self._asking:
                if not self._knows(kid) and self._may_ask():
                    await self._ask()
        is_too_old = self._clock() > self._old_at + _MAX_STALE_SECONDS
        if is_too_old or (self._last_failed and kid not in self._keys):
            raise ProviderUnavailable
        if kid not in self._keys:
            raise UnknownKeyError
        return self._keys[kid]

    def _knows(self, kid: str) -> bool:
        return kid in self._keys and self._clock() < self._old_at

    def _may_ask(self) -> bool:
        return self._clock() > self._asked_at + _RETRY_SECONDS

    async def _ask(self) -> None:
        self._asked_at = self._clock()
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                keys, fresh_seconds = await self._fetch()
        except (httpx2.HTTPError, httpx2.InvalidURL, TimeoutError, ValidationError, _UnusableAnswerError) as error:
            self._last_failed = True
            _log.warning("no keys from the provider", issuer=self._issuer, error=type(error).__name__)
            return
        self._last_failed = False
        self._keys = keys
        self._old_at = self._clock() + fresh_seconds

    async def _fetch(self) -> tuple[dict[str, RSAKey], int]:
        answer = await self._client.get(f"{self._issuer}{_DISCOVERY}")
        discovery = _Discovery.model_validate_json(answer.raise_for_status().content)
        if discovery.issuer != self._issuer:
            raise _UnusableAnswerError
        if self._issuer.startswith("https:") and not discovery.jwks_uri.startswith("https:"):
            raise _UnusableAnswerError
        answer = await self._client.get(discovery.jwks_uri)
        key_set = _KeySet.model_validate_json(answer.raise_for_status().content)
        try:
            keys = {
                key["kid"]: RSAKey.import_key(key)
                for key in key_set.keys
                if key.get("kty") == "RSA" and key.get("use") == "sig" and isinstance(key.get("kid"), str)
            }
        except (JoseError, ValueError) as error:
            raise _UnusableAnswerError from error
        if not keys:
            raise _UnusableAnswerError
        return keys, _fresh_seconds(answer.headers.get("cache-control", ""))


def _fresh_seconds(cache_control: str) -> int:
    """Return for how long an answer says that it is good, within bounds."""
    match = re.search(r"\bmax-age=([0-9]{1,9})\b", cache_control)
    seconds = int(match[1]) if match else _FRESH_BY_DEFAULT_SECONDS
    return min(max(seconds, _FRESH_SECONDS.start), _FRESH_SECONDS.stop)
