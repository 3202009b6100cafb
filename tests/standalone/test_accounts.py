"""Accounts on the whole service: one site, and an administrator from the command line."""

import os
import subprocess
import sys
from pathlib import Path

import httpx2
from tests.conftest import Standalone

PASSWORD = "seven lamps by the river"


def test_who_signs_up_is_signed_in_on_all_of_the_site(standalone: Standalone) -> None:
    with httpx2.Client(base_url=f"{standalone.url}api/", timeout=60) as browser:
        guest = browser.get("auth/csrf").json()["csrf_token"]
        body = {"username": "asha", "password": PASSWORD}
        answer = browser.post("auth/signup", json=body, headers={"X-CSRF-Token": guest})
        proof = {"X-CSRF-Token": answer.json()["csrf_token"]}

        assert browser.get("auth/me").json()["username"] == "asha"
        assert browser.put("files?name=a.csv", content=b"a\n1\n").json()["type"] == "urn:xatra:problem:csrf"
        assert browser.put("files?name=a.csv", content=b"a\n1\n", headers=proof).status_code == 201
        render = browser.post("renders", json={"program": "x = 2"}, headers={**proof, "Prefer": "wait=20"})
        assert render.json()["state"] == "failed"


def test_an_administrator_of_the_running_service_is_made_on_the_command_line(
    standalone: Standalone, tmp_path: Path
) -> None:
    password_file = tmp_path / "password"
    password_file.write_text(PASSWORD)
    made = standalone.command("accounts", "create-admin", "ravi@maps.example", "--password-file", str(password_file))

    assert (made.returncode, made.stdout) == (0, "ravi is a new administrator.\n")
    with httpx2.Client(base_url=f"{standalone.url}api/", timeout=60) as browser:
        browser.post("auth/login", json={"username": "ravi", "password": PASSWORD}).raise_for_status()
        assert "ravi" in browser.get("auth/admin/users").text


def test_where_nothing_has_run_the_command_says_so(tmp_path: Path) -> None:
    refused = subprocess.run(
        [sys.executable, "-m", "xatra_standalone", "accounts", "reset-password", "asha"],
        env={**os.environ, "XATRA_HOME": str(tmp_path / "nowhere")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert refused.returncode == 1
    assert "make demo" in refused.stderr
