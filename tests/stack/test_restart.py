"""All of the stack at once is stopped, or killed, while renders are asked for and under way: nothing accepted is lost."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.stack.engine import NEEDS_ENGINE, NEEDS_ROOT, docker
from tests.stack.site import Site, Stack
from tests.stack.test_containers import ONCE
from tests.waiting import until

pytestmark = list(NEEDS_ENGINE)


@contextmanager
def asking(stack: Stack, label: str) -> Iterator[list[str]]:
    """Ask for one map after the other until the end of the block; fill a list with those that were accepted."""
    accepted: list[str] = []
    is_over = threading.Event()

    def ask() -> None:
        site = Site(stack)
        while not is_over.is_set():
            accepted.append(site.ask(f"{label} {len(accepted)}"))
        site.close()

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield accepted
    finally:
        is_over.set()
        thread.join()


def staying(stack: Stack) -> list[str]:
    """Return the services whose containers stay."""
    return sorted(set(stack.services) - ONCE)


def is_back(stack: Stack) -> bool:
    return all(stack.is_well(service) for service in staying(stack))


def all_succeed(site: Site, renders: list[str]) -> bool:
    return {site.end(render)["state"] for render in renders} == {"succeeded"}


def around(stack: Stack, site: Site, label: str, act: Callable[[], object]) -> list[str]:
    """Do something while renders are asked for, and return those that were accepted before, meanwhile and after."""
    with asking(stack, label) as accepted:
        until(lambda: len(accepted) >= 5, seconds=60)
        act()
        until(lambda: is_back(stack), seconds=240)
        there = len(accepted)
        until(lambda: len(accepted) >= there + 3, seconds=120)
    return accepted


def test_a_restart_of_everything_loses_nothing(stack: Stack, site: Site):
    def restart() -> None:
        docker("restart", "--time=60", *(f"{stack.name}-{service}-1" for service in staying(stack)))

    assert all_succeed(site, around(stack, site, "restart", restart))


def test_taking_the_stack_down_and_up_again_loses_nothing(stack: Stack, site: Site):
    accepted = [site.ask(f"down {number}") for number in range(8)]
    stack.make("down")
    stack.make("start")
    assert all_succeed(site, accepted)


@NEEDS_ROOT
def test_a_power_cut_loses_nothing(stack: Stack, site: Site):
    def crash() -> None:
        for service in staying(stack):
            stack.crash(service)

    assert all_succeed(site, around(stack, site, "power cut", crash))
