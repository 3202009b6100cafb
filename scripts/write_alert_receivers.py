"""Writes Alertmanager's configuration: the routes of this release, and whom alerts reach as the settings and secrets say."""

import argparse
import json
import os
from collections.abc import Iterator
from contextlib import closing, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

SEVERITIES: Final = ("page", "ticket")
_PORT_OF_TLS: Final = 465


def main() -> None:
    """Write the file whole or not at all, and have an Alertmanager that runs read it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--secrets", type=Path, default="/run/secrets", help="directory of secrets (%(default)s)")
    parser.add_argument(
        "--routes", type=Path, default="/routes/alertmanager.yml", help="file to begin with (%(default)s)"
    )
    parser.add_argument("--write", type=Path, default="/etc/alertmanager/alertmanager.yml", help="(%(default)s)")
    parser.add_argument("--alertmanager", default="alertmanager:9093", metavar="HOST:PORT", help="(%(default)s)")
    arguments = parser.parse_args()
    receivers = [_receiver(severity, arguments.secrets) for severity in SEVERITIES]
    unfinished: Path = arguments.write.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(0o600)  # it may hold the mail server's password
    unfinished.write_text(
        f"{arguments.routes.read_text(encoding='utf-8')}\nreceivers: {json.dumps(receivers)}\n", encoding="utf-8"
    )
    unfinished.rename(arguments.write)
    for receiver in receivers:
        ways = [name.removesuffix("_configs") for name in receiver if name.endswith("_configs")]
        print(f"Alerts of severity {receiver['name']} reach {' and '.join(ways) or 'nobody: see docs/operate.md'}.")
    with (
        closing(HTTPConnection(arguments.alertmanager, timeout=10)) as connection,
        suppress(OSError),
    ):  # it does not run
        connection.request("POST", "/-/reload")
        connection.getresponse()


def _receiver(severity: str, secrets: Path) -> dict[str, Any]:
    return {"name": severity, **dict(_ways(severity, secrets))}


def _ways(severity: str, secrets: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    url = secrets / f"{severity}_webhook_url"
    if _read(url):
        yield "webhook_configs", [{"url_file": str(url)}]
    recipients = os.environ.get(f"{severity.upper()}_MAIL_TO")
    if recipients:
        yield "email_configs", [{"to": recipients, "send_resolved": True, **_mail_server(_read(secrets / "smtp_url"))}]


def _mail_server(url: str) -> dict[str, Any]:
    """Return how Alertmanager reaches the server by which the service sends its other mails."""
    parts = urlsplit(url)
    sender = os.environ.get("MAIL_FROM", "")
    if not (parts.hostname and sender):
        raise SystemExit("PAGE_MAIL_TO and TICKET_MAIL_TO need the secret smtp_url, and MAIL_FROM in .env.prod.")
    port = parts.port or (_PORT_OF_TLS if parts.scheme == "smtps" else 587)
    if (parts.scheme == "smtps") != (port == _PORT_OF_TLS):
        raise SystemExit("Alertmanager speaks smtps at port 465 alone: give smtp_url as smtp://…:587, or as smtps://…")
    return {
        "smarthost": f"{parts.hostname}:{port}",
        "from": sender,
        "auth_username": unquote(parts.username or ""),
        "auth_password": unquote(parts.password or ""),
    }


def _read(secret: Path) -> str:
    return secret.read_text(encoding="utf-8").strip()


if __name__ == "__main__":
    main()
