"""Makes every secret of a production service, each in a file that one user alone can read.

`make secrets` runs it as root in a container without network, for the user of our containers. What is there stays as it
is, always: it only adds what is missing, such as a secret that a new release needs.
"""

import argparse
import json
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from xatra_shared.database.grants import BACKUP, GRANTS, OWNER, login_of
from xatra_shared.queue.redis_users import REDIS_USERS

_USER: Final = 10001  # that of services/Dockerfile

# What other services or people give: made empty, which means none.
_GIVEN: Final = (
    *("backup_access_key_id", "backup_key", "backup_secret_access_key"),
    *("github_client_secret", "sentry_dsn", "smtp_url"),
    *("guest_secret_previous", "page_webhook_url", "ticket_webhook_url"),
)
_RANDOM: Final = (
    *("postgres", OWNER, BACKUP, *map(login_of, GRANTS), "xatra_monitor"),
    *(f"redis_{user}" for user in (*REDIS_USERS, "xatra_monitor")),
    *("grafana_admin", "guest_secret", "signing_key"),
)
_IRREPLACEABLE: Final = ("signing_key", "guest_secret", "github_client_secret", "smtp_url")


def main() -> None:
    """Make what is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--postgres", default="postgres", metavar="HOST", help="where PostgreSQL is (%(default)s)")
    parser.add_argument("--redis", default="redis", metavar="HOST", help="where Redis is (%(default)s)")
    parser.add_argument("--user", type=int, default=_USER, help="whose the files are, by number (%(default)s)")
    arguments = parser.parse_args()
    made = [
        name
        for name, content in _secrets(arguments.directory, postgres=arguments.postgres, redis=arguments.redis)
        if _make(arguments.directory / name, content, arguments.user)
    ]
    print(f"{len(made)} secrets made: {', '.join(made)}." if made else "Every secret is there; nothing was changed.")
    if made:
        print(
            "Copy the directory to a safe place off this machine now, as root: without it a backup of the database can "
            f"be restored, but {', '.join(_IRREPLACEABLE)} are lost, so that everybody has to sign in again."
        )


def _secrets(directory: Path, *, postgres: str, redis: str) -> Iterator[tuple[str, str]]:
    """Yield each file's name, and what it holds unless it is there."""
    for name in _GIVEN:
        yield name, ""
    for name in _RANDOM:
        yield name, secrets.token_hex(32)
    # By now all passwords are there, these or former ones.
    services = ((group.removeprefix("xatra_"), login_of(group)) for group in GRANTS)
    for name, login in (("owner", OWNER), ("backup", BACKUP), *services):
        yield f"{name}_database_url", f"postgresql+psycopg://{login}:{_read(directory / login)}@{postgres}/xatra"
    for group in GRANTS:
        password = _read(directory / f"redis_{group}")
        yield f"{group.removeprefix('xatra_')}_redis_url", f"redis://{group}:{password}@{redis}:6379/0"
    password = _read(directory / "redis_xatra_monitor")
    yield "redis_exporter", json.dumps({f"redis://{user}{redis}:6379": password for user in ("", "xatra_monitor@")})


def _make(path: Path, content: str, user: int) -> bool:
    """Write a file for a user, whole or not at all, unless there is one; tell whether it was written."""
    if path.exists():
        return False
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(0o400)
    unfinished.write_text(content, encoding="ascii")
    os.chown(unfinished, user, user)
    unfinished.rename(path)
    return True


def _read(path: Path) -> str:
    return path.read_text(encoding="ascii").strip()


if __name__ == "__main__":
    main()
