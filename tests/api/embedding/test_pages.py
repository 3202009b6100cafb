"""The page that other sites frame: the map in a sandbox, whose it is, and no script of ours."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

import httpx2
import pytest
from tests.api.conftest import API
from tests.api.embedding.conftest import SHA256, SetArtefact
from tests.api.hub.publishing import change, create, publish, save
from tests.api.moderation.moderating import hide
from tests.api.users import User

EMBED = f"{API}/embed/rivers"
HOSTILE = "</title><script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
FAILURE = {"by": "author", "type": "ValueError", "message": HOSTILE, "line": 1, "traceback": HOSTILE}


class Page(HTMLParser):
    """The elements of a page, with their attributes, and its text."""

    def __init__(self, answer: httpx2.Response) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(answer.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of all elements of a name."""
        return [attributes for name, attributes in self.elements if name == tag]


def frame(user: User, url: str = EMBED) -> str:
    """Return what the page of a map frames."""
    answer = user.client.get(url)
    assert answer.status_code == 200
    (found,) = Page(answer).all("iframe")
    assert found["src"]
    return found["src"]


def test_a_published_map_is_framed_with_its_author_and_the_way_back(
    guest: User, rivers: str, set_artefact: SetArtefact
) -> None:
    set_artefact()
    answer = guest.client.get(EMBED)
    site = str(guest.client.base_url).rstrip("/")

    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    page = Page(answer)
    assert page.all("iframe") == [
        {
            "src": f"{API}/artefacts/{SHA256}",
            "title": "rivers by asha",
            "sandbox": "allow-scripts allow-popups",
        }
    ]
    links = {link["href"] for link in page.all("a")}
    assert links == {f"{site}/xatra/rivers", f"{site}/xatra/user/asha", f"{site}/xatra/"}
    assert all(link["rel"] == "noopener" for link in page.all("a"))
    assert page.all("script") == []
    assert "rivers by asha - Xatra" in page.text


def test_any_site_may_frame_the_page_and_it_runs_no_script(guest: User, rivers: str, set_artefact: SetArtefact) -> None:
    set_artefact()
    headers = guest.client.get(EMBED).headers

    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["frame-ancestors"] == "*"
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert policy["frame-src"] == f"{str(guest.client.base_url).rstrip('/')}{API}/artefacts/"
    assert "script-src" not in policy
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in headers
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_where_maps_have_a_site_of_their_own_they_have_its_origin(
    serve: Callable[..., httpx2.Client], rivers: str, set_artefact: SetArtefact
) -> None:
    set_artefact()
    answer = serve(artefact_origin="https://maps.example").get(EMBED)

    (found,) = Page(answer).all("iframe")
    assert found["src"] == f"https://maps.example{API}/artefacts/{SHA256}"
    assert found["sandbox"] == "allow-scripts allow-popups allow-same-origin"
    assert f"frame-src https://maps.example{API}/artefacts/;" in answer.headers["Content-Security-Policy"]


def test_without_a_number_it_is_the_latest_version(
    asha: User, guest: User, rivers: str, set_artefact: SetArtefact
) -> None:
    set_artefact()
    save(asha, rivers, 1, content="x = 2\n")
    publish(asha, rivers)

    assert Page(guest.client.get(EMBED)).all("iframe") == []
    assert frame(guest, f"{EMBED}/1").endswith(SHA256)
    set_artefact("cd" * 32)
    assert frame(guest).endswith("cd" * 32)
    (canonical,) = [link for link in Page(guest.client.get(f"{EMBED}/1")).all("link") if link["rel"] == "canonical"]
    assert (canonical["href"] or "").endswith("/xatra/rivers/v1")


def test_a_map_that_is_not_drawn_yet_says_so_and_looks_again(guest: User, rivers: str) -> None:
    answer = guest.client.get(EMBED)

    assert answer.status_code == 200
    page = Page(answer)
    assert page.all("iframe") == []
    assert {"http-equiv": "refresh", "content": "5"} in page.all("meta")
    assert "being drawn" in page.text
    assert answer.headers["Cache-Control"] == "no-cache"


def test_a_map_that_cannot_be_drawn_says_so(guest: User, rivers: str, set_artefact: SetArtefact) -> None:
    set_artefact(None, FAILURE)
    answer = guest.client.get(EMBED)

    assert answer.status_code == 200
    assert "could not be drawn" in answer.text
    assert "alert" not in answer.text
    assert "refresh" not in answer.text


def test_a_page_is_kept_for_a_minute_and_not_sent_twice(guest: User, rivers: str, set_artefact: SetArtefact) -> None:
    set_artefact()
    answer = guest.client.get(EMBED)
    assert answer.headers["Cache-Control"] == "public, max-age=60"

    again = guest.client.get(EMBED, headers={"If-None-Match": answer.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    set_artefact("cd" * 32)
    assert guest.client.get(EMBED, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 200


def test_what_is_not_there_for_everybody_has_a_page_that_says_so(
    asha: User, guest: User, rivers: str, set_artefact: SetArtefact
) -> None:
    set_artefact()
    create(asha, "lakes")
    create(asha, "cores", kind="lib")
    paths = [
        "seas",
        "lakes",
        "cores",
        "rivers/2",
        "rivers/0",
        "rivers/v1",
        "rivers/alpha",
        "rivers/99999999999999999999",
        "Rivers",
        "%00",
        "%2e%2e%2fetc",
        "%3Cscript%3E",
        "x" * 500,
    ]
    for path in paths:
        for user in (asha, guest):
            answer = user.client.get(f"{API}/embed/{path}")
            assert answer.status_code == 404, path
            assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
            assert Page(answer).all("iframe") == Page(answer).all("script") == []
            assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]


def test_private_maps_are_framed_for_nobody_and_unlisted_ones_for_all(
    asha: User, guest: User, rivers: str, set_artefact: SetArtefact
) -> None:
    set_artefact()
    change(asha, rivers, visibility="private")
    assert {user.client.get(EMBED).status_code for user in (asha, guest)} == {404}

    change(asha, rivers, visibility="unlisted")
    assert frame(guest).endswith(SHA256)


def test_a_hidden_map_is_gone_and_the_page_says_why(
    asha: User, guest: User, admin: User, rivers: str, set_artefact: SetArtefact
) -> None:
    set_artefact()
    hide(admin, HOSTILE)

    for user in (asha, guest):
        answer = user.client.get(EMBED)
        assert answer.status_code == 410
        page = Page(answer)
        assert page.all("script") == page.all("img") == page.all("iframe") == []
        assert HOSTILE in page.text


def test_nothing_that_people_write_becomes_markup(
    admin: User, guest: User, rivers: str, set_artefact: SetArtefact
) -> None:
    set_artefact()
    admin.client.put(f"{API}/settings", json={"site_name": HOSTILE[:60]})

    page = Page(guest.client.get(EMBED))

    assert page.all("script") == page.all("img") == []
    assert HOSTILE[:60] in page.text


def test_a_map_that_was_given_up_has_no_author(asha: User, guest: User, rivers: str, set_artefact: SetArtefact) -> None:
    set_artefact()
    asha.client.post(f"{API}/hub/map/rivers/disassociate", json={"confirm": "rivers"})

    answer = guest.client.get(EMBED)

    assert "asha" not in answer.text
    assert Page(answer).all("iframe")[0]["title"] == "rivers"


def test_the_page_tells_where_oembed_describes_it(guest: User, rivers: str, set_artefact: SetArtefact) -> None:
    set_artefact()
    for url, name in ((EMBED, "rivers"), (f"{EMBED}/1", "rivers")):
        links = Page(guest.client.get(url)).all("link")
        (link,) = [link for link in links if link.get("type") == "application/json+oembed"]
        assert link["href"]
        described = guest.client.get(link["href"]).json()
        assert described["title"] == name
        assert re.search(f'src="[^"]*{url}"', described["html"])


@pytest.mark.parametrize("name", ["rivers", "rivers/1"])
def test_an_address_of_before_a_renaming_goes_on_working(
    asha: User, guest: User, set_artefact: SetArtefact, name: str, idle_worker: object
) -> None:
    create(asha, "rivers")
    change(asha, "rivers", name="rivers_of_india")
    publish(asha, "rivers_of_india")
    set_artefact()

    page = Page(guest.client.get(f"{API}/embed/{name}"))

    assert page.all("iframe")[0]["title"] == "rivers_of_india by asha"
