"""Writes who may do what in Redis from this release's table and the passwords, and has a Redis that runs know of it."""

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import Final

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from xatra_shared.queue.redis_users import REDIS_USERS, acl_file

_SECRETS: Final = Path("/run/secrets")
_USERS: Final = Path("/run/redis-users/users.acl")
_MONITOR: Final = "resetkeys resetchannels -@all +ping +info +client|setname +slowlog|get +slowlog|len +latency|latest +latency|histogram"


def main() -> None:
    """Write the file whole or not at all. The server reads it when it starts; one that runs by older rules, now."""
    passwords = {user: _password(user) for user in REDIS_USERS}
    monitor = hashlib.sha256(_password("xatra_monitor").encode()).hexdigest()
    rules = f"{acl_file(passwords)}user xatra_monitor on #{monitor} {_MONITOR}\n"
    former = _USERS.read_text(encoding="ascii") if _USERS.exists() else None
    if rules == former:
        return
    unfinished = _USERS.with_suffix(".new")
    unfinished.write_text(rules, encoding="ascii")
    unfinished.chmod(0o400)
    unfinished.rename(_USERS)
    if former is not None:
        _have_them_read(passwords["xatra_operator"])


def _have_them_read(password: str) -> None:
    client = redis.Redis("redis", username="xatra_operator", password=password, retry=Retry(NoBackoff(), 0))
    with client, suppress(redis.ConnectionError):  # it does not run
        client.acl_load()


def _password(user: str) -> str:
    return (_SECRETS / f"redis_{user}").read_text(encoding="ascii").strip()


if __name__ == "__main__":
    main()
