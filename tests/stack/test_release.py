"""Releases and rollbacks while people are at work: nobody notices, what fails changes nothing, and all is written down."""

import fcntl
import json
import os
import subprocess
import time
from collections.abc import Iterator

import pytest
from tests.figures import FIGURES, timed
from tests.stack.engine import CHECKOUT, NEEDS_ENGINE, docker
from tests.stack.site import Site, Stack
from tests.stack.traffic import traffic
from tests.waiting import until

pytestmark = list(NEEDS_ENGINE)

_NAMES = ("api", "auth", "backup", "migrate", "render-worker", "scheduler", "web")
_REPLACED = ("api-blue", "api-green", "auth-blue", "auth-green", "web-blue", "web-green", "render-worker", "scheduler")
_SERVERS = ("traefik", "postgres", "redis", "prometheus")
_HISTORY = "/volumes/releases/history.jsonl"


def tags(name: str) -> set[str]:
    """Return the releases whose image of a service is here."""
    return set(docker("image", "ls", "--format", "{{.Tag}}", f"xatra-test/{name}").split()) - {"<none>"}


def have_images(release: str, **instead: str) -> None:
    """Let there be images of a release: those of `test`, or of another service where one is named."""
    for name in _NAMES:
        docker("tag", f"xatra-test/{instead.get(name.replace('-', '_'), name)}:test", f"xatra-test/{name}:{release}")


def history(stack: Stack) -> list[dict[str, str]]:
    mount = f"{stack.name}_releases:/volumes/releases"
    said = docker("run", "--rm", "--network=none", f"--volume={mount}", "postgres:17-trixie", "cat", _HISTORY)
    return [json.loads(line) for line in said.splitlines()]


def running(stack: Stack) -> set[str]:
    return {stack.release(service) for service in _REPLACED}


def starts(stack: Stack) -> list[str]:
    return [stack.container(service)["State"]["StartedAt"] for service in (*_SERVERS, *_REPLACED)]


@pytest.fixture(autouse=True, scope="module")
def _no_images_stay() -> Iterator[None]:
    yield
    for name in _NAMES:
        left = [f"xatra-test/{name}:{tag}" for tag in tags(name) - {"test"}]
        if left:
            docker("image", "rm", *left)


@pytest.fixture
def former_releases(stack: Stack) -> None:
    """Have the history know of three releases before, whose images are here."""
    entry = {"at": "", "by": "", "kind": "release", "former": None, "revision": None, "schema": None, "seconds": 1}
    lines = "".join(json.dumps({**entry, "release": name, "result": "ok"}) + "\n" for name in ("old1", "old2", "old3"))
    mount = f"{stack.name}_releases:/volumes/releases"
    words = ("docker", "run", "--rm", "--interactive", "--network=none", f"--volume={mount}", "postgres:17-trixie")
    subprocess.run([*words, "tee", _HISTORY], input=lines.encode(), check=True, capture_output=True)
    for name in ("old1", "old2", "old3"):
        have_images(name)
    stack.make("start")  # what runs comes after them


@pytest.mark.usefixtures("former_releases")
def test_a_release_and_its_rollback_fail_no_request_and_lose_no_render(stack: Stack, site: Site):
    servers = [stack.container(service)["Id"] for service in _SERVERS]
    with traffic(stack) as report:
        time.sleep(5)
        with timed("make release, under traffic"):
            stack.make("release", release="test2")
        assert running(stack) == {"test2"}
        with timed("make rollback, under traffic"):
            stack.make("rollback", release=None)
        assert running(stack) == {"test"}
        time.sleep(5)
    FIGURES.append(f"people meanwhile:\n{report}")
    assert report.failures == [], report
    assert {site.end(render)["state"] for render in report.renders} == {"succeeded"}
    assert [stack.container(service)["Id"] for service in _SERVERS] == servers

    released, rolled_back = history(stack)[-2:]
    assert (released["kind"], released["release"], released["former"], released["result"]) == ("release", "test2", "test", "ok")  # fmt: skip
    assert (rolled_back["kind"], rolled_back["release"], rolled_back["former"]) == ("rollback", "test", "test2")
    assert all(entry["by"] and entry["at"] and entry["revision"] and entry["schema"] for entry in (released, rolled_back))  # fmt: skip
    assert "test2" in stack.make("releases").stdout
    # The last three are test2, test and, before them, old3.
    assert all(tags(name) == {"old3", "test", "test2"} for name in _NAMES)


def test_a_release_that_does_not_come_up_is_taken_back(stack: Stack, site: Site):
    have_images("broken", api="scheduler")
    refused = stack.make("release", release="broken", check=False)
    assert refused.returncode != 0
    assert "test runs again" in refused.stderr
    assert running(stack) == {"test"}
    assert site.send("GET", "/xatra/api/health").json() == {"status": "ok", "release": "test"}
    assert "did not come up" in history(stack)[-1]["result"]


def test_without_a_backup_the_schema_stays_and_nothing_is_replaced(stack: Stack):
    have_images("newer")
    before = starts(stack)

    def ask(query: str) -> str:
        words = ("psql", "--username=postgres", "--dbname=xatra", "-At", f"--command={query}")
        return stack.execute("postgres", *words).stdout.strip()

    def pretend(revision: str) -> None:
        ask(f"UPDATE alembic_version SET version_num = '{revision}'")

    head = ask("SELECT version_num FROM alembic_version")

    pretend("0001")
    try:
        refused = stack.make("release", "BACKUP_COMMAND=false", release="newer", check=False)
    finally:
        pretend(head)
    assert refused.returncode != 0
    assert "There is no backup" in refused.stderr
    assert starts(stack) == before


def test_a_rollback_to_what_is_not_there_says_so_and_changes_nothing(stack: Stack):
    before = starts(stack)
    refused = stack.make("rollback", release="gone", check=False)
    assert refused.returncode != 0
    assert "xatra-test/api:gone is not here any more" in refused.stderr
    assert starts(stack) == before


def test_what_is_not_committed_is_no_release(stack: Stack):
    refused = stack.make("release", release="v1-dirty", check=False)
    assert refused.returncode != 0
    assert "is no release" in refused.stderr


def test_a_closed_site_says_so_in_the_form_that_is_asked_for_and_tells_its_health(stack: Stack, site: Site):
    stack.make("maintenance-on")
    try:
        until(lambda: site.send("GET", "/xatra/").status_code == 503, seconds=10)
        page = site.send("GET", "/xatra/explore/anything")
        assert page.headers["Content-Type"].startswith("text/html")
        assert "Back soon" in page.text
        for method, path in (("GET", "explore"), ("POST", "renders"), ("POST", "auth/login"), ("DELETE", "drafts/1")):
            refused = site.send(method, f"/xatra/api/{path}", json={})
            assert refused.status_code == 503
            assert refused.headers["Content-Type"].startswith("application/problem+json")
            assert refused.json()["type"] == "urn:xatra:problem:maintenance"
            assert int(refused.headers["Retry-After"]) > 0
        assert site.send("GET", "/xatra/api/health").status_code == 200
    finally:
        stack.make("maintenance-off")
    until(lambda: site.send("GET", "/xatra/").status_code == 200, seconds=10)
    assert site.send("GET", "/xatra/api/explore").status_code == 200


def test_nobody_sees_the_page_for_maintenance_by_asking_for_it(site: Site):
    for path in ("/closed/xatra/", "/maintenance/page.html"):
        assert site.send("GET", path).status_code == 404


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ((), (".env.prod", "./secrets", "xatra")),
        (("PROJECT=staging",), (".env.staging", "./secrets-staging", "staging")),
    ],
)
def test_a_second_stack_has_settings_secrets_and_a_name_of_its_own(words: tuple[str, ...], named: tuple[str, ...]):
    said = subprocess.run(
        ["make", "--dry-run", "logs-all", "release", *words],
        cwd=CHECKOUT, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    env_file, secrets, name = named
    assert f"ENV_FILE={env_file} SECRETS={secrets} " in said
    assert f"--project-name {name} " in said
    assert f" STACK={name} " in said


def test_two_do_not_release_at_once(stack: Stack):
    with stack.env_file.open() as settings:
        fcntl.flock(settings.fileno(), fcntl.LOCK_EX)
        refused = stack.make("start", check=False)
    assert refused.returncode != 0
    assert "Somebody else is releasing" in refused.stderr
