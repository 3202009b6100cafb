"""Each layer holds by itself, so that a hole in one is not a way out."""

import os
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.render_worker.sandbox.conftest import (
    EVERYTHING,
    KERNELS_OWN,
    MAY_CHANGE_USER,
    ORDINARY_USER,
    Jail,
    Outcome,
    Way,
)

from xatra_render_worker.sandbox.probe import Mode

type Run = Callable[[str], Outcome]
ABI_WITH_SCOPES = 6


@pytest.fixture(scope="module", params=sorted({4, KERNELS_OWN}))
def abi(request: pytest.FixtureRequest) -> int:
    value: int = request.param
    return value


@pytest.fixture(scope="module")
def with_landlock(jail: Jail, abi: int) -> Iterator[Run]:
    with jail(Way(replace(EVERYTHING, landlock_abi=abi, seccomp=False))) as jailer:
        yield jailer.run


@pytest.fixture(scope="module")
def with_seccomp(jail: Jail) -> Iterator[Run]:
    with jail(Way(replace(EVERYTHING, mode=Mode.GVISOR, landlock_abi=0))) as jailer:
        yield jailer.run


@pytest.mark.parametrize(
    "attempt",
    [
        "open('{0}/file')",
        "open('{0}/file', 'w')",
        "open('{0}/new', 'w')",
        "os.mkdir('{0}/new')",
        "os.unlink('{0}/file')",
        "os.truncate('{0}/file', 0)",
        "os.symlink('file', '{0}/new')",
        "os.execv('/bin/true', ['true'])",
    ],
)
def test_landlock_alone_guards_files(with_landlock: Run, open_directory: Path, attempt: str):
    assert with_landlock(attempt.format(open_directory)).error == "EACCES"
    assert (open_directory / "file").read_text() == "content"


def test_landlock_alone_guards_tcp(with_landlock: Run):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert with_landlock(f"socket.create_connection(('127.0.0.1', {port}))").error == "EACCES"
    assert with_landlock("socket.socket().bind(('127.0.0.1', 0))").error == "EACCES"


def test_landlock_alone_guards_abstract_sockets_where_it_can(with_landlock: Run, abi: int):
    name = f"\0xatra-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(name)
        server.listen()
        error = with_landlock(f"socket.socket(socket.AF_UNIX).connect({name!r})").error
    assert error == ("EPERM" if abi >= ABI_WITH_SCOPES else None)


def test_landlock_alone_guards_signals_where_it_can(with_landlock: Run, abi: int):
    assert with_landlock("os.kill(os.getppid(), 0)").error == ("EPERM" if abi >= ABI_WITH_SCOPES else None)


def test_landlock_alone_keeps_processes_from_looking_into_others(with_landlock: Run):
    assert with_landlock("os.readlink(f'/proc/{os.getppid()}/exe')").error == "EACCES"


@pytest.mark.parametrize(
    "attempt",
    [
        "open('{0}/file', 'w')",
        "open('{0}/new', 'w')",
        "os.mkdir('{0}/new')",
        "os.unlink('{0}/file')",
        "os.truncate('{0}/file', 0)",
        "os.chmod('{0}/file', 0o600)",
        "socket.socket()",
        "os.fork()",
        "os.kill(os.getppid(), 0)",
    ],
)
def test_seccomp_alone_leaves_nothing_but_reading(with_seccomp: Run, open_directory: Path, attempt: str):
    assert with_seccomp(attempt.format(open_directory)).error == "EPERM"
    assert (open_directory / "file").read_text() == "content"


def test_children_of_one_user_do_not_look_into_each_other(jail: Jail):
    user = ORDINARY_USER if MAY_CHANGE_USER else None
    with jail(Way(replace(EVERYTHING, mode=Mode.GVISOR, landlock_abi=0), user)) as one:
        other = one.start("time.sleep(1)")
        with jail(Way(replace(EVERYTHING, mode=Mode.GVISOR, landlock_abi=0), user)) as second:
            assert second.run(f"open('/proc/{other}/environ')").error == "EACCES"
            assert second.run(f"open('/proc/{other}/mem')").error == "EACCES"
        one.outcome()
