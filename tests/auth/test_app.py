"""The application as a whole: its documents, where it lies, how it fares, and that it runs as a server."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest
from tests.auth.browsing import AUTH, PASSWORD, Browser
from tests.auth.conftest import OpenBrowser
from tests.waiting import until

from xatra_auth.settings import AuthSettings


def test_the_openapi_document_tells_of_every_feature_and_of_problems(browser: Browser) -> None:
    document = browser.get(f"{AUTH}/openapi.json").json()

    tags = {
        tag for methods in document["paths"].values() for operation in methods.values() for tag in operation["tags"]
    }
    assert tags == {"accounts", "admin", "github", "google", "providers", "recovery", "sessions", "tokens"}
    assert all(path.startswith(f"{AUTH}/") for path in document["paths"])
    for methods in document["paths"].values():
        for operation in methods.values():
            assert "application/problem+json" in operation["responses"]["4XX"]["content"]
    assert browser.get(f"{AUTH}/docs").status_code == 200


@pytest.mark.parametrize("base_path", ["", "/maps/of/ours"])
def test_the_service_lies_below_its_base_path(serve: Callable[..., str], base_path: str) -> None:
    with httpx2.Client(base_url=serve(base_path=base_path)) as client:
        body = {"username": "asha", "password": PASSWORD}
        cookies = client.post(f"{base_path}/api/auth/signup", json=body).headers.get_list("set-cookie")

        assert f"Path={base_path or '/'};" in cookies[0]
        assert f"Path={base_path}/api/auth;" in cookies[1]
        assert client.get(f"{base_path}/api/auth/me").json()["username"] == "asha"
        assert client.get(f"{AUTH}/me").status_code == 404


def test_no_answer_is_kept_by_anybody(browser: Browser) -> None:
    answer = browser.sign_up("asha")

    assert answer.headers["cache-control"] == "no-store"
    assert browser.get(f"{AUTH}/me").headers["cache-control"] == "no-store"
    assert "content-security-policy" in answer.headers


def test_with_all_at_hand_the_service_is_ready(browser: Browser) -> None:
    assert browser.get("/readyz").json() == {"database": True, "redis": True, "schema_current": True}
    assert browser.get("/metrics").status_code == 200


def test_without_database_or_redis_the_process_lives_and_answers_503(
    serve: Callable[..., str], open_browser: OpenBrowser
) -> None:
    nowhere = {"redis_url": "redis://127.0.0.1:1/0", "database_url": "postgresql+psycopg://x:y@127.0.0.1:1/x"}
    browser = open_browser(serve(**nowhere))

    assert browser.get("/healthz").status_code == 200
    assert browser.get("/readyz").status_code == 503
    assert browser.sign_in("asha").status_code == 503
    assert browser.get(f"{AUTH}/me", Authorization="Bearer x").status_code == 503


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def test_several_processes_answer_as_one_and_stop_when_told(
    settings: AuthSettings, open_browser: OpenBrowser, free_port: int, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    environment = {
        "PATH": os.environ["PATH"],
        "TMPDIR": str(tmp_path),
        "DATABASE_URL": settings.database_url.get_secret_value(),
        "REDIS_URL": settings.redis_url.get_secret_value(),
        "GUEST_SECRET": settings.guest_secret.get_secret_value(),
        "SIGNING_KEY": settings.signing_key.get_secret_value(),
    }
    command = [sys.executable, "-m", "xatra_auth", "serve", "--bind", f"127.0.0.1:{free_port}"]
    with log.open("wb") as output, subprocess.Popen(command, env=environment, stderr=output) as process:
        try:
            until(lambda: log.read_text().count("Application startup complete") == 2, seconds=60)
            url = f"http://127.0.0.1:{free_port}"
            browser, other = open_browser(url), open_browser(url)
            assert browser.sign_up("asha").status_code == 201
            assert other.sign_in("asha").status_code == 200
            assert all(browser.is_signed_in() for _ in range(10))
            browser.write("DELETE", f"{AUTH}/sessions")
            until(lambda: [other.is_signed_in() for _ in range(10)] == [False] * 10, seconds=2)
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    assert PASSWORD not in log.read_text()
    assert browser.cookies["xatra_access"] not in log.read_text()
