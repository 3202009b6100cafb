"""A running service, with all around it that an attack could reach and what tells whether one did."""

import json
import platform
import re
import secrets
import select
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

import httpx2
import psutil
import pytest
from tests.faults.service import Service
from tests.render_worker.hostile.system_calls import NUMBERS
from tests.waiting import until

SLOTS: Final = 2  # for an attack, and for a neighbour
RENDER_SECONDS: Final = 3
CANARY_VARIABLE: Final = "XATRA_TEST_CANARY"

_PRELUDE: Final = Path(__file__).with_name("prelude.py").read_text()
_CONTROL: Final = """
import json, numpy, pandas, shapely, xatra
from xatra.loaders import gadm, polygon
xatra.Flag("control", gadm("BTN.1") | polygon([[0, 0], [0, 1], [1, 1]]), note=json.dumps(sorted({{"b": 1, "a": 2.5}})))
xatra.Dataframe(pandas.DataFrame({{"GID": ["BTN.2", "BTN.3"], "value": numpy.linspace(1, 2, 2)}}))
xatra.Text(str(1 + 1), list(shapely.Point(27, 90).buffer(1).centroid.coords[0]))
xatra.TitleBox("{nonce}")
"""
_VICTIM: Final = f"""
import ctypes, os, sys
secret = ctypes.create_string_buffer(os.environ[{CANARY_VARIABLE!r}].encode())
print(ctypes.addressof(secret), flush=True)
sys.stdin.read()
"""


def hostile_program(body: str, targets: Mapping[str, object]) -> str:
    """Return a program that begins with the prelude and ends with a map of what it found.

    Args:
        body: What it does.
        targets: What there is to attack, by the names that programs have for it.
    """
    is_arm = platform.machine() == "aarch64"
    called = re.findall(r"""raw\(\\?["'](\w+)""", body)
    known = {**targets, "nonce": secrets.token_hex(8), "numbers": {name: NUMBERS[name][is_arm] for name in called}}
    return f"{_PRELUDE}\nT.__dict__.update({known!r})\n{body}\nimport xatra\nxatra.TitleBox(repr(FOUND))\n"


def one_a_line(expressions: str) -> list[str]:
    """Return the expressions of a text."""
    return [line.strip() for line in expressions.strip().splitlines()]


@dataclass(frozen=True)
class Outcome:
    """What became of a hostile program.

    Attributes:
        answer: What the api said of its render.
        html: Its map, if there is one.
    """

    answer: Mapping[str, Any]
    html: str

    @property
    def state(self) -> str:
        state: str = self.answer["state"]
        return state

    @property
    def output(self) -> str:
        output: str = self.answer["output"]
        return output

    @property
    def error(self) -> tuple[str, str]:
        """Whose error it is, and of what type."""
        error = self.answer["error"]
        return error["by"], error["type"]

    @property
    def message(self) -> str:
        message: str = self.answer["error"]["message"]
        return message

    @property
    def refused(self) -> dict[str, str]:
        """What it tried in vain, with the error that it met."""
        return {line["tried"]: line["refused"] for line in self._tried() if "refused" in line}

    @property
    def got(self) -> dict[str, str]:
        """What it tried with success, with what it got."""
        return {line["tried"]: line["got"] for line in self._tried() if "got" in line}

    def _tried(self) -> Iterator[dict[str, str]]:
        return (json.loads(line) for line in self.output.splitlines() if line.startswith('{"tried"'))


@dataclass
class Canaries:
    """What must come out nowhere: each is in one place alone."""

    environment: str = field(default_factory=secrets.token_hex)
    file: str = field(default_factory=secrets.token_hex)
    neighbour: str = field(default_factory=secrets.token_hex)
    upload: str = field(default_factory=secrets.token_hex)

    def in_text(self, text: str) -> list[str]:
        return [name for name, canary in vars(self).items() if canary in text]


class Listeners:
    """Sockets that nobody may connect to or send to."""

    def __init__(self, directory: Path) -> None:
        self.abstract = f"xatra-test-{secrets.token_hex(8)}"
        self.path = directory / "socket"
        self.path_of_datagrams = directory / "datagrams"
        tcp = socket.create_server(("127.0.0.1", 0))
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.bind(("127.0.0.1", 0))
        self.tcp: int = tcp.getsockname()[1]
        self.udp: int = udp.getsockname()[1]
        self._sockets = [tcp, udp]
        for kind, address in (
            (socket.SOCK_STREAM, str(self.path)),
            (socket.SOCK_DGRAM, str(self.path_of_datagrams)),
            (socket.SOCK_STREAM, f"\0{self.abstract}"),
            (socket.SOCK_DGRAM, f"\0{self.abstract}-datagrams"),
        ):
            listener = socket.socket(socket.AF_UNIX, kind)
            listener.bind(address)
            if kind == socket.SOCK_STREAM:
                listener.listen()
            self._sockets.append(listener)
        for path in (self.path, self.path_of_datagrams):
            path.chmod(0o777)

    def heard(self) -> list[object]:
        """Return the addresses at which something arrived."""
        return [listener.getsockname() for listener in select.select(self._sockets, [], [], 0)[0]]

    def close(self) -> None:
        for listener in self._sockets:
            listener.close()


class Arena:
    """The service under attack; programs are asked of it as a guest asks."""

    def __init__(self, service: Service, directory: Path, stack: ExitStack) -> None:
        """Put everything around a service that is about to start.

        Args:
            service: Not started yet.
            directory: An empty directory that everyone may write.
            stack: Where it puts what is to be undone at the end.
        """
        self.service = service
        self.canaries = Canaries()
        self.directory = directory
        self.file = directory / "secret.txt"
        self.file.write_text(self.canaries.file)
        self.file.chmod(0o666)
        self.listeners = Listeners(directory)
        stack.callback(self.listeners.close)
        self._stack = stack
        self._left_alone = self._files()

    def start(self, *, landlock_abi: int | None) -> Self:
        """Start the service, with a victim beside it and a neighbour in one of its slots."""
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv(CANARY_VARIABLE, self.canaries.environment)
            environment.setenv("LANDLOCK_MAX_ABI", str(landlock_abi or ""))
            environment.setenv("RENDER_SECONDS", str(RENDER_SECONDS))
            environment.setenv("SANDBOX", "required")  # without it, attacks do to this machine what they say
            environment.setenv("WRITES_PER_MINUTE", "1000000")
            # However busy the machine is, the neighbour keeps its lease.
            self.service.start(workers=1, slots=SLOTS, lease_seconds=60)
            victim = subprocess.Popen([sys.executable, "-c", _VICTIM], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._stack.enter_context(victim)
        self._stack.callback(victim.kill)
        assert victim.stdout
        self._address = int(victim.stdout.readline())
        self.upload = self.put("secret.csv", f"GID,secret\nIND,{self.canaries.upload}\n".encode()).json()["sha256"]
        self.victim = psutil.Process(victim.pid)
        (worker,) = self.service.workers
        self.worker = psutil.Process(worker.pid)
        self.parent = worker.parent
        program = f"secret = {self.canaries.neighbour!r}\nimport time\ntime.sleep(3600)"
        self.service.ask(program, wall_seconds=3600)
        self.neighbour = until(worker.rendering)
        self._control = self._render_control()
        return self

    # --- attacking ---

    def put(self, name: str, content: bytes, **headers: str) -> httpx2.Response:
        """Upload a file."""
        return self.service.client.put("/files", params={"name": name}, content=content, headers=headers)

    def ask(self, program: str, files: Mapping[str, str] | None = None) -> httpx2.Response:
        """Ask for a render, and wait for its end."""
        body = json.dumps({"program": program, "files": dict(files or {})})
        headers = {"Content-Type": "application/json", "Prefer": "wait=30"}
        answer = self.service.client.post("/renders", content=body, headers=headers)
        while answer.status_code == 202:
            address = f"/renders/{answer.json()['id']}"
            answer = self.service.client.get(address, headers={"Prefer": "wait=30"})
        return answer

    def attack(self, body: str, *, files: Mapping[str, str] | None = None, prelude: bool = True) -> Outcome:
        """Run a hostile program, and make sure that nothing got out and nothing was harmed.

        Args:
            body: What it does.
            files: Name by which it reads a file -> sha256 that the upload answered.
            prelude: Whether it begins with ours, and ends with a map of what it found.
        """
        answer = self.ask(self._program(body) if prelude else f"{body}\n# {secrets.token_hex(8)}\n", files)
        assert answer.status_code == 200, answer.text
        outcome = Outcome(answer.json(), html=self._html(answer.json()))
        assert self.canaries.in_text(json.dumps(outcome.answer) + outcome.html) == []
        self.assert_unharmed()
        return outcome

    def try_all(self, expressions: str, *, files: Mapping[str, str] | None = None) -> Outcome:
        """Run a hostile program that tries each of some expressions, one a line, and then shows a map."""
        lines = one_a_line(expressions)
        outcome = self.attack(f"for line in {lines!r}: attempt(line)", files=files)
        assert outcome.state == "succeeded", outcome.answer
        assert {*outcome.refused, *outcome.got} == set(lines)
        return outcome

    def _program(self, body: str) -> str:
        targets = {
            "directory": str(self.directory),
            "file": str(self.file),
            "tcp": self.listeners.tcp,
            "udp": self.listeners.udp,
            "socket": str(self.listeners.path),
            "datagrams": str(self.listeners.path_of_datagrams),
            "abstract": self.listeners.abstract,
            "victim": self.victim.pid,
            "worker": self.worker.pid,
            "parent": self.parent.pid,
            "neighbour": self.neighbour.pid,
            "api": self.service.api.pid,
            "address": self._address,
            "home": str(self.service.home),
            "store": str(self.service.store),
            "upload": str(Path(self.service.store, "files", self.upload[:2], self.upload)),
            "variable": CANARY_VARIABLE,
        }
        return hostile_program(body, targets)

    def _html(self, answer: Mapping[str, Any]) -> str:
        if answer["artefact"] is None:
            return ""
        return self.service.client.get(f"/artefacts/{answer['artefact']['sha256']}").text

    # --- what holds after every attack ---

    def assert_unharmed(self) -> None:
        """Fail unless nobody was reached, nothing was changed, nothing is left, and the service renders as before."""
        assert self.listeners.heard() == []
        assert self._files() == self._left_alone
        for process in (self.victim, self.neighbour):
            assert process.status() == psutil.STATUS_SLEEPING, process
        assert self.service.api.poll() is None
        assert [process.pid for process in self.worker.children()] == [self.parent.pid]
        assert self._render_control() == self._control
        until(lambda: self._running() == [self.neighbour], seconds=5)

    def _running(self) -> list[psutil.Process]:
        """Return the processes that run programs: those that the warm parent keeps in reserve are not bounded yet."""
        return [child for child in self.parent.children(recursive=True) if _is_bounded(child)]

    def _files(self) -> dict[str, tuple[int, int, str]]:
        return {
            path.name: (status.st_mode, status.st_mtime_ns, path.read_text() if path.is_file() else "")
            for path in self.directory.iterdir()
            if (status := path.lstat())
        }

    def _render_control(self) -> str:
        nonce = secrets.token_hex(8)
        answer = self.ask(_CONTROL.format(nonce=nonce)).json()
        assert answer["state"] == "succeeded", answer
        assert not answer["cached"]
        return self._html(answer).replace(nonce, "")


def _is_bounded(process: psutil.Process) -> bool:
    try:
        limits = Path(f"/proc/{process.pid}/limits").read_text()
    except OSError:  # it has just ended
        return False
    return not re.search(r"^Max cpu time +unlimited", limits, re.MULTILINE)


def slow(cases: Mapping[str, Any]) -> list[Any]:
    """Return the values of cases that take seconds each and tell little beside others."""
    values = (case if isinstance(case, tuple) else (case,) for case in cases.values())
    return [pytest.param(*value, marks=pytest.mark.long) for value in values]
