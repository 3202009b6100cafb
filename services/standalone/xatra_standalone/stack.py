"""The whole service on one machine: its servers, its worker, its HTTP; started in order, supervised, stopped in order."""

import asyncio
import collections
import contextlib
import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import structlog
import uvicorn

from xatra_api.app import create_app as create_api
from xatra_api.settings import ApiSettings
from xatra_auth.app import create_app as create_auth
from xatra_auth.settings import AuthSettings
from xatra_shared.database.grants import OWNER, login_of
from xatra_shared.database.migrate import upgrade
from xatra_shared.database.roles import LOGINS, ensure_roles
from xatra_shared.queue.redis_users import REDIS_USERS
from xatra_shared.servers.postgres import make_private_directory
from xatra_shared.servers.process import Server, dying_with_us, start, stop
from xatra_standalone.dispatcher import Dispatcher
from xatra_standalone.embedded.postgres import Postgres
from xatra_standalone.embedded.redis import Redis
from xatra_standalone.passwords import load_or_make
from xatra_standalone.settings import StandaloneSettings
from xatra_standalone.studio import make_studio_app, studio_directory

_log = structlog.get_logger(__name__)

BASE_PATH = "/xatra"
_DATABASE = "xatra"
_LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
_LONGEST_SOCKET_DIRECTORY = 80  # a Unix socket's path has at most 107 characters
_WORKER_GRACE_SECONDS = 20
_MAX_RESTARTS_A_MINUTE = 5


@dataclass
class Member:
    """A process beside ours, and how to start it again."""

    name: str
    start: Callable[[], subprocess.Popen[bytes]]
    stop: Callable[[subprocess.Popen[bytes]], None]
    process: subprocess.Popen[bytes]
    restarts: collections.deque[float] = field(default_factory=lambda: collections.deque(maxlen=_MAX_RESTARTS_A_MINUTE))


class MemberFailedError(Exception):
    """A process keeps ending; the text says which and where its log is."""


class Stack:
    """Everything that runs. Use it as `stack = Stack(settings)`, then `with stack.running(): stack.serve(…)`."""

    def __init__(self, settings: StandaloneSettings) -> None:
        self._settings = settings
        names = [
            "postgres",
            *LOGINS,
            *(f"redis_{user}" for user in REDIS_USERS),
            "guest_secret",
            "samples",
            "signing_key",
        ]
        self._secrets = load_or_make(settings.home / "secrets", names)
        self._members: list[Member] = []
        sockets = _socket_directory(settings.home)
        self._postgres = Postgres(settings.home, sockets=sockets, admin_password=self._secrets["postgres"])
        self._redis = Redis(
            settings.home,
            program=settings.home / "programs" / "redis-server",
            sockets=sockets,
            passwords={user: self._secrets[f"redis_{user}"] for user in REDIS_USERS},
        )

    @property
    def api_settings(self) -> ApiSettings:
        """Settings of the api, which answers in this process."""
        return ApiSettings(
            allowed_hosts=_LOCAL_HOSTS,
            artefact_store_url=self._store_url,
            base_path=BASE_PATH,
            database_url=self._database_url("xatra_api"),
            guest_secret=self._secrets["guest_secret"],
            redis_url=self._redis.url("xatra_api"),
            # Whoever calls owns this machine: the queue's length is limit enough.
            caller_active_renders=500,
            user_active_renders=500,
            trusted_active_renders=500,
            address_active_renders=500,
            queue_capacity=500,
            writes_per_minute=1_000_000,
            user_writes_per_minute=1_000_000,
        )

    @property
    def auth_settings(self) -> AuthSettings:
        """Settings of the auth service, which answers in this process."""
        return AuthSettings(
            allowed_hosts=_LOCAL_HOSTS,
            base_path=BASE_PATH,
            database_url=self._database_url("xatra_auth"),
            guest_secret=self._secrets["guest_secret"],
            public_url=f"http://localhost:{self._settings.port}",
            redis_url=self._redis.url("xatra_auth"),
            signing_key=self._secrets["signing_key"],
            sign_ins_per_ten_minutes=1_000,
            sign_ups_per_hour=1_000,
            writes_per_minute=1_000_000,
        )

    @property
    def samples_password(self) -> str:
        """Password of the account to which the sample maps belong."""
        return self._secrets["samples"]

    @property
    def owner_database_url(self) -> str:
        """The database as the role that owns its schema sees it."""
        return self._postgres.url(OWNER, self._secrets[OWNER], _DATABASE)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Start everything but HTTP, and stop all of it, the last first, at the end of the block."""
        try:
            for server in (self._postgres, self._redis):
                self._add_server(server)
            ensure_roles(
                self._postgres.admin_dsn,
                database=_DATABASE,
                passwords={login: self._secrets[login] for login in LOGINS},
            )
            upgrade(self.owner_database_url)
            for name, start_service in (("render worker", self._start_worker), ("scheduler", self._start_scheduler)):
                self._members.append(Member(name, start_service, _stop_service, start_service()))
            yield
        finally:
            for member in reversed(self._members):
                member.stop(member.process)

    def serve(self, *, on_ready: Callable[[], None]) -> None:
        """Answer HTTP until told to stop, and keep the other processes running.

        Raises:
            MemberFailedError: One of them cannot be kept running.
        """
        # The server sends itself the signal again that ended it: either one shall lead to an end in order.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        settings = self.api_settings
        api = create_api(settings)
        auth = create_auth(self.auth_settings)
        studio = make_studio_app(
            studio_directory(),
            base_path=BASE_PATH,
            allowed_hosts=_LOCAL_HOSTS,
            artefact_origin=settings.artefact_origin,
            has_google=self.auth_settings.google_client_id is not None,
        )
        config = uvicorn.Config(
            Dispatcher({f"{BASE_PATH}/api": api, f"{BASE_PATH}/api/auth": auth, "": studio}),
            host="127.0.0.1",
            port=self._settings.port,
            log_config=None,
            access_log=False,
            proxy_headers=False,  # nobody stands in front: what a request says of its sender does not count
            timeout_graceful_shutdown=5,
            server_header=False,
        )
        with contextlib.suppress(KeyboardInterrupt), asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
            runner.run(self._serve(uvicorn.Server(config), on_ready))

    async def _serve(self, server: uvicorn.Server, on_ready: Callable[[], None]) -> None:
        supervision = asyncio.create_task(self._supervise(server, on_ready))
        await server.serve()
        supervision.cancel()
        await asyncio.gather(supervision, return_exceptions=True)
        if supervision.done() and not supervision.cancelled() and (error := supervision.exception()):
            raise error

    async def _supervise(self, server: uvicorn.Server, on_ready: Callable[[], None]) -> None:
        while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.05)
        on_ready()
        try:
            while True:
                await asyncio.sleep(0.5)
                for member in self._members:
                    if member.process.poll() is not None:
                        self._restart(member)
        except Exception:
            server.should_exit = True
            raise

    def _restart(self, member: Member) -> None:
        now = time.monotonic()
        if len(member.restarts) == _MAX_RESTARTS_A_MINUTE and now - member.restarts[0] < 60:  # noqa: PLR2004 - a minute
            raise MemberFailedError(
                f"{member.name} ended {_MAX_RESTARTS_A_MINUTE} times within a minute: see the logs in {self._settings.home}"
            )
        _log.warning("restarting", process=member.name, status=member.process.returncode)
        member.restarts.append(now)
        member.process = member.start()

    def _add_server(self, server: Server) -> None:
        self._members.append(Member(server.name, lambda: start(server), stop, start(server)))

    def _start_worker(self) -> subprocess.Popen[bytes]:
        return self._start_service(
            "xatra_render_worker",
            {
                "GRACE_SECONDS": str(_WORKER_GRACE_SECONDS),
                "MAP_DATA": str(self._settings.map_data),
                "PRELOAD_BYTES": str(self._settings.preload_bytes),
                "SANDBOX": self._settings.sandbox,
                "SLOTS": str(self._settings.slots),
            },
        )

    def _start_scheduler(self) -> subprocess.Popen[bytes]:
        return self._start_service("xatra_scheduler", {})

    def _start_service(self, package: str, settings: Mapping[str, str]) -> subprocess.Popen[bytes]:
        """Start a service by its package, of which its database role and its Redis user have their names."""
        environment = {
            **os.environ,
            "ARTEFACT_STORE_URL": self._store_url,
            "DATABASE_URL": self._database_url(package),
            "REDIS_URL": self._redis.url(package),
            "TELEMETRY_BIND": "",  # several cannot listen at one address
            **settings,
        }
        log_name = package.removeprefix("xatra_").replace("_", "-")
        with (self._settings.home / f"{log_name}.log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own command line
                [sys.executable, "-m", package],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=dying_with_us(signal.SIGTERM),  # noqa: PLW1509 - it only calls prctl
                start_new_session=True,
            )

    @property
    def _store_url(self) -> str:
        return f"file://{self._settings.home}/store"

    def _database_url(self, group: str) -> str:
        login = login_of(group)
        return self._postgres.url(login, self._secrets[login], _DATABASE)


def _stop_service(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_WORKER_GRACE_SECONDS + 10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _socket_directory(home: Path) -> Path:
    """Return a directory below `home`, or, where its path is too long for sockets, one in the system's temporary place."""
    directory = home / "run"
    if len(str(directory)) > _LONGEST_SOCKET_DIRECTORY:
        directory = Path(tempfile.gettempdir(), f"xatra-{hashlib.sha256(str(home).encode()).hexdigest()[:12]}")
    return make_private_directory(directory)
