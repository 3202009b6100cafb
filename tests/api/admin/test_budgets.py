"""Monthly budgets: in seconds that renders ran, checked before a render is let in, one request of a user at a time."""

from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest
from sqlalchemy import Engine, create_engine, text
from tests.api.admin.conftest import ENGINE, MakeUser
from tests.api.conftest import API
from tests.api.renders.asking import ask
from tests.api.users import User

from xatra_shared.queue import claim_repository
from xatra_shared.queue.model import Result, State


def standing(user: User) -> tuple[int | None, int, int]:
    """Return what a user may, has spent and has reserved, in whole seconds."""
    body = user.client.get(f"{API}/me/render-budget").json()
    return body["monthly_seconds"], round(body["spent_seconds"]), round(body["reserved_seconds"])


def give(admin: User, username: str, seconds: int | None) -> None:
    answer = admin.client.put(f"{API}/admin/render-budgets/{username}", json={"monthly_seconds": seconds})
    assert answer.status_code == 200, answer.text


def run_next(idle_worker: Engine, *, seconds: int, by: str | None = None) -> None:
    """Run the next job for so long; `by`: whose fault its failure is."""
    with idle_worker.begin() as connection:
        job = claim_repository.claim(connection, "worker", ENGINE, 600)
    assert job
    error = {"by": by, "type": "E", "message": "", "line": None, "traceback": ""} if by else None
    with idle_worker.begin() as connection:
        connection.execute(
            text("UPDATE render_jobs SET started_at = now() - make_interval(secs => :seconds) WHERE id = :id"),
            {"seconds": seconds, "id": job.id},
        )
        sha256 = job.request.digest
        if error is None:
            claim_repository.add_artefact(connection, sha256, size_bytes=1, stored_bytes=1, asset_names=[])
    result = Result(State.FAILED, error=error) if error else Result(State.SUCCEEDED, artefact_sha256=sha256)
    with idle_worker.begin() as connection:
        assert claim_repository.finish(connection, job.id, job.attempt, result)


def test_without_a_budget_users_render_as_they_like_and_see_what_it_took(asha: User, idle_worker: Engine) -> None:
    assert ask(asha.client, "a = 1").status_code == 202
    assert standing(asha) == (None, 0, 2)
    run_next(idle_worker, seconds=1000)

    assert standing(asha) == (None, 1000, 0)
    assert ask(asha.client, "a = 2").status_code == 202


def test_a_spent_budget_is_a_402_that_says_when_there_is_more(admin: User, asha: User, idle_worker: Engine) -> None:
    give(admin, "asha", 60)
    ask(asha.client, "a = 1")
    run_next(idle_worker, seconds=61)

    answer = ask(asha.client, "a = 2")
    problem = answer.json()
    assert answer.status_code == 402
    assert problem["type"] == "urn:xatra:problem:render-budget-spent"
    assert (problem["monthly_seconds"], round(problem["spent_seconds"])) == (60, 61)
    budget = asha.client.get(f"{API}/me/render-budget").json()
    assert problem["renews_at"].replace("+00:00", "Z") == budget["renews_at"]
    assert budget["renews_at"].endswith("-01T00:00:00Z")


def test_maps_that_are_known_or_under_way_cost_nothing(
    api: httpx2.Client, admin: User, asha: User, idle_worker: Engine
) -> None:
    ask(api, "known = 1")
    run_next(idle_worker, seconds=5)
    ask(api, "under_way = 1")
    give(admin, "asha", 0)

    assert ask(asha.client, "known = 1").status_code == 200
    assert ask(asha.client, "under_way = 1").status_code == 202
    assert ask(asha.client, "new = 1").status_code == 402
    run_next(idle_worker, seconds=5)
    assert standing(asha) == (0, 0, 0)


def test_who_asks_twice_by_one_key_pays_once_and_is_not_refused(admin: User, asha: User, idle_worker: Engine) -> None:
    give(admin, "asha", 1)
    first, again = (
        asha.client.post(f"{API}/renders", json={"program": "a = 1"}, headers={"Idempotency-Key": "k"})
        for _ in range(2)
    )
    assert first.status_code == again.status_code == 202
    assert first.json()["id"] == again.json()["id"]
    assert standing(asha) == (1, 0, 2)


def test_requests_at_once_do_not_pass_a_budget_together(admin: User, asha: User, idle_worker: Engine) -> None:
    give(admin, "asha", 3)  # each is taken to need two
    with ThreadPoolExecutor(7) as pool:
        statuses = sorted(pool.map(lambda number: ask(asha.client, f"a = {number}").status_code, range(7)))

    assert statuses == [202] * 2 + [402] * 5
    assert standing(asha) == (3, 0, 4)


@pytest.mark.parametrize(("by", "spent"), [("author", 7), ("limit", 7), ("service", 0)])
def test_failures_cost_what_they_took_unless_they_are_ours(
    asha: User, idle_worker: Engine, by: str, spent: int
) -> None:
    ask(asha.client, "a = 1")
    run_next(idle_worker, seconds=7, by=by)

    assert standing(asha) == (None, spent, 0)


def test_a_cancelled_render_costs_what_it_took(asha: User, idle_worker: Engine) -> None:
    waiting = ask(asha.client, "a = 1").json()["id"]
    assert asha.client.delete(f"{API}/renders/{waiting}").status_code == 200
    assert standing(asha) == (None, 0, 0)

    running = ask(asha.client, "a = 2").json()["id"]
    with idle_worker.begin() as connection:
        job = claim_repository.claim(connection, "worker", ENGINE, 600)
        connection.execute(text("UPDATE render_jobs SET started_at = now() - interval '9 s' WHERE state = 'running'"))
    assert job
    asha.client.delete(f"{API}/renders/{running}")
    with idle_worker.begin() as connection:
        claim_repository.finish(connection, job.id, job.attempt, Result(State.CANCELLED))
    assert standing(asha) == (None, 9, 0)


def test_a_new_month_begins_with_nothing_spent(asha: User, idle_worker: Engine, database_urls: dict[str, str]) -> None:
    ask(asha.client, "a = 1")
    run_next(idle_worker, seconds=50)
    engine = create_engine(database_urls["xatra_api"])
    with engine.begin() as connection:
        connection.execute(text("UPDATE render_budgets SET month = month - interval '1 month'"))
    engine.dispose()

    assert standing(asha) == (None, 0, 0)
    ask(asha.client, "a = 2")
    run_next(idle_worker, seconds=3)
    ask(asha.client, "a = 3")
    run_next(idle_worker, seconds=4)
    assert standing(asha) == (None, 7, 0)


def test_guests_have_no_budget(api: httpx2.Client, admin: User, idle_worker: Engine) -> None:
    admin.client.put(f"{API}/admin/render-budgets", json={"user_seconds": 0, "trusted_seconds": 0})

    assert ask(api, "a = 1").status_code == 202
    run_next(idle_worker, seconds=5)
    assert api.get(f"{API}/me/render-budget").json()["type"] == "urn:xatra:problem:not-signed-in"
    with idle_worker.connect() as connection:
        assert connection.execute(text("SELECT count(user_id) FROM render_budgets")).scalar_one() == 0


def test_a_users_own_budget_stands_above_that_of_the_kind(admin: User, make: MakeUser) -> None:
    asha, uma = make("asha"), make("uma", is_trusted=True)
    admin.client.put(f"{API}/admin/render-budgets", json={"user_seconds": 100, "trusted_seconds": 200})
    assert admin.client.get(f"{API}/admin/render-budgets").json() == {"user_seconds": 100, "trusted_seconds": 200}
    assert (standing(asha), standing(uma)) == ((100, 0, 0), (200, 0, 0))

    give(admin, "asha", 500)
    assert (standing(asha), standing(uma)) == ((500, 0, 0), (200, 0, 0))
    give(admin, "asha", None)
    assert standing(asha) == (100, 0, 0)
    assert admin.client.get(f"{API}/admin/render-budgets/uma").json()["monthly_seconds"] == 200


def test_a_budget_of_nobody_is_a_404(admin: User) -> None:
    answer = admin.client.put(f"{API}/admin/render-budgets/nobody", json={"monthly_seconds": 1})

    assert answer.json()["type"] == "urn:xatra:problem:user-not-found"
    assert admin.client.get(f"{API}/admin/render-budgets/nobody").status_code == 404


def test_a_worker_cannot_give_budgets(idle_worker: Engine) -> None:
    with idle_worker.connect() as connection:
        allowed = connection.execute(
            text("SELECT has_column_privilege('render_budgets', 'monthly_seconds', 'UPDATE, INSERT, SELECT')")
        )
        assert allowed.scalar_one() is False
