"""Publishing: numbered without gaps, never the same twice, and never held up by the queue."""

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import httpx2
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
    read_version,
    save,
    try_to_publish,
)
from tests.api.users import User, make_user

from xatra_shared.queue import claim_repository
from xatra_shared.queue.model import Engine as RenderEngine
from xatra_shared.queue.model import Result, State

IMPORTING = 'import xatra\n\nlib = xatra.xatrahub("/lib/core")\nxatra.Flag("Core", lib.core)\n'
THEME = 'import xatra\n\nxatra.CSS(".flag {}")\n'


def run_next(worker: Engine, *, by: str | None = None) -> str:
    """Run the next job; `by`: whose fault its failure is. Returns its program."""
    with worker.begin() as connection:
        job = claim_repository.claim(connection, "worker", RenderEngine("1", "1"), 600)
    assert job
    error = {"by": by, "type": "E", "message": "m", "line": 1, "traceback": ""} if by else None
    sha256 = hashlib.sha256(job.request.program.encode()).hexdigest()
    with worker.begin() as connection:
        if error is None:
            claim_repository.add_artefact(connection, sha256, size_bytes=1, stored_bytes=1, asset_names=[])
        result = Result(State.FAILED, error=error) if error else Result(State.SUCCEEDED, artefact_sha256=sha256)
        assert claim_repository.finish(connection, job.id, job.attempt, result)
    return job.request.program


def artefact(user: User, name: str, version: int | str = "latest") -> str:
    """Return how far the map of a version is."""
    return read_version(user, name, version)["artefact"]["state"]


def test_what_is_published_is_there_at_once_and_never_changes(asha: User, guest: User):
    create(asha, "rivers", MAP, metadata={"a": 1})

    answer = try_to_publish(asha, "rivers")
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"{address('rivers')}/versions/1"
    assert answer.json() == {"status": "published", "version": 1}
    first = read_version(guest, "rivers", 1)
    assert (first["content"], first["metadata"], first["whole_content"]) == (MAP, {"a": 1}, None)
    assert (first["kind"], first["name"], first["author"]) == ("map", "rivers", "asha")

    save(asha, "rivers", 1, content="x = 1\n", metadata={})
    assert read_version(guest, "rivers", 1) == first
    assert publish(asha, "rivers") == {"status": "published", "version": 2}
    assert read_version(guest, "rivers", 1) == first
    assert read_version(guest, "rivers", "latest")["content"] == "x = 1\n"
    work = read(guest, "rivers")
    assert work["latest_version"] == 2
    assert [version["version"] for version in work["versions"]] == [2, 1]


def test_publishing_the_same_again_makes_no_version(asha: User):
    create(asha, "rivers", MAP)
    publish(asha, "rivers")

    answer = try_to_publish(asha, "rivers")
    assert (answer.status_code, answer.json()) == (200, {"status": "no_changes", "version": 1})
    save(asha, "rivers", 1, metadata={"seen": True})
    change(asha, "rivers", description="New")
    assert publish(asha, "rivers") == {"status": "no_changes", "version": 1}
    save(asha, "rivers", 2, content="x = 1")
    save(asha, "rivers", 3, content=MAP)
    assert publish(asha, "rivers") == {"status": "no_changes", "version": 1}


def test_other_files_are_another_version(asha: User):
    files = [
        asha.client.put(f"{API}/files?name=a.csv", content=f"a\n{number}\n".encode()).json()["sha256"]
        for number in range(2)
    ]
    create(asha, "rivers", MAP, files={"a.csv": files[0]})
    publish(asha, "rivers")
    save(asha, "rivers", 1, files={"a.csv": files[1]})

    assert publish(asha, "rivers") == {"status": "published", "version": 2}
    assert [read_version(asha, "rivers", number)["files"]["a.csv"] for number in (1, 2)] == files


def test_a_stale_alpha_is_not_published(asha: User):
    create(asha, "rivers", MAP)
    save(asha, "rivers", 1, content="x = 1")

    answer = asha.client.post(f"{address('rivers')}/publish", headers={"If-Match": '"1"'})
    assert problem(answer) == (412, "stale")
    assert (answer.json()["base"], answer.json()["current"]["alpha"]["content"]) == (MAP, "x = 1")
    assert read(asha, "rivers")["latest_version"] == 0


def test_what_is_no_python_is_not_published(asha: User):
    create(asha, "rivers", "x = (\n")

    answer = try_to_publish(asha, "rivers")
    assert problem(answer) == (422, "program-syntax")
    assert answer.json()["errors"][0]["line"] == 1
    assert read(asha, "rivers")["versions"] == []


def test_a_version_that_is_not_there_is_a_404(asha: User):
    create(asha, "rivers")

    for version in ("latest", "1"):
        assert problem(asha.client.get(f"{address('rivers')}/versions/{version}")) == (404, "version-not-found")
    for version in ("0", "-1", "x", "9" * 30):
        assert asha.client.get(f"{address('rivers')}/versions/{version}").status_code == 422


def test_imports_are_pinned_when_they_are_published(asha: User, ravi: User):
    create(asha, "core", LIBRARY, kind="lib")
    publish(asha, "core", kind="lib")
    create(ravi, "rivers", IMPORTING)

    assert publish(ravi, "rivers")["version"] == 1
    assert '"/lib/core/1"' in read_version(ravi, "rivers")["content"]
    assert read(ravi, "rivers")["alpha"]["content"] == IMPORTING
    assert publish(ravi, "rivers") == {"status": "no_changes", "version": 1}

    save(asha, "core", 1, kind="lib", content=f"{LIBRARY}more = core\n")
    publish(asha, "core", kind="lib")
    assert publish(ravi, "rivers") == {"status": "published", "version": 2}
    assert '"/lib/core/2"' in read_version(ravi, "rivers")["content"]
    assert '"/lib/core/1"' in read_version(ravi, "rivers", 1)["content"]


def test_an_alpha_is_not_imported_by_what_is_published(asha: User):
    create(asha, "core", LIBRARY, kind="lib")
    create(asha, "rivers", IMPORTING.replace("core", "core/alpha"))

    answer = try_to_publish(asha, "rivers")
    assert problem(answer) == (422, "imports-alpha")
    assert (answer.json()["errors"][0]["line"], answer.json()["errors"][0]["path"]) == (3, "/lib/core/alpha")


def test_what_is_not_there_is_not_imported_by_what_is_published(asha: User):
    create(asha, "core", LIBRARY, kind="lib")
    create(asha, "rivers", IMPORTING)

    assert problem(try_to_publish(asha, "rivers")) == (422, "import-not-found")


def test_a_maps_library_and_theme_are_published_with_it(asha: User, owner: Engine):
    create(asha, "core", LIBRARY, kind="lib")
    create(asha, "dark", THEME, kind="css")
    create(asha, "rivers", 'xatra.Flag("Core", core)\n', library="core", theme="dark")

    assert publish(asha, "rivers") == {"status": "published", "version": 1}
    version = read_version(asha, "rivers")
    assert (version["library"], version["theme"]) == ({"name": "core", "version": 1}, {"name": "dark", "version": 1})
    assert version["content"] == 'xatra.Flag("Core", core)\n'
    assert version["whole_content"] == f'{LIBRARY}\n{THEME}\nxatra.Flag("Core", core)\n'
    assert read_version(asha, "core", kind="lib")["artefact"] is None
    assert read_version(asha, "dark", kind="css")["content"] == THEME
    with owner.connect() as connection:
        bundle = connection.execute(text("SELECT bundle FROM hub_artifact_versions WHERE wants_artefact")).scalar_one()
    assert bundle["before"] == [
        {"name": "/lib/core/1", "source": LIBRARY},
        {"name": "/css/dark/1", "source": THEME},
    ]

    save(asha, "core", 1, kind="lib", content=f"{LIBRARY}more = core\n")
    assert publish(asha, "rivers") == {"status": "published", "version": 2}
    version = read_version(asha, "rivers")
    assert (version["library"]["version"], version["theme"]["version"]) == (2, 1)
    assert publish(asha, "rivers") == {"status": "no_changes", "version": 2}
    assert publish(asha, "core", kind="lib") == {"status": "no_changes", "version": 2}


def test_another_library_of_the_same_content_is_another_version(asha: User):
    create(asha, "core", LIBRARY, kind="lib")
    create(asha, "centre", LIBRARY, kind="lib")
    create(asha, "rivers", library="core")
    publish(asha, "rivers")
    change(asha, "rivers", library="centre")

    assert publish(asha, "rivers") == {"status": "published", "version": 2}
    assert read_version(asha, "rivers")["library"] == {"name": "centre", "version": 1}


def test_a_library_that_cannot_be_published_keeps_its_map_from_it(asha: User):
    create(asha, "core", "x = (", kind="lib")
    create(asha, "rivers", library="core")

    answer = try_to_publish(asha, "rivers")
    assert problem(answer) == (422, "program-syntax")
    assert answer.json()["work"] == "/lib/core"
    assert read(asha, "rivers")["latest_version"] == 0


def test_a_map_reads_the_files_of_its_library_and_no_others_of_their_names(asha: User, owner: Engine):
    files = [
        asha.client.put(f"{API}/files?name=a.csv", content=f"a\n{number}\n".encode()).json()["sha256"]
        for number in range(2)
    ]
    create(asha, "core", LIBRARY, kind="lib", files={"a.csv": files[0]})
    create(asha, "rivers", library="core", files={"a.csv": files[1]})

    assert problem(try_to_publish(asha, "rivers")) == (422, "import-files-conflict")
    save(asha, "rivers", 1, files={"b.csv": files[1]})
    publish(asha, "rivers")
    assert read_version(asha, "rivers")["files"] == {"a.csv": files[0], "b.csv": files[1]}
    with owner.connect() as connection:
        kept = connection.execute(text("SELECT count(*) FROM hub_files WHERE version = 1")).scalar_one()
    assert kept == 3


def test_versions_published_at_once_have_numbers_without_gaps(asha: User, owner: Engine):
    """Four clients save and publish, again and again; each version says what was saved last when it was made."""
    create(asha, "rivers", "")

    def work(client: int) -> list[int]:
        published = []
        for number in range(4):
            content = f"x_{client}_{number} = 1"
            while True:
                version = read(asha, "rivers")["alpha"]["version"]
                if save(asha, "rivers", version, content=content).status_code == 200:
                    answer = asha.client.post(f"{address('rivers')}/publish", headers={"If-Match": f'"{version + 1}"'})
                    if answer.status_code == 201:
                        published.append(answer.json()["version"])
                        assert read_version(asha, "rivers", published[-1])["content"] == content
                        break
                    assert answer.status_code == 412
        return published

    with ThreadPoolExecutor(4) as pool:
        numbers = sorted(number for numbers in pool.map(work, range(4)) for number in numbers)
    assert numbers == list(range(1, 17))
    with owner.connect() as connection:
        made = connection.execute(text("SELECT version FROM hub_artifact_versions ORDER BY version")).scalars().all()
    assert made == numbers


def test_of_those_who_publish_one_alpha_at_once_one_makes_the_version(asha: User):
    create(asha, "core", LIBRARY, kind="lib")
    create(asha, "rivers", library="core")

    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda _: try_to_publish(asha, "rivers"), range(5)))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 200, 201]
    assert {answer.json()["version"] for answer in answers} == {1}
    assert read(asha, "core", kind="lib")["latest_version"] == 1


def test_maps_that_share_a_library_are_published_at_once(asha: User):
    create(asha, "core", LIBRARY, kind="lib")
    create(asha, "dark", THEME, kind="css")
    for number in range(4):
        create(asha, f"rivers{number}", library="core", theme="dark")

    with ThreadPoolExecutor(5) as pool:
        others = [pool.submit(try_to_publish, asha, f"rivers{number}") for number in range(4)]
        itself = pool.submit(try_to_publish, asha, "core", kind="lib")
        assert {answer.result().status_code for answer in others} == {201}
        assert itself.result().status_code in {200, 201}
    assert read(asha, "core", kind="lib")["latest_version"] == 1
    assert read(asha, "dark", kind="css")["latest_version"] == 1
    assert read_version(asha, "rivers3")["library"] == {"name": "core", "version": 1}


def test_renaming_and_publishing_at_once_leave_one_of_both(asha: User):
    for number in range(4):
        create(asha, f"rivers{number}")
        with ThreadPoolExecutor(2) as pool:
            renamed = pool.submit(change, asha, f"rivers{number}", name=f"streams{number}")
            published = pool.submit(try_to_publish, asha, f"rivers{number}")
        assert published.result().status_code == 201
        assert renamed.result().status_code in {200, 409}
        work = read(asha, f"rivers{number}")
        assert (work["name"] == f"streams{number}") == (renamed.result().status_code == 200)


def test_a_map_is_pending_until_it_is_drawn(asha: User, idle_worker: Engine):
    create(asha, "rivers", MAP)
    publish(asha, "rivers")
    assert artefact(asha, "rivers") == "pending"

    assert run_next(idle_worker) == MAP
    told = read_version(asha, "rivers")["artefact"]
    assert (told["state"], told["error"]) == ("ready", None)
    assert told["url"] == f"{API}/artefacts/{told['sha256']}"
    assert read(asha, "rivers")["versions"][0]["artefact"] == told


@pytest.mark.parametrize(("by", "state"), [("author", "failed"), ("limit", "failed"), ("service", "pending")])
def test_a_map_has_failed_where_trying_again_is_of_no_use(asha: User, idle_worker: Engine, by: str, state: str):
    create(asha, "rivers", MAP)
    publish(asha, "rivers")
    run_next(idle_worker, by=by)

    told = read_version(asha, "rivers")["artefact"]
    assert (told["state"], told["url"], told["sha256"]) == (state, None, None)
    assert (told["error"] is not None) == (state == "failed")
    if told["error"]:
        assert (told["error"]["by"], told["error"]["line"]) == (by, 1)


def test_a_map_that_is_known_is_ready_at_once(asha: User, idle_worker: Engine):
    asha.client.post(f"{API}/renders", json={"program": MAP})
    run_next(idle_worker)
    create(asha, "rivers", MAP)
    publish(asha, "rivers")

    assert artefact(asha, "rivers") == "ready"


@pytest.mark.usefixtures("idle_worker")
def test_a_full_queue_does_not_hold_up_publishing(serve: Callable[..., httpx2.Client], database_urls: dict[str, str]):
    client = serve(queue_capacity=1)
    asha = make_user(database_urls["xatra_auth"], client, "asha")
    assert asha.client.post(f"{API}/renders", json={"program": "x = 1"}).status_code == 202
    assert asha.client.post(f"{API}/renders", json={"program": "x = 2"}).status_code == 503

    for number in range(12):  # more than may wait for one worker
        create(asha, f"rivers{number}", f"x = {number}")
        assert try_to_publish(asha, f"rivers{number}").status_code == 201
        assert artefact(asha, f"rivers{number}") == "pending"
    asha.client.close()


def test_without_any_worker_works_are_published(asha: User, owner: Engine):
    create(asha, "rivers", MAP)

    assert try_to_publish(asha, "rivers").status_code == 201
    assert artefact(asha, "rivers") == "pending"
    with owner.connect() as connection:
        assert connection.execute(text("SELECT job_id FROM hub_artifact_versions")).scalar_one() is None


def test_publishing_takes_none_of_the_places_that_its_author_has_in_the_queue(
    serve: Callable[..., httpx2.Client], database_urls: dict[str, str], idle_worker: Engine
):
    client = serve(user_active_renders=1)
    asha = make_user(database_urls["xatra_auth"], client, "asha")
    create(asha, "rivers", "x = 1")
    publish(asha, "rivers")

    assert asha.client.post(f"{API}/renders", json={"program": "x = 2"}).status_code == 202
    create(asha, "lakes", "x = 3")
    publish(asha, "lakes")
    with idle_worker.connect() as connection:
        jobs = connection.execute(text("SELECT payer_id FROM render_jobs")).scalars().all()
    assert jobs == [asha.id] * 3
    asha.client.close()


def test_a_spent_budget_does_not_hold_up_publishing(asha: User, make: MakeUser, idle_worker: Engine):
    admin = make("uma", is_admin=True)
    admin.client.put(f"{API}/admin/render-budgets/asha", json={"monthly_seconds": 0})
    create(asha, "rivers", MAP)

    assert try_to_publish(asha, "rivers").status_code == 201
    found = read_version(asha, "rivers")["artefact"]
    wait = datetime.fromisoformat(found["postponed_until"]) - datetime.now(UTC)
    assert found["state"] == "pending"
    assert timedelta(minutes=55) < wait < timedelta(minutes=61)
