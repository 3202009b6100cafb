"""What people notice while something is done to the site that they use."""

from collections.abc import Callable

from tests.cluster.conftest import Front
from tests.figures import FIGURES
from tests.stack.traffic import Report, traffic
from tests.waiting import until

_BEFORE_AND_AFTER = 50


def done_under_traffic(front: Front, what: str, act: Callable[[], float]) -> Report:
    """Do something while people come, before and after it too, and require that no request fails.

    Args:
        front: What leads to the site.
        what: What is done, for the figure.
        act: Does it, and returns the seconds that it took.
    """

    def wait() -> None:
        asked = report.requests
        until(lambda: report.requests > asked + _BEFORE_AND_AFTER, seconds=120)

    with traffic(front) as report:
        wait()
        seconds = act()
        wait()
    FIGURES.append(f"{what} under traffic: {seconds:.0f} s, {report.requests} requests, {len(report.failures)} failed")
    assert report.failures == [], report
    return report
