"""What the library's own client is answered, and other programs that ask as it does."""

import httpx2
import pytest
from sqlalchemy import create_engine, text
from tests.api.conftest import API
from tests.api.hub import publishing
from tests.api.hub.publishing import problem
from tests.api.imports.test_resolving import hide
from tests.api.imports.works import edit, release
from tests.api.users import User


def test_without_a_version_it_is_the_latest_published_one(asha: User, api: httpx2.Client) -> None:
    release(asha, "/lib/one", "A = 1\n", metadata={"author": "asha", "colour": "red"})
    release(asha, "/lib/one", "A = 2\n")
    edit(asha, "/lib/one", "A = 3\n")

    body = api.get(f"{API}/lib/one").json()
    version = publishing.read_version(asha, "one", 2, kind="lib")
    assert body == {
        "kind": "lib",
        "name": "one",
        "username": "asha",
        "slug": "/lib/one/2",
        "version": 2,
        "content": "A = 2\n",
        "metadata": {"author": "asha", "colour": "red"},
        "featured": False,
        "votes": 1,
        "views": 0,
        "created_at": version["created_at"],
        "updated_at": version["created_at"],
    }
    for path in ("/lib/one/2", "/asha/lib/one", "/asha/lib/one/2"):
        assert api.get(API + path).json() == body
    assert api.get(f"{API}/lib/one/1").json()["content"] == "A = 1\n"
    alpha = api.get(f"{API}/asha/lib/one/alpha").json()
    assert (alpha["content"], alpha["version"], alpha["slug"]) == ("A = 3\n", "alpha", "/lib/one/alpha")


def test_an_alpha_is_given_to_who_asks_for_it_alone(asha: User, api: httpx2.Client) -> None:
    edit(asha, "/lib/one", "A = 1\n")
    assert problem(api.get(f"{API}/lib/one")) == (404, "version-not-found")
    assert problem(api.get(f"{API}/lib/one/1")) == (404, "version-not-found")
    assert api.get(f"{API}/lib/one/alpha").status_code == 200


def test_a_map_is_its_library_its_theme_and_its_program(asha: User, api: httpx2.Client) -> None:
    edit(asha, "/lib/part", "A = 1")
    edit(asha, "/css/part", "B = 1\n")
    edit(asha, "/map/whole", "C = 1\n", library="part", theme="part")
    publishing.publish(asha, "whole")
    edit(asha, "/lib/part", "A = 2\n")

    assert api.get(f"{API}/map/whole").json()["content"] == "A = 1\n\nB = 1\n\nC = 1\n"
    assert api.get(f"{API}/map/whole/alpha").json()["content"] == "A = 2\n\nB = 1\n\nC = 1\n"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/lib/none", 404),
        ("/lib/one/7", 404),
        ("/ravi/lib/one", 404),
        ("/nobody/lib/one/1", 404),
        ("/map/one", 404),
        ("/lib/one/0", 422),
        ("/lib/one/latest", 422),
        ("/lib/One", 422),
        ("/Asha/lib/one", 422),
        ("/flag/one", 404),
        ("/asha/flag/one", 404),
        ("/lib/one/1/2", 404),
    ],
)
def test_what_is_not_there_is_a_problem(asha: User, ravi: User, api: httpx2.Client, path: str, status: int) -> None:
    release(asha, "/lib/one", "A = 1\n")
    assert problem(api.get(API + path))[0] == status


def test_private_works_are_not_there_and_hidden_ones_are_gone(
    asha: User, api: httpx2.Client, database_urls: dict[str, str]
) -> None:
    release(asha, "/lib/mine", "A = 1\n", visibility="private")
    release(asha, "/lib/bad", "A = 1\n")
    hide(database_urls, "/lib/bad", "why")

    for path in ("/lib/mine", "/lib/mine/1", "/lib/mine/alpha", "/asha/lib/mine"):
        assert problem(api.get(API + path)) == (404, "work-not-found")
        assert asha.client.get(API + path).status_code == 200
    for path in ("/lib/bad", "/lib/bad/1", "/lib/bad/alpha"):
        answer = api.get(API + path)
        assert (problem(answer), answer.json()["reason"]) == ((410, "work-hidden"), "why")


def test_old_names_of_work_and_author_lead_to_it_and_nobody_s_work_is_found_under_any(
    asha: User, api: httpx2.Client, database_urls: dict[str, str]
) -> None:
    edit(asha, "/lib/old", "A = 1\n", metadata={"by": {"author": "asha"}})
    asha.client.patch(f"{API}/hub/lib/old", json={"name": "new"})
    publishing.publish(asha, "new", kind="lib")
    engine = create_engine(database_urls["xatra_auth"])
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO hub_usernames (username, user_id) VALUES ('before', :id)"), {"id": asha.id}
        )
    engine.dispose()
    for path in ("/lib/old", "/before/lib/old/1", "/asha/lib/new"):
        assert api.get(API + path).json()["name"] == "new"

    asha.client.post(f"{API}/hub/lib/new/disassociate", json={"confirm": "new"})
    for path in ("/lib/old", "/before/lib/old/1", "/asha/lib/new"):
        body = api.get(API + path).json()
        assert (body["username"], body["metadata"]) == (None, {"by": {}})


def test_a_client_that_has_it_is_not_sent_it_again(asha: User, ravi: User, api: httpx2.Client) -> None:
    release(asha, "/lib/one", "A = 1\n")
    first = api.get(f"{API}/lib/one")
    again = api.get(f"{API}/lib/one", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")

    release(asha, "/lib/one", "A = 2\n")
    assert api.get(f"{API}/lib/one", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_no_page_of_another_site_may_read_it(asha: User, api: httpx2.Client) -> None:
    release(asha, "/lib/one", "A = 1\n")
    answer = api.get(f"{API}/lib/one", headers={"Origin": "https://elsewhere.example"})
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_addresses_of_other_features_are_theirs(asha: User, api: httpx2.Client) -> None:
    release(asha, "/lib/one", "A = 1\n")
    assert "latest_version" in api.get(f"{API}/hub/lib/one").json()
    assert api.get(f"{API}/hub/lib/one/alpha").json().keys() >= {"content_hash"}
    assert api.post(f"{API}/lib/one").status_code == 405
