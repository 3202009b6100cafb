"""A provider of identities on this machine: OpenID Connect like Google's, OAuth and an API like GitHub's."""

import base64
import hashlib
import secrets
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Self
from urllib.parse import parse_qs, urlencode

from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from tests.shared.http.serving import serving

CLIENT_ID = "1234-maps.apps.example"
CLIENT_SECRET = "5ac1b7f0e2d94836a7c0f1b2d3e4958677f0a1b2"
CALLBACK = "http://localhost:8080/xatra/api/auth/github/callback"


@cache
def key(kid: str) -> RSAKey:
    """Return the private key that is called so."""
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig", "alg": "RS256"})


@dataclass
class Provider:
    """One provider, with one person who signs in.

    Attributes:
        key_ids: The keys that it publishes.
        asked: The paths that were asked for.
        answers: Path -> what it answers instead of what it should.
        headers: Headers of the answer with the keys.
        issuer: What it says that it is called; None: its address.
        user: What its API tells of the person.
        emails: What its API tells of the person's addresses.
        consents: Whether the person allows sites to know who they are.
    """

    key_ids: list[str] = field(default_factory=lambda: ["first"])
    asked: list[str] = field(default_factory=list)
    answers: dict[str, Response] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    issuer: str | None = None
    user: dict[str, Any] = field(default_factory=lambda: {"id": 583231, "login": "Asha-Rao", "name": "Asha Rao"})
    emails: list[dict[str, Any]] = field(
        default_factory=lambda: [
            {"email": "other@maps.example", "primary": False, "verified": True, "visibility": None},
            {"email": "asha@maps.example", "primary": True, "verified": True, "visibility": "private"},
        ]
    )
    consents: bool = True
    url: str = ""
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)
    _tokens: set[str] = field(default_factory=set)
    _running: ExitStack = field(default_factory=ExitStack)

    @contextmanager
    def running(self) -> Iterator[Self]:
        """Answer until the end of the block, or until stopped."""
        routes = [
            Route("/.well-known/openid-configuration", self._discovery),
            Route("/keys", self._keys),
            Route("/login/oauth/authorize", self._authorize),
            Route("/login/oauth/access_token", self._token, methods=["POST"]),
            Route("/api/user", self._user),
            Route("/api/user/emails", self._emails),
        ]
        with self._running:
            self.url = self._running.enter_context(serving(Starlette(routes=routes)))
            yield self

    def stop(self) -> None:
        """Answer nothing any more."""
        self._running.close()

    @property
    def google(self) -> dict[str, str]:
        """The settings by which this is Google."""
        return {"google_client_id": CLIENT_ID, "google_issuer": self.url}

    @property
    def github(self) -> dict[str, str]:
        """The settings by which this is GitHub."""
        return {
            "github_client_id": CLIENT_ID,
            "github_client_secret": CLIENT_SECRET,
            "github_url": self.url,
            "github_api_url": f"{self.url}/api",
        }

    def id_token(self, *, signed_by: str = "first", kid: str | None = None, **claims: object) -> str:
        """Return an ID token for our site; `claims` differ from the usual, those that are None are left out."""
        now = int(time.time())
        usual = {
            "iss": self.url,
            "azp": CLIENT_ID,
            "aud": CLIENT_ID,
            "sub": "110169484474386276334",
            "email": "asha@maps.example",
            "email_verified": True,
            "name": "Asha Rao",
            "iat": now,
            "nbf": now,
            "exp": now + 3600,
            "jti": secrets.token_hex(20),
        }
        stated = {name: value for name, value in {**usual, **claims}.items() if value is not None}
        return jwt.encode({"alg": "RS256", "typ": "JWT", "kid": kid or signed_by}, stated, key(signed_by))

    def _answer(self, request: Request, answer: Response) -> Response:
        self.asked.append(request.url.path)
        return self.answers.get(request.url.path, answer)

    async def _discovery(self, request: Request) -> Response:
        known = {"issuer": self.issuer or self.url, "jwks_uri": f"{self.url}/keys"}
        return self._answer(request, JSONResponse(known))

    async def _keys(self, request: Request) -> Response:
        keys = [key(kid).as_dict(private=False) for kid in self.key_ids]
        return self._answer(request, JSONResponse({"keys": keys}, headers=self.headers))

    async def _authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT_ID
        assert asked["redirect_uri"] == CALLBACK
        assert asked["scope"] == "user:email"
        brought = {"state": asked["state"]}
        if self.consents:
            brought["code"] = secrets.token_hex(10)
            self._codes[brought["code"]] = asked
        else:
            brought |= {"error": "access_denied", "error_description": "The user has denied your application access."}
        return self._answer(request, RedirectResponse(f"{CALLBACK}?{urlencode(brought)}", 302))

    async def _token(self, request: Request) -> Response:
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        asked = self._codes.pop(form.get("code", ""), None)
        challenge = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            answer = {"error": "incorrect_client_credentials"}
        elif (
            asked is None
            or asked.get("code_challenge_method") != "S256"
            or asked.get("code_challenge") != base64.urlsafe_b64encode(challenge).decode().rstrip("=")
            or asked["redirect_uri"] != form.get("redirect_uri")
        ):
            answer = {"error": "bad_verification_code", "error_description": "The code is incorrect or expired."}
        else:
            token = f"gho_{secrets.token_hex(18)}"
            self._tokens.add(token)
            answer = {"access_token": token, "token_type": "bearer", "scope": "user:email"}
        if request.headers.get("accept") == "application/json":
            return self._answer(request, JSONResponse(answer))
        return self._answer(request, PlainTextResponse(urlencode(answer)))

    async def _user(self, request: Request) -> Response:
        return self._answer(request, self._to_bearer(request, self.user))

    async def _emails(self, request: Request) -> Response:
        return self._answer(request, self._to_bearer(request, self.emails))

    def _to_bearer(self, request: Request, answer: object) -> Response:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or token not in self._tokens:
            return JSONResponse({"message": "Bad credentials"}, 401)
        return JSONResponse(answer)
