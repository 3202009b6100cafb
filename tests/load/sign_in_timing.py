"""Tells whether the time of a failed sign-in gives away which user names there are.

    python -m tests.load.sign_in_timing

Starts an auth service of its own on an empty database, makes one account of each kind, and tries wrong passwords in turn: for a
name that nobody has, for an account with a hash of ours, for one with the predecessor's. Prints the distributions and the
Mann-Whitney test of each against the unknown name: a p value of a few hundredths now and then is chance, one of a
millionth is a leak.
"""
# ruff: noqa: T201 - a benchmark prints

import math
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx2 as httpx
from sqlalchemy import create_engine, text
from tests.load.circumstances import circumstances
from tests.load.serving import serving

from xatra_auth.accounts.passwords import predecessors_hash
from xatra_shared.database.grants import OWNER, login_of
from xatra_shared.database.migrate import upgrade
from xatra_shared.database.roles import LOGINS, ensure_roles
from xatra_shared.servers.postgres import make_private_directory
from xatra_shared.servers.process import give_to_server, start, stop
from xatra_standalone.embedded.postgres import Postgres

TRIES = 200
WARM_UP_TRIES = 10
PASSWORD = "seven lamps by the river"
AUTH = "/xatra/api/auth"
SETTINGS = {
    "SIGNING_KEY": secrets.token_hex(32),
    "SIGN_INS_PER_TEN_MINUTES": "1000000",
    "SIGN_INS_PER_ACCOUNT": "1000000",
}


def main() -> None:
    """Measure, without and with hashes of the predecessor's."""
    with running_service() as (url, database_url), httpx.Client(base_url=url, timeout=60) as client:
        print(f"{circumstances()}, {TRIES} tries each\n")
        client.post(f"{AUTH}/signup", json={"username": "asha", "password": PASSWORD}).raise_for_status()
        print("All hashes are ours.")
        report(measure(client, {"unknown name": "nobody-here", "our hash": "asha"}))
        add_predecessors_account(database_url, "ravi")
        print("\nSome hashes are the predecessor's.")
        report(measure(client, {"unknown name": "nobody-here", "our hash": "asha", "the predecessor's": "ravi"}))


def measure(client: httpx.Client, names: dict[str, str]) -> dict[str, list[float]]:
    """Return the milliseconds that each kind of name takes, tried in turn in an order that changes."""
    milliseconds: dict[str, list[float]] = {kind: [] for kind in names}
    for number in range(WARM_UP_TRIES + TRIES):
        for kind in secrets.SystemRandom().sample(list(names), len(names)):
            body = {"username": names[kind], "password": f"wrong password {number}"}
            started = time.perf_counter()
            answer = client.post(f"{AUTH}/login", json=body)
            passed = (time.perf_counter() - started) * 1000
            if answer.status_code != httpx.codes.UNAUTHORIZED:
                sys.exit(f"unexpected answer: {answer.text}")
            if number >= WARM_UP_TRIES:
                milliseconds[kind].append(passed)
    return milliseconds


def report(milliseconds: dict[str, list[float]]) -> None:
    """Print the distributions, and how likely each differs from the first by chance."""
    print(f"{'':20}{'median ms':>12}{'p95 ms':>12}{'U':>12}{'p':>12}")
    first, *_ = milliseconds.values()
    for kind, sample in milliseconds.items():
        quantiles = statistics.quantiles(sample, n=20)
        u, p = mann_whitney(first, sample)
        print(f"{kind:20}{statistics.median(sample):12.1f}{quantiles[18]:12.1f}{u:12.0f}{p:12.3f}")


def mann_whitney(first: Sequence[float], second: Sequence[float]) -> tuple[float, float]:
    """Return U and the two-sided p value in the normal approximation; both samples have far more than 20 values."""
    below = sum((one < other) + (one == other) / 2 for one in first for other in second)
    count = len(first) * len(second)
    deviation = math.sqrt(count * (len(first) + len(second) + 1) / 12)
    return below, math.erfc(abs(below - count / 2) / deviation / math.sqrt(2))


def add_predecessors_account(database_url: str, username: str) -> None:
    """Put an account there as it is when it was taken over."""
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(
            text(
                """
                WITH account AS (INSERT INTO hub_users (username) VALUES (:username) RETURNING id)
                INSERT INTO auth_credentials (user_id, password_hash) SELECT id, :password_hash FROM account
                """
            ),
            {"username": username, "password_hash": predecessors_hash(PASSWORD, secrets.token_hex(16))},
        )
    engine.dispose()


@contextmanager
def running_service() -> Iterator[tuple[str, str]]:
    """Run the auth service on a PostgreSQL of its own, without Redis; yield its address and the database's."""
    with tempfile.TemporaryDirectory(prefix="xatra-timing-", dir="/tmp") as folder:
        home = Path(folder)
        home.chmod(0o755)
        give_to_server(home)
        sockets = make_private_directory(home / "run")
        postgres = Postgres(home, sockets=sockets, admin_password=secrets.token_hex(), durable=False)
        process = start(postgres)
        try:
            ensure_roles(postgres.admin_dsn, database="xatra", passwords=dict.fromkeys(LOGINS, "timing"))
            upgrade(postgres.url(OWNER, "timing", "xatra"))
            database_url = postgres.url(login_of("xatra_auth"), "timing", "xatra")
            with serving("xatra_auth", database_url, **SETTINGS) as url:
                yield url, database_url
        finally:
            stop(process)


if __name__ == "__main__":
    main()
