"""The command line as a process of its own, against the real api."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import httpx2
import pytest
from tests.api.conftest import serve, settings
from tests.waiting import until

from xatra_api.settings import ApiSettings

__all__ = ["serve", "settings"]  # fixtures

# What tests say themselves must not come from whoever runs them.
_ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("XATRA_")}


class CommandLine:
    """Runs `xatra-web` in a directory."""

    program = Path(sys.executable).with_name("xatra-web")

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def start(
        self,
        *arguments: str | Path,
        python: tuple[str, ...] = (),
        stderr: int = subprocess.PIPE,
        environment: Mapping[str, str] | None = None,
    ) -> subprocess.Popen[str]:
        """Start a command with its streams as pipes."""
        return subprocess.Popen(
            [sys.executable, *python, "-m", "xatra_standalone", *map(str, arguments)],
            env={**_ENVIRONMENT, **(environment or {})},
            cwd=self.directory,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        )

    def run(
        self,
        *arguments: str | Path,
        stdin: str = "",
        python: tuple[str, ...] = (),
        environment: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end; whatever goes wrong, nobody sees a traceback of ours."""
        with self.start(*arguments, python=python, environment=environment) as process:
            stdout, stderr = process.communicate(stdin, timeout=60)
        assert "xatra_standalone" not in stderr or python
        return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)


@pytest.fixture
def xatra_web(tmp_path: Path) -> CommandLine:
    """Return the command line in an empty directory."""
    return CommandLine(tmp_path)


@pytest.fixture
def url(serve: Callable[..., httpx2.Client]) -> str:
    """Return the address of a service."""
    return first_page(serve())


def first_page(client: httpx2.Client) -> str:
    """Return what people know as the service's address."""
    return str(client.base_url.join("/xatra/"))


class ApiProcess:
    """The api as a process of its own, which a test may stop and start again."""

    def __init__(self, settings: ApiSettings, directory: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self._place = f"127.0.0.1:{probe.getsockname()[1]}"
        self._log = directory / "api.log"
        self._environment = {
            "PATH": os.environ["PATH"],
            "ARTEFACT_STORE_URL": settings.artefact_store_url,
            "DATABASE_URL": settings.database_url.get_secret_value(),
            "GUEST_SECRET": settings.guest_secret.get_secret_value(),
            "REDIS_URL": settings.redis_url.get_secret_value(),
            "WEB_PROCESSES": "1",
        }
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"http://{self._place}/xatra/"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "xatra_api", "serve", "--bind", self._place],
                env=self._environment,
                stderr=log,
                start_new_session=True,
            )
        until(lambda: "Application startup complete" in self._log.read_text(), seconds=60)

    def signal_all(self, number: signal.Signals) -> None:
        """Send a signal to all of its processes."""
        if self._process:
            os.killpg(self._process.pid, number)

    def kill(self) -> None:
        """End it without a word."""
        if self._process:
            self.signal_all(signal.SIGKILL)
            self._process.wait()
            self._process = None


@pytest.fixture
def api_process(settings: ApiSettings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiProcess]:
    """Run the api as a process of its own."""
    process = ApiProcess(settings, tmp_path_factory.mktemp("api"))
    process.start()
    yield process
    process.kill()
