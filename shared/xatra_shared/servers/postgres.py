"""A PostgreSQL server of our own: on a Unix socket, with a password, below a directory."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo
from sqlalchemy import URL

from xatra_shared.servers.process import ServerStartError, give_to_server, server_uid, unprivileged_user

_ADMIN = "postgres"


class PostgresServer:
    """One PostgreSQL server below a directory of its own."""

    name = "PostgreSQL"

    def __init__(
        self, home: Path, *, programs: Callable[[], Path], sockets: Path, admin_password: str, durable: bool = True
    ) -> None:
        """Describe the server; nothing runs yet.

        Args:
            home: Directory for its files; the server's user must be able to reach it.
            programs: Returns the directory of `initdb` and `postgres`, which that user must be able to run.
            sockets: Directory for its socket, mode 0700.
            admin_password: Password of the superuser `postgres`.
            durable: False trades crash safety for speed, where the data are not the only ones.
        """
        self.log_path = home / "postgres.log"
        self._programs = programs
        self._home = home
        self._data = home / "postgres"
        self._sockets = sockets
        self._admin_password = admin_password
        self._durable = durable

    @property
    def admin_dsn(self) -> str:
        """Connection string of the superuser."""
        return make_conninfo(
            host=str(self._sockets), user=_ADMIN, password=self._admin_password, dbname=_ADMIN, connect_timeout=5
        )

    def url(self, login: str, password: str, database: str) -> str:
        """Return SQLAlchemy's URL for a login role."""
        url = URL.create("postgresql+psycopg", login, password, database=database, query={"host": str(self._sockets)})
        return url.render_as_string(hide_password=False)

    def prepare(self) -> None:
        """Initialise the data directory once."""
        if (self._data / "PG_VERSION").exists():
            return
        unfinished = self._home / "postgres.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        give_to_server(unfinished)
        with tempfile.NamedTemporaryFile("w", dir=self._sockets, prefix="password-") as password_file:
            password_file.write(self._admin_password)
            password_file.flush()
            give_to_server(Path(password_file.name))
            result = subprocess.run(  # noqa: S603 - our own command line
                [
                    str(self._programs() / "initdb"),
                    f"--pgdata={unfinished}",
                    f"--username={_ADMIN}",
                    f"--pwfile={password_file.name}",
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--no-instructions",
                    *([] if self._durable else ["--no-sync"]),
                ],
                user=unprivileged_user(),
                cwd="/",
                capture_output=True,
                text=True,
                check=False,
            )
        if result.returncode:
            raise ServerStartError(f"PostgreSQL could not set up {self._data}: {result.stderr.strip()}")
        unfinished.rename(self._data)

    def argv(self) -> list[str]:
        """Return the server's command line."""
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self._sockets),
            "unix_socket_permissions": "0700",
            "shared_buffers": "128MB",
            "max_connections": "100",
            "log_min_messages": "warning",
        }
        if not self._durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        options = [f"--{name.replace('_', '-')}={value}" for name, value in settings.items()]
        return [str(self._programs() / "postgres"), "-D", str(self._data), *options]

    def is_ready(self) -> bool:
        """Tell whether the server accepts connections."""
        try:
            psycopg.connect(self.admin_dsn).close()
        except psycopg.OperationalError:
            return False
        return True


def make_private_directory(path: Path) -> Path:
    """Make a directory that only the servers' user (and root) can enter, and return it.

    Raises:
        ServerStartError: It is there already and somebody else's.
    """
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.stat().st_uid not in (os.geteuid(), server_uid()):
        raise ServerStartError(f"{path} belongs to somebody else")
    path.chmod(0o700)
    give_to_server(path)
    return path
