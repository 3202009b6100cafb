"""Drafts: one for each guest and user, of which no save loses anything that somebody else saved."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import httpx2
import pytest
from sqlalchemy import Engine, text
from tests.api.admin.conftest import MakeUser
from tests.api.conftest import API, become_guest
from tests.api.drafts.drafting import CURRENT, LIBRARY, MAP, THEME, Drafter
from tests.api.hub.publishing import problem

from xatra_api.drafts.service import MAX_DRAFT_BYTES
from xatra_shared.identity.api_tokens import Scope

DRAFT = {
    "program": MAP,
    "library": LIBRARY,
    "theme": THEME,
    "files": {"a.csv": "0" * 64},
    "name": "Mauryan Empire!",
    "description": "Aśoka's",
    "state": {"z": [1, 2.5, None], "a": {"ś": "\U0001f5fa"}},
}

HOSTILE = [
    "NaN",
    "1e999999",
    '"\\ud800"',
    "[" * 500 + "]" * 500,
    '{"a":' * 500 + "1" + "}" * 500,
    "9" * 5000,
    '"\\u0000"',
    '{"a": 1, "a": 2}',
    "[1,",
]


@pytest.fixture(params=["guest", "author"])
def drafter(request: pytest.FixtureRequest) -> Drafter:
    """Return a guest, and a user."""
    return request.getfixturevalue(request.param)


def test_who_has_none_is_told_so(drafter: Drafter) -> None:
    assert problem(drafter.client.get(CURRENT)) == (404, "no-draft")
    assert problem(drafter.delete()) == (404, "no-draft")
    assert drafter.list() == []


def test_a_draft_is_kept_as_it_was_sent(drafter: Drafter) -> None:
    answer = drafter.create(**DRAFT)

    assert answer.status_code == 201
    draft = drafter.read()
    assert {name: draft[name] for name in DRAFT} == DRAFT
    assert [*draft["state"]] == ["z", "a"]
    assert answer.headers["ETag"] == f'"{draft["version"]}"'
    assert drafter.list() == [answer.json()]
    assert {name: draft[name] for name in answer.json()} == answer.json()


def test_fields_that_are_not_sent_stay_as_they_are(drafter: Drafter) -> None:
    version = drafter.create(**DRAFT).json()["version"]
    version = drafter.save(version, program="x = 1\n").json()["version"]
    drafter.save(version, state={})

    draft = drafter.read()
    assert {name: draft[name] for name in DRAFT} == {**DRAFT, "program": "x = 1\n", "state": {}}


def test_fields_that_were_never_sent_are_empty(drafter: Drafter) -> None:
    drafter.create()

    draft = drafter.read()
    empty = {"program": "", "library": "", "theme": "", "files": {}, "name": "", "description": "", "state": {}}
    assert {name: draft[name] for name in empty} == empty


def test_a_stale_save_overwrites_nothing_and_is_told_what_is_there(drafter: Drafter) -> None:
    first = drafter.create(program="a", state={"a": 1}).json()["version"]
    drafter.save(first, program="b")

    answer = drafter.save(first, program="c")

    assert problem(answer) == (412, "stale")
    assert answer.json()["current"] == drafter.read()
    assert (drafter.read()["program"], drafter.read()["state"]) == ("b", {"a": 1})


def test_a_new_draft_overwrites_none(drafter: Drafter) -> None:
    drafter.create(program="a")

    answer = drafter.create(program="b")

    assert problem(answer) == (412, "stale")
    assert answer.json()["current"]["program"] == "a"


def test_a_save_of_what_was_deleted_is_told_so(drafter: Drafter) -> None:
    version = drafter.create(program="a").json()["version"]
    assert drafter.delete().status_code == 204

    answer = drafter.save(version, program="b")

    assert problem(answer) == (412, "stale")
    assert answer.json()["current"] is None


def test_a_window_with_a_deleted_draft_does_not_overwrite_the_one_after_it(drafter: Drafter) -> None:
    old = drafter.create(program="old").json()["version"]
    drafter.delete()
    drafter.create(program="new")

    assert problem(drafter.save(old, program="old, edited")) == (412, "stale")
    assert drafter.read()["program"] == "new"


def test_of_saves_at_once_one_is_kept_and_the_others_are_told(drafter: Drafter) -> None:
    with ThreadPoolExecutor(8) as pool:
        created = [*pool.map(lambda number: drafter.create(program=str(number)), range(8))]
        assert sorted(answer.status_code for answer in created) == [201] + [412] * 7
        version = drafter.read()["version"]
        saved = [*pool.map(lambda number: drafter.save(version, program=str(number)), range(8))]
    assert sorted(answer.status_code for answer in saved) == [200] + [412] * 7
    (kept,) = [number for number, answer in enumerate(saved) if answer.status_code == 200]
    assert drafter.read()["program"] == str(kept)


def test_a_save_says_what_it_builds_on(drafter: Drafter) -> None:
    for headers in ({}, {"If-Match": '"1"', "If-None-Match": "*"}, {"If-None-Match": '"1"'}):
        assert problem(drafter.client.put(CURRENT, json={}, headers=headers)) == (428, "precondition-required")


def test_a_draft_is_deleted_only_as_it_was_read(drafter: Drafter) -> None:
    first = drafter.create(program="a").json()["version"]
    second = drafter.save(first, program="b").json()["version"]

    assert problem(drafter.delete(**{"If-Match": f'"{first}"'})) == (412, "stale")
    assert drafter.delete(**{"If-Match": f'"{second}"'}).status_code == 204


def test_a_client_that_has_the_draft_does_not_get_it_again(drafter: Drafter) -> None:
    tag = drafter.create(program="a").headers["ETag"]

    answer = drafter.client.get(CURRENT, headers={"If-None-Match": tag})

    assert (answer.status_code, answer.content) == (304, b"")


def test_everyone_has_drafts_of_their_own(guest: Drafter, author: Drafter, new_guest: Callable[[], Drafter]) -> None:
    other = new_guest()
    for drafter, program in ((guest, "a"), (author, "b"), (other, "c")):
        drafter.create(program=program)

    assert [drafter.read()["program"] for drafter in (guest, author, other)] == ["a", "b", "c"]


def test_nobody_in_particular_has_drafts(api: httpx2.Client) -> None:
    for answer in (
        api.get(f"{API}/drafts"),
        api.get(CURRENT),
        api.put(CURRENT, json={}, headers={"If-None-Match": "*"}),
        api.delete(CURRENT),
    ):
        assert problem(answer) == (401, "guest-cookie-missing")
        assert "/auth/csrf" in answer.json()["detail"]


def test_an_api_token_needs_the_scopes_of_the_hub(make: MakeUser) -> None:
    reader = make("ravi", scopes=(Scope.HUB_READ,))

    assert problem(reader.client.get(CURRENT)) == (404, "no-draft")
    assert problem(Drafter(reader.client).create(program="a")) == (403, "insufficient-scope")


def test_half_written_programs_are_kept(drafter: Drafter) -> None:
    assert drafter.create(program="def (", library="\t x").status_code == 201


def test_what_has_not_the_form_of_a_draft_is_refused(guest: Drafter) -> None:
    wrong: list[object] = [
        [],
        "program",
        None,
        {"program": None},
        {"program": 1},
        {"program": "a\x00"},
        {"program": "a" * 200_001},
        {"files": {"a.csv": "0"}},
        {"files": {"../a": "0" * 64}},
        {"files": {f"{number}.csv": "0" * 64 for number in range(33)}},
        {"name": "a\nb"},
        {"description": "x" * 4001},
        {"state": []},
        {"state": None},
        {"other": 1},
        {f"x{number}": 1 for number in range(200)},
    ]
    for body in wrong:
        answer = guest.client.put(CURRENT, json=body, headers={"If-None-Match": "*"})
        assert problem(answer) == (422, "invalid-request"), str(body)[:50]
        assert answer.json()["errors"][0]["field"].startswith("body")
    assert guest.list() == []


def test_no_state_breaks_anything(guest: Drafter) -> None:
    headers = {"If-None-Match": "*", "Content-Type": "application/json"}
    for state, padding in product(HOSTILE, (0, 600_000)):  # the long ones are read in processes of their own
        body = f'{{"state": {{"x": {state}, "y": "{" " * padding}"}}}}'.encode()
        answer = guest.client.put(CURRENT, content=body, headers=headers)
        assert answer.status_code in {201, 422}, (state[:20], answer.text)
        if answer.status_code == 201:
            assert "x" in guest.read()["state"]
            guest.delete()


def test_a_long_draft_is_kept_as_well(guest: Drafter) -> None:
    state = {"drawn": [[round(number / 7, 6), number] for number in range(100_000)]}

    version = guest.create(state=state, program=MAP).json()["version"]
    guest.save(version, library=LIBRARY)

    assert guest.read()["state"] == state
    assert guest.read()["program"] == MAP


def test_what_is_small_and_many_takes_a_long_body_no_further(guest: Drafter) -> None:
    body = b'{"state": {"a": [' + b",".join([b"[]"] * 3_200_000) + b"]}}"
    headers = {"If-None-Match": "*", "Content-Type": "application/json"}

    answer = guest.client.put(CURRENT, content=body, headers=headers)

    assert answer.status_code in {201, 422, 503}
    assert guest.client.get("/healthz").status_code == 200


def test_ten_megabytes_are_the_most_in_one_body_and_together(guest: Drafter) -> None:
    too_long = json.dumps({"state": {"a": "x" * MAX_DRAFT_BYTES}}).encode()
    headers = {"If-None-Match": "*", "Content-Type": "application/json"}
    assert problem(guest.client.put(CURRENT, content=too_long, headers=headers)) == (413, "content-too-large")

    version = guest.create(state={"a": "x" * (MAX_DRAFT_BYTES - 100_000)}).json()["version"]
    assert problem(guest.save(version, program="x" * 150_000)) == (413, "draft-too-large")
    assert guest.read()["program"] == ""
    assert guest.save(version, program="x" * 50_000).status_code == 200


def test_guests_of_one_network_have_no_more_than_their_share(serve: Callable[..., httpx2.Client]) -> None:
    api = serve(address_draft_quota_bytes=100_000)
    guests = []
    for _ in range(3):
        client = httpx2.Client(base_url=api.base_url, timeout=60)
        client.headers["X-CSRF-Token"] = become_guest(client)
        guests.append(Drafter(client))

    version = guests[0].create(program="x" * 60_000).json()["version"]
    assert problem(guests[1].create(program="x" * 60_000)) == (413, "draft-quota")
    assert guests[2].create(program="x" * 30_000).status_code == 201
    assert problem(guests[0].save(version, program="x" * 80_000)) == (413, "draft-quota")
    assert guests[0].save(version, program="x" * 50_000).status_code == 200
    for guest in guests:
        guest.client.close()


def test_saving_a_draft_keeps_its_files(author: Drafter, owner: Engine) -> None:
    sha256 = author.client.put(f"{API}/files", params={"name": "a.csv"}, content=b"a,b\n1,2\n").json()["sha256"]
    with owner.begin() as connection:
        connection.execute(text("UPDATE files SET last_used_at = now() - interval '60 days', marked_at = now()"))

    author.create(files={"a.csv": sha256})

    with owner.connect() as connection:
        row = connection.execute(text("SELECT marked_at, last_used_at > now() - interval '1 day' FROM files")).one()
        kept = connection.execute(text("SELECT file_sha256s FROM hub_drafts")).scalar_one()
    assert tuple(row) == (None, True)
    assert kept == [sha256]
