"""Runs the api under gunicorn: several processes, each with an application of its own."""

import ctypes
import logging
import os
import shutil
import signal
import tempfile
from typing import Any, Final, override

from fastapi import FastAPI
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.config import Config
from gunicorn.glogging import Logger
from uvicorn_worker import UvicornWorker

from xatra_api.settings import ApiSettings
from xatra_shared.telemetry.errors import report_errors
from xatra_shared.telemetry.logs import configure_logging

# Open streams hear of a stop at once and end within a second; this is for uploads and renders that are waited for.
GRACE_SECONDS: Final = 30
_PR_SET_PDEATHSIG: Final = 1


def serve(settings: ApiSettings, bind: str) -> None:
    """Answer requests until the process is told to stop.

    Args:
        settings: Of the application.
        bind: `HOST:PORT` or `unix:PATH`.
    """
    configure_logging("xatra-api", settings.log_level)
    report_errors("xatra-api", settings)
    metrics_directory = tempfile.mkdtemp(prefix="xatra-api-metrics-")
    # The library looks here, when it is first imported, whether the processes' numbers are to be added up.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = metrics_directory
    _Gunicorn(settings.model_copy(update={"prometheus_multiproc_dir": metrics_directory}), bind).run()


class _Gunicorn(BaseApplication):  # type: ignore[misc] # untyped, like the two below
    """Gunicorn, told everything by us: neither its configuration files nor its command line are read."""

    def __init__(self, settings: ApiSettings, bind: str) -> None:
        self._settings = settings
        self._bind = bind
        super().__init__()

    @override
    def load_config(self) -> None:
        for name, value in {
            "bind": self._bind,
            "child_exit": _forget_metrics,
            "control_socket_disable": True,
            "forwarded_allow_ips": ",".join(map(str, self._settings.trusted_proxies)),
            "graceful_timeout": GRACE_SECONDS,
            "keepalive": 75,  # longer than the proxy in front keeps a connection, so that it is the one who closes
            "logger_class": _JsonLogger,
            "on_exit": self._clean_up,
            "proc_name": "xatra-api",
            "worker_class": _Worker,
            "workers": self._settings.web_processes,
        }.items():
            self.cfg.set(name, value)

    def _clean_up(self, _arbiter: Arbiter) -> None:
        """Remove the metrics at the very end; only the process that forks the others comes here."""
        shutil.rmtree(str(self._settings.prometheus_multiproc_dir), ignore_errors=True)

    @override
    def load(self) -> FastAPI:
        """Make a worker process' application."""
        from xatra_api.app import create_app  # noqa: PLC0415 - imports the metrics library: see `serve`

        return create_app(self._settings)


class _Worker(UvicornWorker):  # type: ignore[misc]
    """A process; requests that outlast most of the grace period are cancelled, so that it ends in order."""

    CONFIG_KWARGS: dict[str, Any] = {  # noqa: RUF012 - declared so by the class above
        "access_log": False,
        "server_header": False,
        "timeout_graceful_shutdown": GRACE_SECONDS - 5,
    }

    @override
    def init_process(self) -> None:
        # A process whose arbiter was killed would go on answering, with nobody to stop it.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != self.ppid:
            os._exit(1)
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
