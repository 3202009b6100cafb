"""Which requests reach what, and what answers carry."""

import pytest
from tests.stack.engine import NEEDS_ENGINE
from tests.stack.site import HOST, Site, Stack

pytestmark = list(NEEDS_ENGINE)


def test_plain_http_leads_to_https(site: Site, stack: Stack):
    answer = site.send("GET", "/xatra/?a=b", secure=False)
    assert answer.status_code in {301, 308}
    assert answer.headers["Location"] == f"https://{HOST}:{stack.https_port}/xatra/?a=b"


@pytest.mark.parametrize("path", ["/xatra/", "/xatra/api/health", "/xatra/api/auth/ways-in"])
def test_every_answer_asks_for_https_from_now_on(site: Site, path: str):
    assert site.send("GET", path).headers["Strict-Transport-Security"] == "max-age=63072000"


@pytest.mark.parametrize(("path", "to"), [("/", "/xatra/"), ("/xatra", "/xatra/"), ("/xatra?a=b", "/xatra/?a=b")])
def test_short_addresses_lead_to_the_page(site: Site, path: str, to: str):
    answer = site.send("GET", path)
    assert answer.status_code in {301, 302, 307, 308}
    assert answer.headers["Location"] == to


def test_the_page_is_served_with_its_policy(site: Site):
    answer = site.send("GET", "/xatra/")
    assert answer.status_code == 200
    assert "Xatra" in answer.text
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin-allow-popups"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "script-src 'self' https://accounts.google.com/gsi/" in policy
    assert "frame-ancestors 'none'" in policy


def test_a_path_of_the_pages_own_gets_the_page(site: Site):
    assert site.send("GET", "/xatra/explore/anything").text == site.send("GET", "/xatra/").text


def test_the_page_is_sent_compressed(site: Site):
    answer = site.send("GET", "/xatra/app.js", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"


def test_the_api_and_auth_answer_below_the_api(site: Site):
    assert site.send("GET", "/xatra/api/health").json() == {"status": "ok", "release": "test"}
    assert site.send("GET", "/xatra/api/auth/ways-in").json()["registration_open"] is True


def test_a_path_that_only_begins_like_auths_is_the_apis(site: Site):
    answer = site.send("GET", "/xatra/api/authors")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_host_that_is_not_ours_is_refused(site: Site):
    assert site.send("GET", "/xatra/api/health", host="elsewhere.example").status_code == 421
    assert site.send("GET", "/xatra/", host="elsewhere.example").status_code == 404


@pytest.mark.parametrize(
    "path", ["/metrics", "/healthz", "/readyz", "/ping", "/dashboard/", "/api/rawdata", "/secrets"]
)
@pytest.mark.parametrize("secure", [True, False])
def test_nothing_of_the_inside_is_reached_from_outside(site: Site, path: str, *, secure: bool):
    answer = site.send("GET", path, secure=secure)
    assert answer.status_code in ({404} if secure else {301, 308})


@pytest.mark.parametrize(
    "path", ["/xatra/api/../../metrics", "/xatra/api/%2e%2e/%2e%2e/metrics", "//metrics", "/xatra/api//metrics"]
)
def test_no_detour_leads_inside(site: Site, path: str):
    answer = site.send("GET", path)
    assert "# TYPE" not in answer.text


def test_a_body_that_is_absurd_is_refused_before_it_reaches_a_service(site: Site):
    answer = site.send("PUT", "/xatra/api/files?name=a.csv", content=b"a" * 27_000_000)
    assert answer.status_code == 413


def test_a_body_that_is_too_long_is_refused_in_words(site: Site):
    answer = site.send("POST", "/xatra/api/renders", json={"program": "#" * 2_000_001})
    assert answer.status_code == 413
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_what_a_client_says_of_itself_does_not_count(site: Site):
    answer = site.send(
        "POST",
        "/xatra/api/renders",
        json={"program": "x = 1"},
        headers={"X-Forwarded-Proto": "http", "Origin": f"https://{HOST}"},
    )
    assert answer.status_code in {200, 202}


def test_events_come_as_they_happen(site: Site):
    render = site.ask("events")
    answer = site.send("GET", f"/xatra/api/renders/{render}/events")
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    assert "event: state" in answer.text


def test_a_map_is_served_as_it_is_stored_and_shut_in(site: Site):
    artefact = site.end(site.ask("artefact"))["artefact"]
    answer = site.send("GET", artefact["url"], headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    again = site.send("GET", artefact["url"], headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
