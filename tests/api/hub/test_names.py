"""Names: what was ever public leads to its work for ever, and is never given to anyone else."""

import re
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest
from sqlalchemy import Engine, text
from tests.api.conftest import API
from tests.api.hub.publishing import (
    LIBRARY,
    MAP,
    address,
    change,
    create,
    problem,
    publish,
    read,
    read_version,
    save,
    try_to_create,
)
from tests.api.users import User

from xatra_api.hub.naming import RESERVED


def delete(user: User, name: str, *, kind: str = "map") -> httpx2.Response:
    return user.client.delete(address(name, kind))


@pytest.mark.parametrize("name", [".", "..", "a" * 65, "...", "new", "api", "explore", "me"])
def test_names_that_no_map_gets(asha: User, name: str):
    # A dot alone would be resolved by the client.
    answer = asha.client.put(f"{API}/hub/map/{name.replace('.', '%2E')}/alpha", json={}, headers={"If-None-Match": "*"})
    assert problem(answer)[0] in {404, 422}
    create(asha, "rivers")
    assert problem(change(asha, "rivers", name=name)) == (422, "name-not-allowed")


@pytest.mark.parametrize("name", ["Rivers", "a-b", "a b", "", "a/b", "é", "a" * 201])
def test_names_that_are_none(asha: User, name: str):
    create(asha, "rivers")
    assert problem(change(asha, "rivers", name=name)) == (422, "invalid-request")


@pytest.mark.parametrize("name", ["a", "a" * 64, "1", "a.b_c.2", "_", ".a"])
def test_names_that_a_map_may_have(asha: User, name: str):
    assert create(asha, name)["name"] == name
    assert read(asha, name)["name"] == name


def test_what_is_reserved_for_maps_may_be_a_library(asha: User):
    assert create(asha, "explore", LIBRARY, kind="lib")["name"] == "explore"


def test_the_first_segment_of_every_address_is_reserved(api: httpx2.Client):
    paths = api.get(f"{API}/openapi.json").json()["paths"]
    segments = {path.removeprefix(f"{API}/").partition("/")[0] for path in paths}
    possible = {segment for segment in segments if re.fullmatch(r"[a-z0-9_.]+", segment)}

    assert possible
    assert possible <= RESERVED


def test_each_kind_has_its_own_names(asha: User, ravi: User):
    create(asha, "rivers")
    create(ravi, "rivers", LIBRARY, kind="lib")

    assert problem(try_to_create(ravi, "rivers")) == (409, "name-taken")
    assert problem(try_to_create(asha, "rivers")) == (409, "name-taken")
    assert read(asha, "rivers")["alpha"]["content"] == MAP


def test_of_those_who_want_a_name_at_once_one_gets_it(asha: User, ravi: User):
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda number: try_to_create((asha, ravi)[number % 2], "rivers"), range(8)))

    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
    made = next(answer for answer in answers if answer.status_code == 201)
    assert read(asha, "rivers")["id"] == made.json()["id"]


def test_of_renamings_at_once_to_one_name_one_is_done(asha: User, ravi: User):
    works = {f"w{number}": create((asha, ravi)[number % 2], f"w{number}") for number in range(6)}

    with ThreadPoolExecutor(6) as pool:
        answers = dict(
            pool.map(
                lambda number: (f"w{number}", change((asha, ravi)[number % 2], f"w{number}", name="rivers")), range(6)
            )
        )
    assert sorted(answer.status_code for answer in answers.values()) == [200] + [409] * 5
    winner = next(name for name, answer in answers.items() if answer.status_code == 200)
    assert read(asha, "rivers")["id"] == works[winner]["id"]
    for name, work in works.items():
        assert read(asha, name)["id"] == work["id"]


def test_works_that_swap_their_names_at_once_do_not_block_each_other(asha: User, ravi: User):
    create(asha, "a")
    create(ravi, "b")
    for _ in range(5):
        with ThreadPoolExecutor(2) as pool:
            answers = list(
                pool.map(lambda swap: change(swap[0], swap[1], name=swap[2]), [(asha, "a", "b"), (ravi, "b", "a")])
            )
        assert [answer.status_code for answer in answers] == [409, 409]


def test_after_a_renaming_the_old_name_leads_to_the_work(asha: User, ravi: User):
    create(asha, "core", LIBRARY, kind="lib")
    assert change(asha, "core", kind="lib", name="centre").json()["name"] == "centre"

    for name in ("core", "centre"):
        assert read(ravi, name, kind="lib")["name"] == "centre"
    assert problem(try_to_create(ravi, "core", kind="lib")) == (409, "name-taken")
    assert problem(try_to_create(asha, "core", kind="lib")) == (409, "name-taken")
    assert save(asha, "core", 1, kind="lib", content="x = 1").status_code == 200

    publish(asha, "centre", kind="lib")
    create(ravi, "rivers", 'from xatra import xatrahub\nc = xatrahub("/lib/core")\n')
    publish(ravi, "rivers")
    assert "core/1" in read_version(ravi, "rivers")["content"]


def test_a_work_may_have_its_old_name_again(asha: User):
    create(asha, "rivers")
    change(asha, "rivers", name="streams")

    assert change(asha, "streams", name="rivers").json()["name"] == "rivers"
    assert read(asha, "streams")["name"] == "rivers"
    assert change(asha, "rivers", name="rivers").status_code == 200


def test_a_name_that_was_never_public_is_free_again(asha: User, ravi: User):
    create(asha, "rivers", visibility="private")
    change(asha, "rivers", name="streams")
    assert asha.client.get(address("rivers")).status_code == 404
    create(ravi, "rivers")

    create(asha, "lakes", visibility="private")
    assert delete(asha, "lakes").status_code == 204
    create(ravi, "lakes")


def test_a_private_name_that_became_public_once_stays(asha: User, ravi: User):
    create(asha, "rivers", visibility="private")
    change(asha, "rivers", visibility="unlisted")
    change(asha, "rivers", visibility="private")
    change(asha, "rivers", name="streams")

    assert problem(try_to_create(ravi, "rivers")) == (409, "name-taken")
    assert problem(ravi.client.get(address("rivers"))) == (404, "work-not-found")
    assert read(asha, "rivers")["name"] == "streams"


def test_a_work_that_was_published_keeps_its_name(asha: User):
    create(asha, "rivers")
    publish(asha, "rivers")

    assert problem(change(asha, "rivers", name="streams")) == (409, "name-locked")
    assert change(asha, "rivers", name="rivers", description="d").json()["description"] == "d"


def test_the_public_name_of_a_deleted_work_is_its_authors_alone(asha: User, ravi: User):
    create(asha, "core", LIBRARY, kind="lib")
    change(asha, "core", kind="lib", name="centre")
    assert delete(asha, "core", kind="lib").status_code == 204

    for name in ("core", "centre"):
        assert problem(asha.client.get(address(name, "lib"))) == (404, "work-not-found")
        assert problem(try_to_create(ravi, name, kind="lib")) == (409, "name-taken")
        assert create(asha, name, LIBRARY, kind="lib")["alpha"]["version"] == 1


def test_a_published_work_is_not_deleted(asha: User):
    create(asha, "rivers")
    publish(asha, "rivers")

    assert problem(delete(asha, "rivers")) == (409, "already-published")
    assert read(asha, "rivers")["latest_version"] == 1


def test_when_an_account_is_deleted_its_public_names_are_nobodys(asha: User, ravi: User, owner: Engine):
    create(asha, "rivers")
    create(asha, "lakes")
    publish(asha, "lakes")
    with owner.begin() as connection:
        connection.execute(text("DELETE FROM hub_users WHERE username = 'asha'"))

    work = read(ravi, "lakes")
    assert (work["author"], work["disassociated"]) == (None, True)
    for name in ("rivers", "lakes"):
        assert problem(try_to_create(ravi, name)) == (409, "name-taken")


def test_a_suggested_name_is_free(asha: User, guest: User):
    def suggest(base: str, kind: str = "map") -> str:
        answer = guest.client.get(f"{API}/hub/names/{kind}/suggestion", params={"base": base})
        assert answer.status_code == 200, answer.text
        return answer.json()["name"]

    assert suggest("Île-de-France, 1789!") == "ile_de_france_1789"
    assert suggest("") == suggest("...") == suggest("漢字") == "untitled"
    assert suggest("Explore") == "explore_2"
    assert suggest("Explore", "lib") == "explore"
    create(asha, "rivers", visibility="private")
    assert suggest("Rivers") == "rivers_2"
    assert suggest("Rivers", "css") == "rivers"
    for number in range(2, 20):
        create(asha, f"rivers_{number}")
    assert re.fullmatch(r"rivers_\d{6}", suggest("rivers"))
    assert create(asha, suggest("x" * 200))


def test_private_works_are_their_authors_alone(asha: User, ravi: User, guest: User):
    create(asha, "rivers", visibility="private")
    publish(asha, "rivers")

    for path in ("", "/alpha", "/versions/1", "/info", "/importers", "/outdated-importers"):
        assert problem(ravi.client.get(address("rivers") + path)) == (404, "work-not-found")
        assert asha.client.get(address("rivers") + path).status_code == 200
    assert problem(guest.client.get(address("rivers"))) == (404, "work-not-found")
    assert problem(save(ravi, "rivers", 1, content="")) == (404, "work-not-found")
    assert problem(ravi.client.post(f"{address('rivers')}/fork", json={"name": "mine"})) == (404, "work-not-found")


def test_unlisted_works_are_for_whoever_has_the_address(asha: User, guest: User):
    create(asha, "rivers", visibility="unlisted")

    assert read(guest, "rivers")["alpha"]["content"] == MAP


def test_a_hidden_work_is_gone_for_all_but_its_author(asha: User, ravi: User, owner: Engine):
    create(asha, "rivers")
    publish(asha, "rivers")
    with owner.begin() as connection:
        connection.execute(text("UPDATE hub_artifacts SET hidden_at = now(), hidden_reason = 'Spam'"))

    for path in ("", "/alpha", "/versions/1", "/info"):
        answer = ravi.client.get(address("rivers") + path)
        assert problem(answer) == (410, "work-hidden")
        assert answer.json()["reason"] == "Spam"
    assert read(asha, "rivers")["hidden_reason"] == "Spam"
    assert save(asha, "rivers", 1, content="x = 1").status_code == 200
