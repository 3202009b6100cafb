"""`xatra-web size` reads what a real Prometheus measured, and assumes what it did not."""

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest
from tests.stack.engine import CHECKOUT, NEEDS_ENGINE, docker
from tests.waiting import until

pytestmark = list(NEEDS_ENGINE)

_IMAGE = re.search(r"image: (prom/prometheus:\S+)", (CHECKOUT / "docker-compose.prod.yml").read_text())
_EVERY_SECONDS = 60

type Serve = Callable[[str], str]


def measured(days: float, *, renders_per_second: float, peak: float) -> str:
    """Return what Prometheus would have stored: renders at one pace, ten minutes of them at another, all below 2.5 s."""
    now = int(time.time())
    times = range(now - int(days * 86_400), now, _EVERY_SECONDS)
    peak_from = times[len(times) // 2]
    series: dict[str, list[str]] = {"accepted": [], "2.5": [], "+Inf": [], "count": [], "slots": []}
    total = 0.0
    for at in times:
        total += _EVERY_SECONDS * (peak if peak_from <= at < peak_from + 600 else renders_per_second)
        series["accepted"].append(f'render_requests_total{{outcome="accepted"}} {total} {at}')
        for bound in ("2.5", "+Inf"):
            series[bound].append(f'render_duration_seconds_bucket{{le="{bound}"}} {total} {at}')
        series["count"].append(f"render_duration_seconds_count {total} {at}")
        series["slots"].append(f"render_slots 1 {at}")
    return "\n".join((*(line for lines in series.values() for line in lines), "# EOF\n"))


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Return what starts a Prometheus with a past, and returns its address."""
    assert _IMAGE
    image, started = _IMAGE[1], []

    def start(past: str) -> str:
        tmp_path.chmod(0o777)
        (tmp_path / "past").write_text(past)
        mounted = ("--rm", "--volume", f"{tmp_path}:/past", "--user", "0")
        blocks = ("tsdb", "create-blocks-from", "openmetrics", "/past/past", "/past/data")
        docker("run", *mounted, "--network=none", "--entrypoint=promtool", image, *blocks)
        (tmp_path / "prometheus.yml").write_text("global: {}\n")
        command = (
            "--config.file=/past/prometheus.yml",
            "--storage.tsdb.path=/past/data",
            "--storage.tsdb.retention.time=1y",
        )
        container = docker("run", "--detach", *mounted, "--publish=127.0.0.1::9090", image, *command).strip()
        started.append(container)
        url = f"http://{docker('port', container, '9090').splitlines()[0]}"

        def is_ready() -> bool:
            try:
                return httpx2.get(f"{url}/-/ready").is_success
            except httpx2.TransportError:
                return False

        until(is_ready, seconds=60)
        return url

    yield start
    for container in started:
        docker("rm", "--force", container)


def size(url: str, *options: str) -> dict[str, str]:
    """Return what the command says, by what it is about."""
    result = subprocess.run(
        [sys.executable, "-m", "xatra_standalone", "size", "--prometheus", url, *options],
        capture_output=True,
        text=True,
        check=True,
    )
    return {line[:32].strip(): line[32:].strip() for line in result.stdout.splitlines() if line}


def test_a_week_of_measurements_decides(serve: Serve):
    said = size(serve(measured(8, renders_per_second=0.02, peak=1.0)))

    assert re.fullmatch(r"(0\.99|1\.0)\d* +measured, of 7\.0 days", said["renders a second at the peak"])
    assert re.fullmatch(r"2\.3\d +measured, of 7\.0 days", said["p95 of a render's seconds"])
    assert said["SLOTS"] in {"3", "4"}  # 1 x 2.375 x 1.3, of which Prometheus estimates the first
    assert said["slots that run now"] == "1"


def test_what_was_too_little_measured_is_assumed_and_said_so(serve: Serve):
    said = size(serve(measured(0.2, renders_per_second=0.001, peak=0.001)), "--accounts", "500")

    assert "assumed for 500 accounts" in said["renders a second at the peak"]
    assert re.fullmatch(r"2\.00 +assumed: \d+ of 100 renders were measured", said["p95 of a render's seconds"])
    assert said["SLOTS"] == "3"


def test_without_any_measurements_all_is_assumed(serve: Serve):
    assert size(serve("# EOF\n"))["SLOTS"] == "1"
