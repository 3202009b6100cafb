"""Signing in with GitHub: there and back, who comes into which account, and what goes wrong on the way."""

import base64
import hashlib
import json
import time
from collections.abc import Callable
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from sqlalchemy import Engine, text
from starlette.responses import JSONResponse, PlainTextResponse, Response
from tests.auth.browsing import AUTH, Browser, problem_of
from tests.auth.conftest import OpenBrowser
from tests.auth.github.conftest import allow, failure_of, leave, sign_in
from tests.auth.provider import CALLBACK, CLIENT_ID, CLIENT_SECRET, Provider

from xatra_auth.github.flow import Flow, FlowKeys

START = f"{AUTH}/github/start"
PRIMARY = {"email": "asha@maps.example", "primary": True, "verified": True, "visibility": "private"}


def callback(**brought: str) -> str:
    return f"{AUTH}/github/callback?{urlencode(brought)}"


def state_of(url: str) -> str:
    return parse_qs(urlsplit(url).query)["state"][0]


def events(database: Engine) -> list[tuple[str, dict[str, object]]]:
    with database.connect() as connection:
        return [(row.event, row.details) for row in connection.execute(text("SELECT * FROM auth_events ORDER BY id"))]


def test_who_is_new_gets_an_account_named_as_there_and_goes_on_signed_in(
    browser: Browser, provider: Provider, database: Engine
) -> None:
    answer = sign_in(browser, "/xatra/maps/42?tab=code")

    assert (answer.status_code, answer.headers["location"]) == (303, "/xatra/maps/42?tab=code")
    user = browser.get(f"{AUTH}/me").json()
    assert (user["username"], user["full_name"], user["email"]) == ("asha-rao", "Asha Rao", "asha@maps.example")
    assert (user["email_verified"], user["has_github"], user["has_password"]) == (True, True, False)
    assert [event for event, _ in events(database)] == ["signed-up", "signed-in"]
    assert events(database)[1][1]["by"] == "github"


def test_the_browser_takes_a_state_and_a_challenge_along_and_asks_for_addresses_alone(browser: Browser) -> None:
    asked = {name: values[0] for name, values in parse_qs(urlsplit(leave(browser)).query).items()}

    assert len(asked["state"]) == 64
    assert len(asked["code_challenge"]) == 43
    assert {name: asked[name] for name in asked.keys() - {"state", "code_challenge"}} == {
        "response_type": "code",
        "client_id": CLIENT_ID,
        "redirect_uri": CALLBACK,
        "scope": "user:email",
        "code_challenge_method": "S256",
    }


def test_every_flow_has_its_own_state_and_challenge(browser: Browser) -> None:
    urls = [parse_qs(urlsplit(leave(browser)).query) for _ in range(2)]

    assert urls[0]["state"] != urls[1]["state"]
    assert urls[0]["code_challenge"] != urls[1]["code_challenge"]


def test_the_verifier_does_not_go_through_the_browser(browser: Browser) -> None:
    url = leave(browser)
    cookie = browser.cookies["xatra_github"]
    verifier = FlowKeys(CLIENT_SECRET).verifier(cookie)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")

    assert f"code_challenge={challenge}" in url
    assert verifier not in url
    assert verifier not in base64.urlsafe_b64decode(f"{cookie}==").decode()


def test_an_account_is_known_by_githubs_number_of_it_whatever_else_changes(
    browser: Browser, open_browser: OpenBrowser, provider: Provider
) -> None:
    sign_in(browser)
    provider.user |= {"login": "rao", "name": None}
    provider.emails = [{**PRIMARY, "email": "rao@other.example"}]
    later = open_browser()
    sign_in(later)
    provider.user |= {"id": 7, "login": "Asha-Rao"}
    provider.emails = [{**PRIMARY, "email": "else@maps.example"}]
    other = open_browser()
    sign_in(other)

    assert later.get(f"{AUTH}/me").json() == browser.get(f"{AUTH}/me").json()
    assert other.get(f"{AUTH}/me").json()["username"] == "asha-rao2"


def test_an_address_of_an_account_never_signs_into_it(
    browser: Browser, open_browser: OpenBrowser, database: Engine
) -> None:
    browser.sign_up("asha")
    with database.begin() as connection:
        connection.execute(text("UPDATE hub_users SET email = 'Asha@maps.example', email_verified = true"))
    stranger = open_browser()

    assert failure_of(sign_in(stranger)) == "email-belongs-to-account"
    assert stranger.cookies == {}
    assert events(database)[-1] == ("sign-in-failed", {"by": "github", "problem": "email-belongs-to-account"})


@pytest.mark.parametrize(
    "emails",
    [
        [],
        [{**PRIMARY, "verified": False}],
        [{**PRIMARY, "primary": False}],
        [{**PRIMARY, "verified": False}, {**PRIMARY, "email": "b@maps.example", "primary": False}],
    ],
)
def test_without_a_verified_primary_address_nobody_comes_in(
    browser: Browser, provider: Provider, emails: list[dict[str, object]]
) -> None:
    provider.emails = emails

    assert failure_of(sign_in(browser)) == "email-not-verified"
    assert not browser.is_signed_in()


def test_with_registration_closed_strangers_stay_out_and_people_come_in(
    browser: Browser, serve: Callable[..., str], open_browser: OpenBrowser, provider: Provider
) -> None:
    sign_in(browser)
    closed = serve(**provider.github, enable_registration=False)
    assert sign_in(open_browser(closed)).headers["location"] == "/xatra/"
    provider.user["id"] = 7
    provider.emails = [{**PRIMARY, "email": "ravi@maps.example"}]

    assert failure_of(sign_in(open_browser(closed))) == "registration-closed"


def test_a_guest_becomes_the_user(browser: Browser, database: Engine) -> None:
    browser.become_guest()
    guest_id = browser.cookies["xatra_guest"].split(".")[1]
    sign_in(browser)

    assert "xatra_guest" not in browser.cookies
    with database.connect() as connection:
        assert connection.execute(text("SELECT guest_id FROM guest_became_user")).scalars().all() == [guest_id]


def test_another_browser_cannot_end_what_one_began(
    browser: Browser, open_browser: OpenBrowser, provider: Provider
) -> None:
    back = allow(leave(browser))
    victim = open_browser()
    assert failure_of(victim.get(back)) == "state-mismatch"
    leave(victim)

    assert failure_of(victim.get(back)) == "state-mismatch"
    assert not victim.is_signed_in()
    assert "/login/oauth/access_token" not in provider.asked


@pytest.mark.parametrize("state", ["", "0" * 64, "ä"])
def test_a_state_that_we_did_not_make_is_refused(browser: Browser, database: Engine, state: str) -> None:
    leave(browser)

    assert failure_of(browser.get(callback(code="x", state=state))) == "state-mismatch"
    assert events(database) == [("sign-in-failed", {"by": "github", "problem": "state-mismatch"})]


def test_a_flow_that_somebody_wrote_themselves_is_none(browser: Browser) -> None:
    flow = Flow.begin("/evil")
    browser.set_cookie("xatra_github", flow.cookie, AUTH)
    state = FlowKeys("a guessed secret").state(flow.cookie)

    assert failure_of(browser.get(callback(code="x", state=state))) == "state-mismatch"


def test_a_flow_ends_after_a_quarter_of_an_hour(browser: Browser) -> None:
    leave(browser)
    flow = json.loads(base64.urlsafe_b64decode(f"{browser.cookies['xatra_github']}=="))
    assert 890 < flow["expires_at"] - time.time() <= 900
    late = Flow(**{**flow, "expires_at": int(time.time()) - 1})
    browser.set_cookie("xatra_github", late.cookie, AUTH)

    state = FlowKeys(CLIENT_SECRET).state(late.cookie)
    assert failure_of(browser.get(callback(code="x", state=state))) == "state-mismatch"


def test_a_flow_ends_with_the_first_return(browser: Browser) -> None:
    back = allow(leave(browser))
    browser.get(back)

    assert "xatra_github" not in browser.cookies
    assert failure_of(browser.get(back)) == "state-mismatch"


def test_a_code_of_another_flow_is_refused_for_want_of_its_verifier(
    browser: Browser, open_browser: OpenBrowser, provider: Provider
) -> None:
    attackers_code = parse_qs(urlsplit(allow(leave(open_browser()))).query)["code"][0]
    state = state_of(leave(browser))

    assert failure_of(browser.get(callback(code=attackers_code, state=state))) == "provider-refused"
    assert provider.asked[-1] == "/login/oauth/access_token"


def test_who_does_not_consent_is_told_so(browser: Browser, provider: Provider, database: Engine) -> None:
    provider.consents = False
    answer = sign_in(browser, "/xatra/maps/42")

    assert failure_of(answer) == "consent-denied"
    assert parse_qs(urlsplit(answer.headers["location"]).query)["next"] == ["/xatra/maps/42"]
    assert "denied+your" not in answer.headers["location"]
    assert not browser.is_signed_in()


@pytest.mark.parametrize("brought", [{"error": "application_suspended"}, {"code": ""}, {"code": "never-was"}, {}])
def test_what_else_github_refuses_is_told_in_our_words(browser: Browser, brought: dict[str, str]) -> None:
    state = state_of(leave(browser))

    assert failure_of(browser.get(callback(state=state, **brought))) == "provider-refused"


def test_a_wrong_client_secret_is_the_providers_refusal(
    serve: Callable[..., str], open_browser: OpenBrowser, provider: Provider
) -> None:
    browser = open_browser(serve(**{**provider.github, "github_client_secret": "another"}))

    assert failure_of(sign_in(browser)) == "provider-refused"


@pytest.mark.parametrize(
    ("path", "answer", "problem"),
    [
        ("/login/oauth/access_token", Response("overloaded", 503), "provider-unavailable"),
        ("/login/oauth/access_token", PlainTextResponse("<html>"), "provider-unavailable"),
        ("/login/oauth/access_token", JSONResponse({"token_type": "bearer"}), "provider-refused"),
        ("/login/oauth/access_token", JSONResponse({"error": "access_denied"}), "provider-refused"),
        ("/api/user", Response("overloaded", 502), "provider-unavailable"),
        ("/api/user", JSONResponse({"message": "Bad credentials"}, 401), "provider-unavailable"),
        ("/api/user", JSONResponse({"login": "asha"}), "provider-unavailable"),
        ("/api/user", JSONResponse({"id": "583231", "login": "asha"}), "provider-unavailable"),
        ("/api/user", JSONResponse({"id": -1, "login": "asha"}), "provider-unavailable"),
        ("/api/user/emails", JSONResponse({}), "provider-unavailable"),
        ("/api/user/emails", JSONResponse([{**PRIMARY, "email": "a\u0000"}]), "provider-unavailable"),
        ("/api/user/emails", Response(status_code=302, headers={"Location": "/elsewhere"}), "provider-unavailable"),
    ],
)
def test_whatever_github_answers_the_browser_is_told_where_it_went_wrong(
    browser: Browser, provider: Provider, path: str, answer: Response, problem: str
) -> None:
    provider.answers[path] = answer

    assert failure_of(sign_in(browser)) == problem
    assert not browser.is_signed_in()


def test_while_github_is_down_the_browser_is_told_so(browser: Browser, provider: Provider) -> None:
    back = allow(leave(browser))
    provider.stop()

    assert failure_of(browser.get(back)) == "provider-unavailable"


@pytest.mark.parametrize("path", ["/", "/xatra/a%20b?c=d&e=%2F%2F", "/xatra/#maps", "/a//b"])
def test_the_browser_goes_on_to_a_path_of_this_site(browser: Browser, path: str) -> None:
    assert sign_in(browser, path).headers["location"] == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "xatra",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "/x\\y",
        "https://evil.example/",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/\n/evil.example",
        "/a\r\nSet-Cookie: a=b",
        " //evil.example",
        "/ä",
        "/" + "a" * 1000,
    ],
)
def test_nothing_leads_from_here_to_another_site(browser: Browser, path: str) -> None:
    answer = browser.client.get(browser.address(START), params={"next": path})

    assert problem_of(answer) == "invalid-request"


def test_over_plain_http_in_development_the_flows_cookie_goes_to_auth_alone(browser: Browser) -> None:
    cookie = browser.get(START).headers["set-cookie"]

    assert cookie.startswith("xatra_github=")
    assert {"HttpOnly", "Path=/xatra/api/auth", "SameSite=lax", "Max-Age=900"} <= set(cookie.split("; "))


def test_over_https_the_flows_cookie_is_bound_to_the_host_there_and_back(
    serve: Callable[..., str], open_browser: OpenBrowser, provider: Provider
) -> None:
    url = serve(**provider.github, trusted_proxies=["127.0.0.0/8"])
    browser = open_browser(url, **{"X-Forwarded-Proto": "https"})
    departure = browser.get(START)
    cookie = departure.headers["set-cookie"]

    assert cookie.startswith("__Host-xatra_github=")
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Secure"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    # A browser would send it over HTTPS, which is only said to be there.
    arrival = browser.get(allow(departure.headers["location"]), Cookie=cookie.partition(";")[0])
    names = [header.partition("=")[0] for header in arrival.headers.get_list("set-cookie")]
    assert names == ["__Host-xatra_access", "__Secure-xatra_refresh", "__Host-xatra_guest", "__Host-xatra_github"]


def test_in_production_nobody_leaves_over_plain_http(
    serve: Callable[..., str], open_browser: OpenBrowser, provider: Provider
) -> None:
    browser = open_browser(serve(**provider.github, environment="production", strict_mode=False))

    assert browser.problem(START) == "insecure-connection"
    assert browser.problem(callback()) == "insecure-connection"


def test_returns_count_like_all_other_sign_ins(
    serve: Callable[..., str], open_browser: OpenBrowser, provider: Provider
) -> None:
    browser = open_browser(serve(**provider.github, sign_ins_per_ten_minutes=2))
    failures = [failure_of(browser.get(callback())) for _ in range(3)]

    assert failures == ["state-mismatch", "state-mismatch", "too-many-requests"]
    assert problem_of(browser.sign_in("asha")) == "too-many-requests"


def test_where_github_is_not_set_up_there_is_no_way_there(serve: Callable[..., str], open_browser: OpenBrowser) -> None:
    browser = open_browser(serve())

    assert browser.problem(START) == "provider-not-configured"
    assert browser.problem(callback(code="x", state="y")) == "provider-not-configured"
