"""A production stack that runs for tests, and the site that it serves."""

import json
import os
import signal
import socket
import ssl
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import httpx2
from tests.figures import timed
from tests.stack.engine import CHECKOUT, docker, inspect
from tests.waiting import until

HOST = "maps.example"
INDIA = 'import xatra\nfrom xatra.loaders import gadm\nxatra.Flag("India", gadm("IND"))\n'
# Settings under which tests can do in minutes what people do in days.
GENEROUS: Mapping[str, object] = {
    "ADDRESS_ACTIVE_RENDERS": 500,
    "AUTH_WRITES_PER_MINUTE": 100_000,
    "CALLER_ACTIVE_RENDERS": 500,
    "SIGN_INS_PER_ACCOUNT": 100_000,
    "SIGN_INS_PER_TEN_MINUTES": 100_000,
    "SIGN_UPS_PER_HOUR": 1000,
    "USER_WRITES_PER_MINUTE": 100_000,
    "WRITES_PER_MINUTE": 100_000,
}
# In the network where Prometheus answers.
_ASK_PROMETHEUS = """
import json, sys, urllib.error, urllib.parse, urllib.request
for query in json.loads(sys.argv[1]):
    try:
        print(urllib.request.urlopen("http://prometheus-inside:9090/api/v1/query?" + urllib.parse.urlencode({"query": query})).read().decode().strip())
    except urllib.error.HTTPError as error:
        print(error.read().decode().strip())
"""
_ENDED = {"succeeded", "failed", "timed_out", "cancelled"}


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


class Served(Protocol):
    """What serves a site: its name, the ports of this machine that lead there, and where its certificate lies."""

    @property
    def name(self) -> str: ...
    @property
    def secrets(self) -> Path: ...
    @property
    def http_port(self) -> int: ...
    @property
    def https_port(self) -> int: ...


class Stack:
    """The production stack under a name of its own, with settings and secrets in a directory of the test's."""

    def __init__(self, name: str, home: Path, **settings: object) -> None:
        self.name = name
        self.secrets = home / "secrets"
        self.http_port, self.https_port = free_port(), free_port()
        self.env_file = home / "env"
        home.chmod(0o755)  # containers read the secrets in it
        self.env_file.write_text(
            "".join(
                f"{key}={value}\n"
                for key, value in {
                    "ACCEPT_DATA_TERMS": "yes",
                    "ALLOWED_HOSTS": HOST,
                    "EDGE_NETWORK": "172.29.251",
                    "HTTPS_PORT": self.https_port,
                    "HTTP_PORT": self.http_port,
                    "IMAGES": "xatra-test",
                    "PRELOAD_BYTES": 0,
                    "PUBLIC_URL": f"https://{HOST}",
                    "SLOTS": 1,
                    "TLS": "files",
                    **settings,
                }.items()
            )
        )

    def make(self, *words: str, check: bool = True, release: str | None = "test") -> subprocess.CompletedProcess[str]:
        """Run `make` for this stack, with a release, or without one."""
        variables = {"ENV_FILE": self.env_file, "RELEASE": release, "SECRETS": self.secrets, "STACK": self.name}
        result = subprocess.run(
            ["make", "--no-print-directory", *words, *(f"{name}={value}" for name, value in variables.items() if value)],
            cwd=CHECKOUT, env={**os.environ, "MAKEFLAGS": ""}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert result.returncode == 0 or not check, f"make {words}\n{result.stdout[-6000:]}{result.stderr[-6000:]}"
        return result

    def compose(self, *words: str, override: Path | None = None) -> str:
        """Run Compose for this stack, with what another file changes of it, and return what it says."""
        files = [CHECKOUT / "docker-compose.prod.yml", *([override] if override else [])]
        environment = {"ENV_FILE": self.env_file, "RELEASE": "test", "SECRETS": self.secrets}
        return docker(
            *("compose", "--project-name", self.name, "--env-file", str(self.env_file)),
            *(word for file in files for word in ("--file", str(file))),
            *words,
            env={**os.environ, **{name: str(value) for name, value in environment.items()}},
        )

    def measured(self, *queries: str) -> list[list[dict[str, Any]]]:
        """Return the series that its Prometheus answers each query with now."""
        said = self.execute("scheduler", "python", "-c", _ASK_PROMETHEUS, json.dumps(queries))
        assert said.returncode == 0, said.stderr
        answers = [json.loads(line) for line in said.stdout.splitlines()]
        for query, answer in zip(queries, answers, strict=True):
            assert answer["status"] == "success", f"{query}: {answer}"
        return [answer["data"]["result"] for answer in answers]

    def remove(self) -> None:
        """Remove everything of it."""
        docker("compose", "--project-name", self.name, "down", "--volumes", "--timeout=5", cwd=Path("/"))

    @property
    def services(self) -> list[str]:
        """The services that have a container, one-shot ones included."""
        return sorted(container["Config"]["Labels"]["com.docker.compose.service"] for container in self.containers())

    def containers(self) -> list[dict[str, Any]]:
        """Return what Docker knows of all its containers."""
        label = f"label=com.docker.compose.project={self.name}"
        names = docker("ps", "--all", "--quiet", "--filter", label).split()
        return inspect(*names) if names else []

    def container(self, service: str) -> dict[str, Any]:
        """Return what Docker knows of one service's container."""
        return inspect(f"{self.name}-{service}-1")[0]

    def release(self, service: str) -> str:
        """Return the release of a service's container."""
        return self.container(service)["Config"]["Labels"]["org.opencontainers.image.version"]

    def execute(self, service: str, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command in a service's container."""
        command = ["docker", "exec", f"{self.name}-{service}-1", *words]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    def crash(self, service: str) -> None:
        """Kill a container's first process from outside: Docker's own kill would keep it from coming back."""
        os.kill(self.container(service)["State"]["Pid"], signal.SIGKILL)

    def is_well(self, service: str) -> bool:
        """Tell whether a container runs, and is healthy if it can tell."""
        state = self.container(service)["State"]
        return state["Running"] and state.get("Health", {"Status": "healthy"})["Status"] == "healthy"


@contextmanager
def brought_up(stack: Stack, how: str) -> Iterator[Stack]:
    """Bring a stack up from nothing by `make start` or, its images included, `make up-prod`; remove it at the end."""
    stack.remove()  # what a run left that was killed
    try:
        stack.make("secrets")
        stack.make("certs", f"HOST={HOST}")
        with timed(f"make {how}, from nothing"):
            stack.make(how)
        yield stack
    finally:
        stack.remove()


class Site:
    """What a stack serves, as browsers reach it."""

    def __init__(self, stack: Served) -> None:
        context = ssl.create_default_context(cafile=stack.secrets / "tls_certificate")
        self._client = httpx2.Client(verify=context, timeout=60)
        self._stack = stack

    def send(
        self,
        method: str,
        path: str,
        *,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        host: str = HOST,
        json: object = None,
        secure: bool = True,
    ) -> httpx2.Response:
        """Send a request to the site's address."""
        scheme, port = ("https", self._stack.https_port) if secure else ("http", self._stack.http_port)
        return self._client.request(
            method,
            f"{scheme}://127.0.0.1:{port}{path}",
            content=content,
            extensions={"sni_hostname": HOST},
            headers={"Host": host, **(headers or {})},
            json=json,
        )

    def ask(self, label: str) -> str:
        """Ask for a render until it is accepted, and return its id; asking again gives the same."""

        def accepted() -> str | None:
            try:
                answer = self.send(
                    "POST",
                    "/xatra/api/renders",
                    json={"program": f'{INDIA}xatra.TitleBox("{label}")\n'},
                    headers={"Idempotency-Key": f"{self._stack.name} {label}"},
                )
            except httpx2.TransportError:
                return None
            assert answer.status_code in {200, 202, 429, 502, 503, 504}, answer.text
            return answer.json()["id"] if answer.status_code in {200, 202} else None

        return until(accepted, seconds=120)

    def end(self, render: str) -> dict[str, Any]:
        """Return a render once it has ended."""

        def ended() -> dict[str, Any] | None:
            try:
                answer = self.send("GET", f"/xatra/api/renders/{render}", headers={"Prefer": "wait=5"})
            except httpx2.TransportError:
                return None
            assert answer.status_code in {200, 502, 503, 504}, answer.text
            document = answer.json() if answer.status_code == 200 else {}
            return document if document.get("state") in _ENDED else None

        return until(ended, seconds=180)

    def close(self) -> None:
        """Close all connections."""
        self._client.close()
