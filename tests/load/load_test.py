"""Puts a site under the load of many people, and prints a report in Markdown: how fast, what failed and why.

    python -m tests.load.load_test [--url https://maps.example/xatra/] [--users 20] [--seconds 60] [--token-file FILE]

Without an address it starts a service of its own, as `make demo` does, with the map data of XATRA_HOME. Members of the
load are one account: that of the token, with the scopes `render` and `hub:write`, or a new one, which is deleted again.
What they publish is private. Needs Locust: `$LOCUST` is the command.
"""
# ruff: noqa: T201 - it prints

import argparse
import csv
import os
import re
import secrets
import shlex
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx2 as httpx
from tests.load.circumstances import circumstances
from tests.load.service_bench import running_service

from xatra_standalone.settings import StandaloneSettings

MOST_USERS = 500
MOST_SECONDS = 3600
STARTED_PER_SECOND = 5
LOCUSTFILE = Path(__file__).with_name("locustfile.py")


def main() -> None:
    """Load the site and report."""
    arguments = parse()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="xatra-load-", dir="/tmp")))
        folder.chmod(0o755)
        if arguments.url:
            url, where = arguments.url, urlsplit(arguments.url).netloc
        else:
            origin, slots = stack.enter_context(running_service(folder / "home", StandaloneSettings().map_data))
            url = f"{origin}/xatra/"
            where = f"a service of its own on the same machine, {slots} slot{'s' * (slots != 1)}"
        api = f"{url.rstrip('/')}/api"
        token = stack.enter_context(account_at(api, arguments.token_file))
        load(api, token, arguments.users, arguments.seconds, folder)
        report(where, arguments.users, arguments.seconds, folder)


def parse() -> argparse.Namespace:
    """Return what is asked for, within bounds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", help="the site's first page; none: a service of its own")
    parser.add_argument("--users", type=int, default=20, help=f"people at once, up to {MOST_USERS}")
    parser.add_argument("--seconds", type=int, default=60, help=f"how long, up to {MOST_SECONDS}")
    parser.add_argument("--token-file", type=Path, help="file with an API token; none: a new account")
    arguments = parser.parse_args()
    if not 1 <= arguments.users <= MOST_USERS or not 1 <= arguments.seconds <= MOST_SECONDS:
        parser.error(f"a load has 1 to {MOST_USERS} users and takes 1 to {MOST_SECONDS} seconds.")
    return arguments


@contextmanager
def account_at(api: str, token_file: Path | None) -> Iterator[str]:
    """Yield an API token: the one in the file, or one of an account that is deleted at the end of the block."""
    if token_file:
        yield token_file.read_text(encoding="utf-8").strip()
        return
    parts = urlsplit(api)
    name, password = f"load_{secrets.token_hex(6)}", secrets.token_urlsafe(24)
    with httpx.Client(timeout=60, headers={"Origin": f"{parts.scheme}://{parts.netloc}"}) as client:

        def send(path: str, **body: object) -> dict[str, str]:
            answer = client.post(f"{api}/auth/{path}", json=body)
            if answer.is_error:
                raise SystemExit(f"{path} at {api}: {answer.status_code} {answer.text}. Use --token-file?")
            return answer.json() if answer.content else {}

        client.headers["X-CSRF-Token"] = client.get(f"{api}/auth/csrf").raise_for_status().json()["csrf_token"]
        client.headers["X-CSRF-Token"] = send("signup", username=name, password=password)["csrf_token"]
        token = send("tokens", name="load", scopes=["render", "hub:write"], days=1, current_password=password)["token"]
        try:
            yield token
        finally:
            send("me/delete", username=name, current_password=password)


def load(api: str, token: str, users: int, seconds: int, folder: Path) -> None:
    """Let Locust do it."""
    command = [
        *shlex.split(os.environ.get("LOCUST", "locust")),
        "--headless",
        "--only-summary",
        "--loglevel=ERROR",
        f"--locustfile={LOCUSTFILE}",
        f"--host={api}",
        f"--users={users}",
        f"--spawn-rate={min(users, STARTED_PER_SECOND)}",
        f"--run-time={seconds}s",
        "--stop-timeout=30",
        f"--csv={folder / 'load'}",
    ]
    result = subprocess.run(
        command, env={**os.environ, "XATRA_TOKEN": token}, capture_output=True, text=True, check=False
    )
    if result.returncode not in {0, 1}:  # 1: some requests failed
        raise SystemExit(f"Locust ended with {result.returncode}:\n{result.stderr[-2000:]}")


def report(where: str, users: int, seconds: int, folder: Path) -> None:
    """Print what came of it."""
    with (folder / "load_stats.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["Name"] != "Aggregated"]
    requests = [row for row in rows if row["Type"] != "render"]
    total = sum(int(row["Request Count"]) for row in requests)
    print(
        f"{users} people for {seconds} s against {where}: {total / seconds:.1f} requests/s. They came from "
        f"{circumstances()}.\n"
    )
    print("| what | times | /s | p50 ms | p95 ms | p99 ms | failed |\n|---|---|---|---|---|---|---|")
    for row in sorted(rows, key=lambda row: (row["Type"] == "render", -int(row["Request Count"]))):
        times = [f"{float(row[part]):.0f}" if row[part] != "N/A" else "" for part in ("50%", "95%", "99%")]
        rate = float(row["Requests/s"])
        print(f"| {row['Name']} | {row['Request Count']} | {rate:.2f} | {' | '.join(times)} | {row['Failure Count']} |")
    with (folder / "load_failures.csv").open(encoding="utf-8") as file:
        failures = list(csv.DictReader(file))
    print(f"\n{'| what failed | why | times |' if failures else 'Nothing failed.'}")
    if failures:
        print("|---|---|---|")
    for row in failures:
        print(f"| {row['Name']} | {cause(row['Error'])} | {row['Occurrences']} |")
    with (folder / "load_exceptions.csv").open(encoding="utf-8") as file:
        if exceptions := list(csv.DictReader(file)):
            raise SystemExit(f"The load itself went wrong:\n{exceptions[0]['Traceback']}")


def cause(error: str) -> str:
    """Return why something failed, without the exception that Locust made of it."""
    found = re.fullmatch(r"\w+\(['\"](.*)['\"]\)", error)
    return (found[1] if found else error)[:120]


if __name__ == "__main__":
    main()
