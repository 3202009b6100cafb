"""Writes who may do what in Redis from this release's table and the passwords, and has a Redis that runs know of it."""

import argparse
import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from xatra_shared.queue.redis_users import REDIS_USERS, acl_file

_MONITOR: Final = "resetkeys resetchannels -@all +ping +info +client|setname +slowlog|get +slowlog|len +latency|latest +latency|histogram"


def main() -> None:
    """Write the file whole or not at all. The server reads it when it starts; one that runs by older rules, now."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--secrets", type=Path, default="/run/secrets", help="directory of passwords (%(default)s)")
    parser.add_argument("--users", type=Path, default="/run/redis-users/users.acl", help="file to write (%(default)s)")
    parser.add_argument("--redis", default="redis", metavar="HOST", help="where Redis is (%(default)s)")
    arguments = parser.parse_args()
    path: Path = arguments.users

    def password_of(user: str) -> str:
        text: str = (arguments.secrets / f"redis_{user}").read_text(encoding="ascii")
        return text.strip()

    passwords = {user: password_of(user) for user in REDIS_USERS}
    monitor = hashlib.sha256(password_of("xatra_monitor").encode()).hexdigest()
    rules = f"{acl_file(passwords)}user xatra_monitor on #{monitor} {_MONITOR}\n"
    former = path.read_text(encoding="ascii") if path.exists() else None
    if rules == former:
        return
    unfinished = path.with_suffix(".new")
    unfinished.write_text(rules, encoding="ascii")
    unfinished.chmod(0o400)
    directory = path.parent.stat()  # it is the server's
    os.chown(unfinished, directory.st_uid, directory.st_gid)
    unfinished.rename(path)
    if former is not None:
        _have_them_read(arguments.redis, passwords["xatra_operator"])


def _have_them_read(host: str, password: str) -> None:
    client = redis.Redis(host, username="xatra_operator", password=password, retry=Retry(NoBackoff(), 0))
    with client, suppress(redis.ConnectionError):  # it does not run
        client.acl_load()


if __name__ == "__main__":
    main()
