"""Writes who may do what in Redis from this release's table and the passwords, and has a Redis that runs know of it."""

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

import redis

from xatra_shared.queue.redis_users import REDIS_USERS, acl_file

_SECRETS: Final = Path("/run/secrets")
_USERS: Final = Path("/run/redis-users/users.acl")
_MONITOR: Final = "resetkeys resetchannels -@all +ping +info +client|setname +slowlog|get +slowlog|len +latency|latest +latency|histogram"


def main() -> None:
    """Write the file whole or not at all; the server reads it when it starts, or now."""
    passwords = {user: _password(user) for user in REDIS_USERS}
    monitor = hashlib.sha256(_password("xatra_monitor").encode()).hexdigest()
    unfinished = _USERS.with_suffix(".new")
    unfinished.write_text(f"{acl_file(passwords)}user xatra_monitor on #{monitor} {_MONITOR}\n", encoding="ascii")
    unfinished.chmod(0o400)
    unfinished.rename(_USERS)
    with suppress(redis.ConnectionError, redis.AuthenticationError):  # it does not run yet
        client = redis.Redis(
            host=os.environ.get("REDIS_HOST", "redis"),
            username="xatra_operator",
            password=passwords["xatra_operator"],
            socket_connect_timeout=2,
        )
        client.acl_load()


def _password(user: str) -> str:
    return (_SECRETS / f"redis_{user}").read_text(encoding="ascii").strip()


if __name__ == "__main__":
    main()
