"""What is decided about a render before any worker sees it."""

import threading
import time
from collections.abc import Callable

import httpx2
import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import text
from tests.api.conftest import API
from tests.api.renders.asking import INDIA, ask, can_stream, read_events
from tests.waiting import until

Serve = Callable[..., httpx2.Client]


pytestmark = pytest.mark.usefixtures("idle_worker")


def test_a_queued_render_tells_its_place_and_when_it_will_start(api: httpx2.Client):
    answers = [ask(api, f"x = {number}").json() for number in range(3)]
    assert [answer["position"] for answer in answers] == [1, 2, 3]
    assert answers[1]["predicted_start_at"] < answers[2]["predicted_start_at"] < answers[2]["predicted_finish_at"]


def test_at_the_callers_limit_the_answer_is_429_with_retry_after(serve: Serve):
    client = serve(caller_active_renders=2)
    answers = [ask(client, f"x = {number}") for number in range(3)]
    assert [answer.status_code for answer in answers] == [202, 202, 429]
    assert int(answers[2].headers["Retry-After"]) >= 1
    assert answers[2].headers["Content-Type"] == "application/problem+json"


def test_a_full_queue_answers_503_with_retry_after(serve: Serve):
    client = serve(queue_capacity=1)
    answers = [ask(client, f"x = {number}") for number in range(2)]
    assert [answer.status_code for answer in answers] == [202, 503]
    assert int(answers[1].headers["Retry-After"]) >= 1


def test_a_cancelled_queued_render_frees_its_place(serve: Serve):
    client = serve(queue_capacity=1)
    client.delete(ask(client, "x = 1").headers["Location"])
    assert ask(client, "x = 2").status_code == 202


def test_position_changes_reach_the_stream(api: httpx2.Client):
    first, second = ask(api, "x = 1"), ask(api, "x = 2")

    def act() -> None:
        time.sleep(1)
        api.delete(first.headers["Location"])
        time.sleep(1.5)
        api.delete(second.headers["Location"])

    thread = threading.Thread(target=act)
    thread.start()
    events = read_events(api, f"{second.headers['Location']}/events")
    thread.join()
    assert [(event["data"]["state"], event["data"]["position"]) for event in events] == [
        ("queued", 2),
        ("queued", 1),
        ("cancelled", None),
    ]


def test_more_streams_than_the_cap_are_a_503_problem(serve: Serve):
    client = serve(max_event_streams=1)
    address = f"{ask(client, 'x = 1').headers['Location']}/events"
    with client.stream("GET", address) as stream:
        lines = stream.iter_lines()
        next(lines)
        assert client.get(address).status_code == 503
    until(lambda: can_stream(client, address), seconds=3)


def test_an_idempotency_key_makes_one_render(api: httpx2.Client):
    headers = {"Idempotency-Key": "once"}
    first, second = (api.post(f"{API}/renders", json={"program": "x = 1"}, headers=headers) for _ in range(2))
    assert first.json()["id"] == second.json()["id"]
    other = api.post(f"{API}/renders", json={"program": "x = 2"}, headers=headers)
    assert (other.status_code, other.json()["type"]) == (422, "urn:xatra:problem:idempotency-key-reused")


@pytest.mark.parametrize(
    ("program", "status"),
    [
        ("x = 1\n" * 40_000, 413),
        ("x = (", 422),
        ("x = 1\0", 422),
        ("x = " + "(" * 300 + ")" * 300, 422),
        ("x = " + "-" * 100_000 + "1", 422),
        ("x = " + "+".join(["1"] * 8_000), 422),
        ("x" + ".y" * 60_000, 422),
        ("x" + "[0]" * 60_000, 422),
        ("x = [" * 1000 + "]" * 1000, 422),
        ("[" + "1," * 60_000 + "]", 422),
        ('from xatra import xatrahub\nxatrahub("/lib/x")', 422),
    ],
)
def test_a_program_that_no_worker_shall_see_is_a_clear_problem(api: httpx2.Client, program: str, status: int):
    started = time.monotonic()
    answer = ask(api, program)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert time.monotonic() - started < 3
    if status == 422:
        assert answer.json()["errors"]


def test_a_syntax_error_names_line_and_column(api: httpx2.Client):
    errors = ask(api, "x = 1\ny = = 2\n").json()["errors"]
    assert [(error["line"], error["column"]) for error in errors] == [(2, 5)]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'{"program": 1}',
        b'{"program": "x", "extra": 1}',
        b'{"program": "\\ud800"}',
        b'{"program": "x", "files": {"../x": "' + b"0" * 64 + b'"}}',
        b'{"program": "x", "files": {"x.csv": "0"}}',
        b'{"program": "x", "files": {"x.csv": "' + b"0" * 64 + b'"}}',
        b'{"program": "x", "files": NaN}',
        b"[" * 100_000,
        b'{"program": "\xff"}',
    ],
)
def test_a_malformed_request_is_a_422_problem(api: httpx2.Client, body: bytes):
    answer = api.post(f"{API}/renders", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("render_id", ["x", "0" * 32, "0" * 31, "\u0660" * 32, "0" * 33])
def test_an_unknown_render_is_a_404_problem(api: httpx2.Client, render_id: str):
    for answer in (
        api.get(f"{API}/renders/{render_id}"),
        api.delete(f"{API}/renders/{render_id}"),
        api.get(f"{API}/renders/{render_id}/events"),
    ):
        assert (answer.status_code, answer.json()["type"]) == (404, "urn:xatra:problem:render-not-found")


def test_before_any_worker_started_the_answer_is_503_with_retry_after(api: httpx2.Client, owner: Database):
    with owner.begin() as connection:
        connection.execute(text("DELETE FROM render_workers"))
    answer = ask(api, INDIA)
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:xatra:problem:no-render-worker")
    assert int(answer.headers["Retry-After"]) >= 1
