"""A PostgreSQL server for one drill: its own process, data and socket, and nothing is left of it."""

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xatra_shared.database.grants import OWNER
from xatra_shared.database.roles import LOGINS, ensure_roles
from xatra_shared.servers.postgres import PostgresServer, make_private_directory
from xatra_shared.servers.process import give_to_server, start, stop

_DATABASE = "xatra"


@contextmanager
def throwaway_database(programs: Path, directory: Path) -> Iterator[str]:
    """Start a server with an empty database and the service's roles.

    Args:
        programs: Directory of PostgreSQL's programs.
        directory: Below which its data lie; there must be room.

    Yields:
        The database as its owner reaches it, as SQLAlchemy writes it.

    Raises:
        ServerStartError: It does not start.
    """
    directory.mkdir(parents=True, exist_ok=True)
    for left in directory.glob("drill-*"):  # by a drill that was killed
        shutil.rmtree(left, ignore_errors=True)
    home = Path(tempfile.mkdtemp(prefix="drill-", dir=directory))
    sockets = Path(tempfile.mkdtemp(prefix="drill-"))  # a socket's path must be short
    try:
        give_to_server(home)
        make_private_directory(sockets)
        server = PostgresServer(
            home, programs=lambda: programs, sockets=sockets, admin_password=secrets.token_hex(), durable=False
        )
        process = start(server)
        try:
            passwords = {login: secrets.token_hex() for login in LOGINS}
            ensure_roles(server.admin_dsn, database=_DATABASE, passwords=passwords)
            yield server.url(OWNER, passwords[OWNER], _DATABASE)
        finally:
            stop(process)
    finally:
        shutil.rmtree(home, ignore_errors=True)
        shutil.rmtree(sockets, ignore_errors=True)
