"""Keys: access tokens are ours alone, and keys change without signing anybody out."""

import base64
import json
import time
from collections.abc import Callable

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, OKPKey
from sqlalchemy import Engine, text
from tests.auth.browsing import API, AUTH, Browser
from tests.auth.conftest import SIGNING_KEY, OpenBrowser

from xatra_auth.sessions.signing import Signer
from xatra_shared.identity.access_tokens import Claims

NEW_KEY = "2e" * 32
CLAIMS = Claims(1, 1, 1, "asha", is_trusted=False, is_admin=True)


@pytest.fixture
def visitor(open_browser: OpenBrowser, api_url: str) -> Browser:
    """Return a browser on both services, signed in."""
    browser = open_browser(api_url=api_url)
    browser.sign_up("asha")
    return browser


def parts(token: str) -> tuple[dict[str, object], dict[str, object]]:
    header, payload, _ = token.split(".")
    return tuple(json.loads(base64.urlsafe_b64decode(part + "==")) for part in (header, payload))


def answers_to(browser: Browser, token: str) -> str:
    browser.client.cookies.clear()
    browser.set_cookie("xatra_access", token, "/xatra")
    return browser.problem(f"{API}/files")


def test_an_access_token_says_what_it_is_for_whom_and_until_when(visitor: Browser) -> None:
    header, claims = parts(visitor.cookies["xatra_access"])

    assert header == {"typ": "at+jwt", "alg": "Ed25519", "kid": Signer(SIGNING_KEY, life_seconds=1).kid}
    assert (claims["iss"], claims["aud"]) == ("xatra-auth", "xatra")
    assert claims["exp"] - claims["iat"] == 600


def test_the_key_set_has_the_public_key_alone(visitor: Browser) -> None:
    keys = visitor.get(f"{AUTH}/jwks.json").json()["keys"]

    assert [key["kid"] for key in keys] == [Signer(SIGNING_KEY, life_seconds=1).kid]
    assert keys[0].keys() == {"kty", "crv", "x", "kid", "use", "alg"}


def test_when_the_key_changes_there_are_two_and_nobody_is_signed_out(
    visitor: Browser, serve: Callable[..., str], open_browser: OpenBrowser, api_url: str
) -> None:
    before = visitor.cookies["xatra_access"]
    after_restart = open_browser(serve(signing_key=NEW_KEY), api_url)
    for name, value in visitor.cookies.items():
        after_restart.set_cookie(name, value, AUTH if name == "xatra_refresh" else "/xatra")
    after_restart.csrf_token = visitor.csrf_token

    assert after_restart.get(f"{API}/files").status_code == 200
    assert after_restart.get(f"{AUTH}/me").status_code == 200
    assert after_restart.refresh().status_code == 200
    assert parts(after_restart.cookies["xatra_access"])[0]["kid"] != parts(before)[0]["kid"]
    assert after_restart.get(f"{API}/files").status_code == 200
    assert len(after_restart.get(f"{AUTH}/jwks.json").json()["keys"]) == 2
    assert visitor.get(f"{API}/files").status_code == 200


def test_an_old_key_is_good_for_an_hour(
    visitor: Browser,
    serve: Callable[..., str],
    open_browser: OpenBrowser,
    database: Engine,
    serve_api: Callable[..., str],
) -> None:
    token = visitor.cookies["xatra_access"]
    renewed = open_browser(serve(signing_key=NEW_KEY))
    renewed.sign_in("asha")
    with database.begin() as connection:
        connection.execute(text("UPDATE auth_public_keys SET retired_at = retired_at - interval '61 minutes'"))

    assert len(renewed.get(f"{AUTH}/jwks.json").json()["keys"]) == 1
    assert answers_to(open_browser(api_url=serve_api()), token) == "access-token-void"


def sign(header: dict[str, object], **changes: object) -> str:
    signer = Signer(SIGNING_KEY, life_seconds=600)
    now = int(time.time())
    claims = {"iss": "xatra-auth", "aud": "xatra", "iat": now, "exp": now + 600, **CLAIMS.to_json(), **changes}
    return jwt.encode(
        {"alg": "Ed25519", "kid": signer.kid, "typ": "at+jwt", **header},
        {name: value for name, value in claims.items() if value is not None},
        OKPKey.import_key(
            {**signer.public_jwk, "d": base64.urlsafe_b64encode(bytes.fromhex(SIGNING_KEY)).decode().rstrip("=")}
        ),
        algorithms=["Ed25519"],
    )


@pytest.mark.parametrize(
    "token",
    [
        sign({"typ": "JWT"}),
        sign({"kid": "another"}),
        sign({}, iss="somebody-else"),
        sign({}, aud="another-service"),
        sign({}, iss=None),
        sign({}, aud=None),
        sign({}, exp=None),
        sign({}, sub=None),
        sign({}, iat=int(time.time()) + 3600),
        sign({})[:-4] + "AAAA",
        "",
        "a.b.c",
        "x" * 5000,
        Signer(NEW_KEY, life_seconds=600).sign(CLAIMS),
    ],
)
def test_a_token_that_we_would_not_sign_is_void(visitor: Browser, token: str) -> None:
    assert answers_to(visitor, token) == "access-token-void"


def test_no_other_algorithm_counts(visitor: Browser) -> None:
    signer = Signer(SIGNING_KEY, life_seconds=600)
    public = json.dumps(signer.public_jwk).encode()
    header = {"kid": signer.kid, "typ": "at+jwt"}
    _, claims = parts(visitor.cookies["xatra_access"])
    hs256 = jwt.encode({"alg": "HS256", **header}, claims, OctKey.import_key(public))
    payload = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    unsigned = base64.urlsafe_b64encode(json.dumps({"alg": "none", **header}).encode()).decode().rstrip("=")

    assert answers_to(visitor, hs256) == "access-token-void"
    assert answers_to(visitor, f"{unsigned}.{payload}.") == "access-token-void"


def test_a_token_with_its_own_key_is_void(visitor: Browser) -> None:
    own = OKPKey.generate_key("Ed25519")
    now = int(time.time())
    token = jwt.encode(
        {"alg": "Ed25519", "typ": "at+jwt", "kid": own.thumbprint(), "jwk": own.as_dict(private=False)},
        {"iss": "xatra-auth", "aud": "xatra", "iat": now, "exp": now + 600, **CLAIMS.to_json()},
        own,
        algorithms=["Ed25519"],
    )

    assert answers_to(visitor, token) == "access-token-void"


def test_the_api_checks_tokens_without_the_auth_service(
    serve_api: Callable[..., str], open_browser: OpenBrowser, serve: Callable[..., str]
) -> None:
    browser = open_browser(serve(), serve_api())
    browser.sign_up("asha")
    alone = open_browser("http://127.0.0.1:1", browser.urls[API])
    alone.set_cookie("xatra_access", browser.cookies["xatra_access"], "/xatra")

    assert alone.get(f"{API}/files").status_code == 200
