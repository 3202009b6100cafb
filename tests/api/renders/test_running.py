"""What callers see of renders that run, over real HTTP, with a real worker behind a real queue."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest
import redis
from sqlalchemy import create_engine, text
from tests.api.conftest import API, become_guest
from tests.api.renders.asking import INDIA, SLEEP, ask, look, read_events
from tests.conftest import Workers
from tests.waiting import until

pytestmark = pytest.mark.usefixtures("shared_worker")

Serve = Callable[..., httpx2.Client]


def test_a_program_becomes_a_map_within_the_wait(api: httpx2.Client):
    answer = ask(api, INDIA, wait=20)
    assert answer.status_code == 200
    assert answer.headers["Preference-Applied"] == "wait=20"
    render = answer.json()
    assert render["state"] == "succeeded"
    page = api.get(render["artefact"]["url"])
    assert page.status_code == 200
    assert "India" in page.text


def test_without_a_wait_the_answer_is_202_and_where_to_look(api: httpx2.Client):
    answer = ask(api, INDIA)
    assert answer.status_code == 202
    assert until(lambda: look(api, answer)["state"] == "succeeded")


def test_a_long_poll_answers_when_the_render_ends(api: httpx2.Client):
    answer = ask(api, "import time\ntime.sleep(1)\n" + INDIA)
    started = time.monotonic()
    render = api.get(answer.headers["Location"], headers={"Prefer": "wait=20"}).json()
    assert render["state"] == "succeeded"
    assert 0.5 < time.monotonic() - started < 10


def test_a_known_render_is_answered_at_once(api: httpx2.Client):
    ask(api, INDIA, wait=20)
    answer = ask(api, INDIA)
    assert answer.status_code == 200
    assert answer.json()["cached"] is True


def test_a_hundred_equal_renders_at_once_run_once(serve: Serve, database_urls: dict[str, str]):
    client = serve(caller_active_renders=200, address_active_renders=200)
    with ThreadPoolExecutor(20) as threads:
        answers = list(threads.map(lambda _: ask(client, INDIA, wait=30).json(), range(100)))
    assert {answer["state"] for answer in answers} == {"succeeded"}
    assert len({answer["id"] for answer in answers}) == 100
    engine = create_engine(database_urls["xatra_api"])
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM render_jobs")).scalar_one() == 1
    engine.dispose()


def test_a_hundred_different_renders_at_once_all_end(serve: Serve):
    client = serve(caller_active_renders=200, address_active_renders=200)
    with ThreadPoolExecutor(20) as threads:
        answers = list(threads.map(lambda number: ask(client, f'{INDIA}xatra.TitleBox("{number}")'), range(100)))
    assert {answer.status_code for answer in answers} <= {200, 202}
    until(lambda: all(look(client, answer)["state"] == "succeeded" for answer in answers), seconds=60)


def test_events_tell_every_state_and_end_with_the_last(api: httpx2.Client):
    answer = ask(api, "import time\ntime.sleep(1)\n" + INDIA)
    events = read_events(api, f"{answer.headers['Location']}/events")
    states = [event["data"]["state"] for event in events]
    assert states[-1] == "succeeded"
    assert "running" in states
    versions = [int(event["id"]) for event in events]
    assert versions == sorted(versions)


def test_events_tell_nothing_twice_and_no_place_of_what_runs(api: httpx2.Client):
    answer = ask(api, "import time\ntime.sleep(2)\n" + INDIA)
    events = read_events(api, f"{answer.headers['Location']}/events")
    told = [(event["id"], event["data"]["position"]) for event in events]
    assert len(told) == len(set(told))
    assert all(event["data"]["position"] is None for event in events if event["data"]["state"] != "queued")


def test_events_after_a_known_version_start_with_the_next(api: httpx2.Client):
    answer = ask(api, INDIA, wait=20)
    last = read_events(api, f"{answer.headers['Location']}/events")[-1]["id"]
    again = read_events(api, f"{answer.headers['Location']}/events", {"Last-Event-ID": last})
    assert again == []


def test_cancelling_a_running_render_ends_it_within_a_second(api: httpx2.Client):
    answer = ask(api, SLEEP)
    until(lambda: look(api, answer)["state"] == "running")
    started = time.monotonic()
    assert api.delete(answer.headers["Location"]).json()["state"] == "cancelled"
    assert ask(api, INDIA, wait=10).json()["state"] == "succeeded"  # on the only slot
    assert time.monotonic() - started < 3


def test_an_authors_error_says_where(api: httpx2.Client):
    error = ask(api, "x = 1\nx / 0\n", wait=20).json()["error"]
    assert (error["by"], error["type"], error["line"]) == ("author", "ZeroDivisionError", 2)
    assert "x / 0" in error["traceback"]
    assert "/" not in error["traceback"].replace("x / 0", "")


def test_an_uploaded_file_is_read_by_name(api: httpx2.Client):
    uploaded = api.put(
        f"{API}/files",
        params={"name": "units.csv"},
        content=b"GID,n\nIND,5\n",
        headers={"Content-Type": "text/csv"},
    ).json()
    program = "import pandas, xatra\nxatra.Dataframe(pandas.read_csv('units.csv'))\n"
    render = ask(api, program, wait=20, files={"units.csv": uploaded["sha256"]}).json()
    assert (render["state"], render["warnings"]) == ("succeeded", [])


def test_renders_are_found_without_redis(api: httpx2.Client, redis_urls: dict[str, str]):
    with redis.Redis.from_url(redis_urls["xatra_operator"]) as operator:
        operator.client_pause(6000)
        assert ask(api, INDIA, wait=20).json()["state"] == "succeeded"
        operator.client_unpause()


def test_another_process_may_serve_the_stream_and_another_the_cancel(serve: Serve):
    first, second = serve(), serve()
    answer = ask(first, SLEEP)
    until(lambda: look(second, answer)["state"] == "running")
    threading.Timer(0.5, lambda: first.delete(answer.headers["Location"])).start()
    started = time.monotonic()
    events = read_events(second, f"{answer.headers['Location']}/events")
    assert events[-1]["data"]["state"] == "cancelled"
    assert time.monotonic() - started < 3


def test_a_worker_told_to_stop_gives_its_render_back_within_its_grace(api: httpx2.Client, workers: Workers):
    worker = workers.start(grace_seconds=1)
    answers = [ask(api, f"{SLEEP}# {number}") for number in range(2)]  # one for the shared worker
    until(lambda: all(look(api, answer)["state"] == "running" for answer in answers))
    started = time.monotonic()
    worker.terminate()
    assert worker.wait(15) == 0
    assert time.monotonic() - started < 8
    assert sorted(look(api, answer)["state"] for answer in answers) == ["queued", "running"]
    for answer in answers:
        api.delete(answer.headers["Location"])


def test_a_flood_of_one_caller_does_not_hold_up_another(serve: Serve):
    api = serve(caller_active_renders=50, address_active_renders=100)
    flood = [ask(api, f"import time\ntime.sleep(0.5)\n{INDIA}# {number}") for number in range(30)]
    with httpx2.Client(base_url=api.base_url, timeout=60) as guest:
        token = become_guest(guest)
        answer = guest.post(
            f"{API}/renders", json={"program": f"{INDIA}# guest"}, headers={"Prefer": "wait=20", "X-CSRF-Token": token}
        )
    assert answer.json()["state"] == "succeeded"
    waiting = [look(api, one)["state"] for one in flood]
    assert waiting.count("queued") >= 25
    for one in flood:
        api.delete(one.headers["Location"])
