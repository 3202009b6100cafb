"""Whom alerts reach follows from settings and secrets, and Alertmanager understands it."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.monitoring.rules import CHECKOUT, command, image_of, run

AMTOOL = command("amtool", "alertmanager")

SECRETS = {"page_webhook_url": "", "ticket_webhook_url": "", "smtp_url": ""}

type Write = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def written(tmp_path: Path) -> Path:
    return tmp_path / "alertmanager.yml"


@pytest.fixture
def write(tmp_path: Path, written: Path) -> Write:
    """Return what writes the configuration from secrets and settings."""

    def write_it(secrets: dict[str, str], **settings: str) -> subprocess.CompletedProcess[str]:
        for name, content in (SECRETS | secrets).items():
            (tmp_path / name).write_text(content)
        words = [
            *(sys.executable, str(CHECKOUT / "scripts/write_alert_receivers.py"), f"--secrets={tmp_path}"),
            f"--routes={CHECKOUT / 'compose/alertmanager/alertmanager.yml'}",
            *(f"--write={written}", "--alertmanager=127.0.0.1:1"),
        ]
        environment = {"MAIL_FROM": "xatra@maps.example", **settings}
        return subprocess.run(words, capture_output=True, text=True, check=False, env=environment)

    return write_it


def receivers(written: Path) -> dict[str, dict[str, Any]]:
    return {receiver.pop("name"): receiver for receiver in yaml.safe_load(written.read_text())["receivers"]}


def test_without_settings_alerts_reach_nobody_and_it_says_so(write: Write, written: Path):
    result = write({})

    assert result.returncode == 0, result.stderr
    assert result.stdout.count("reach nobody") == 2
    assert receivers(written) == {"page": {}, "ticket": {}}


def test_each_severity_has_its_own_webhook_and_mailbox(write: Write, written: Path, tmp_path: Path):
    result = write(
        {"page_webhook_url": "https://hooks.example/1\n", "smtp_url": "smtps://us%40er:pass:word@mail.example"},
        TICKET_MAIL_TO="ops@maps.example",
    )

    assert result.stdout.splitlines() == [
        "Alerts of severity page reach webhook.",
        "Alerts of severity ticket reach email.",
    ]
    assert receivers(written) == {
        "page": {"webhook_configs": [{"url_file": str(tmp_path / "page_webhook_url")}]},
        "ticket": {
            "email_configs": [
                {
                    "to": "ops@maps.example",
                    "send_resolved": True,
                    "smarthost": "mail.example:465",
                    "from": "xatra@maps.example",
                    "auth_username": "us@er",
                    "auth_password": "pass:word",
                }
            ]
        },
    }


def test_what_it_writes_is_nobody_elses_to_read(write: Write, written: Path):
    write({})

    assert written.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("url", ["", "smtps://mail.example:587", "smtp://mail.example:465"])
def test_a_mail_server_that_alertmanager_cannot_use_is_refused_and_nothing_written(
    write: Write, written: Path, url: str
):
    result = write({"smtp_url": url}, PAGE_MAIL_TO="ops@maps.example")

    assert result.returncode == 1
    assert "smtp" in result.stderr
    assert "Traceback" not in result.stderr
    assert not written.exists()


@pytest.mark.skipif(not AMTOOL, reason="no amtool, nor the image of Alertmanager")
def test_alertmanager_understands_it(write: Write, written: Path, tmp_path: Path):
    write(
        {"page_webhook_url": "https://hooks.example/1", "smtp_url": "smtp://user:password@mail.example"},
        PAGE_MAIL_TO="ops@maps.example",
    )
    written.chmod(0o644)
    tmp_path.chmod(0o755)
    checker = AMTOOL or []
    if checker[0] == "docker":
        checker = [
            *("docker", "run", "--rm", "--network=none", f"--volume={tmp_path}:{tmp_path}:ro", "--user=0:0"),
            *("--entrypoint=amtool", image_of("alertmanager")),
        ]

    result = run([*checker, "check-config", str(written)])

    assert result.returncode == 0, result.stdout + result.stderr
    assert "2 receivers" in result.stdout, json.dumps(result.stdout)
