"""Imports that are made to take long: each is resolved or refused soon, with the way to what is wrong."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import pytest
from sqlalchemy import Connection, create_engine, text
from tests.api.imports.test_resolving import importing
from tests.api.imports.works import edit, refusal, release, resolve
from tests.api.users import User

SOON_SECONDS = 10  # on a machine that others use too


@pytest.fixture
def hub(database_urls: dict[str, str]) -> Iterator[Connection]:
    """Return the database as the api has it, for works in numbers that nobody types."""
    engine = create_engine(database_urls["xatra_api"])
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def add_chain(
    connection: Connection,
    user: User,
    length: int,
    *,
    published: bool = False,
    source_bytes: int = 0,
    ring: bool = False,
) -> None:
    """Add libraries c0, c1, …, each of which imports the next, as alphas or as first versions."""
    filler = "#" * source_bytes + "\n" if source_bytes else ""
    version = 1 if published else "alpha"
    for number in range(length):
        following = (number + 1) % length
        content = importing(f"/lib/c{following}/{version}") if following or ring else "A = 1\n"
        add_library(connection, user, f"c{number}", content + filler, published=published)
    if published:
        connection.execute(
            text(
                """
                INSERT INTO hub_imports (artifact_id, version, path, imported_id, imported_version)
                SELECT work.id, 1, '/lib/' || next.name || '/1', next.id, 1
                FROM hub_artifacts work JOIN hub_artifacts next
                  ON next.name = 'c' || (substr(work.name, 2)::int + 1) % :length
                WHERE work.name LIKE 'c%' AND (:ring OR next.name <> 'c0')
                """
            ),
            {"length": length, "ring": ring},
        )


def add_library(connection: Connection, user: User, name: str, content: str, *, published: bool = False) -> None:
    values = {"name": name, "user_id": user.id, "content": content, "version": int(published), "hash": "0" * 64}
    connection.execute(text("INSERT INTO hub_artifact_names (kind, name) VALUES ('lib', :name)"), values)
    connection.execute(
        text(
            """
            INSERT INTO hub_artifacts (kind, name, user_id, alpha_content, alpha_hash, search_text, latest_version, published_at)
            VALUES ('lib', :name, :user_id, :content, :hash, :name, :version, CASE :version WHEN 1 THEN now() END)
            """
        ),
        values,
    )
    connection.execute(
        text(
            """
            UPDATE hub_artifact_names SET artifact_id = work.id FROM hub_artifacts work
            WHERE hub_artifact_names.name = :name AND work.name = :name
            """
        ),
        values,
    )
    if published:
        connection.execute(
            text(
                """
                INSERT INTO hub_artifact_versions (artifact_id, version, content, content_hash, wants_artefact)
                SELECT id, 1, :content, :hash, false FROM hub_artifacts WHERE name = :name
                """
            ),
            values,
        )


@contextmanager
def soon() -> Iterator[None]:
    started = time.monotonic()
    yield
    assert time.monotonic() - started < SOON_SECONDS


# How many


def test_a_hundred_works_are_imported_and_one_more_is_not(asha: User, api: httpx2.Client, hub: Connection) -> None:
    for number in range(101):
        add_library(hub, asha, f"c{number}", "A = 1\n", published=True)
    hub.commit()

    with soon():
        answer = resolve(api, importing(*(f"/lib/c{number}" for number in range(100))))
    assert [found["version"] for found in answer.json()["imports"]] == [1] * 100
    assert refusal(resolve(api, importing(*(f"/lib/c{number}" for number in range(101))))) == (
        "imports-too-large",
        "A program imports at most 100 works, all that they import among them.",
    )


def test_thousands_of_imports_are_refused(api: httpx2.Client) -> None:
    for paths in (
        [f"/lib/c{number}" for number in range(5_000)],
        [f"/a{number}/lib/one" for number in range(5_000)],
    ):
        with soon():
            assert refusal(resolve(api, importing(*paths)))[0] == "imports-too-large"


def test_thousands_of_calls_of_one_import_are_resolved_and_pinned(asha: User, api: httpx2.Client) -> None:
    release(asha, "/lib/one", "A = 1\n")
    program = "from xatra import xatrahub\n" + "xatrahub('/lib/one')\n" * 9_400
    assert 190_000 < len(program) < 200_000

    with soon():
        answer = resolve(api, program)
    assert len(answer.json()["imports"]) == 1
    assert answer.json()["pinned"] == program.replace("/lib/one", "/lib/one/1")


@pytest.mark.parametrize("call", ["xatrahub(x)", "xatrahub(''", "xatrahub;", "xatrahub('é')"])
def test_thousands_of_mistakes_are_told_as_a_few(api: httpx2.Client, call: str) -> None:
    with soon():
        answer = resolve(api, f"{call}\n" * (190_000 // (len(call) + 1)))
    assert answer.status_code == 422
    assert len(answer.json()["errors"]) <= 20
    assert len(answer.content) < 10_000


def test_calls_in_one_long_line_of_other_letters_are_found_soon(asha: User, api: httpx2.Client) -> None:
    release(asha, "/lib/one", "A = 1\n")
    with soon():
        answer = resolve(api, "पाटलि=xatrahub('/lib/one');" * 6_000)
    assert answer.json()["pinned"] == "पाटलि=xatrahub('/lib/one/1');" * 6_000


# How deep, and round


@pytest.mark.parametrize("published", [True, False])
def test_a_chain_of_sixteen_works_is_imported_and_a_longer_one_is_not(
    asha: User, api: httpx2.Client, hub: Connection, *, published: bool
) -> None:
    add_chain(hub, asha, 17, published=published)
    hub.commit()
    version = 1 if published else "alpha"

    with soon():
        assert resolve(api, importing(f"/lib/c1/{version}")).status_code == 200
        slug, says = refusal(resolve(api, importing(f"/lib/c0/{version}")))
    assert slug == "imports-too-deep"
    assert says.startswith("Line 2: A chain of imports has at most 16 works; this one is longer (/lib/c0/")


@pytest.mark.parametrize(("published", "slug"), [(True, "imports-too-large"), (False, "imports-too-deep")])
def test_a_chain_of_thousands_is_refused_soon(
    asha: User, api: httpx2.Client, hub: Connection, slug: str, *, published: bool
) -> None:
    add_chain(hub, asha, 1_000, published=published)
    hub.commit()
    with soon():
        assert refusal(resolve(api, importing(f"/lib/c0/{1 if published else 'alpha'}")))[0] == slug


def test_imports_that_go_round_in_a_circle_are_refused_with_the_circle(asha: User, api: httpx2.Client) -> None:
    edit(asha, "/lib/a", importing("/lib/b/alpha"))
    edit(asha, "/lib/b", importing("/lib/c/alpha"))
    edit(asha, "/lib/c", importing("/lib/b/alpha"))

    answer = resolve(api, importing("/lib/a/alpha"))
    assert refusal(answer) == (
        "import-cycle",
        "Line 2: These imports go round in a circle (/lib/b/alpha imports /lib/c/alpha imports /lib/b/alpha)",
    )


def test_a_work_that_imports_itself_is_refused(asha: User, api: httpx2.Client) -> None:
    edit(asha, "/map/self", importing("/map/self/alpha"))
    slug, says = refusal(resolve(api, importing("/map/self/alpha")))
    assert (slug, "/map/self/alpha imports /map/self/alpha" in says) == ("import-cycle", True)


def test_a_map_whose_library_imports_it_is_refused(asha: User, api: httpx2.Client) -> None:
    edit(asha, "/lib/part", importing("/map/whole/alpha"))
    edit(asha, "/map/whole", "x = 1\n", library="part")
    assert refusal(resolve(api, importing("/map/whole/alpha")))[0] == "import-cycle"


def test_a_work_may_import_an_earlier_version_of_itself(asha: User, api: httpx2.Client) -> None:
    release(asha, "/lib/self", "A = 1\n")
    assert release(asha, "/lib/self", importing("/lib/self")) == 2
    assert release(asha, "/lib/self", importing("/lib/self") + "B = 1\n") == 3
    assert resolve(api, importing("/lib/self")).json()["imports"][0]["version"] == 3


def test_versions_that_import_each_other_in_a_circle_are_refused_soon(
    asha: User, api: httpx2.Client, hub: Connection
) -> None:
    add_chain(hub, asha, 5, published=True, ring=True)
    hub.commit()
    with soon():
        assert refusal(resolve(api, importing("/lib/c0")))[0] == "import-cycle"


# How long


@pytest.mark.parametrize("published", [True, False])
def test_more_than_two_megabytes_of_source_are_refused(
    asha: User, api: httpx2.Client, hub: Connection, *, published: bool
) -> None:
    add_chain(hub, asha, 11, published=published, source_bytes=190_000)
    hub.commit()
    version = 1 if published else "alpha"
    with soon():
        assert resolve(api, importing(f"/lib/c1/{version}")).status_code == 200
        assert refusal(resolve(api, importing(f"/lib/c0/{version}"))) == (
            "imports-too-large",
            "All that a program imports has at most 2,000,000 bytes of source.",
        )


def test_what_two_maps_bring_twice_counts_twice(asha: User, api: httpx2.Client) -> None:
    edit(asha, "/lib/part", "#" * 190_000 + "\n")
    for number in range(11):
        release(asha, f"/map/m{number}", f"x = {number}\n", library="part")
    assert resolve(api, importing(*(f"/map/m{number}" for number in range(10)))).status_code == 200
    assert refusal(resolve(api, importing(*(f"/map/m{number}" for number in range(11)))))[0] == "imports-too-large"


# Strange letters


@pytest.mark.parametrize(
    "path",
    [
        "/lib/\\ud800",
        "/lib/\\0",
        "/lib/\\u202ea",
        "/lib/\u0430soka",
        "/lib/" + "é" * 10_000,
        "/lib/%00",
        "\\N{BELL}",
        "/lib/a'",
    ],
)
def test_paths_of_strange_letters_are_refused(api: httpx2.Client, path: str) -> None:
    answer = resolve(api, f'xatrahub("{path}")')
    assert refusal(answer)[0] == "import-not-found"
    assert len(answer.content) < 5_000
    json.loads(answer.content)


def test_a_long_name_is_compared_with_long_names_soon(asha: User, api: httpx2.Client, hub: Connection) -> None:
    for number in range(40):
        add_library(hub, asha, f"{'ab' * 90}{number:02}", "A = 1\n", published=True)
    hub.commit()
    with soon():
        answer = resolve(api, importing(*(f"/lib/{'ab' * 90}{number}x" for number in range(100))))
    assert len(answer.json()["errors"]) == 20
    assert "Is it /lib/abab" in answer.json()["detail"]
