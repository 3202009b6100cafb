"""The whole service as separate processes on servers of its own, so that any of them can be killed, stopped and started."""

import contextlib
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import psutil
from sqlalchemy import NullPool, Row, create_engine, text
from sqlalchemy.exc import OperationalError
from tests.waiting import until

from xatra_shared.database.grants import GRANTS, OWNER, login_of
from xatra_shared.database.migrate import upgrade
from xatra_shared.database.roles import LOGINS, ensure_roles
from xatra_shared.queue import admission, repository
from xatra_shared.queue.model import Asker, Limits, RenderRequest
from xatra_shared.queue.redis_users import REDIS_USERS
from xatra_shared.servers.postgres import make_private_directory
from xatra_shared.servers.process import Server, ServerStartError, start, stop, unprivileged_user
from xatra_standalone.embedded.postgres import Postgres
from xatra_standalone.embedded.redis import Redis

LEASE_SECONDS = 3.0
GRACE_SECONDS = 3.0
_DATABASE = "xatra"
_PASSWORD = "test"
_PLENTY = 2000

# Writes down every change of a job as the database saw it, whoever made it.
_WITNESS = """
    CREATE TABLE witness (
        id bigint GENERATED ALWAYS AS IDENTITY, job_id bigint, was text, became text,
        old_attempt int, new_attempt int, held boolean, error_type text
    );
    CREATE FUNCTION bear_witness() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN
        INSERT INTO witness (job_id, was, became, old_attempt, new_attempt, held, error_type)
        VALUES (NEW.id, OLD.state, NEW.state, OLD.attempt, NEW.attempt, OLD.lease_expires_at > now(),
            NEW.error->>'type');
        RETURN NULL;
    END $$;
    CREATE TRIGGER witness AFTER UPDATE ON render_jobs FOR EACH ROW
        WHEN (OLD.state <> NEW.state OR OLD.attempt <> NEW.attempt) EXECUTE FUNCTION bear_witness();
"""


def small_map(label: object, *, sleep_seconds: float = 0) -> str:
    """Return a program that draws a map that no other label gives."""
    pause = f"import time; time.sleep({sleep_seconds})\n" if sleep_seconds else ""
    return f'{pause}import xatra\nxatra.TitleBox("{label} {secrets.token_hex(4)}")\n'


@dataclass
class Worker:
    """One render worker process."""

    process: subprocess.Popen[bytes]
    slots: int

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def parent(self) -> psutil.Process:
        """Its warm parent."""
        (parent,) = psutil.Process(self.pid).children()
        return parent

    def warm_parent(self) -> psutil.Process | None:
        """Return its warm parent, once that is warm: it has made children then."""
        return next((parent for parent in psutil.Process(self.pid).children() if parent.children()), None)

    def rendering(self) -> psutil.Process | None:
        """Return a child that runs a program: its processor time is bounded."""
        for child in self.parent.children():
            with contextlib.suppress(OSError):  # it may end while we look
                if not re.search(
                    r"^Max cpu time +unlimited", Path(f"/proc/{child.pid}/limits").read_text(), re.MULTILINE
                ):
                    return child
        return None


class Service:
    """PostgreSQL, Redis, the api, render workers and, where it is started, a scheduler, each a process of its own."""

    def __init__(self, home: Path, *, logs: Path, redis_program: Path, map_data: Path, store: Path) -> None:
        self.home = home
        self.store = store
        self.tmp = home / "tmp"
        self.tmp.mkdir()
        self._logs = logs
        (home / "map-data").symlink_to(map_data)  # by its path every process of ours is known
        self._processes: list[subprocess.Popen[bytes]] = []
        self.workers: list[Worker] = []
        self.postgres = Postgres(
            home, sockets=make_private_directory(home / "pg"), admin_password=secrets.token_hex(), durable=True
        )
        self.redis = Redis(
            home,
            program=redis_program,
            sockets=make_private_directory(home / "redis"),
            passwords=dict.fromkeys(REDIS_USERS, _PASSWORD),
        )
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port: int = probe.getsockname()[1]
        self.servers: dict[Server, subprocess.Popen[bytes]] = {}
        self.api: subprocess.Popen[bytes]
        self.scheduler: subprocess.Popen[bytes] | None = None
        self.accepted: list[UUID] = []
        self.client = httpx2.Client(base_url=f"http://127.0.0.1:{self.port}/xatra/api", timeout=60)

    def start(self, *, workers: int = 2, slots: int = 1, **settings: object) -> None:
        """Start everything, the workers with some settings changed."""
        self.start_server(self.postgres)
        self.start_server(self.redis)
        ensure_roles(self.postgres.admin_dsn, database=_DATABASE, passwords=dict.fromkeys(LOGINS, _PASSWORD))
        upgrade(self.postgres.url(OWNER, _PASSWORD, _DATABASE))
        self._owner = create_engine(self.postgres.url(OWNER, _PASSWORD, _DATABASE), poolclass=NullPool)
        with self._owner.begin() as connection:
            connection.execute(text(_WITNESS))
        self.start_workers(workers, slots=slots, **settings)
        self.start_api()

    def close(self) -> None:
        """End every process, whatever state it is in."""
        self.client.close()
        for popen in self._processes:
            popen.kill()
        for process in self.our_processes():
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        for popen in self._processes:
            popen.wait(10)
        for server in self.servers.values():
            with contextlib.suppress(ProcessLookupError):
                server.send_signal(signal.SIGCONT)
            stop(server)

    # --- its processes ---

    def start_server(self, server: Server, *, seconds: float = 20) -> None:
        """Start PostgreSQL or Redis; one that was killed may leave shared memory that takes a moment to be free."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                self.servers[server] = start(server)
            except ServerStartError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
            else:
                return

    def kill_server(self, server: Server, number: signal.Signals = signal.SIGKILL) -> None:
        """Kill PostgreSQL or Redis."""
        self.servers[server].send_signal(number)
        self.servers[server].wait(10)

    def start_workers(self, count: int, *, slots: int = 1, **settings: object) -> list[Worker]:
        """Start render workers and wait until they can be told of work."""
        started = [
            Worker(
                self._spawn(
                    ["xatra_render_worker"],
                    login="xatra_render_worker",
                    **{
                        "map_data": self.home / "map-data",
                        "slots": slots,
                        "preload_bytes": 0,
                        "lease_seconds": LEASE_SECONDS,
                        "idle_poll_seconds": 0.5,
                        "grace_seconds": GRACE_SECONDS,
                        **settings,
                    },
                ),
                slots,
            )
            for _ in range(count)
        ]
        for worker in started:
            until(partial(self._is_registered, worker), seconds=40)
        self.workers += started
        return started

    def _is_registered(self, worker: Worker) -> bool:
        assert worker.process.poll() is None, f"a worker did not start: see {self._logs}"
        return bool(self.rows("SELECT FROM render_workers WHERE id LIKE :id", id=f"%:{worker.pid}:%"))

    def kill_worker(self, worker: Worker) -> None:
        """Kill -9 a worker."""
        worker.process.kill()
        worker.process.wait()
        self.workers.remove(worker)

    def start_scheduler(self) -> None:
        """Start a scheduler that looks for jobs whose worker vanished every second."""
        self.scheduler = self._spawn(["xatra_scheduler"], login="xatra_scheduler", watchdog_every_seconds=1)

    def kill_scheduler(self) -> None:
        """Kill -9 the scheduler."""
        assert self.scheduler
        self.scheduler.kill()
        self.scheduler.wait()
        self.scheduler = None

    def start_api(self, *, redis_url: str | None = None) -> None:
        """Start the api and wait until it answers."""
        self.api = self._spawn(
            ["xatra_api", "serve", "--bind", f"127.0.0.1:{self.port}"],
            login="xatra_api",
            redis_url=redis_url or self.redis.url("xatra_api"),
            guest_secret="a guest secret for tests alone, long enough",
            web_processes=2,
            caller_active_renders=_PLENTY,
            address_active_renders=_PLENTY,
            writes_per_minute=_PLENTY,
            queue_capacity=_PLENTY,
        )
        until(self.answers, seconds=40)

    def answers(self) -> bool:
        """Tell whether the api answers."""
        assert self.api.poll() is None, f"the api did not start: see {self._logs}"
        try:
            return bool(self.client.get("/health").status_code)
        except httpx2.TransportError:
            return False

    def web_processes(self) -> list[psutil.Process]:
        """Return the processes of the api that answer requests."""
        return psutil.Process(self.api.pid).children()

    def kill_api(self) -> None:
        """Kill -9 every process of the api."""
        everyone = [psutil.Process(self.api.pid), *self.web_processes()]
        for process in everyone:
            process.kill()
        self.api.wait()
        psutil.wait_procs(everyone, timeout=5)

    def _spawn(self, module: list[str], *, login: str, **settings: object) -> subprocess.Popen[bytes]:
        environment = {
            "database_url": self.postgres.url(login_of(login), _PASSWORD, _DATABASE),
            "redis_url": self.redis.url(login),
            "artefact_store_url": f"file://{self.store}",
            "tmpdir": self.tmp,
            **settings,
        }
        assert login in GRANTS
        with (self._logs / f"{module[0]}-{len(self._processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", *module],
                env={**os.environ, **{name.upper(): str(value) for name, value in environment.items()}},
                stdout=log,
                stderr=log,
            )
        self._processes.append(process)
        return process

    def our_processes(self) -> list[psutil.Process]:
        """Return every process that came of our api and workers, whoever its parent is now: by its environment."""
        mark = f"{self.home}/".encode()
        found = []
        for process in psutil.process_iter():
            with contextlib.suppress(OSError):
                if mark in Path(f"/proc/{process.pid}/environ").read_bytes():
                    found.append(process)
        return found

    # --- its work ---

    def post(self, program: str, *, wait_seconds: int = 0) -> dict[str, object]:
        """Ask the api for a render; whatever it accepts is noted."""
        headers = {"Prefer": f"wait={wait_seconds}"} if wait_seconds else {}
        answer = self.client.post("/renders", json={"program": program}, headers=headers)
        assert answer.status_code in (200, 202), answer.text
        body: dict[str, object] = answer.json()
        self.accepted.append(UUID(hex=str(body["id"])))
        return body

    def post_many(self, programs: Iterable[str], *, at_once: int = 8) -> None:
        """Ask for many renders from several clients."""
        with ThreadPoolExecutor(at_once) as pool:
            list(pool.map(self.post, programs))

    def ask(self, program: str, **limits: int) -> UUID:
        """Queue a program with limits of its own, as the api does."""
        url = self.postgres.url(login_of("xatra_api"), _PASSWORD, _DATABASE)
        with create_engine(url, poolclass=NullPool).begin() as connection:
            engine = repository.current_engine(connection)
            assert engine is not None
            admitted = admission.admit(
                connection,
                RenderRequest(program),
                Asker("guest:0", "127.0.0.1/32"),
                limits=Limits(**limits),
                policy=admission.Policy(_PLENTY, _PLENTY, _PLENTY),
                engine=engine,
            )
        self.accepted.append(admitted.waiter_id)
        return admitted.waiter_id

    def rows(self, statement: str, **values: object) -> list[Row[Any]]:
        """Return what the database says, once it says anything: it may be recovering."""
        deadline = time.monotonic() + 10
        while True:
            try:
                with self._owner.connect() as connection:
                    return list(connection.execute(text(statement), values))
            except OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)

    def job(self, waiter_id: UUID | str) -> Row[Any]:
        """Return the job that a caller waits for."""
        (row,) = self.rows(
            "SELECT job.* FROM render_jobs job JOIN render_waiters waiter ON waiter.job_id = job.id "
            "WHERE waiter.id = :id",
            id=waiter_id if isinstance(waiter_id, UUID) else UUID(hex=waiter_id),
        )
        return row

    def until_running(self, waiter_id: UUID | str) -> Worker:
        """Wait until a render runs in a child, and return its worker."""
        job = until(lambda: row if (row := self.job(waiter_id)).state == "running" else None)
        (worker,) = [worker for worker in self.workers if f":{worker.pid}:" in job.leased_by]
        return worker

    def until_final(self, waiter_id: UUID | str, *, seconds: float = 30) -> Row[Any]:
        """Wait until a render has ended, and return its job."""
        try:
            return until(
                lambda: row if (row := self.job(waiter_id)).state not in ("queued", "running") else None,
                seconds=seconds,
            )
        except AssertionError as error:
            doing = self.rows(
                "SELECT application_name, state, xact_start, wait_event_type, left(query, 200) AS query "
                "FROM pg_stat_activity WHERE xact_start IS NOT NULL"
            )
            lives = {process.pid: process.status() for process in self.our_processes()}
            signs = self.rows("SELECT id, now() - last_seen_at FROM render_workers")
            raise AssertionError(f"{error}: {self.job(waiter_id)}, while {doing}; {lives}; {signs}") from None


def make_home(servers_home: Path, name: str) -> Path:
    """Make a directory for one service below one with a short path; the servers' programs are shared."""
    home = servers_home / name
    home.mkdir(mode=0o755)
    if user := unprivileged_user():
        os.chown(home, pwd.getpwnam(user).pw_uid, -1)
    programs = servers_home / "programs"
    programs.mkdir(exist_ok=True)
    (home / "programs").symlink_to(programs)
    return home


def copy_program(redis_program: Path, servers_home: Path) -> Path:
    """Put `redis-server` where the servers' user can reach it."""
    copy = servers_home / "redis-server"
    if not copy.exists():
        shutil.copy(redis_program, copy)
    return copy
