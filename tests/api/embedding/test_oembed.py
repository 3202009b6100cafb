"""oEmbed 1.0: other sites learn from an address how to show the map that is there."""

from typing import Any

import httpx2
import pytest
from tests.api.conftest import API
from tests.api.embedding.conftest import SetArtefact
from tests.api.embedding.test_pages import Page
from tests.api.hub.publishing import change, create, problem
from tests.api.moderation.moderating import hide
from tests.api.users import User


def ask(user: User, url: str, **query: Any) -> httpx2.Response:  # noqa: ANN401 - whatever parameters take
    return user.client.get(f"{API}/oembed", params={"url": url, **query})


@pytest.fixture
def site(guest: User) -> str:
    """Return the site's origin."""
    return str(guest.client.base_url).rstrip("/")


@pytest.fixture
def ready(rivers: str, set_artefact: SetArtefact) -> None:
    """Let the map be drawn."""
    set_artefact()


def test_a_maps_page_is_described(guest: User, site: str, ready: None) -> None:
    answer = ask(guest, f"{site}/xatra/rivers", format="json")

    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    body = answer.json()
    html = body.pop("html")
    assert body == {
        "version": "1.0",
        "type": "rich",
        "title": "rivers",
        "author_name": "asha",
        "author_url": f"{site}/xatra/user/asha",
        "provider_name": "Xatra",
        "provider_url": f"{site}/xatra/",
        "cache_age": 60,
        "width": 800,
        "height": 500,
    }
    page = Page(httpx2.Response(200, text=html))
    assert [name for name, _ in page.elements] == ["iframe"]
    (frame,) = page.all("iframe")
    assert (frame["src"], frame["width"], frame["height"]) == (f"{site}{API}/embed/rivers", "800", "500")
    assert guest.client.get(frame["src"] or "").status_code == 200


@pytest.mark.parametrize(
    ("address", "framed"),
    [
        ("/xatra/rivers", "/embed/rivers"),
        ("/xatra/rivers/", "/embed/rivers"),
        ("/xatra/rivers?x=1#map", "/embed/rivers"),
        ("/xatra/rivers/v1", "/embed/rivers/1"),
        ("/xatra/api/embed/rivers", "/embed/rivers"),
        ("/xatra/api/embed/rivers/1", "/embed/rivers/1"),
    ],
)
def test_each_address_of_a_map_will_do(guest: User, site: str, ready: None, address: str, framed: str) -> None:
    assert f'src="{site}{API}{framed}"' in ask(guest, f"{site}{address}").json()["html"]


def test_it_is_no_larger_than_there_is_room(guest: User, site: str, ready: None) -> None:
    for query, size in (
        ({"maxwidth": 300}, (300, 500)),
        ({"maxheight": 200}, (800, 200)),
        ({"maxwidth": 9000, "maxheight": 9000}, (800, 500)),
    ):
        body = ask(guest, f"{site}/xatra/rivers", **query).json()
        assert (body["width"], body["height"]) == size
        assert f'width="{size[0]}" height="{size[1]}"' in body["html"]
    for value in ("0", "-1", "x", "1e9"):
        assert problem(ask(guest, f"{site}/xatra/rivers", maxwidth=value)) == (422, "invalid-request")


def test_xml_is_not_implemented(guest: User, site: str, ready: None) -> None:
    assert problem(ask(guest, f"{site}/xatra/rivers", format="xml")) == (501, "format-not-implemented")


def test_what_is_no_map_of_ours_is_not_described(asha: User, guest: User, site: str, ready: None) -> None:
    create(asha, "lakes")
    for url in (
        "https://elsewhere.example/xatra/rivers",
        f"https://elsewhere.example@{site.removeprefix('http://')}/xatra/rivers",
        "//127.0.0.1/xatra/rivers",
        "ftp://127.0.0.1/xatra/rivers",
        "javascript:alert(1)",
        "http://[::1",
        "http://[",
        "",
        "rivers",
        site,
        f"{site}/xatra/",
        f"{site}/rivers",
        f"{site}/xatra/seas",
        f"{site}/xatra/explore",
        f"{site}/xatra/rivers/v2",
        f"{site}/xatra/rivers/alpha",
        f"{site}/xatra/rivers/1",
        f"{site}/xatra/user/asha",
        f"{site}/xatra/../xatra/rivers",
        f"{site}/xatra/rivers\x00",
        f"{site}/xatra/rivers%00",
        f"{site}/xatra/lakes",
        f"{site}/xatra/\u202erivers",
    ):
        answer = ask(guest, url)
        assert answer.status_code == 404, url
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_private_and_hidden_maps_are_not_described_not_even_for_their_author(
    asha: User, guest: User, admin: User, site: str, rivers: str, ready: None
) -> None:
    change(asha, rivers, visibility="private")
    for user in (asha, guest):
        assert problem(ask(user, f"{site}/xatra/rivers")) == (404, "work-not-found")
    change(asha, rivers, visibility="public")
    hide(admin, "unlawful")
    for user in (asha, guest):
        assert problem(ask(user, f"{site}/xatra/rivers")) == (410, "work-hidden")
