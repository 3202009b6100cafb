"""The command `xatra-api`: a server of several processes that stops in order."""

import json
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx2
from tests.api.conftest import API
from tests.waiting import until

CSV = b"a,b\n" + b"1,2\n" * 50_000


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
    headers = {"X-Forwarded-Proto": "https", "Origin": url.replace("http:", "https:")}

    answer = httpx2.put(f"{url}{API}/files?name=a.csv", content=CSV, headers=headers)
    assert answer.json()["type"] == "urn:xatra:problem:foreign-origin"


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
