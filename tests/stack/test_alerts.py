"""Each alert that can be caused within minutes is, and reaches whom it should.

The rules are those of the repository but for their time: Prometheus measures every 5 s in place of 15, and each `for`
and each window is a tenth as long. Thresholds are what they are. Alertmanager is as in production.
"""

import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from tests.stack.engine import CHECKOUT, NEEDS_ENGINE, NEEDS_ROOT, docker
from tests.stack.site import INDIA, Site, Stack
from tests.waiting import until

pytestmark = [*NEEDS_ENGINE, NEEDS_ROOT]  # root writes the secrets of receivers

_STORE = "/var/lib/xatra/store"
_PATIENCE_SECONDS = 180
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}

# Answers webhooks, and prints what they bring.
_RECEIVER = """
import http.server
class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        print(self.path, self.rfile.read(int(self.headers["Content-Length"])).decode(), flush=True)
        self.send_response(200)
        self.end_headers()
    def log_message(self, *_):
        pass
http.server.ThreadingHTTPServer(("", 8080), Handler).serve_forever()
"""


def hastened(rules: str) -> str:
    """Return rules or a configuration in which time runs ten times as fast, and measurements come three times as often."""

    def shorter(match: re.Match[str]) -> str:
        return f"{match[1]}{max(5, int(match[2]) * _SECONDS[match[3]] // 10)}s"

    rules = re.sub(r"((?:for: |offset |\[))(\d+)([mhd])\b", shorter, rules)
    rules = re.sub(r"(scrape_interval: |evaluation_interval: |refresh_interval: |interval: )15s", r"\g<1>5s", rules)
    return rules.replace("15 * sum_over_time", "5 * sum_over_time")


@pytest.fixture(scope="module")
def watched(stack: Stack, secrets: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Return the stack with hastened rules, a scheduler whose store is a small disk, and receivers of alerts."""
    home = tmp_path_factory.mktemp("alerts")
    for path in (CHECKOUT / "compose/prometheus").rglob("*.yml"):
        copy = home / "prometheus" / path.relative_to(CHECKOUT / "compose/prometheus")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(hastened(path.read_text()))
    for directory in (home, *home.rglob("*")):
        directory.chmod(0o755)
    override = home / "override.json"
    services = {
        "prometheus": {"volumes": [f"{home}/prometheus:/etc/prometheus:ro"]},
        "scheduler": {"volumes": [f"small-disk:{_STORE}"]},
    }
    small_disk = {"driver_opts": {"type": "tmpfs", "device": "tmpfs", "o": "size=32m,mode=1777"}}
    override.write_text(json.dumps({"services": services, "volumes": {"small-disk": small_disk}}))
    webhooks = {severity: stack.secrets / f"{severity}_webhook_url" for severity in ("page", "ticket")}
    try:
        for severity, webhook in webhooks.items():
            webhook.write_text(f"http://receiver:8080/{severity}")
        docker(
            *("run", "--detach", "--name", _receiver(stack), "--network", f"{stack.name}_app"),
            *("--network-alias", "receiver", stack.container("scheduler")["Config"]["Image"]),
            *("python", "-c", _RECEIVER),
        )
        stack.compose("up", "--detach", "--wait", "--no-deps", "prometheus", "scheduler", override=override)
        stack.compose("run", "--rm", "alert-receivers")
        until(lambda: "StoppedConsuming" not in firing(stack) and "ServiceDown" not in firing(stack), seconds=60)
        yield stack
    finally:
        docker("rm", "--force", _receiver(stack), check=False)
        for webhook in webhooks.values():
            webhook.write_text(secrets[webhook.name])
        stack.make("start")


def _receiver(stack: Stack) -> str:
    return f"{stack.name}-receiver"


# Only what was found just now: what a Prometheus said before it was replaced would else count for five minutes.
_FIRING = 'last_over_time(ALERTS{alertstate="firing"}[20s])'


def alerts(stack: Stack, name: str, **labels: str) -> list[dict[str, str]]:
    """Return the labels of all alerts of this name that fire, and bear these labels."""
    [found] = stack.measured(_FIRING)
    return [series["metric"] for series in found if series["metric"].items() >= {"alertname": name, **labels}.items()]


def firing(stack: Stack) -> set[str]:
    """Return the names of all alerts that fire."""
    return {series["metric"]["alertname"] for series in stack.measured(_FIRING)[0]}


def received(stack: Stack, severity: str) -> set[str]:
    """Return the names of all alerts that came by a severity's webhook."""
    lines = docker("logs", _receiver(stack)).splitlines()
    bodies = [json.loads(body) for path, _, body in (line.partition(" ") for line in lines) if path == f"/{severity}"]
    return {alert["labels"]["alertname"] for body in bodies for alert in body["alerts"]}


def fires(stack: Stack, name: str, **labels: str) -> None:
    """Wait until an alert fires."""
    until(lambda: alerts(stack, name, **labels), seconds=_PATIENCE_SECONDS)


def ends(stack: Stack, name: str, **labels: str) -> None:
    """Wait until an alert does not fire."""
    until(lambda: not alerts(stack, name, **labels), seconds=_PATIENCE_SECONDS)


@contextmanager
def hung(stack: Stack, service: str) -> Iterator[None]:
    """Let every process of a service stand still until the end of the block."""
    processes = [int(word) for word in docker("top", f"{stack.name}-{service}-1", "-eo", "pid").split()[1:]]

    def send(sent: signal.Signals) -> None:
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(process, sent)

    send(signal.SIGSTOP)
    try:
        yield
    finally:
        send(signal.SIGCONT)
        until(lambda: stack.is_well(service), seconds=_PATIENCE_SECONDS)


@contextmanager
def stopped(stack: Stack, *services: str) -> Iterator[None]:
    """Have services away until the end of the block."""
    stack.compose("stop", *services)
    try:
        yield
    finally:
        stack.compose("start", *services)
        until(lambda: all(stack.is_well(service) for service in services), seconds=_PATIENCE_SECONDS)


def test_renders_that_are_slow_and_too_many_are_told_of(watched: Stack, site: Site):
    program = "import time\ntime.sleep(17)\n" + INDIA
    asked = [
        site.send("POST", "/xatra/api/renders", json={"program": f"{program}# {number}\n"}).json()["id"]
        for number in range(12)
    ]
    try:
        fires(watched, "RenderQueueDeep")
        fires(watched, "RendersSlow")
    finally:
        for render in asked:
            site.send("DELETE", f"/xatra/api/renders/{render}")
    ends(watched, "RenderQueueDeep")


def test_a_service_that_is_away_pages_and_so_do_the_requests_that_fail(watched: Stack, site: Site):
    assert not alerts(watched, "HttpErrors")
    with stopped(watched, "auth-blue", "auth-green"):

        def all_told_of() -> bool:
            assert site.send("GET", "/xatra/api/auth/openapi.json").status_code in {502, 503, 504}
            told = firing(watched)
            return {"ServiceDown", "HttpErrors", "SloBurnsFast"} <= told

        until(all_told_of, seconds=_PATIENCE_SECONDS)
        assert alerts(watched, "ServiceDown", job="auth")
        until(lambda: "ServiceDown" in received(watched, "page"), seconds=_PATIENCE_SECONDS)
    ends(watched, "ServiceDown")


def test_a_disk_that_fills_up_is_told_of_and_pages_when_it_is_full(watched: Stack):
    disk = {"job": "scheduler", "path": _STORE}
    assert not alerts(watched, "DiskSpaceLow", severity="page", **disk)

    def fill(mebibytes: int) -> None:
        watched.execute("scheduler", "dd", "if=/dev/zero", f"of={_STORE}/filler", "bs=1M", f"count={mebibytes}")

    fill(28)
    fires(watched, "DiskSpaceLow", severity="ticket", **disk)
    assert not alerts(watched, "DiskSpaceLow", severity="page", **disk)
    fill(31)
    fires(watched, "DiskSpaceLow", severity="page", **disk)
    watched.execute("scheduler", "rm", f"{_STORE}/filler")
    ends(watched, "DiskSpaceLow", **disk)


def test_redis_that_fills_up_is_told_of_before_it_takes_no_more(watched: Stack, secrets: dict[str, str]):
    def redis(*words: str) -> str:
        command = "read -r REDISCLI_AUTH; export REDISCLI_AUTH; exec redis-cli --user xatra_operator " + " ".join(words)
        return subprocess.run(
            ["docker", "exec", "--interactive", f"{watched.name}-redis-1", "sh", "-c", command],
            input=secrets["redis_xatra_operator"] + "\n", capture_output=True, text=True, check=True, timeout=60,
        ).stdout  # fmt: skip

    assert not alerts(watched, "RedisMemoryHigh")
    redis("SETRANGE", "filler", str(230 << 20), "x")
    try:
        fires(watched, "RedisMemoryHigh")
        until(lambda: "RedisMemoryHigh" in received(watched, "ticket"), seconds=_PATIENCE_SECONDS)
    finally:
        redis("DEL", "filler")
    ends(watched, "RedisMemoryHigh")


def test_a_worker_that_fell_silent_is_told_of_and_its_cause_silences_what_follows(watched: Stack):
    with hung(watched, "render-worker"):
        fires(watched, "ServiceDown", job="render-worker")
        fires(watched, "NoRenderSlots")
        until(lambda: "NoRenderSlots" in inhibited(watched), seconds=_PATIENCE_SECONDS)
    ends(watched, "NoRenderSlots")


def inhibited(stack: Stack) -> Sequence[str]:
    """Return the names of alerts that Alertmanager keeps to itself, since it knows their cause."""
    said = stack.execute(
        *("alertmanager", "amtool", "--alertmanager.url=http://127.0.0.1:9093", "--output=json"),
        *("alert", "query", "--inhibited"),
    )
    found: list[dict[str, Any]] = json.loads(said.stdout or "[]")
    return [alert["labels"]["alertname"] for alert in found if alert["status"]["inhibitedBy"]]


def test_a_dead_database_pages_once_and_silences_its_followers(watched: Stack, site: Site):
    before = received(watched, "page")
    with stopped(watched, "postgres"):

        def told_of() -> bool:
            site.send("GET", "/xatra/api/explore")
            return {"PostgresDown", "DatabaseErrors"} <= firing(watched)

        until(told_of, seconds=_PATIENCE_SECONDS)
        until(lambda: "DatabaseErrors" in inhibited(watched), seconds=60)
        until(lambda: "PostgresDown" in received(watched, "page"), seconds=_PATIENCE_SECONDS)
        assert "DatabaseErrors" not in received(watched, "page") - before
    ends(watched, "PostgresDown")
    site.end(site.ask("after all alerts"))
