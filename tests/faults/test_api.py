"""The api may die at any moment after it accepted a render."""

import threading

import httpx2
from tests.faults.invariants import assert_invariants
from tests.faults.service import Service, small_map
from tests.waiting import until


def test_a_render_whose_wake_up_was_never_sent_still_renders(service: Service):
    service.kill_api()
    service.start_api(redis_url=f"unix://nobody:nothing@{service.home}/nowhere.sock?db=0")
    render = service.post(small_map("no wake-up"))
    service.kill_api()
    assert service.until_final(str(render["id"])).state == "succeeded"
    service.start_api()
    assert service.client.get(f"/renders/{render['id']}").json()["state"] == "succeeded"
    assert_invariants(service)


def test_waiting_clients_find_their_render_after_the_api_is_killed(service: Service):
    render = service.post(small_map("waited for", sleep_seconds=2))
    lost: list[Exception] = []

    def wait() -> None:
        try:
            httpx2.get(f"{service.client.base_url}renders/{render['id']}", headers={"Prefer": "wait=20"}, timeout=30)
        except httpx2.TransportError as error:
            lost.append(error)

    waiting = [threading.Thread(target=wait) for _ in range(4)]
    for thread in waiting:
        thread.start()
    service.until_running(str(render["id"]))
    service.kill_api()
    for thread in waiting:
        thread.join(10)
    assert len(lost) == 4
    service.start_api()
    answer = service.client.get(f"/renders/{render['id']}", headers={"Prefer": "wait=20"})
    assert answer.json()["state"] == "succeeded"
    assert_invariants(service)


def test_another_process_answers_when_one_is_killed(service: Service):
    render = service.post(small_map("one of two", sleep_seconds=0.5))
    killed, _ = service.web_processes()
    killed.kill()
    until(service.answers)
    assert service.client.get(f"/renders/{render['id']}", headers={"Prefer": "wait=20"}).json()["state"] == "succeeded"
    until(lambda: len(service.web_processes()) == 2)
    assert_invariants(service)


def test_the_processes_of_a_killed_api_end(service: Service):
    orphans = service.web_processes()
    service.api.kill()
    service.api.wait()
    try:
        until(lambda: not any(process.is_running() for process in orphans), seconds=10)
    finally:
        for process in orphans:
            if process.is_running():
                process.kill()
    service.start_api()
    assert_invariants(service)
