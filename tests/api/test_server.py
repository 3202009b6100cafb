"""The command `xatra-api`: a server of several processes that stops in order."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from tests.api.conftest import API
from tests.waiting import until

from xatra_api.settings import ApiSettings

CSV = b"a,b\n" + b"1,2\n" * 50_000


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture
def server(settings: ApiSettings, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], str, Path]]:
    """Start the server; yield its process, its address and its log."""
    secret = tmp_path / "guest_secret"
    secret.write_text(settings.guest_secret.get_secret_value() + "\n")
    port, log = free_port(), tmp_path / "log"
    environment = {
        "PATH": os.environ["PATH"],
        "TMPDIR": str(tmp_path),
        "DATABASE_URL": settings.database_url.get_secret_value(),
        "REDIS_URL": settings.redis_url.get_secret_value(),
        "ARTEFACT_STORE_URL": settings.artefact_store_url,
        "GUEST_SECRET_FILE": str(secret),
        "ALLOWED_HOSTS": "127.0.0.1, maps.example",
    }
    command = [sys.executable, "-m", "xatra_api", "serve", "--bind", f"127.0.0.1:{port}"]
    with log.open("wb") as output, subprocess.Popen(command, env=environment, stderr=output) as process:
        url = f"http://127.0.0.1:{port}"
        until(lambda: log.read_text().count("Application startup complete") == 2, seconds=60)
        yield process, url, log
        process.send_signal(signal.SIGQUIT)  # at once, and its processes with it


def test_several_processes_answer_and_log_in_json(server: tuple[subprocess.Popen[bytes], str, Path]) -> None:
    process, url, log = server
    with httpx2.Client(base_url=url) as client:
        assert client.get(f"{API}/files", headers={"Host": "maps.example"}).json()["files"] == []
        assert client.get("/metrics").status_code == 200

    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    assert len(children) == 2
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert {line["service"] for line in lines} == {"xatra-api"}
    assert any(line.get("route") == "/files" and line["status"] == 200 for line in lines)


def test_forwarding_headers_of_strangers_do_not_count(server: tuple[subprocess.Popen[bytes], str, Path]) -> None:
    _, url, _ = server
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}

    assert "__Host-" not in httpx2.get(f"{url}{API}/auth/csrf", headers=forwarded).headers["set-cookie"]


def test_a_stop_waits_for_requests_under_way_and_leaves_nothing(
    server: tuple[subprocess.Popen[bytes], str, Path], tmp_path: Path
) -> None:
    process, url, _ = server
    host, _, port = url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        head = f"PUT {API}/files?name=a.csv HTTP/1.1\r\nHost: {host}\r\nContent-Length: {len(CSV)}\r\n\r\n"
        connection.sendall(head.encode() + CSV[:100_000])
        with httpx2.Client(base_url=url) as client:
            client.get("/healthz")
        process.send_signal(signal.SIGTERM)
        until(lambda: is_refused(host, int(port)))
        connection.sendall(CSV[100_000:])
        assert connection.recv(65536).startswith(b"HTTP/1.1 201")

    assert process.wait(timeout=20) == 0
    assert not list(tmp_path.glob("xatra-api-metrics-*"))


def is_refused(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port)).close()
    except ConnectionRefusedError:
        return True
    return False


def test_the_openapi_document_can_be_had_without_a_service() -> None:
    command = [sys.executable, "-m", "xatra_api", "openapi"]
    printed = subprocess.run(command, env={}, capture_output=True, check=True).stdout

    assert f"{API}/files" in json.loads(printed)["paths"]
