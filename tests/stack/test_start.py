"""The stack comes up from nothing, says what is missing, and comes back with all that it had."""

import os
import subprocess
import sys
from pathlib import Path

from tests.figures import timed
from tests.stack.engine import CHECKOUT, NEEDS_ENGINE
from tests.stack.site import HOST, Site, Stack
from tests.stack.test_containers import ONCE
from tests.waiting import until

pytestmark = list(NEEDS_ENGINE)


def test_a_first_start_brings_everything_up(stack: Stack):
    for container in stack.containers():
        service, state = container["Config"]["Labels"]["com.docker.compose.service"], container["State"]
        if service in ONCE:
            assert (state["Status"], state["ExitCode"]) == ("exited", 0), service
        else:
            assert stack.is_well(service), service


def test_the_smoke_test_passes(stack: Stack):
    result = subprocess.run(
        [
            sys.executable, str(CHECKOUT / "scripts" / "smoke.py"), f"https://{HOST}/xatra/",
            f"--connect-to=127.0.0.1:{stack.https_port}", f"--ca-file={stack.secrets / 'tls_certificate'}",
        ],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr


def test_secrets_are_never_made_anew(stack: Stack, secrets: dict[str, str]):
    assert "nothing was changed" in stack.make("secrets").stdout
    assert {path.name: path.read_text() for path in stack.secrets.iterdir()} == secrets


def test_a_certificate_that_is_there_stays(stack: Stack):
    assert stack.make("certs", f"HOST={HOST}", check=False).returncode != 0


def test_without_settings_nothing_starts(tmp_path: Path):
    result = subprocess.run(
        ["make", "up-prod", f"ENV_FILE={tmp_path / 'none'}"], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    assert result.returncode != 0
    assert "cp .env.prod.example" in result.stdout


def test_without_secrets_nothing_starts(tmp_path: Path):
    (tmp_path / "env").touch()
    result = subprocess.run(
        ["make", "up-prod", f"ENV_FILE={tmp_path / 'env'}", f"SECRETS={tmp_path / 'none'}"],
        cwd=CHECKOUT, env={**os.environ, "MAKEFLAGS": ""}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode != 0
    assert "make secrets" in result.stdout


def test_starting_what_runs_changes_nothing(stack: Stack):
    before = {container["Id"] for container in stack.containers() if container["State"]["Running"]}
    with timed("make start, nothing to do"):
        stack.make("start")
    assert {container["Id"] for container in stack.containers() if container["State"]["Running"]} == before


def test_what_was_made_is_there_after_a_stop_and_a_start(stack: Stack, site: Site):
    ended = site.end(site.ask("before the stop"))
    stack.make("down")
    are_gone = not stack.containers()
    stack.make("start")
    assert are_gone
    until(lambda: site.send("GET", "/xatra/api/health").status_code == 200)
    assert site.send("GET", ended["artefact"]["url"]).status_code == 200
