"""Real PostgreSQL and Redis servers for the whole run, an empty database for each test."""

import os
import pwd
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from sqlalchemy import Engine, create_engine, text
from xatra_standalone.embedded.postgres import Postgres, make_private_directory
from xatra_standalone.embedded.redis import Redis
from xatra_standalone.embedded.server import start, stop, unprivileged_user

from xatra_shared.database.grants import GRANTS, OWNER, login_of
from xatra_shared.database.migrate import upgrade
from xatra_shared.database.models import Base
from xatra_shared.database.roles import LOGINS, ensure_roles
from xatra_shared.queue.redis_users import REDIS_USERS

DATABASE = "xatra"


def _outside(call: str) -> None:
    """Run a call in a process of its own: tests themselves reach nothing beyond this machine."""
    subprocess.run([sys.executable, "-c", call], check=True)


def _cache() -> Path:
    """Return where downloads outlive a run; the servers' user must be able to reach it where we are root."""
    default = "/var/cache" if os.geteuid() == 0 else os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")
    path = Path(os.environ.get("XATRA_TEST_CACHE", Path(default, "xatra-web-tests")))
    path.mkdir(parents=True, exist_ok=True)
    return path


@pytest.fixture(scope="session")
def downloads() -> Path:
    """Where downloads of the package index are kept between runs."""
    return _cache()


@pytest.fixture(scope="session")
def servers_home() -> Iterator[Path]:
    """Make a directory with a short path: a Unix socket's may have 107 characters."""
    home = Path(tempfile.mkdtemp(prefix="xatra-", dir="/tmp"))
    home.chmod(0o755)
    if user := unprivileged_user():
        os.chown(home, pwd.getpwnam(user).pw_uid, -1)
    yield home
    shutil.rmtree(home)


@pytest.fixture(scope="session")
def postgres(servers_home: Path) -> Iterator[Postgres]:
    """Start PostgreSQL with all roles and the schema that the migrations build."""
    sockets = make_private_directory(servers_home / "pg")
    server = Postgres(servers_home, sockets=sockets, admin_password=secrets.token_hex(), durable=False)
    process = start(server)
    ensure_roles(server.admin_dsn, database=DATABASE, passwords=dict.fromkeys(LOGINS, "test"))
    upgrade(server.url(OWNER, "test", DATABASE))
    yield server
    stop(process)


@pytest.fixture(scope="session")
def owner(postgres: Postgres) -> Iterator[Engine]:
    """Return the engine of the role that owns the schema."""
    engine = create_engine(postgres.url(OWNER, "test", DATABASE))
    yield engine
    engine.dispose()


@pytest.fixture
def database_urls(postgres: Postgres, owner: Engine) -> dict[str, str]:
    """Empty the database and return the URL of each service's login, by group role."""
    with owner.begin() as connection:
        tables = ", ".join(table.name for table in Base.metadata.sorted_tables)
        connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY"))
    return {group: postgres.url(login_of(group), "test", DATABASE) for group in GRANTS}


@pytest.fixture(scope="session")
def redis_server(servers_home: Path, downloads: Path) -> Iterator[Redis]:
    """Start Redis with all users."""
    _outside(
        "from pathlib import Path\n"
        "from xatra_render_worker.data.progress import silent\n"
        "from xatra_standalone.embedded.redis import install_redis\n"
        f"install_redis(Path({str(downloads)!r}), downloads=Path({str(downloads)!r}), progress=silent)"
    )
    program = downloads / "redis-server"
    sockets = make_private_directory(servers_home / "redis")
    server = Redis(servers_home, program=program, sockets=sockets, passwords=dict.fromkeys(REDIS_USERS, "test"))
    process = start(server)
    yield server
    stop(process)


@pytest.fixture
def redis_urls(redis_server: Redis) -> dict[str, str]:
    """Empty Redis and return the URL of each user."""
    urls = {user: redis_server.url(user) for user in REDIS_USERS}
    with redis.Redis.from_url(urls["xatra_operator"]) as client:
        client.flushall()
    return urls


@pytest.fixture
def store_url(tmp_path: Path) -> str:
    """Return the URL of an empty artefact store."""
    return f"file://{tmp_path}/store"


@pytest.fixture(scope="session")
def map_data(downloads: Path) -> Path:
    """Return a data directory with the ten default countries, installed once for all runs."""
    data_home = Path(os.environ.get("XATRA_TEST_DATA_HOME", downloads / "map-data"))
    _outside(
        "from pathlib import Path\n"
        "from xatra_render_worker.data.download import index_url_from\n"
        "from xatra_render_worker.data.sample import install_sample\n"
        f"install_sample(Path({str(data_home)!r}), index_url=index_url_from())"
    )
    return data_home
