"""The whole service on one machine: it restarts what ends, and ends as a whole."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import psutil
import psycopg
import pytest
from tests.conftest import Standalone
from tests.shared.telemetry.receiver import receiving
from tests.waiting import until

INDIA = 'import xatra\nfrom xatra.loaders import gadm\nxatra.Flag("India", gadm("IND"))\n'


@pytest.fixture
def own(servers_home: Path, redis_program: Path, map_data: Path) -> Iterator[Standalone]:
    """Run a service that a test may break."""
    service = Standalone(servers_home / "own", redis_program=redis_program, map_data=map_data)
    try:
        service.start()
        yield service
    finally:
        service.stop()


def members(service: Standalone) -> dict[str, psutil.Process]:
    """Return the service's processes by what they are."""
    found = {}
    for child in psutil.Process(service.process.pid).children():
        with contextlib.suppress(psutil.NoSuchProcess):  # it may end while we look
            command = " ".join(child.cmdline())
            for name in ("postgres", "redis-server", "xatra_render_worker", "xatra_scheduler"):
                if name in command:
                    found[name] = child
    return found


def render(service: Standalone, label: str) -> str:
    answer = httpx2.post(
        f"{service.url}api/renders",
        json={"program": f'{INDIA}xatra.TitleBox("{label}")'},
        headers={"Prefer": "wait=20"},
        timeout=60,
    )
    return answer.json().get("state", answer.status_code)


@pytest.mark.parametrize(
    "name",
    [
        "xatra_render_worker",
        "postgres",
        *(pytest.param(name, marks=pytest.mark.long) for name in ("xatra_scheduler", "redis-server")),
    ],
)
def test_a_process_that_is_killed_comes_back(own: Standalone, name: str):
    before = members(own)[name]
    before.kill()
    until(lambda: name in (now := members(own)) and now[name].pid != before.pid)
    until(lambda: render(own, f"after {name}") == "succeeded", seconds=60)


def test_an_error_of_the_api_is_reported_where_there_is_a_sentry(own: Standalone, monkeypatch: pytest.MonkeyPatch):
    own.stop()
    with receiving() as sentry:
        monkeypatch.setenv("SENTRY_DSN", f"http://key@{sentry.address}/1")
        own.start()
        password = (own.home / "secrets" / "postgres").read_text()
        with psycopg.connect(
            host=str(own.home / "run"), user="postgres", password=password, dbname="xatra", autocommit=True
        ) as connection:
            connection.execute("ALTER TABLE files RENAME TO elsewhere")
            assert httpx2.get(f"{own.url}api/files").status_code == 500
            until(lambda: "standalone" in {event["tags"]["service"] for event in sentry.sentry_events()})
            connection.execute("ALTER TABLE elsewhere RENAME TO files")


def test_told_to_stop_it_ends_with_all_its_processes(own: Standalone):
    processes = psutil.Process(own.process.pid).children(recursive=True)
    own.process.send_signal(signal.SIGTERM)
    own.process.wait(60)
    assert not [process for process in processes if process.is_running() and process.status() != "zombie"]


def test_killed_outright_it_leaves_no_process_behind_and_starts_again(own: Standalone):
    assert render(own, "before") == "succeeded"
    processes = psutil.Process(own.process.pid).children(recursive=True)
    own.process.kill()
    own.process.wait()
    until(lambda: not [process for process in processes if process.is_running()], seconds=40)
    own.start()
    assert render(own, "before") == "succeeded"


def test_the_sample_maps_are_published_once(own: Standalone):
    def starts_that_published() -> int:
        return (own.home / "standalone.log").read_text().count("sample maps are published")

    address = f"{own.url}api/explore"
    before = until(starts_that_published, seconds=110)
    published = httpx2.get(address).json()["works"]
    assert len(published) >= 10
    assert all(work["thumbnail_url"] for work in published)
    until(lambda: httpx2.get(f"{own.url}api/hub/map/maurya").json()["versions"][0]["artefact"]["state"] == "ready")
    own.stop()
    own.start()
    until(lambda: starts_that_published() > before, seconds=110)
    assert [work["latest_version"] for work in httpx2.get(address).json()["works"]] == [1] * len(published)


def test_servers_are_reached_by_socket_alone(standalone: Standalone):
    for child in psutil.Process(standalone.process.pid).children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):  # it may end while we look
            listening = [connection for connection in child.net_connections("inet") if connection.status == "LISTEN"]
            assert listening == []


def test_secrets_are_files_that_only_their_owner_reads(standalone: Standalone):
    secrets = list((standalone.home / "secrets").iterdir())
    assert secrets
    assert {path.stat().st_mode & 0o777 for path in secrets} == {0o600}
    assert (standalone.home / "secrets").stat().st_mode & 0o777 == 0o700
    assert len({path.read_text() for path in secrets}) == len(secrets)


def test_the_studio_is_served_at_each_of_its_addresses(standalone: Standalone):
    for path in ("", "explore", "maurya/1", "index.html"):
        page = httpx2.get(f"{standalone.url}{path}")
        assert '<base href="/xatra/" />' in page.text
        assert page.headers["Cache-Control"] == "no-cache"
        assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert httpx2.get(f"http://localhost:{standalone.port}/", follow_redirects=True).url.path == "/xatra/"


def test_assets_of_the_studio_are_kept_for_good_and_missing_ones_are_no_page(standalone: Standalone):
    (script,) = re.findall(r'<script type="module"[^>]* src="\./(assets/[^"]+)"', httpx2.get(standalone.url).text)
    assert "immutable" in httpx2.get(f"{standalone.url}{script}").headers["Cache-Control"]
    assert httpx2.get(f"{standalone.url}assets/none.js").status_code == 404
    assert httpx2.get(f"{standalone.url}icon.svg").headers["Content-Type"] == "image/svg+xml"


def test_what_is_for_the_inside_is_not_served(standalone: Standalone):
    for path in ("metrics", "readyz", "healthz"):
        assert httpx2.get(f"http://localhost:{standalone.port}/{path}").status_code == 404


def test_a_foreign_host_is_refused(standalone: Standalone):
    for path in ("", "api/health"):
        assert httpx2.get(f"{standalone.url}{path}", headers={"Host": "evil.example"}).status_code == 421


def refusal(home: Path, port: int) -> str:
    """Return what a start that cannot be says."""
    result = subprocess.run(
        [sys.executable, "-m", "xatra_standalone", "serve"],
        env={**os.environ, "XATRA_HOME": str(home), "XATRA_PORT": str(port), "COLUMNS": "500"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    return result.stderr


def test_a_taken_port_is_said_in_a_sentence(servers_home: Path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = refusal(servers_home / "refused", port)
    assert f"Port {port} is taken" in said
    assert "PORT=" in said


def test_a_directory_in_use_is_said_in_a_sentence(standalone: Standalone):
    assert "already runs" in refusal(standalone.home, 1)
