"""Where works come from and what came of them: forks, importers, and works that are given up."""

from typing import Any

import httpx2
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
    try_to_publish,
)
from tests.api.hub.test_publishing import IMPORTING, THEME
from tests.api.users import User


def try_to_fork(user: User, name: str, new_name: str, *, kind: str = "map", **body: object) -> httpx2.Response:
    return user.client.post(f"{address(name, kind)}/fork", json={"name": new_name, **body})


def fork(user: User, name: str, new_name: str, *, kind: str = "map", **body: object) -> dict[str, Any]:
    answer = try_to_fork(user, name, new_name, kind=kind, **body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def info(user: User, name: str, *, kind: str = "map") -> dict[str, Any]:
    answer = user.client.get(f"{address(name, kind)}/info")
    assert answer.status_code == 200, answer.text
    return answer.json()


def give_up(user: User, name: str, *, kind: str = "map", confirm: str | None = None) -> httpx2.Response:
    return user.client.post(f"{address(name, kind)}/disassociate", json={"confirm": confirm or name})


def test_a_fork_says_for_good_what_it_was_made_from(asha: User, ravi: User):
    create(asha, "rivers", MAP, description="All rivers", display_type="atlas", metadata={"a": 1, "author": "asha"})
    publish(asha, "rivers")
    save(asha, "rivers", 1, content="x = 1")

    work = fork(ravi, "rivers", "streams")
    assert work["forked_from"] == {"kind": "map", "name": "rivers", "version": 1}
    assert (work["author"], work["votes"], work["latest_version"]) == ("ravi", 1, 0)
    assert (work["description"], work["display_type"]) == ("All rivers", "atlas")
    assert (work["alpha"]["content"], work["alpha"]["metadata"]) == (MAP, {"a": 1})

    save(ravi, "streams", 1, content="y = 1", metadata={})
    change(ravi, "streams", description="Mine")
    publish(ravi, "streams")
    assert read(ravi, "streams")["forked_from"] == work["forked_from"]
    assert info(ravi, "streams")["forked_from"] == work["forked_from"]
    assert [event["event"] for event in info(ravi, "streams")["timeline"]] == ["published", "forked"]


def test_forks_are_listed_once_they_are(asha: User, ravi: User, guest: User):
    create(asha, "rivers")
    publish(asha, "rivers")
    fork(ravi, "rivers", "streams")
    fork(ravi, "rivers", "brooks", visibility="unlisted")
    publish(ravi, "brooks")

    assert info(guest, "rivers")["forks"] == []
    assert {work["name"] for work in info(ravi, "rivers")["forks"]} == {"streams", "brooks"}
    publish(ravi, "streams")
    assert info(guest, "rivers")["forks"] == [{"kind": "map", "name": "streams", "author": "ravi"}]


def test_others_fork_versions_and_authors_their_alphas_too(asha: User, ravi: User, guest: User):
    create(asha, "rivers", "a = 1")

    assert problem(try_to_fork(ravi, "rivers", "streams")) == (404, "version-not-found")
    assert problem(try_to_fork(ravi, "rivers", "streams", version="alpha")) == (403, "not-the-author")
    assert problem(try_to_fork(guest, "rivers", "streams")) == (401, "not-signed-in")
    assert fork(asha, "rivers", "copy")["forked_from"] == {"kind": "map", "name": "rivers", "version": None}
    publish(asha, "rivers")
    save(asha, "rivers", 1, content="a = 2")
    publish(asha, "rivers")
    save(asha, "rivers", 2, content="a = 3")
    assert fork(ravi, "rivers", "first", version=1)["alpha"]["content"] == "a = 1"
    assert fork(ravi, "rivers", "second")["alpha"]["content"] == "a = 2"
    assert fork(asha, "rivers", "third", version="alpha")["alpha"]["content"] == "a = 3"
    assert problem(try_to_fork(ravi, "rivers", "fourth", version=3)) == (404, "version-not-found")
    assert problem(try_to_fork(ravi, "rivers", "first")) == (409, "name-taken")
    assert problem(try_to_fork(ravi, "rivers", "new")) == (422, "name-not-allowed")


def test_a_fork_has_its_own_copies_of_somebody_elses_library_and_theme(asha: User, ravi: User):
    file = asha.client.put(f"{API}/files?name=a.csv", content=b"a\n1\n").json()["sha256"]
    create(asha, "core", LIBRARY, kind="lib", visibility="private", files={"a.csv": file})
    create(asha, "dark", THEME, kind="css")
    create(asha, "rivers", 'xatra.Flag("Core", core)\n', library="core", theme="dark")
    publish(asha, "rivers")
    create(ravi, "streams", THEME, kind="css")

    work = fork(ravi, "rivers", "streams", visibility="unlisted")
    assert (work["library"], work["theme"]) == ("streams", "streams_2")
    library = read(ravi, "streams", kind="lib")
    assert (library["author"], library["visibility"], library["alpha"]["content"]) == ("ravi", "unlisted", LIBRARY)
    assert library["alpha"]["files"] == {"a.csv": file}
    assert read(ravi, "streams_2", kind="css")["forked_from"] == {"kind": "css", "name": "dark", "version": 1}
    save(asha, "core", 1, kind="lib", content="core = None")
    publish(asha, "core", kind="lib")
    assert publish(ravi, "streams") == {"status": "published", "version": 1}
    assert read_version(ravi, "streams")["whole_content"] == read_version(asha, "rivers")["whole_content"]


def test_a_fork_of_ones_own_map_has_the_same_library(asha: User):
    create(asha, "core", LIBRARY, kind="lib")
    create(asha, "rivers", library="core")
    publish(asha, "rivers")

    assert fork(asha, "rivers", "streams")["library"] == "core"
    assert fork(asha, "rivers", "brooks", version="alpha")["library"] == "core"
    assert problem(asha.client.get(address("streams", "lib"))) == (404, "work-not-found")


def test_a_map_is_not_forked_with_what_is_hidden(asha: User, ravi: User, owner: Engine):
    create(asha, "core", LIBRARY, kind="lib")
    create(asha, "rivers", library="core")
    publish(asha, "rivers")
    with owner.begin() as connection:
        hide = "UPDATE hub_artifacts SET hidden_at = now(), hidden_reason = 'Spam' WHERE name = 'core'"
        connection.execute(text(hide))

    assert problem(try_to_fork(ravi, "rivers", "streams")) == (410, "work-hidden")


def test_a_refused_fork_leaves_nothing_behind(asha: User, ravi: User):
    create(asha, "core", LIBRARY, kind="lib")
    create(asha, "rivers", library="core")
    publish(asha, "rivers")
    create(ravi, "taken")

    assert problem(try_to_fork(ravi, "rivers", "taken")) == (409, "name-taken")
    assert problem(ravi.client.get(address("taken", "lib"))) == (404, "work-not-found")


def test_who_imports_a_work_is_told_to_everyone_who_may_see_the_importer(asha: User, ravi: User, guest: User):
    create(asha, "core", LIBRARY, kind="lib")
    publish(asha, "core", kind="lib")
    for name, fields in (("rivers", {}), ("lakes", {"visibility": "unlisted"}), ("seas", {})):
        create(ravi, name, IMPORTING, **fields)
        if name != "seas":
            publish(ravi, name)

    def importers(user: User) -> list[tuple[str, int | None, int | None]]:
        answer = user.client.get(f"{address('core', 'lib')}/importers").json()
        assert answer["next_cursor"] is None
        assert answer["importers"] == info(user, "core", kind="lib")["importers"]
        return [(work["name"], work["version"], work["imported_version"]) for work in answer["importers"]]

    assert importers(guest) == [("rivers", 1, 1)]
    assert importers(ravi) == [("seas", None, None), ("lakes", 1, 1), ("rivers", 1, 1)]
    save(ravi, "rivers", 1, content=MAP)
    publish(ravi, "rivers")
    assert importers(guest) == []


def test_importers_come_in_pages(asha: User, guest: User):
    create(asha, "core", LIBRARY, kind="lib")
    publish(asha, "core", kind="lib")
    for number in range(5):
        create(asha, f"rivers{number}", IMPORTING)
        publish(asha, f"rivers{number}")

    found, cursor = [], ""
    for _ in range(3):
        page = guest.client.get(f"{address('core', 'lib')}/importers?limit=2{cursor}").json()
        found += [work["name"] for work in page["importers"]]
        cursor = f"&cursor={page['next_cursor']}"
    assert page["next_cursor"] is None
    assert found == [f"rivers{number}" for number in (4, 3, 2, 1, 0)]


def test_authors_learn_which_of_their_works_a_newer_version_would_change(asha: User, ravi: User, guest: User):
    create(asha, "core", LIBRARY, kind="lib")
    publish(asha, "core", kind="lib")
    create(ravi, "rivers", IMPORTING)
    create(asha, "lakes", IMPORTING)
    create(asha, "seas", library="core")
    for user, name in ((ravi, "rivers"), (asha, "lakes"), (asha, "seas")):
        publish(user, name)

    def outdated(user: User) -> list[tuple[str, str, int]]:
        answer = user.client.get(f"{address('core', 'lib')}/outdated-importers").json()
        return [(work["name"], work["via"], work["imported_version"]) for work in answer["importers"]]

    assert outdated(asha) == outdated(ravi) == []
    save(asha, "core", 1, kind="lib", content=f"{LIBRARY}more = core\n")
    publish(asha, "core", kind="lib")
    assert outdated(asha) == [("seas", "library", 1), ("lakes", "import", 1)]
    assert outdated(ravi) == [("rivers", "import", 1)]
    publish(ravi, "rivers")
    assert outdated(ravi) == []
    assert problem(guest.client.get(f"{address('core', 'lib')}/outdated-importers")) == (401, "not-signed-in")


def test_what_a_work_imports_is_told_and_what_is_hidden_is_marked(asha: User, ravi: User, guest: User, owner: Engine):
    create(asha, "core", LIBRARY, kind="lib")
    publish(asha, "core", kind="lib")
    create(ravi, "rivers", IMPORTING)
    assert info(guest, "rivers")["imports"] == [
        {
            "path": "/lib/core",
            "kind": "lib",
            "name": "core",
            "version": None,
            "latest_version": 1,
            "hidden_reason": None,
        }
    ]
    publish(ravi, "rivers")
    with owner.begin() as connection:
        hide = "UPDATE hub_artifacts SET hidden_at = now(), hidden_reason = 'Spam' WHERE name = 'core'"
        connection.execute(text(hide))

    told = info(guest, "rivers")["imports"]
    assert [(used["path"], used["version"], used["hidden_reason"]) for used in told] == [("/lib/core/1", 1, "Spam")]
    save(ravi, "rivers", 1, content=f"{IMPORTING}x = 1\n")
    assert problem(try_to_publish(ravi, "rivers")) == (422, "import-hidden")
    assert read_version(guest, "rivers")["version"] == 1


def test_a_work_that_is_given_up_is_nobodys_and_stays(asha: User, ravi: User, guest: User, owner: Engine):
    create(asha, "core", LIBRARY, kind="lib")
    create(asha, "base", MAP, metadata={"author": "asha", "layers": [{"author": "asha", "x": 1}]}, library="core")
    publish(asha, "base")
    create(ravi, "rivers", 'import xatra\n\nxatra.xatrahub("/map/base")\n')
    publish(ravi, "rivers")
    version = read_version(ravi, "base")

    assert problem(give_up(asha, "base", confirm="other")) == (422, "not-confirmed")
    assert give_up(asha, "base").status_code == 200
    work = read(asha, "base")
    assert (work["author"], work["disassociated"], work["votes"]) == (None, True, 1)
    assert (work["alpha"]["content"], work["alpha"]["metadata"], work["library"]) == (MAP, {}, None)
    assert "asha" not in guest.client.get(address("base")).text
    assert "asha" not in guest.client.get(f"{address('base')}/info").text
    assert read_version(guest, "base") == version | {
        "author": None,
        "library": None,
        "metadata": {"layers": [{"x": 1}]},
    }
    assert info(guest, "base")["timeline"][0]["event"] == "disassociated"

    for answer in (save(asha, "base", 1, content=""), change(asha, "base", description="x"), give_up(asha, "base")):
        assert problem(answer) == (403, "not-the-author")
    assert problem(try_to_create(asha, "base")) == (409, "name-taken")
    save(ravi, "rivers", 1, content='import xatra\n\nxatra.xatrahub("/map/base")\nx = 1\n')
    assert publish(ravi, "rivers") == {"status": "published", "version": 2}
    with owner.connect() as connection:
        left = connection.execute(text("SELECT count(*) FROM hub_artifact_names WHERE name = 'base' AND user_id > 0"))
        assert left.scalar_one() == 0


def test_only_what_is_published_is_given_up(asha: User):
    create(asha, "rivers")

    assert problem(give_up(asha, "rivers")) == (409, "not-published")


def test_a_map_whose_library_was_given_up_is_published_with_its_last_version(asha: User):
    create(asha, "core", LIBRARY, kind="lib")
    create(asha, "rivers", library="core")
    publish(asha, "rivers")
    save(asha, "core", 1, kind="lib", content="x = (")
    give_up(asha, "core", kind="lib")
    save(asha, "rivers", 1, content="x = 1")

    assert publish(asha, "rivers") == {"status": "published", "version": 2}
    assert read_version(asha, "rivers")["library"] == {"name": "core", "version": 1}
    assert fork(asha, "rivers", "streams")["library"] == "streams"
