"""The filter's program says the same for both architectures; it is interpreted here as the kernel does."""

import errno
import os
import signal
import struct

import pytest

from xatra_render_worker.sandbox.seccomp import make_filter
from xatra_render_worker.sandbox.system_calls import ALLOWED

PID = 4242
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
CLONE_THREAD = 0x00010000
REFUSED = {  # x86-64, aarch64
    "socket": (41, 198),
    "socketpair": (53, 199),
    "connect": (42, 203),
    "execve": (59, 221),
    "execveat": (322, 281),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "keyctl": (250, 219),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "io_uring_setup": (425, 425),
    "userfaultfd": (323, 282),
    "memfd_create": (319, 279),
    "pidfd_open": (434, 434),
    "sendmsg": (46, 211),
    "unlinkat": (263, 35),
    "mkdirat": (258, 34),
    "ftruncate": (77, 46),
}


def answer(machine: str, number: int, *arguments: int, architecture: int | None = None) -> int | str:
    """Return what the filter says: 0 for yes, else the error, or that it kills."""
    words = (*arguments, 0, 0, 0, 0, 0, 0)[:6]
    data = struct.pack("=iIQ6Q", number, architecture or ARCHITECTURES[machine], 0, *words)
    code = make_filter(machine, PID)
    assert len(code) < 4096 * 8
    accumulator = position = 0
    while True:
        operation, when_true, when_false, value = struct.unpack_from("=HBBI", code, position * 8)
        position += 1
        if operation == 0x20:
            (accumulator,) = struct.unpack_from("=I", data, value)
        elif operation == 0x54:
            accumulator &= value
        elif operation == 0x06:
            return "kill" if value == 0x80000000 else value & 0xFFFF
        else:
            holds = {0x15: accumulator == value, 0x25: accumulator > value, 0x35: accumulator >= value}[operation]
            position += when_true if holds else when_false


@pytest.fixture(params=ARCHITECTURES)
def machine(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def number_of(machine: str, call: str) -> int:
    number = {**ALLOWED, **REFUSED}[call][machine == "aarch64"]
    assert number is not None
    return number


@pytest.mark.parametrize("call", REFUSED)
def test_what_is_not_allowed_is_refused(machine: str, call: str):
    assert answer(machine, number_of(machine, call)) == errno.EPERM


@pytest.mark.parametrize("call", ["read", "write", "mmap", "futex", "recvmsg", "exit_group"])
def test_what_a_render_needs_is_allowed(machine: str, call: str):
    assert answer(machine, number_of(machine, call)) == 0


def test_every_other_architecture_kills(machine: str):
    other = next(number for name, number in ARCHITECTURES.items() if name != machine)
    assert answer(machine, 0, architecture=other) == "kill"
    assert answer(machine, 0, architecture=0x40000003) == "kill"  # 32-bit x86


def test_x32_kills():
    assert answer("x86_64", 0x40000000 | 39) == "kill"


def test_what_is_newer_than_all_that_is_allowed_does_not_exist(machine: str):
    assert {answer(machine, number) for number in (440, 444, 463, 1000)} == {errno.ENOSYS}
    assert answer(machine, 435, 0) == errno.ENOSYS  # clone3


@pytest.mark.parametrize("call", ["kill", "tkill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"])
def test_signals_go_to_the_process_itself(machine: str, call: str):
    number = number_of(machine, call)
    assert answer(machine, number, PID, signal.SIGKILL) == 0
    for other in (0, 1, PID - 1, PID + 1, 2**32 - 1, 2**64 - PID):
        assert answer(machine, number, other, signal.SIGKILL) == errno.EPERM


def test_clone_makes_threads_alone(machine: str):
    number = number_of(machine, "clone")
    assert answer(machine, number, 0x3D0F00) == 0  # what C libraries ask for
    for flags in (0, signal.SIGCHLD, 0x4100, *(CLONE_THREAD | 1 << bit for bit in (7, 17, 25, 26, 27, 28, 29, 30))):
        assert answer(machine, number, flags) == errno.EPERM


def test_files_are_opened_to_read_alone(machine: str):
    number = number_of(machine, "openat")
    assert answer(machine, number, 0, 0, os.O_RDONLY | os.O_CLOEXEC) == 0
    for flag in (os.O_WRONLY, os.O_RDWR, os.O_CREAT, os.O_TRUNC, os.O_TMPFILE | os.O_RDWR):
        assert answer(machine, number, 0, 0, flag) == errno.EPERM


def test_limits_are_the_processs_own(machine: str):
    number = number_of(machine, "prlimit64")
    assert [answer(machine, number, pid) for pid in (0, PID, 1)] == [0, 0, errno.EPERM]


@pytest.mark.parametrize(
    ("call", "argument", "allowed", "refused"),
    [
        ("prctl", 0, [15, 16], [1, 4, 22, 36, 38, 59]),
        ("fcntl", 1, [0, 1, 2, 3, 4, 1030], [5, 6, 8, 10, 15, 36, 1024, 1026, 1031]),
        ("ioctl", 1, [0x5401, 0x5413, 0x5451], [0x5412, 0x541C, 0x8901, 0x8902, 0xAE01]),
    ],
)
def test_calls_of_many_faces_are_allowed_by_argument(
    machine: str, call: str, argument: int, allowed: list[int], refused: list[int]
):
    def answers(values: list[int]) -> set[int | str]:
        number = number_of(machine, call)
        return {answer(machine, number, *([0] * argument), value) for value in values}

    assert answers(allowed) == {0}
    assert answers(refused) == {errno.EPERM}
