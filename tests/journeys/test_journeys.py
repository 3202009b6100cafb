"""What people come here to do, from the first visit to the last, over HTTP on the whole service."""

import io
import time
import wave
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.conftest import Standalone
from tests.journeys.person import PASSWORD, Person, problem_of
from tests.waiting import until

KINDS = {"map": 1, "lib": 1, "css": 1}
HEAD = "import xatra\nfrom xatra import gadm, polygon, xatrahub\n\n"
CORE = f'{HEAD}core = gadm("BTN.1") | gadm("BTN.2")\n'
MAP_OF_CORE = f'{HEAD}xatra.Flag("Core", core, period=[-320, -180])\nxatra.show()\n'


@pytest.fixture(scope="module")
def api_url(standalone: Standalone) -> str:
    """Return the address of the api of the whole service."""
    return f"{standalone.url}api/"


@pytest.fixture(scope="module")
def asha(api_url: str) -> Iterator[Person]:
    """Return an author."""
    with Person(api_url) as person:
        person.sign_up("asha_of_the_hills")
        yield person


@pytest.fixture(scope="module")
def ravi(api_url: str) -> Iterator[Person]:
    """Return another author."""
    with Person(api_url) as person:
        person.sign_up("ravi_of_the_plains")
        yield person


@pytest.fixture
def guest(api_url: str) -> Iterator[Person]:
    """Return somebody without an account."""
    with Person(api_url) as person:
        yield person


@pytest.fixture(scope="module")
def admin(standalone: Standalone, api_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Person]:
    """Return an administrator, made on the command line."""
    password_file = tmp_path_factory.mktemp("admin") / "password"
    password_file.write_text(PASSWORD)
    created = standalone.command("accounts", "create-admin", "mira@maps.example", "--password-file", str(password_file))
    assert created.returncode == 0
    with Person(api_url) as person:
        person.sign_in("mira")
        yield person


def test_01_a_guests_draft_survives_reloading_and_browsing(guest: Person, asha: Person) -> None:
    asha.save("map", "browsed", f'{HEAD}xatra.Flag("Somewhere", gadm("BTN.3"))\n')
    asha.publish("map", "browsed")
    draft = {"program": MAP_OF_CORE, "library": CORE, "theme": 'import xatra\nxatra.CSS(".flag {}")\n'}
    guest.do("PUT", "drafts/current", draft, if_none_match="*")

    guest.read("explore")
    guest.read("hub/map/browsed")
    guest.do("POST", "hub/map/browsed/views", {})
    guest.map_of(f'{HEAD}xatra.Flag("Another", gadm("BTN.4"))\n')

    kept = guest.read("drafts/current")
    assert {name: kept[name] for name in draft} == draft


def test_02_a_draft_goes_with_who_signs_up_and_becomes_a_work_with_all_that_it_has(api_url: str, asha: Person) -> None:
    asha.save("lib", "hills", CORE)
    asha.publish("lib", "hills")
    asha.save("map", "taken_name", MAP_OF_CORE)
    program = f'{HEAD}hills = xatrahub("/lib/hills/1")\n\nxatra.Flag("A", hills.core - own)\nxatra.show()\n'
    draft = {
        "program": program,
        "library": f'{HEAD}own = gadm("BTN.2")\n',
        "theme": 'import xatra\n\nxatra.CSS(".flag { opacity: 0.5 }")\n',
    }
    with Person(api_url) as newcomer:
        newcomer.do("PUT", "drafts/current", draft, if_none_match="*")
        newcomer.sign_up("newcomer")

        taken = newcomer.write("POST", "drafts/current/promote", {"name": "taken_name"})
        assert (taken.status_code, problem_of(taken)) == (409, "name-taken")
        newcomer.do("POST", "drafts/current/promote", {"name": "first_map"})

        assert newcomer.get("drafts/current").status_code == 404
        assert newcomer.read("hub/map/first_map/alpha")["content"] == program
        assert {kind: len(newcomer.read(f"users/newcomer/works?kind={kind}")["works"]) for kind in KINDS} == KINDS
        work = newcomer.read("hub/map/first_map")
        assert newcomer.read(f"hub/lib/{work['library']}/alpha")["content"] == draft["library"]
        assert newcomer.read(f"hub/css/{work['theme']}/alpha")["content"] == draft["theme"]
        newcomer.publish("map", "first_map")
        until(lambda: newcomer.read("hub/map/first_map/versions/1")["artefact"]["state"] == "ready", seconds=60)


def test_03_a_territory_of_groups_is_the_same_in_builder_and_code(guest: Person) -> None:
    document = {
        "version": 1,
        "elements": [
            {
                "type": "flag",
                "label": "Two thirds",
                "value": [
                    {"type": "gadm", "value": "IND"},
                    {
                        "op": "difference",
                        "type": "group",
                        "value": [
                            {"type": "gadm", "value": "IND.1"},
                            {"op": "union", "type": "polygon", "value": [[25, 85], [26, 86], [25, 87]]},
                        ],
                    },
                ],
            }
        ],
    }
    written = guest.do("POST", "document/program", {"document": document})
    read = guest.do("POST", "document/parse", {"program": written["program"]})
    assert read["document"] == written["document"]
    assert guest.do("POST", "document/program", {"document": read["document"]})["program"] == written["program"]
    assert guest.map_of(written["program"]) == guest.map_of(
        f'{HEAD}xatra.Flag("Two thirds", gadm("IND") - (gadm("IND.1") | polygon([[25, 85], [26, 86], [25, 87]])))\n'
    )


def a_second_of_silence() -> bytes:
    content = io.BytesIO()
    with wave.open(content, "wb") as song:
        song.setparams((1, 1, 8000, 8000, "NONE", ""))
        song.writeframes(bytes([128]) * 8000)
    return content.getvalue()


def test_04_layers_of_every_kind_lose_nothing_on_the_way_through_code(guest: Person) -> None:
    files = {
        "census.csv": guest.upload("census.csv", b"GID,1901,1911\nBTN.1_1,1,2\nBTN.2_1,3,4\n"),
        "song.wav": guest.upload("song.wav", a_second_of_silence()),
    }
    period = {"args": {"period": [-320, -180]}}
    elements = [
        {"type": "slider", "args": {"start": -320, "end": -180}},
        {"type": "flag", "label": "F", "value": [{"type": "gadm", "value": "BTN.1"}], **period},
        {"type": "river", "label": "R", "value": {"type": "overpass", "value": "1159233", "osm_type": "relation"}},
        {"type": "path", "label": "P", "value": [[27, 89], [28, 90]], **period},
        {"type": "point", "label": "Q", "value": [27, 89], **period},
        {"type": "text", "label": "T", "value": [27, 90], **period},
        {"type": "admin", "value": "BTN", "args": {"level": 1, "period": [-320, -180]}},
        {"type": "admin_rivers"},
        {"type": "dataframe", "value": {"type": "file", "value": "census.csv"}, "args": {"year_columns": ["1901"]}},
        {"type": "titlebox", "value": "<b>All</b>", **period},
        {"type": "music", "value": "song.wav", "args": {"timestamps": [0, 1], "period": [-320, -180]}},
        {"type": "python", "value": "\n# by hand\nfor i in range(2):\n    pass\n"},
    ]
    written = guest.do("POST", "document/program", {"document": {"version": 1, "elements": elements}})
    read = guest.do("POST", "document/parse", {"program": written["program"]})["document"]

    assert [element["type"] for element in read["elements"] if element["type"] != "import"] == [
        element["type"] for element in elements
    ]
    assert guest.do("POST", "document/program", {"document": read})["program"] == written["program"]
    elements_without_river = [element for element in read["elements"] if element["type"] != "river"]
    again = guest.do("POST", "document/program", {"document": {**read, "elements": elements_without_river}})
    render = guest.render(again["program"], files=files)
    assert render["state"] in {"succeeded", "failed"}, render
    assert render["error"] is None, render["error"]


def test_05_a_version_is_there_at_once_and_stays_as_it_is(asha: Person, guest: Person) -> None:
    asha.save("map", "fifth", f'{HEAD}xatra.Flag("First", gadm("BTN.1"))\n')
    assert asha.publish("map", "fifth") == {"status": "published", "version": 1}
    assert asha.publish("map", "fifth")["status"] == "no_changes"
    tag = asha.get("hub/map/fifth").headers["ETag"]
    renamed = asha.write("PATCH", "hub/map/fifth", {"name": "sixth"}, if_match=tag)
    assert (renamed.status_code, problem_of(renamed)) == (409, "name-locked")

    first = guest.read("hub/map/fifth/versions/1")
    asha.save("map", "fifth", f'{HEAD}xatra.Flag("Second", gadm("BTN.2"))\n')
    assert guest.read("hub/map/fifth/versions/1")["content"] == first["content"]
    assert asha.publish("map", "fifth")["version"] == 2
    assert guest.read("hub/map/fifth/versions/1")["content"] == first["content"]
    rendered = until(lambda: ready(guest, "hub/map/fifth/versions/1"), seconds=60)
    assert guest.map_of(first["content"]) == rendered["sha256"]


def ready(person: Person, path: str) -> dict[str, str] | None:
    """Return a version's artefact once it is there."""
    artefact: dict[str, str] = person.read(path)["artefact"]
    assert artefact["state"] != "failed", artefact
    return artefact if artefact["state"] == "ready" else None


def test_06_what_a_save_does_not_send_stays(asha: Person, ravi: Person) -> None:
    asha.save("map", "described", MAP_OF_CORE, metadata={"picker": ["BTN"]})
    tag = asha.get("hub/map/described").headers["ETag"]
    asha.do("PATCH", "hub/map/described", {"description": "Hills", "display_type": "political"}, if_match=tag)
    asha.save("map", "described", MAP_OF_CORE + "# changed\n")

    work = asha.read("hub/map/described")
    assert (work["description"], work["display_type"]) == ("Hills", "political")
    assert asha.read("hub/map/described/alpha")["metadata"] == {"picker": ["BTN"]}
    assert ravi.write("PATCH", "hub/map/described", {"description": ""}).status_code in {403, 428}


def test_07_territories_come_from_libraries_each_by_its_own_name_and_version(asha: Person, ravi: Person) -> None:
    asha.save("lib", "realms", f'{HEAD}a = gadm("BTN.1") | gadm("BTN.2")\nb = a - gadm("BTN.2")\n')
    asha.publish("lib", "realms")
    ravi.save("lib", "others", f'{HEAD}realm = xatrahub("/lib/realms")\nb = gadm("BTN.5")\n')
    ravi.publish("lib", "others")

    both_less_one = '(gadm("BTN.1") | gadm("BTN.2")) - gadm("BTN.2")'

    def flag(territory: str) -> str:
        return f'{HEAD}xatra.Flag("B", {territory})\n'

    def imported(path: str) -> str:
        return f'{HEAD}realm = xatrahub("{path}")\nxatra.Flag("B", realm.b)\n'

    first = ravi.map_of(flag(both_less_one))
    assert ravi.map_of(imported("/lib/realms")) == first
    asha.save("lib", "realms", f'{HEAD}a = gadm("BTN.1")\nb = gadm("BTN.7")\n')
    asha.publish("lib", "realms")
    assert ravi.map_of(imported("/lib/realms")) == ravi.map_of(flag('gadm("BTN.7")'))
    assert ravi.map_of(imported("/lib/realms/1")) == first
    assert ravi.map_of(
        f'{HEAD}realm = xatrahub("/lib/realms/2")\nothers = xatrahub("/lib/others")\n'
        'xatra.Flag("1", realm.b)\nxatra.Flag("2", others.b)\nxatra.Flag("3", others.realm.b)\n'
    ) == ravi.map_of(
        f'{HEAD}xatra.Flag("1", gadm("BTN.7"))\nxatra.Flag("2", gadm("BTN.5"))\nxatra.Flag("3", {both_less_one})\n'
    )
    unknown = ravi.write("POST", "renders", {"program": imported("/lib/realm")})
    assert (unknown.status_code, problem_of(unknown)) == (422, "import-not-found")
    assert "realms" in unknown.text


def test_08_forks_and_likes_are_kept_and_listed(asha: Person, ravi: Person) -> None:
    asha.save("map", "original", f'{HEAD}xatra.Flag("O", gadm("BTN.6"))\n')
    asha.publish("map", "original")
    ravi.do("PUT", "hub/map/original/vote", {})
    ravi.do("POST", "hub/map/original/fork", {"name": "forked"})
    ravi.save("map", "forked", f'{HEAD}xatra.Flag("F", gadm("BTN.6"))\n')
    ravi.publish("map", "forked")

    original = ravi.read("hub/map/original")
    assert (original["votes"], original["viewer_voted"]) == (2, True)
    assert ravi.read("hub/map/forked")["forked_from"]["name"] == "original"
    assert "forked" in {fork["name"] for fork in asha.read("hub/map/original/info")["forks"]}
    own = asha.write("DELETE", "hub/map/original/vote")
    assert own.status_code == 409


def test_09_stop_is_obeyed_within_a_second_and_hinders_nobody(guest: Person, api_url: str) -> None:
    endless = guest.do("POST", "renders", {"program": "import time\ntime.sleep(50)\n"})
    until(lambda: guest.read(f"renders/{endless['id']}")["state"] == "running", seconds=30)

    with Person(api_url) as other, ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(other.render, f'{HEAD}xatra.Flag("Waits", gadm("BTN.8"))\n')
        began = time.monotonic()
        guest.do("DELETE", f"renders/{endless['id']}")
        stopped = until(
            lambda: (now := guest.read(f"renders/{endless['id']}"))["state"] != "running" and now, seconds=5
        )
        took_seconds = time.monotonic() - began
        assert stopped["state"] == "cancelled"
        assert took_seconds < 3  # a second on a machine that does nothing else
        assert waiting.result(60)["state"] == "succeeded"


@pytest.mark.parametrize(
    "program",
    [
        'import os\nprint(os.popen("id").read())\n',
        'import subprocess\nsubprocess.run(["id"])\n',
        'print(open("/etc/passwd").read())\n',
        'import xatra\nxatra.Music("/etc/passwd", (0, 1), (0, 1))\n',
        'import urllib.request\nurllib.request.urlopen("http://127.0.0.1")\n',
        "import os\nprint(dict(os.environ)['DATABASE_URL'])\n",
    ],
)
def test_10_a_hostile_guest_gets_nothing(guest: Person, program: str) -> None:
    render = guest.render(program)
    assert render["state"] == "failed"
    assert "root:" not in str(render)
    assert "postgres" not in str(render)


def test_11_an_administrator_features_a_map_that_guests_see_with_its_python(
    asha: Person, admin: Person, guest: Person
) -> None:
    asha.save("map", "computed", f'{HEAD}for i in range(1, 3):\n    xatra.Flag(str(i), gadm(f"BTN.{{i}}"))\n')
    asha.publish("map", "computed")
    assert asha.write("PUT", "admin/works/map/computed/featured", {"featured": True}).status_code == 403
    admin.do("PUT", "admin/works/map/computed/featured", {"featured": True})

    assert guest.read("explore")["works"][0]["name"] == "computed"
    artefact = until(lambda: ready(guest, "hub/map/computed/versions/1"), seconds=60)
    page = guest.get(artefact["url"].removeprefix("/xatra/api/"))
    assert page.status_code == 200
    assert "leaflet" in page.text


def test_12_what_is_given_up_works_on_and_a_new_password_ends_other_sessions(
    api_url: str, asha: Person, ravi: Person, guest: Person
) -> None:
    asha.save("lib", "given_up", CORE)
    asha.publish("lib", "given_up")
    ravi.save("map", "importer", f'{HEAD}lib = xatrahub("/lib/given_up")\nxatra.Flag("I", lib.core)\n')
    ravi.publish("map", "importer")
    assert asha.write("POST", "hub/lib/given_up/disassociate", {"confirm": "something"}).status_code == 422
    asha.do("POST", "hub/lib/given_up/disassociate", {"confirm": "given_up"})

    assert guest.read("hub/lib/given_up")["author"] is None
    assert "asha_of_the_hills" not in guest.get("hub/lib/given_up").text + guest.get("hub/lib/given_up/info").text
    taken = ravi.write("PUT", "hub/lib/given_up/alpha", {"content": CORE}, if_none_match="*")
    assert taken.status_code in {403, 409}
    assert until(lambda: ready(guest, "hub/map/importer/versions/1"), seconds=60)
    assert ravi.map_of(f'{HEAD}lib = xatrahub("/lib/given_up")\nxatra.Flag("Still", lib.core)\n')
    assert problem_of(guest.get("hub/map/never_was")) == "work-not-found"
    assert guest.get("nothing/at/all").status_code == 404

    with Person(api_url) as elsewhere:
        elsewhere.sign_in("ravi_of_the_plains")
        new_password = "eleven boats on a dry lake"
        ravi.do("PUT", "auth/me/password", {"current_password": PASSWORD, "new_password": new_password})
        assert until(lambda: elsewhere.get("auth/me").status_code == 401, seconds=5)
        assert ravi.get("auth/me").status_code == 200
