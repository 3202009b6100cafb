"""Which ID tokens are good."""

import base64
import json
import time
from collections.abc import Callable

import pytest
from joserfc import jws
from joserfc.jwk import OctKey, RSAKey
from tests.auth.browsing import AUTH, Browser, problem_of
from tests.auth.conftest import OpenBrowser
from tests.auth.provider import CLIENT_ID, Provider, key

type Change = Callable[[int], dict[str, object]]


def refusal(browser: Browser, credential: str) -> tuple[str, str | None]:
    """Return type and detail of the problem that a token leads to."""
    answer = browser.post(f"{AUTH}/google", {"credential": credential})
    assert browser.cookies == {}
    return problem_of(answer), answer.json().get("detail")


def is_good(browser: Browser, credential: str) -> bool:
    return browser.post(f"{AUTH}/google", {"credential": credential}).status_code == 200


@pytest.mark.parametrize(
    ("change", "problem", "detail"),
    [
        (lambda _: {"signed_by": "stranger", "kid": "first"}, "id-token-invalid", "Google did not sign it."),
        (lambda _: {"signed_by": "stranger"}, "id-token-invalid", "Google has no such key."),
        (lambda _: {"aud": "another-site"}, "id-token-invalid", "It was made for another site."),
        (lambda _: {"aud": [CLIENT_ID, "another-site"]}, "id-token-invalid", "It was made for another site."),
        (lambda _: {"aud": None}, "id-token-invalid", None),
        (lambda _: {"iss": "https://evil.example"}, "id-token-invalid", "Google did not make it."),
        (lambda _: {"iss": None}, "id-token-invalid", None),
        (lambda now: {"exp": now - 70}, "id-token-expired", None),
        (lambda _: {"exp": None}, "id-token-invalid", None),
        (lambda _: {"exp": "tomorrow"}, "id-token-invalid", None),
        (lambda now: {"nbf": now + 120}, "id-token-invalid", "It is not good yet."),
        (lambda now: {"iat": now + 120}, "id-token-invalid", "It was made in the future."),
        (lambda _: {"iat": None}, "id-token-invalid", None),
        (lambda _: {"sub": None}, "id-token-invalid", None),
        (lambda _: {"sub": ""}, "id-token-invalid", None),
        (lambda _: {"sub": 110169484474386276334}, "id-token-invalid", None),
        (lambda _: {"sub": "1" * 256}, "id-token-invalid", None),
        (lambda _: {"email_verified": False}, "email-not-verified", None),
        (lambda _: {"email_verified": None}, "email-not-verified", None),
        (lambda _: {"email_verified": "false"}, "email-not-verified", None),
        (lambda _: {"email": None}, "id-token-invalid", None),
        (lambda _: {"email": "a\u0000@maps.example"}, "id-token-invalid", None),
        (lambda _: {"name": {"first": "Asha"}}, "id-token-invalid", None),
    ],
)
def test_a_token_with_one_thing_wrong_is_refused_for_that(
    browser: Browser, provider: Provider, change: Change, problem: str, detail: str | None
) -> None:
    token = provider.id_token(**change(int(time.time())))  # type: ignore[arg-type] # changes are of several types

    found_problem, found_detail = refusal(browser, token)
    assert found_problem == problem
    assert detail is None or found_detail == detail


@pytest.mark.parametrize(
    "change",
    [
        lambda now: {"exp": now - 30},
        lambda now: {"nbf": now + 30, "iat": now + 30},
        lambda _: {"nbf": None, "azp": None, "jti": None, "name": None},
        lambda _: {"aud": [CLIENT_ID]},
    ],
)
def test_clocks_may_differ_a_little_and_what_is_optional_may_be_missing(
    browser: Browser, provider: Provider, change: Change
) -> None:
    assert is_good(browser, provider.id_token(**change(int(time.time()))))  # type: ignore[arg-type] # see above


def test_google_may_leave_the_scheme_out_of_its_name(browser: Browser, provider: Provider) -> None:
    assert is_good(browser, provider.id_token(iss=provider.url.removeprefix("http://")))


def test_only_googles_way_of_signing_counts(browser: Browser, provider: Provider) -> None:
    _, payload, _ = provider.id_token().split(".")
    claims = base64.urlsafe_b64decode(f"{payload}==")
    public_pem = key("first").as_pem(private=False)

    unsigned = base64.urlsafe_b64encode(json.dumps({"alg": "none", "kid": "first"}).encode()).decode().rstrip("=")
    assert refusal(browser, f"{unsigned}.{payload}.x")[0] == "id-token-invalid"
    header = {"alg": "HS256", "kid": "first"}
    by_public_key = jws.serialize_compact(header, claims, OctKey.import_key(base64.b64encode(public_pem)), ["HS256"])
    assert refusal(browser, by_public_key)[0] == "id-token-invalid"
    same_key = RSAKey.import_key(key("first").as_pem(private=True))
    by_other_padding = jws.serialize_compact({**header, "alg": "PS256"}, claims, same_key, ["PS256"])
    assert refusal(browser, by_other_padding)[0] == "id-token-invalid"


@pytest.mark.parametrize("payload", [b"[]", b"{", b"\xff", b'"x"'])
def test_what_is_signed_but_says_nothing_is_refused(browser: Browser, provider: Provider, payload: bytes) -> None:
    token = jws.serialize_compact({"alg": "RS256", "kid": "first"}, payload, key("first"))

    assert refusal(browser, token)[0] == "id-token-invalid"


@pytest.mark.parametrize("credential", ["", "a.b", "a.b.c.d", "ä.b.c", "a" * 8001, 5, None])
def test_what_is_no_token_at_all_is_422(browser: Browser, credential: object) -> None:
    answer = browser.post(f"{AUTH}/google", {"credential": credential})

    assert problem_of(answer) == "invalid-request"


@pytest.mark.parametrize("domain", ["other.example", "sub.maps.example", "", None])
def test_with_a_hosted_domain_nobody_else_comes_in(
    serve: Callable[..., str], open_browser: OpenBrowser, provider: Provider, domain: str | None
) -> None:
    browser = open_browser(serve(**provider.google, google_hd="maps.Example"))

    assert refusal(browser, provider.id_token(hd=domain)) == (
        "wrong-hosted-domain",
        "Choose your account of maps.example.",
    )
    assert is_good(browser, provider.id_token(hd="Maps.example"))
