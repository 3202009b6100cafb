"""What imports lead to, for whom, and what is said where they lead nowhere; everything over HTTP."""

import asyncio
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import httpx2
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.ext.asyncio import create_async_engine
from tests.api.conftest import API
from tests.api.hub import publishing
from tests.api.imports.works import edit, refusal, release, resolve
from tests.api.users import User

from xatra_api.imports.service import ImportService, Resolved
from xatra_api.processes import Processes
from xatra_shared.identity.callers import Caller
from xatra_shared.queue.model import Engine

type BundleOf = Callable[..., dict[str, Any]]

NO_PATH = "This is no path of a work: they look like /lib/name, /lib/name/3 or /lib/name/alpha."
LIBRARY = "A = 1\n_B = 2\ndef C(): pass\n"


@pytest.fixture
def bundle_of(api: httpx2.Client, idle_worker: Engine, database_urls: dict[str, str]) -> BundleOf:
    """Return what tells which bundle the render of a program gets."""

    def bundle(program: str, **body: str) -> dict[str, Any]:
        answer = api.post(f"{API}/renders", json={"program": program, **body})
        assert answer.status_code == 202, answer.text
        engine = create_engine(database_urls["xatra_api"])
        with engine.connect() as connection:
            found = connection.execute(text("SELECT bundle FROM render_jobs ORDER BY id DESC LIMIT 1")).scalar_one()
        engine.dispose()
        return dict(found)

    return bundle


def importing(*paths: str) -> str:
    return "import xatra\n" + "".join(f'xatra.xatrahub("{path}")\n' for path in paths)


def versions(answer: httpx2.Response) -> list[tuple[str, int | str]]:
    """Return what a program's imports lead to."""
    assert answer.status_code == 200, answer.text
    return [(found["path"], found["version"]) for found in answer.json()["imports"]]


def hide(database_urls: dict[str, str], path: str, reason: str = "It shows borders that are unlawful.") -> None:
    """Hide the work at `/kind/name`."""
    _, kind, name = path.split("/")
    engine = create_engine(database_urls["xatra_api"])
    with engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE hub_artifacts SET hidden_at = now(), hidden_reason = :reason WHERE kind = :kind AND name = :name"
            ),
            {"kind": kind, "name": name, "reason": reason},
        )
    engine.dispose()


# What they lead to


def test_the_names_that_a_program_defines_itself_are_told(api: httpx2.Client) -> None:
    assert resolve(api, LIBRARY + "from xatra import gadm\n").json()["names"] == ["A", "C"]


def test_an_import_leads_to_the_latest_version_the_one_that_it_names_or_the_alpha(
    asha: User, api: httpx2.Client
) -> None:
    for number in (1, 2):
        assert release(asha, "/lib/one", f"A = {number}\n") == number
    edit(asha, "/lib/one", "A = 3\n")
    paths = ("/lib/one", "/lib/one/1", "/asha/lib/one", "/lib/one/alpha")

    answer = resolve(api, importing(*paths, "/lib/one"))
    assert versions(answer) == [*zip(paths, (2, 1, 2, "alpha"), strict=True)]
    assert answer.json()["pinned"] == importing(
        "/lib/one/2", "/lib/one/1", "/asha/lib/one/2", "/lib/one/alpha", "/lib/one/2"
    )


def test_an_editor_is_told_what_its_imports_are_and_what_they_give(asha: User, api: httpx2.Client) -> None:
    release(asha, "/lib/one", LIBRARY)
    release(asha, "/css/red", "import xatra\n")

    first, second = resolve(api, importing("/lib/one", "/css/red/1")).json()["imports"]
    assert first == {
        "path": "/lib/one",
        "line": 2,
        "column": 1,
        "kind": "lib",
        "name": "one",
        "author": "asha",
        "version": 1,
        "latest_version": 1,
        "exact_path": "/lib/one/1",
        "names": ["A", "C"],
    }
    assert (second["line"], second["exact_path"], second["names"]) == (3, "/css/red/1", None)


def test_the_names_of_a_long_library_are_told_too(asha: User, api: httpx2.Client) -> None:
    release(asha, "/lib/long", "# about\n" * 5_000 + LIBRARY)
    [found] = resolve(api, importing("/lib/long")).json()["imports"]
    assert found["names"] == ["A", "C"]


def test_an_old_name_of_a_work_or_its_author_goes_on_leading_to_it(
    asha: User, api: httpx2.Client, database_urls: dict[str, str]
) -> None:
    edit(asha, "/lib/old", LIBRARY)
    assert asha.client.patch(f"{API}/hub/lib/old", json={"name": "new"}).status_code == 200
    publishing.publish(asha, "new", kind="lib")
    engine = create_engine(database_urls["xatra_auth"])
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO hub_usernames (username, user_id) VALUES ('before', :id)"), {"id": asha.id}
        )
    engine.dispose()

    answer = resolve(api, importing("/lib/old", "/before/lib/new", "/asha/lib/old"))
    assert {found["name"] for found in answer.json()["imports"]} == {"new"}
    assert answer.json()["pinned"] == importing("/lib/old/1", "/before/lib/new/1", "/asha/lib/old/1")


def test_a_work_that_was_given_up_is_found_as_before(asha: User, api: httpx2.Client) -> None:
    release(asha, "/lib/one", LIBRARY)
    given_up = asha.client.post(f"{API}/hub/lib/one/disassociate", json={"confirm": "one"})
    assert given_up.status_code == 200

    assert versions(resolve(api, importing("/lib/one", "/asha/lib/one/1"))) == [
        ("/lib/one", 1),
        ("/asha/lib/one/1", 1),
    ]


# What leads nowhere


def test_all_unknown_names_are_told_with_their_lines_and_names_nearby(asha: User, api: httpx2.Client) -> None:
    for name in ("mauryan_empire", "maurya_core", "gupta", "guptas"):
        release(asha, f"/lib/{name}", LIBRARY)
    release(asha, "/css/mauryan_empires", "import xatra\n")
    edit(asha, "/lib/mauryan_empira", LIBRARY)  # never published
    publishing.create(asha, "mauryan_empirx", LIBRARY, kind="lib", visibility="private")

    answer = resolve(api, importing("/lib/mauryan_empires", "/lib/gupta", "/lib/gutpa/2", "/map/nothing"))
    assert refusal(answer) == (
        "import-not-found",
        "Line 2: There is no /lib/mauryan_empires. Is it /lib/mauryan_empire?",
    )
    assert [(error["line"], error["path"], error["message"]) for error in answer.json()["errors"]] == [
        (2, "/lib/mauryan_empires", "There is no /lib/mauryan_empires. Is it /lib/mauryan_empire?"),
        (4, "/lib/gutpa/2", "There is no /lib/gutpa/2. Is it /lib/gupta or /lib/guptas?"),
        (5, "/map/nothing", "There is no /map/nothing."),
    ]


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/lib/one/3", "Line 2: /lib/one has no version 3: its latest is 1."),
        ("/ravi/lib/one", "Line 2: There is no /lib/one by ravi, but /lib/one."),
        ("/lib/never", "Line 2: /lib/never has no published version yet; its alpha is /lib/never/alpha."),
        ("/lib/never/1", "Line 2: /lib/never has no published version yet; its alpha is /lib/never/alpha."),
        ("/lib/one/0", f"Line 2: {NO_PATH}"),
        (
            "/lib/Île de France",
            f"Line 2: {NO_PATH} Is it /lib/ile_de_france?",
        ),
    ],
)
def test_what_is_missing_of_a_work_is_told(asha: User, ravi: User, api: httpx2.Client, path: str, says: str) -> None:
    release(asha, "/lib/one", LIBRARY)
    edit(asha, "/lib/never", LIBRARY)
    assert refusal(resolve(api, importing(path))) == ("import-not-found", says)


def test_private_works_are_their_author_s_alone(asha: User, ravi: User, api: httpx2.Client) -> None:
    edit(asha, "/lib/mine", LIBRARY, visibility="private")
    publishing.publish(asha, "mine", kind="lib")
    edit(asha, "/lib/unlisted", LIBRARY, visibility="unlisted")

    assert versions(resolve(asha.client, importing("/lib/mine"))) == [("/lib/mine", 1)]
    for other in (api, ravi.client):
        assert refusal(resolve(other, importing("/lib/mine"))) == ("import-not-found", "Line 2: There is no /lib/mine.")
        assert versions(resolve(other, importing("/lib/unlisted/alpha"))) == [("/lib/unlisted/alpha", "alpha")]


def test_an_alpha_that_imports_what_is_private_leads_there_for_its_author_alone(asha: User, api: httpx2.Client) -> None:
    edit(asha, "/lib/mine", LIBRARY, visibility="private")
    edit(asha, "/lib/outer", importing("/lib/mine/alpha"))

    assert versions(resolve(asha.client, importing("/lib/outer/alpha"))) == [("/lib/outer/alpha", "alpha")]
    answer = resolve(api, importing("/lib/outer/alpha"))
    assert refusal(answer) == (
        "import-not-found",
        "Line 2: There is no /lib/mine/alpha. (/lib/outer/alpha imports /lib/mine/alpha)",
    )


def test_hidden_works_are_refused_with_the_reason_and_the_way_to_them(
    asha: User, api: httpx2.Client, database_urls: dict[str, str]
) -> None:
    release(asha, "/lib/inner", LIBRARY)
    release(asha, "/lib/outer", importing("/lib/inner"))
    hide(database_urls, "/lib/inner")

    for client in (api, asha.client):
        answer = resolve(client, importing("/lib/outer"))
        assert refusal(answer) == (
            "import-hidden",
            "Line 2: /lib/inner has been hidden: It shows borders that are unlawful. (/lib/outer/1 imports /lib/inner/1)",
        )
        assert answer.json()["reason"] == "It shows borders that are unlawful."


def test_a_map_whose_library_is_hidden_is_refused(
    asha: User, api: httpx2.Client, database_urls: dict[str, str]
) -> None:
    edit(asha, "/lib/parts", LIBRARY)
    release(asha, "/map/whole", "import xatra\n", library="parts")
    hide(database_urls, "/lib/parts", "why")

    for path in ("/map/whole", "/map/whole/alpha"):
        slug, says = refusal(resolve(api, importing(path)))
        assert slug == "import-hidden"
        assert "/lib/parts, which /map/whole" in says


@pytest.mark.parametrize(
    ("program", "says"),
    [
        ("import xatra\nxatra.xatrahub(name)\n", 'xatrahub takes the path of a work, written out as in xatrahub("/lib'),
        ("from xatra import xatrahub\nh = xatrahub\n", "xatrahub can only be called"),
        ("import xatra\nxatra.xatrahub('/lib/a', filter_only=f)\n", "filter_only and filter_not take lists of names"),
    ],
)
def test_imports_that_are_not_written_out_are_refused_with_their_line(
    api: httpx2.Client, program: str, says: str
) -> None:
    answer = resolve(api, program)
    assert refusal(answer) == ("import-not-literal", f"Line 2: {answer.json()['errors'][0]['message']}")
    assert says in answer.json()["detail"]
    assert answer.json()["errors"][0]["line"] == 2


def test_an_alpha_that_is_half_written_is_told_with_the_way_to_it(asha: User, api: httpx2.Client) -> None:
    edit(asha, "/lib/inner", "A = 1\nB = (\n")
    edit(asha, "/lib/outer", importing("/lib/inner/alpha"))
    edit(asha, "/lib/computed", "import xatra\nxatra.xatrahub(name)\n")

    answer = resolve(api, importing("/lib/outer/alpha"))
    assert refusal(answer) == (
        "import-not-understood",
        "Line 2: In /lib/inner/alpha, line 2: '(' was never closed (/lib/outer/alpha imports /lib/inner/alpha)",
    )
    slug, says = refusal(resolve(api, importing("/lib/computed/alpha")))
    assert slug == "import-not-literal"
    assert says.startswith("Line 2: In /lib/computed/alpha, line 2: xatrahub takes ")


@pytest.mark.usefixtures("idle_worker")
def test_what_the_map_s_own_library_gets_wrong_is_told_as_the_library_s(api: httpx2.Client) -> None:
    def refused(**body: str) -> tuple[str, str]:
        return refusal(api.post(f"{API}/renders", json={"program": "x = 1\n", **body}))

    assert refused(library="A = (\n") == ("program-syntax", "In library: '(' was never closed")
    assert refused(theme=importing("/css/none")) == ("import-not-found", "There is no /css/none.")
    assert refused(library="import xatra\nxatra.xatrahub(x)\n")[1].startswith("In library: Line 2: ")


# Publishing


def test_publishing_pins_imports_and_refuses_those_of_alphas(asha: User) -> None:
    release(asha, "/lib/one", LIBRARY)
    assert release(asha, "/lib/two", importing("/lib/one")) == 1
    assert publishing.read_version(asha, "two", kind="lib")["content"] == importing("/lib/one/1")

    edit(asha, "/lib/two", importing("/lib/one/alpha"))
    answer = publishing.try_to_publish(asha, "two", kind="lib")
    assert refusal(answer) == ("imports-alpha", "Line 2: Publish /lib/one first.")


def test_a_published_version_imports_the_same_for_ever(asha: User, bundle_of: BundleOf) -> None:
    release(asha, "/lib/one", "A = 1\n")
    release(asha, "/lib/two", importing("/lib/one"))
    release(asha, "/lib/one", "A = 2\n")

    found = bundle_of(importing("/lib/two", "/lib/one"))
    assert found["paths"] == {"/lib/two": "/lib/two/1", "/lib/one": "/lib/one/2", "/lib/one/1": "/lib/one/1"}
    assert {path: work["parts"] for path, work in found["works"].items()} == {
        "/lib/two/1": [{"name": "/lib/two/1", "source": importing("/lib/one/1")}],
        "/lib/one/1": [{"name": "/lib/one/1", "source": "A = 1\n"}],
        "/lib/one/2": [{"name": "/lib/one/2", "source": "A = 2\n"}],
    }


def test_what_was_published_before_imports_were_pinned_imports_what_is_the_latest_now(
    asha: User, bundle_of: BundleOf, database_urls: dict[str, str]
) -> None:
    release(asha, "/lib/one", "A = 1\n")
    release(asha, "/lib/old", importing("/lib/one"))
    release(asha, "/lib/one", "A = 2\n")
    engine = create_engine(database_urls["xatra_api"])
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM hub_imports WHERE version = 1"))
        connection.execute(
            text(
                """
                INSERT INTO hub_imports (artifact_id, version, path, imported_id)
                SELECT old.id, 1, '/lib/one', one.id FROM hub_artifacts old, hub_artifacts one
                WHERE old.name = 'old' AND one.name = 'one'
                """
            )
        )
    engine.dispose()

    assert bundle_of(importing("/lib/old"))["paths"] == {"/lib/old": "/lib/old/1", "/lib/one": "/lib/one/2"}


# Bundles


def test_a_program_that_imports_nothing_asks_the_hub_nothing() -> None:
    async def resolve_without_a_hub() -> Resolved:
        nowhere = create_async_engine("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
        return await ImportService(nowhere, Processes()).bundle("import xatra\n", caller=Caller("guest:x", "x"))

    assert asyncio.run(resolve_without_a_hub()) == Resolved({}, [], "import xatra\n")


def test_an_alpha_is_bundled_as_what_it_says_now(asha: User, bundle_of: BundleOf) -> None:
    edit(asha, "/css/red", "B = 1\n")
    edit(asha, "/lib/inner", "C = 1\n")
    edit(asha, "/lib/parts", importing("/lib/inner/alpha"))
    edit(asha, "/map/whole", "A = 1\n", library="parts", theme="red")

    found = bundle_of(importing("/map/whole/alpha", "/lib/inner/alpha"))
    whole, inner = found["paths"]["/map/whole/alpha"], found["paths"]["/lib/inner/alpha"]
    assert whole == f"/map/whole/alpha@{sha256(b'A = 1' + b'\n').hexdigest()[:16]}"
    assert list(found["works"]) == sorted([whole, inner])
    assert [part["source"] for part in found["works"][whole]["parts"]] == [
        importing("/lib/inner/alpha"),
        "B = 1\n",
        "A = 1\n",
    ]


def test_the_map_s_own_library_and_theme_come_first(bundle_of: BundleOf) -> None:
    assert bundle_of("x = 1\n", library="A = 1\n", theme="B = 1\n") == {
        "before": [{"name": "library", "source": "A = 1\n"}, {"name": "theme", "source": "B = 1\n"}]
    }


def test_a_program_that_imports_nothing_has_an_empty_bundle(bundle_of: BundleOf) -> None:
    assert bundle_of("import xatra\n") == {}
