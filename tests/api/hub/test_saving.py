"""Alphas: made, saved without losing what others wrote, and read by whoever may see them."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Engine, text
from tests.api.admin.conftest import MakeUser
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
    save,
    try_to_create,
)
from tests.api.users import User
from tests.waiting import until


def waits_for_a_lock(owner: Engine) -> bool:
    with owner.connect() as connection:
        waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(connection.execute(waiting).scalar_one())


def test_a_new_work_is_its_authors_with_one_vote(asha: User, ravi: User):
    answer = try_to_create(
        asha, "mauryan_empire", MAP, metadata={"picker": [1]}, description="Aśoka", display_type="atlas"
    )

    assert answer.status_code == 201
    assert answer.headers["Location"] == address("mauryan_empire")
    assert answer.headers["ETag"] == '"1"'
    work = answer.json()
    assert work == read(asha, "mauryan_empire")
    assert (work["author"], work["votes"], work["viewer_voted"], work["views"]) == ("asha", 1, True, 0)
    assert (work["visibility"], work["latest_version"], work["versions"]) == ("public", 0, [])
    assert (work["description"], work["display_type"]) == ("Aśoka", "atlas")
    assert work["alpha"]["content"] == MAP
    assert work["alpha"]["metadata"] == {"picker": [1]}
    assert read(ravi, "mauryan_empire")["viewer_voted"] is False


def test_guests_make_and_save_nothing(asha: User, guest: User):
    create(asha, "rivers")

    assert problem(try_to_create(guest, "lakes")) == (401, "not-signed-in")
    assert problem(save(guest, "rivers", 1, content="")) == (401, "not-signed-in")
    assert problem(change(guest, "rivers", description="x")) == (401, "not-signed-in")


def test_a_save_while_its_author_is_deleted_says_so(asha: User, owner: Engine):
    create(asha, "first_kingdoms", MAP)  # the use of a token is written down once a minute, and would wait too
    with ThreadPoolExecutor(1) as pool:
        with owner.begin() as connection:
            connection.execute(text("DELETE FROM hub_users WHERE id = :id"), {"id": asha.id})
            answer = pool.submit(try_to_create, asha, "mauryan_empire", MAP)
            until(lambda: waits_for_a_lock(owner))
        assert problem(answer.result()) == (409, "gone-meanwhile")


def test_nobody_but_the_author_changes_a_work(asha: User, ravi: User):
    create(asha, "rivers")

    for answer in (
        save(ravi, "rivers", 1, content=""),
        change(ravi, "rivers", description="x"),
        ravi.client.delete(address("rivers")),
        ravi.client.post(f"{address('rivers')}/publish", headers={"If-Match": '"1"'}),
        ravi.client.post(f"{address('rivers')}/disassociate", json={"confirm": "rivers"}),
    ):
        assert problem(answer) == (403, "not-the-author")
    assert read(asha, "rivers")["alpha"]["content"] == MAP


def test_a_save_that_does_not_say_what_it_builds_on_is_refused(asha: User):
    create(asha, "rivers")

    for name in ("rivers", "lakes"):
        assert problem(asha.client.put(f"{address(name)}/alpha", json={"content": ""})) == (
            428,
            "precondition-required",
        )
    assert problem(asha.client.post(f"{address('rivers')}/publish")) == (428, "precondition-required")
    for tag in ("7", 'W/"1"', '"x"', "*"):
        answer = asha.client.put(f"{address('rivers')}/alpha", json={"content": ""}, headers={"If-Match": tag})
        assert problem(answer) == (422, "invalid-request")


def test_a_stale_save_is_told_what_it_was_made_from_and_what_is_here_now(asha: User):
    create(asha, "rivers", "a\n")
    assert save(asha, "rivers", 1, content="b\n").headers["ETag"] == '"2"'

    answer = save(asha, "rivers", 1, content="c\n", metadata={"x": 1})

    assert problem(answer) == (412, "stale")
    told = answer.json()
    assert (told["yours_was"], told["base"]) == (1, "a\n")
    assert told["current"] == read(asha, "rivers")
    assert told["current"]["alpha"]["content"] == "b\n"


def test_the_bases_of_the_last_fifty_saves_are_kept(asha: User, owner: Engine):
    create(asha, "rivers", "0")
    for version in range(1, 53):
        assert save(asha, "rivers", version, content=str(version)).status_code == 200

    assert save(asha, "rivers", 2, content="x").json()["base"] is None
    assert save(asha, "rivers", 3, content="x").json()["base"] == "2"
    with owner.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM hub_alpha_saves")).scalar_one() == 50


def test_what_is_not_sent_stays(asha: User):
    create(asha, "core", LIBRARY, kind="lib")
    create(asha, "rivers", MAP, metadata={"a": 1}, description="d", display_type="t", library="core")
    before = read(asha, "rivers")

    after = save(asha, "rivers", 1, content="x = 1").json()
    assert {**after["alpha"], "content": MAP} | {"version": 1} == {
        **before["alpha"],
        "content_hash": after["alpha"]["content_hash"],
        "updated_at": after["alpha"]["updated_at"],
    }
    for field in ("description", "display_type", "library", "theme", "visibility", "created_at"):
        assert after[field] == before[field]
    assert change(asha, "rivers", description="").json()["display_type"] == "t"
    assert change(asha, "rivers").json()["alpha"] == after["alpha"]


def test_a_save_that_changes_nothing_is_none(asha: User):
    before = create(asha, "rivers", MAP, metadata={"seen": 1, "at": 1.5})

    assert save(asha, "rivers", 1, content=MAP, metadata={"at": 1.5, "seen": 1}, files={}).json() == before
    assert save(asha, "rivers", 1, metadata={"seen": True, "at": 1.5}).headers["ETag"] == '"2"'


def test_two_clients_that_edit_one_map_lose_nothing(asha: User):
    """Each adds its own lines, merging as it is told to when the other was first."""
    create(asha, "rivers", "")
    lines = {f"x_{client}_{number} = 1" for client in range(2) for number in range(20)}
    barrier = threading.Barrier(2)

    def edit(client: int) -> None:
        version, content = 1, ""
        barrier.wait()
        for line in sorted(line for line in lines if line.startswith(f"x_{client}_")):
            while (answer := save(asha, "rivers", version, content=f"{content}{line}\n")).status_code == 412:
                version, content = (
                    answer.json()["current"]["alpha"]["version"],
                    answer.json()["current"]["alpha"]["content"],
                )
            version, content = answer.json()["alpha"]["version"], answer.json()["alpha"]["content"]

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(edit, range(2)))
    alpha = read(asha, "rivers")["alpha"]
    assert set(alpha["content"].splitlines()) == lines
    assert alpha["version"] == 1 + len(lines)


def test_of_saves_at_once_on_one_basis_one_is_taken(asha: User):
    create(asha, "rivers", "")

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda number: save(asha, "rivers", 1, content=f"x = {number}"), range(6)))

    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412, 412, 412]
    taken = next(answer for answer in answers if answer.status_code == 200)
    assert read(asha, "rivers") == taken.json()


def test_a_half_written_program_is_saved_and_imports_nothing(asha: User, owner: Engine):
    create(asha, "core", LIBRARY, kind="lib")
    create(asha, "rivers", 'from xatra import xatrahub\nc = xatrahub("/lib/core/alpha")\n')
    imported = text("SELECT count(*) FROM hub_imports")
    with owner.connect() as connection:
        assert connection.execute(imported).scalar_one() == 1

    assert save(asha, "rivers", 1, content='c = xatrahub("/lib/core/alpha"\n').status_code == 200
    assert save(asha, "rivers", 2, content="x = " + "(" * 500).status_code == 200
    with owner.connect() as connection:
        assert connection.execute(imported).scalar_one() == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"content": "x" * 200_001},
        {"content": "a\0b"},
        {"content": 1},
        {"metadata": {"x": "a" * 64_000}},
        {"metadata": {"x": "\0"}},
        {"metadata": {"\0": 1}},
        {"metadata": {"x": 1 << 80}},
        {"metadata": []},
        {"files": {"../x": "0" * 64}},
        {"files": {"x.csv": "0" * 64}},
        {"description": "x" * 4001},
        {"description": "\0"},
        {"display_type": "a\nb"},
        {"visibility": "secret"},
        {"library": "nobodys"},
        {"theme": "nobodys"},
        {"author": "ravi"},
    ],
)
def test_what_cannot_be_kept_is_a_problem(asha: User, fields: dict[str, Any]):
    create(asha, "rivers", MAP)

    answer = save(asha, "rivers", 1, **fields)
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert read(asha, "rivers")["alpha"]["version"] == 1


@pytest.mark.parametrize(
    "body", ['{"metadata": {"x": NaN}}', '{"content": "\\ud800"}', '{"metadata": {"x": "\\ud800"}}']
)
def test_what_is_no_json_or_no_text_is_a_problem(asha: User, body: str):
    headers = {"If-None-Match": "*", "Content-Type": "application/json"}
    assert asha.client.put(f"{address('rivers')}/alpha", content=body, headers=headers).status_code == 422


def test_metadata_is_kept_as_it_is(asha: User):
    metadata = {"a": {"b": [1, 1.5, None, True, "\\u0000", "ś\n"]}, "big": 1e20, "": []}

    assert create(asha, "rivers", metadata=metadata)["alpha"]["metadata"] == metadata
    assert read(asha, "rivers")["alpha"]["metadata"] == metadata


def test_a_program_of_200_000_characters_of_any_script_is_saved(asha: User):
    content = "#" + "\U0001d54f" * 199_999
    assert create(asha, "rivers", content)["alpha"]["content"] == content


def test_files_are_kept_as_long_as_an_alpha_reads_them(asha: User, owner: Engine):
    file = asha.client.put(f"{API}/files?name=a.csv", content=b"a,b\n1,2\n").json()["sha256"]
    kept = text("SELECT sha256 FROM hub_files")
    work = create(asha, "rivers", MAP, files={"a.csv": file, "b.csv": file})

    assert work["alpha"]["files"] == {"a.csv": file, "b.csv": file}
    with owner.connect() as connection:
        assert connection.execute(kept).scalars().all() == [file]
    assert save(asha, "rivers", 1, files={}).status_code == 200
    with owner.connect() as connection:
        assert connection.execute(kept).scalars().all() == []


def test_a_map_has_a_library_and_a_theme_of_the_same_author(asha: User, ravi: User):
    create(asha, "core", LIBRARY, kind="lib")
    create(asha, "dark", "import xatra\n", kind="css")
    create(ravi, "other", LIBRARY, kind="lib")
    create(asha, "rivers", library="core")

    assert change(asha, "rivers", theme="dark").json()["theme"] == "dark"
    assert problem(change(asha, "rivers", library="other")) == (422, "part-not-allowed")
    assert problem(change(asha, "rivers", library="dark")) == (422, "part-not-allowed")
    assert problem(change(asha, "core", kind="lib", library="core")) == (422, "part-not-allowed")
    work = read(asha, "rivers")
    assert (work["library"], work["theme"]) == ("core", "dark")
    work = change(asha, "rivers", library=None).json()
    assert (work["library"], work["theme"]) == (None, "dark")


def test_another_library_is_another_alpha(asha: User):
    """What would be published depends on it, so that a client that does not know of it must not publish."""
    create(asha, "core", LIBRARY, kind="lib")
    create(asha, "rivers")

    assert change(asha, "rivers", library="core").json()["alpha"]["version"] == 2
    assert problem(save(asha, "rivers", 1, content="x = 1")) == (412, "stale")
    assert asha.client.post(f"{address('rivers')}/publish", headers={"If-Match": '"1"'}).status_code == 412


def test_what_a_client_has_is_not_sent_again(asha: User, ravi: User, guest: User):
    create(asha, "rivers")
    publish(asha, "rivers")

    for path in ("", "/alpha", "/versions/1", "/versions/latest", "/info", "/importers"):
        answer = guest.client.get(address("rivers") + path)
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert answer.headers["Vary"] == "Authorization, Cookie"
        tag = {"If-None-Match": answer.headers["ETag"]}
        again = guest.client.get(address("rivers") + path, headers=tag)
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", answer.headers["ETag"])

    seen_by_ravi = ravi.client.get(address("rivers")).headers["ETag"]
    assert asha.client.get(address("rivers"), headers={"If-None-Match": seen_by_ravi}).status_code == 200
    change(asha, "rivers", description="New")
    assert ravi.client.get(address("rivers"), headers={"If-None-Match": seen_by_ravi}).status_code == 200


def test_of_an_alpha_the_entity_tag_is_what_a_save_builds_on(asha: User):
    create(asha, "rivers", "a")
    answer = asha.client.get(f"{address('rivers')}/alpha")

    assert answer.headers["ETag"] == '"1"'
    assert answer.json() == read(asha, "rivers")["alpha"]
    saved = asha.client.put(
        f"{address('rivers')}/alpha", json={"content": "b"}, headers={"If-Match": answer.headers["ETag"]}
    )
    assert saved.status_code == 200
    assert asha.client.get(f"{address('rivers')}/alpha", headers={"If-None-Match": '"1"'}).status_code == 200


def test_tokens_need_the_scope(make: MakeUser, asha: User):
    create(asha, "rivers")
    reader = make("uma", scopes=("hub:read",))
    renderer = make("mira", scopes=("render",))

    assert reader.client.get(address("rivers")).status_code == 200
    assert problem(try_to_create(reader, "lakes")) == (403, "insufficient-scope")
    assert problem(renderer.client.get(address("rivers"))) == (403, "insufficient-scope")


def test_a_work_is_found_by_the_words_that_it_has_now(asha: User, guest: User):
    def found(words: str) -> list[str]:
        return [work["name"] for work in guest.client.get(f"{API}/explore", params={"q": words}).json()["works"]]

    create(asha, "rivers", description="Gaṅgā")
    change(asha, "rivers", name="holy_streams")
    assert found("") == []
    publish(asha, "holy_streams")
    assert found("ganga") == found("streams") == found("holy") == ["holy_streams"]
    assert found("rivers") == []
    change(asha, "holy_streams", description="Yamunā")
    assert (found("ganga"), found("yamu")) == ([], ["holy_streams"])
    change(asha, "holy_streams", visibility="unlisted")
    assert found("yamuna") == []
