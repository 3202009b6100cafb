"""Promotion: a draft becomes works with all that it has, or stays as it is."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Engine, text
from tests.api.conftest import API
from tests.api.drafts.drafting import CURRENT, LIBRARY, MAP, THEME, Drafter
from tests.api.hub.publishing import create, problem
from tests.api.users import User

STATE = {"picker": {"country": "IND"}}


@pytest.fixture
def draft(author: Drafter) -> int:
    """Save a draft with everything, and return its version."""
    sha256 = author.client.put(f"{API}/files", params={"name": "a.csv"}, content=b"a,b\n1,2\n").json()["sha256"]
    fields = {"program": MAP, "library": LIBRARY + '# "a.csv"\n', "theme": THEME}
    answer = author.create(**fields, files={"a.csv": sha256}, description="Aśoka's", state=STATE, name="anything")
    return answer.json()["version"]


def work_of(drafter: Drafter, kind: str, name: str) -> dict[str, Any]:
    answer = drafter.client.get(f"{API}/hub/{kind}/{name}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def count_works(owner: Engine) -> int:
    with owner.connect() as connection:
        return connection.execute(text("SELECT count(*) FROM hub_artifacts")).scalar_one()


def test_a_draft_becomes_a_map_with_its_library_and_theme(author: Drafter, draft: int) -> None:
    answer = author.promote("mauryan_empire")

    assert answer.status_code == 201
    assert answer.json() == {"map": "mauryan_empire", "library": "mauryan_empire", "theme": "mauryan_empire"}
    work = work_of(author, "map", "mauryan_empire")
    assert (work["library"], work["theme"]) == ("mauryan_empire", "mauryan_empire")
    assert (work["description"], work["visibility"], work["latest_version"]) == ("Aśoka's", "public", 0)
    assert (work["alpha"]["content"], work["alpha"]["metadata"]) == (MAP, STATE)
    assert [*work["alpha"]["files"]] == ["a.csv"]
    library, theme = work_of(author, "lib", "mauryan_empire"), work_of(author, "css", "mauryan_empire")
    assert library["alpha"]["content"].startswith(LIBRARY)
    assert theme["alpha"]["content"] == THEME
    assert ([*library["alpha"]["files"]], theme["alpha"]["files"]) == (["a.csv"], {})
    assert problem(author.client.get(CURRENT)) == (404, "no-draft")


def test_a_taken_name_keeps_the_draft(author: Drafter, ravi: User, draft: int, owner: Engine) -> None:
    create(ravi, "mauryan_empire")

    assert problem(author.promote("mauryan_empire")) == (409, "name-taken")
    assert author.read()["version"] == draft
    assert count_works(owner) == 1


def test_a_name_that_cannot_be_one_keeps_the_draft(author: Drafter, draft: int, owner: Engine) -> None:
    assert problem(author.promote("explore")) == (422, "name-not-allowed")
    assert problem(author.promote("No Name")) == (422, "invalid-request")
    assert author.read()["version"] == draft
    assert count_works(owner) == 0


def test_only_the_name_of_the_map_has_to_be_free(author: Drafter, ravi: User, draft: int) -> None:
    create(ravi, "mauryan_empire", LIBRARY, kind="lib")

    made = author.promote("mauryan_empire").json()

    assert (made["map"], made["theme"]) == ("mauryan_empire", "mauryan_empire")
    assert made["library"] != "mauryan_empire"
    assert work_of(author, "map", "mauryan_empire")["library"] == made["library"]


def test_what_is_empty_becomes_no_work(author: Drafter, owner: Engine) -> None:
    author.create(program=MAP, library=" \n")

    assert author.promote("mauryan_empire").json() == {"map": "mauryan_empire", "library": None, "theme": None}
    assert count_works(owner) == 1


def test_a_library_alone_gets_the_name(author: Drafter) -> None:
    author.create(library=LIBRARY, description="Cores")

    assert author.promote("cores").json() == {"map": None, "library": "cores", "theme": None}
    assert work_of(author, "lib", "cores")["description"] == "Cores"


def test_an_empty_draft_becomes_nothing(author: Drafter) -> None:
    author.create(state=STATE)

    assert problem(author.promote("mauryan_empire")) == (422, "draft-empty")
    assert author.read()["state"] == STATE


def test_there_has_to_be_a_draft(author: Drafter) -> None:
    assert problem(author.promote("mauryan_empire")) == (404, "no-draft")


def test_guests_have_to_sign_in_first(guest: Drafter) -> None:
    guest.create(program=MAP)

    assert problem(guest.promote("mauryan_empire")) == (401, "not-signed-in")
    assert guest.read()["program"] == MAP


def test_works_are_as_visible_as_was_asked(author: Drafter, ravi: User, draft: int) -> None:
    author.promote("mauryan_empire", visibility="private")

    for kind in ("map", "lib", "css"):
        assert work_of(author, kind, "mauryan_empire")["visibility"] == "private"
        assert problem(ravi.client.get(f"{API}/hub/{kind}/mauryan_empire")) == (404, "work-not-found")


def test_half_written_programs_become_works_too(author: Drafter) -> None:
    author.create(program="def (")

    assert author.promote("mauryan_empire").status_code == 201


def test_a_draft_is_promoted_only_as_it_was_read(author: Drafter, draft: int, owner: Engine) -> None:
    author.save(draft, program="newer")

    answer = author.promote("mauryan_empire", headers={"If-Match": f'"{draft}"'})

    assert problem(answer) == (412, "stale")
    assert answer.json()["current"]["program"] == "newer"
    assert count_works(owner) == 0


def test_a_state_that_works_do_not_keep_is_not_dropped_silently(author: Drafter) -> None:
    author.create(program=MAP, state={"a": "x" * 70_000})

    assert problem(author.promote("mauryan_empire")) == (422, "state-too-large")
    assert author.promote("mauryan_empire", metadata={"kept": True}).status_code == 201
    assert work_of(author, "map", "mauryan_empire")["alpha"]["metadata"] == {"kept": True}


def test_a_draft_is_promoted_once(author: Drafter, draft: int, owner: Engine) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = [*pool.map(lambda number: author.promote(f"map_{number}"), range(4))]

    assert [answer.status_code for answer in answers].count(201) == 1
    assert {answer.status_code for answer in answers} <= {201, 404, 412}
    assert count_works(owner) == 3


def test_files_that_are_gone_keep_the_draft(author: Drafter) -> None:
    author.create(program=MAP, files={"a.csv": "0" * 64})

    answer = author.promote("mauryan_empire")

    assert answer.status_code == 422
    assert author.read()["program"] == MAP
