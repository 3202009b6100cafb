"""What the api holds of a user: downloaded by the user, erased when the account is no more."""

import pytest
from sqlalchemy import Engine, text
from tests.auth.browsing import API, Browser, problem_of
from tests.auth.conftest import OpenBrowser
from tests.auth.own_data.conftest import delete_account, is_erased
from tests.waiting import until

from xatra_api.own_data import service
from xatra_shared.queue import claim_repository
from xatra_shared.queue.model import Engine as RenderEngine
from xatra_shared.queue.model import Job, Result, State

ENGINE = RenderEngine("1", "1")
CSV = b"a,b\n1,2\n"


def upload(browser: Browser) -> str:
    answer = browser.client.put(
        browser.address(f"{API}/files"),
        params={"name": "a.csv"},
        content=CSV,
        headers={"X-CSRF-Token": browser.csrf_token or ""},
    )
    return answer.json()["sha256"]


def ask(browser: Browser, program: str, file: str | None = None) -> str:
    files = {} if file is None else {"a.csv": file}
    answer = browser.post(f"{API}/renders", {"program": program, "files": files})
    assert answer.status_code in {200, 202}, answer.text
    return answer.json()["id"]


def claim(idle_worker: Engine) -> Job:
    with idle_worker.begin() as connection:
        job = claim_repository.claim(connection, "worker", ENGINE, 600)
    assert job
    return job


def finish(idle_worker: Engine, job: Job) -> str:
    """Let a job succeed and return its map's digest."""
    sha256 = job.request.digest
    with idle_worker.begin() as connection:
        claim_repository.add_artefact(connection, sha256, size_bytes=1, stored_bytes=1, asset_names=[])
        assert claim_repository.finish(connection, job.id, job.attempt, Result(State.SUCCEEDED, artefact_sha256=sha256))
    return sha256


def count(database: Engine, table: str) -> int:
    with database.connect() as connection:
        return connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()


def test_users_download_their_files_renders_and_budget(asha: Browser, ravi: Browser, idle_worker: Engine) -> None:
    sha256 = upload(asha)
    render = ask(asha, "mine = 'é'", file=sha256)
    artefact = finish(idle_worker, claim(idle_worker))
    ask(ravi, "of_somebody_else = 1")
    answer = asha.get(f"{API}/me/data")
    data = answer.json()

    assert answer.headers["content-disposition"] == 'attachment; filename="xatra.json"'
    assert [file["sha256"] for file in data["files"]] == [sha256]
    assert data["render_budget"]["spent_seconds"] > 0
    [told] = data["renders"]
    assert told["id"].replace("-", "") == render
    assert (told["program"], told["state"], told["artefact_sha256"]) == ("mine = 'é'", "succeeded", artefact)
    assert told["files"] == {"a.csv": sha256}


def test_a_long_list_of_renders_comes_whole_and_in_order(
    asha: Browser, idle_worker: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "_ROWS_AT_ONCE", 2)
    programs = [f"x = {number}" for number in range(5)]
    for program in programs:
        ask(asha, program)

    assert [render["program"] for render in asha.get(f"{API}/me/data").json()["renders"]] == programs


def test_guests_have_nothing_to_download(open_browser: OpenBrowser, api_url: str) -> None:
    assert problem_of(open_browser(api_url=api_url).get(f"{API}/me/data")) == "not-signed-in"


def test_nobody_downloads_without_end(asha: Browser) -> None:
    statuses = [asha.get(f"{API}/me/data").status_code for _ in range(21)]

    assert statuses == [200] * 20 + [429]


def test_with_an_account_go_its_renders_files_budget_and_programs(
    asha: Browser, idle_worker: Engine, api_database: Engine
) -> None:
    ask(asha, "ended = 1", file=upload(asha))
    artefact = finish(idle_worker, claim(idle_worker))
    ask(asha, "waits = 1")

    delete_account(asha)

    until(lambda: is_erased(api_database))
    for table in ("render_waiters", "render_jobs", "file_owners", "render_budgets"):
        assert count(api_database, table) == 0, table
    with api_database.connect() as connection:
        found = connection.execute(
            text("SELECT last_used_at < now() - interval '1 year' FROM artefacts WHERE sha256 = :sha256"),
            {"sha256": artefact},
        )
        assert found.scalar_one() is True  # retention deletes it


def test_what_others_share_stays_theirs(
    asha: Browser, ravi: Browser, idle_worker: Engine, api_database: Engine
) -> None:
    ask(asha, "shared = 1", file=upload(asha))
    artefact = finish(idle_worker, claim(idle_worker))
    kept = ask(ravi, "shared = 1", file=upload(ravi))
    ask(asha, "waits = 1")
    waiting = ask(ravi, "waits = 1")

    delete_account(asha)

    until(lambda: is_erased(api_database))
    assert ravi.get(f"{API}/renders/{kept}").json()["artefact"]["sha256"] == artefact
    assert ravi.get(f"{API}/renders/{waiting}").json()["state"] == "queued"
    assert len(ravi.get(f"{API}/files").json()["files"]) == 1
    finish(idle_worker, claim(idle_worker))
    assert ravi.get(f"{API}/renders/{waiting}").json()["state"] == "succeeded"
    assert count(api_database, "render_budgets") == 0
    assert count(api_database, "artefacts WHERE last_used_at < now() - interval '1 hour'") == 0


def test_a_render_that_runs_is_stopped_and_erased_when_it_has(
    asha: Browser, idle_worker: Engine, api_database: Engine
) -> None:
    ask(asha, "runs = 1")
    job = claim(idle_worker)

    delete_account(asha)

    def is_stopping() -> bool:
        with idle_worker.connect() as connection:
            return claim_repository.cancel_requests(connection, [job.id]) == {job.id}

    until(is_stopping)
    assert not is_erased(api_database)
    with idle_worker.begin() as connection:
        claim_repository.finish(connection, job.id, job.attempt, Result(State.CANCELLED))
    until(lambda: is_erased(api_database))
    assert count(api_database, "render_jobs") == 0
    assert count(api_database, "render_budgets") == 0


def test_much_is_erased_in_short_transactions(
    asha: Browser, idle_worker: Engine, api_database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "_JOBS_AT_ONCE", 2)
    for number in range(5):
        ask(asha, f"x = {number}")

    delete_account(asha)

    until(lambda: is_erased(api_database))
    assert count(api_database, "render_jobs") == 0


def test_nothing_is_erased_before_what_was_under_way_has_ended(
    asha: Browser, idle_worker: Engine, api_database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "GRACE_SECONDS", 2)
    ask(asha, "x = 1")
    delete_account(asha)

    with api_database.connect() as connection:
        until(lambda: is_erased(api_database))
        waited = connection.execute(
            text("SELECT extract(epoch FROM erased_at - deleted_at)::float FROM deleted_users")
        ).scalar_one()
    assert waited >= 2
