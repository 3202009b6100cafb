"""Real PostgreSQL and Redis servers for the whole run, an empty database for each test, and services on them."""

import functools
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpcore2
import httpx2
import pytest
import redis
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import Engine, create_engine, text

from tests.figures import FIGURES
from tests.waiting import until
from xatra_shared.database.grants import GRANTS, OWNER, login_of
from xatra_shared.database.migrate import upgrade
from xatra_shared.database.models import Base
from xatra_shared.database.roles import LOGINS, ensure_roles
from xatra_shared.queue import claim_repository
from xatra_shared.queue.model import Engine as RenderEngine
from xatra_shared.queue.redis_users import REDIS_USERS
from xatra_shared.servers.postgres import make_private_directory
from xatra_shared.servers.process import start, stop, unprivileged_user
from xatra_standalone.embedded.postgres import Postgres
from xatra_standalone.embedded.redis import Redis

DATABASE = "xatra"

_BROWSER_FLAGS = (
    "--no-sandbox",  # Chromium's own sandbox needs a user that is not root
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1",  # tile servers above all
)


def pytest_sessionstart() -> None:
    """Have Ctrl-C mean what it does in a terminal for what tests start: a shell's background job ignores it.

    And read the system's certificates once: thousands of clients would otherwise do it, each for itself.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    httpcore2.default_ssl_context = functools.cache(httpcore2.default_ssl_context)


def _outside(call: str) -> None:
    """Run a call in a process of its own: tests themselves reach nothing beyond this machine."""
    subprocess.run([sys.executable, "-c", call], check=True)


def _cache() -> Path:
    """Return where downloads outlive a run; the servers' user must be able to reach it where we are root."""
    default = "/var/cache" if os.geteuid() == 0 else os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")
    path = Path(os.environ.get("XATRA_TEST_CACHE", Path(default, "xatra-web-tests")))
    path.mkdir(parents=True, exist_ok=True)
    return path


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was measured."""
    if FIGURES:
        terminalreporter.section("figures")
        for line in FIGURES:
            terminalreporter.write_line(line)


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


@pytest.fixture(scope="session")
def service_urls(postgres: Postgres) -> dict[str, str]:
    """Return the database's URL for each service's login, by group role."""
    return {group: postgres.url(login_of(group), "test", DATABASE) for group in GRANTS}


@pytest.fixture(scope="session")
def spared_tables() -> set[str]:
    """Return the tables that stay as they are between tests, because a worker lives on that wrote into them."""
    return set()


@pytest.fixture
def database_urls(owner: Engine, service_urls: dict[str, str], spared_tables: set[str]) -> dict[str, str]:
    """Empty the database and return its URL for each service's login, by group role."""
    # Row by row: TRUNCATE would get in the way of workers that live on. All at once: it happens thousands of times.
    names = [table.name for table in reversed(Base.metadata.sorted_tables) if table.name not in spared_tables]
    with owner.begin() as connection:
        connection.exec_driver_sql("; ".join(f"DELETE FROM {name}" for name in names))
    return service_urls


@pytest.fixture
def idle_worker(database_urls: dict[str, str]) -> Iterator[Engine]:
    """Return the database as a worker sees it that is known, engine "1" and data "1", and takes no job by itself."""
    engine = create_engine(database_urls["xatra_render_worker"])
    with engine.begin() as connection:
        claim_repository.register_worker(connection, "worker", RenderEngine("1", "1"), slots=1)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def redis_server(servers_home: Path, redis_program: Path) -> Iterator[Redis]:
    """Start Redis with all users."""
    sockets = make_private_directory(servers_home / "redis")
    server = Redis(servers_home, program=redis_program, sockets=sockets, passwords=dict.fromkeys(REDIS_USERS, "test"))
    process = start(server)
    yield server
    stop(process)


@pytest.fixture(scope="session")
def user_urls(redis_server: Redis) -> dict[str, str]:
    """Return Redis' URL for each user."""
    return {user: redis_server.url(user) for user in REDIS_USERS}


@pytest.fixture
def redis_urls(user_urls: dict[str, str]) -> dict[str, str]:
    """Empty Redis and return its URL for each user."""
    with redis.Redis.from_url(user_urls["xatra_operator"]) as client:
        client.flushall()
    return user_urls


@pytest.fixture(scope="session")
def store_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the URL of an artefact store. What is in it is named by its content, so tests may share it."""
    return f"file://{tmp_path_factory.mktemp('store')}"


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


class Workers:
    """Starts render workers as processes of their own."""

    def __init__(self, log_directory: Path, **settings: object) -> None:
        self._log_directory = log_directory
        self._settings = settings
        self._started: list[subprocess.Popen[bytes]] = []

    def start(self, **changes: object) -> subprocess.Popen[bytes]:
        """Start one with settings changed, and wait until it can be told of work."""
        settings = self._settings | changes
        log_path = self._log_directory / f"worker-{len(self._started)}.log"
        with log_path.open("wb") as log:
            worker = subprocess.Popen(
                [sys.executable, "-m", "xatra_render_worker"],
                env={**os.environ, **{name.upper(): str(value) for name, value in settings.items()}},
                stdout=log,
                stderr=log,
            )
        self._started.append(worker)
        engine = create_engine(str(settings["database_url"]))

        def is_registered() -> bool:
            assert worker.poll() is None, log_path.read_text()
            with engine.connect() as connection:
                found = connection.execute(
                    text("SELECT count(*) FROM render_workers WHERE id LIKE :id"), {"id": f"%:{worker.pid}:%"}
                )
                return bool(found.scalar_one())

        until(is_registered)
        engine.dispose()
        return worker

    def stop(self) -> None:
        """Stop all of them."""
        for worker in self._started:
            worker.terminate()
        for worker in self._started:
            worker.wait(30)


@pytest.fixture(scope="session")
def worker_settings(
    service_urls: dict[str, str], user_urls: dict[str, str], store_url: str, map_data: Path
) -> dict[str, object]:
    """Return what a render worker needs to know here."""
    return {
        "artefact_store_url": store_url,
        "database_url": service_urls["xatra_render_worker"],
        "grace_seconds": 2,
        "map_data": map_data,
        "preload_bytes": 0,
        "redis_url": user_urls["xatra_render_worker"],
        "slots": 1,
    }


@pytest.fixture
def workers(worker_settings: dict[str, object], database_urls: dict[str, str], tmp_path: Path) -> Iterator[Workers]:
    """Return what starts workers for one test."""
    started = Workers(tmp_path, **worker_settings)
    yield started
    started.stop()


@pytest.fixture(scope="module")
def shared_worker(
    worker_settings: dict[str, object], spared_tables: set[str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[subprocess.Popen[bytes]]:
    """Start a worker with one slot that all tests of a module share."""
    started = Workers(tmp_path_factory.mktemp("workers"), **worker_settings)
    spared_tables.update({"map_assets", "render_workers"})
    yield started.start()
    spared_tables.clear()
    started.stop()


class Standalone:
    """The whole service as `make demo` runs it, on a directory of its own."""

    def __init__(self, home: Path, *, redis_program: Path, map_data: Path) -> None:
        self.home = home
        (home / "programs").mkdir(parents=True, exist_ok=True)
        shutil.copy(redis_program, home / "programs" / "redis-server")
        if not (home / "map-data").exists():
            (home / "map-data").symlink_to(map_data)
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port: int = probe.getsockname()[1]
        self.url = f"http://localhost:{self.port}/xatra/"
        self.process: subprocess.Popen[bytes]

    def start(self) -> subprocess.Popen[bytes]:
        """Start it, and wait until it answers with a worker behind it."""
        log_path = self.home / "standalone.log"
        with log_path.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "xatra_standalone", "serve"],
                env={**os.environ, "XATRA_HOME": str(self.home), "XATRA_PORT": str(self.port), "XATRA_SLOTS": "1"},
                stdout=log,
                stderr=log,
            )
        self.process = process

        def is_up() -> bool:
            assert process.poll() is None, log_path.read_text()
            try:
                answer = httpx2.post(f"{self.url}api/renders", json={"program": "x = 1"}, headers={"Prefer": "wait=5"})
            except httpx2.TransportError:
                return False
            return answer.status_code in {200, 202}

        until(is_up, seconds=90)
        return process

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run another command of `xatra-web` beside it."""
        return subprocess.run(
            [sys.executable, "-m", "xatra_standalone", *arguments],
            env={**os.environ, "XATRA_HOME": str(self.home)},
            capture_output=True,
            text=True,
            check=False,
        )

    def stop(self) -> None:
        """Stop it as Ctrl-C does."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(60)


@pytest.fixture(scope="session")
def redis_program(downloads: Path) -> Path:
    """Return the `redis-server` program, downloaded once for all runs."""
    _outside(
        "from pathlib import Path\n"
        "from xatra_render_worker.data.progress import silent\n"
        "from xatra_standalone.embedded.redis import install_redis\n"
        f"install_redis(Path({str(downloads)!r}), downloads=Path({str(downloads)!r}), progress=silent)"
    )
    return downloads / "redis-server"


@pytest.fixture(scope="session")
def standalone(servers_home: Path, redis_program: Path, map_data: Path) -> Iterator[Standalone]:
    """Run the whole service."""
    service = Standalone(servers_home / "demo", redis_program=redis_program, map_data=map_data)
    service.start()
    yield service
    service.stop()


@pytest.fixture(scope="session")
def demo_url(standalone: Standalone) -> str:
    """Return the address of the first page of a running service."""
    return standalone.url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium for the tests of a module: as long as it runs, no other test can run an event loop."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        pytest.skip("needs Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=_BROWSER_FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a page in a browser that was nowhere before."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    yield context.new_page()
    context.close()
