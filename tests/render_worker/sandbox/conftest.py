"""Processes that are shut in, in each way that there is: by version of Landlock, by user, by layer."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from xatra_render_worker.sandbox.landlock import landlock_abi
from xatra_render_worker.sandbox.probe import Mode, Sandbox, probe, readable_paths

PROCESS = Path(__file__).with_name("shut_in_process.py")
ORDINARY_USER = 64321
KERNELS_OWN = landlock_abi()
MAY_CHANGE_USER = probe(Mode.REQUIRED, ()).own_user
EVERYTHING = Sandbox(Mode.REQUIRED, landlock_abi=KERNELS_OWN, seccomp=True, own_user=False)


@dataclass(frozen=True)
class Way:
    """What shuts a process in, and who it is."""

    sandbox: Sandbox
    user: int | None = None

    def __str__(self) -> str:
        who = "root" if self.user is None and os.geteuid() == 0 else "user"
        return f"abi-{self.sandbox.landlock_abi}-{who}{'-with-own-users' if self.sandbox.own_user else ''}"


def every_way() -> list[Way]:
    ways = [Way(replace(EVERYTHING, landlock_abi=abi)) for abi in {4, KERNELS_OWN}]
    if MAY_CHANGE_USER:
        ways += [replace(way, user=ORDINARY_USER) for way in ways]
        ways.append(Way(replace(EVERYTHING, own_user=True)))
    return ways


@dataclass(frozen=True)
class Outcome:
    """What became of a program.

    Attributes:
        result: What it assigned to `result`.
        error: Name of the system's error that it ended with, or the exception.
        ended: How its process ended: negative for a signal.
    """

    result: Any
    error: str | None
    ended: int


@dataclass
class Jailer:
    """The process whose children are shut in."""

    process: subprocess.Popen[str]
    pid: int

    def run(self, program: str) -> Outcome:
        """Run a program in a child of its own, to its end."""
        self.start(program)
        return self.outcome()

    def outcome(self) -> Outcome:
        """Wait for the end of the program that was started."""
        answer = self._hear()
        return Outcome(answer.get("result"), answer.get("error"), answer["ended"])

    def start(self, program: str) -> int:
        """Start a program in a child of its own, and return its process."""
        assert self.process.stdin
        self.process.stdin.write(json.dumps(program) + "\n")
        self.process.stdin.flush()
        return self._hear()

    def _hear(self) -> Any:  # noqa: ANN401 - whatever it says
        assert self.process.stdout
        return json.loads(self.process.stdout.readline())


type Jail = Callable[[Way], AbstractContextManager[Jailer]]
"""Shuts processes in until the end of a block."""


@pytest.fixture(scope="session")
def readable(map_data: Path) -> list[Path]:
    return list(readable_paths(map_data))


@pytest.fixture(scope="session")
def jail(readable: list[Path]) -> Jail:
    """Return a function that shuts processes in until the end of a block."""

    @contextmanager
    def jail_(way: Way) -> Iterator[Jailer]:
        command: list[str | Path] = [
            sys.executable,
            PROCESS,
            json.dumps(asdict(way.sandbox)),
            str(way.user or ""),
            *readable,
        ]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdin
            assert process.stdout
            yield Jailer(process, json.loads(process.stdout.readline()))
            process.stdin.close()

    return jail_


@pytest.fixture(scope="session", params=every_way(), ids=str)
def jailer(request: pytest.FixtureRequest, jail: Jail) -> Iterator[Jailer]:
    """Return a process whose children are shut in as in production, in one of the ways that there are."""
    with jail(request.param) as jailer:
        yield jailer


@pytest.fixture(scope="session")
def run(jailer: Jailer) -> Callable[[str], Outcome]:
    """Return a function that runs a program shut in."""
    return jailer.run


@pytest.fixture(scope="session")
def open_directory() -> Iterator[Path]:
    """Return a directory with a file, which everyone may read and write."""
    with tempfile.TemporaryDirectory(dir="/tmp") as directory:
        path = Path(directory)
        path.chmod(0o777)
        (path / "file").write_text("content")
        (path / "file").chmod(0o666)
        yield path
