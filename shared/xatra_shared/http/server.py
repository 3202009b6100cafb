"""Runs a service under gunicorn: several processes, each with an application of its own."""

import fcntl
import logging
import os
import pkgutil
import shutil
import signal
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, override

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.config import Config
from gunicorn.glogging import Logger
from starlette.types import ASGIApp
from uvicorn_worker import UvicornWorker

from xatra_shared.http.settings import HttpSettings
from xatra_shared.processes import die_with_parent
from xatra_shared.telemetry.errors import report_errors
from xatra_shared.telemetry.logs import configure_logging

# Open streams hear of a stop at once and end within a second; this is for uploads and renders that are waited for.
GRACE_SECONDS: Final = 30


def serve(service: str, app: str, settings: HttpSettings, bind: str) -> None:
    """Answer requests until the process is told to stop; does not return.

    Args:
        service: Its name in logs and the list of processes, such as `xatra-api`.
        app: Where the function lies that makes the application of the settings: `package.module:function`. What
            imports the metrics library must not be imported before, since that looks once how metrics are kept.
        settings: Of the application.
        bind: `HOST:PORT` or `unix:PATH`.
    """
    configure_logging(service, settings.log_level)
    report_errors(service, settings)
    directory = _make_metrics_directory(f"{service}-metrics-")
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = directory
    _Gunicorn(service, app, settings.model_copy(update={"prometheus_multiproc_dir": directory}), bind).run()


def _make_metrics_directory(prefix: str) -> str:
    """Make a directory where processes add up their metrics, and remove those that killed services left behind.

    It stays locked, and so in place, for as long as this process lives or one that it forks.
    """
    for path in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        _remove_if_stale(path)
    # It gets the name by which others find it once it is locked.
    directory = Path(tempfile.mkdtemp(prefix="xatra-new-"))
    _lock(directory)
    return str(directory.rename(directory.with_name(directory.name.replace("xatra-new-", prefix, 1))))


def _remove_if_stale(path: Path) -> None:
    with suppress(OSError):  # in use, somebody else's, or gone meanwhile
        descriptor = _lock(path)
        try:
            if os.fstat(descriptor).st_uid == os.geteuid():
                shutil.rmtree(path)
        finally:
            os.close(descriptor)


def _lock(path: Path) -> int:
    """Lock a directory and return the descriptor that holds the lock; processes that are forked hold it too.

    Raises:
        OSError: It is no directory, cannot be opened, or is locked already.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


class _Gunicorn(BaseApplication):  # type: ignore[misc] # untyped, like the two below
    """Gunicorn, told everything by us: neither its configuration files nor its command line are read."""

    def __init__(self, service: str, app: str, settings: HttpSettings, bind: str) -> None:
        self._service = service
        self._app = app
        self._settings = settings
        self._bind = bind
        super().__init__()

    @override
    def load_config(self) -> None:
        for name, value in {
            "bind": self._bind,
            "child_exit": _forget_metrics,
            "control_socket_disable": True,
            "graceful_timeout": GRACE_SECONDS,
            "keepalive": 75,  # longer than the proxy in front keeps a connection, so that it is the one who closes
            "logger_class": _JsonLogger,
            "on_exit": self._clean_up,
            "proc_name": self._service,
            "worker_class": _Worker,
            "workers": self._settings.web_processes,
        }.items():
            self.cfg.set(name, value)

    def _clean_up(self, _arbiter: Arbiter) -> None:
        """Remove the metrics at the very end; only the process that forks the others comes here."""
        shutil.rmtree(str(self._settings.prometheus_multiproc_dir), ignore_errors=True)

    @override
    def load(self) -> ASGIApp:
        """Make a worker process' application."""
        app: ASGIApp = pkgutil.resolve_name(self._app)(self._settings)
        return app


class _Worker(UvicornWorker):  # type: ignore[misc]
    """A process; requests that outlast most of the grace period are cancelled, so that it ends in order."""

    CONFIG_KWARGS: dict[str, Any] = {  # noqa: RUF012 - declared so by the class above
        "access_log": False,
        "proxy_headers": False,  # `http.forwarded` reads them
        "server_header": False,
        "timeout_graceful_shutdown": GRACE_SECONDS - 5,
    }

    @override
    def init_process(self) -> None:
        # A process whose arbiter was killed would go on answering, with nobody to stop it.
        die_with_parent(signal.SIGTERM, parent=self.ppid)
        super().init_process()


class _JsonLogger(Logger):  # type: ignore[misc]
    """Sends gunicorn's and uvicorn's records the way of all others."""

    @override
    def setup(self, cfg: Config) -> None:
        self.error_log.handlers = logging.getLogger().handlers
        self.error_log.propagate = False
        self.access_log.handlers = []
        self.access_log.propagate = False


def _forget_metrics(_arbiter: Arbiter, worker: _Worker) -> None:
    from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415 - see `serve`

    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call] # not annotated
