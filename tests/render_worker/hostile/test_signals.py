"""No signal of a program reaches another process, and none that it sends itself harms more than its own render."""

import pytest
from tests.render_worker.hostile.arena import RENDER_SECONDS, Arena

OTHERS = [
    "T.victim",
    "T.worker",
    "T.parent",
    "T.neighbour",
    "T.api",
    "os.getppid()",
    "1",
    "0",
    "-1",
    "-T.victim",
    "-1 - 1",
]
IDS = [
    "victim",
    "worker",
    "parent",
    "neighbour",
    "api",
    "getppid",
    "init",
    "group",
    "all",
    "victims-group",
    "another-group",
]
REFUSALS = {"EBADF", "EINVAL", "ENOENT", "ENOSYS", "EPERM", "ESRCH", "PermissionError"}

WAYS = """
    os.kill({0}, 9)
    os.killpg({0}, 9)
    LIBC.kill({0}, 9) and checked(-1)
    LIBC.killpg({0}, 9) and checked(-1)
    raw("kill", ({0}) & 0xffffffff, 9)
    raw("kill", (1 << 32) + (({0}) & 0xffffffff), 9)
    raw("tkill", ({0}) & 0xffffffff, 9)
    raw("tgkill", ({0}) & 0xffffffff, ({0}) & 0xffffffff, 9)
    raw("tgkill", os.getpid(), ({0}) & 0xffffffff, 9)
    raw("rt_sigqueueinfo", ({0}) & 0xffffffff, 9, struct.pack("iii", 9, 0, -1) + bytes(116))
    raw("rt_tgsigqueueinfo", ({0}) & 0xffffffff, ({0}) & 0xffffffff, 9, struct.pack("iii", 9, 0, -1) + bytes(116))
    raw("pidfd_open", ({0}) & 0xffffffff, 0)
    __import__("signal").pidfd_send_signal(os.open(f"/proc/{{abs({0})}}", os.O_PATH), 9)
    raw("pidfd_send_signal", os.open(f"/proc/{{abs({0})}}", os.O_PATH), 9, None, 0)
    """

WAYS_AROUND = {
    "owners-of-descriptors": """
        __import__("fcntl").fcntl(END, 8, T.victim)
        raw("fcntl", END, 8, T.victim)
        raw("fcntl", END, 15, struct.pack("ii", 1, T.victim))
        raw("fcntl", END, 10, 9)
        raw("ioctl", END, 0x8901, struct.pack("i", T.victim))
        raw("ioctl", END, 0x8902, struct.pack("i", T.victim))
        raw("fcntl", END, 1024, 1)
        raw("fcntl", 0, 1026, 1)
        """,
    "timers-and-deaths": """
        __import__("signal").setitimer(0, 0.01)
        raw("setitimer", 0, bytes(32), None)
        raw("timer_create", 0, struct.pack("qiii", 0, 9, 4, T.victim) + bytes(44), ctypes.create_string_buffer(8))
        raw("prctl", 1, 9)
        raw("prctl", 36, 1)
        """,
    "sessions-and-groups": """
        os.setpgid(0, 0)
        os.setpgid(T.victim, 0)
        os.setsid()
        os.tcsetpgrp(0, T.victim)
        raw("vhangup")
        """,
    "limits-and-places-of-others": """
        __import__("resource").prlimit(T.victim, 0, (0, 0))
        raw("prlimit64", T.victim, 0, struct.pack("QQ", 0, 0), None)
        raw("prlimit64", T.worker, 7, struct.pack("QQ", 0, 0), None)
        raw("prlimit64", T.neighbour, 0, struct.pack("QQ", 0, 0), None)
        os.sched_setaffinity(T.victim, {0})
        os.sched_setscheduler(T.neighbour, os.SCHED_IDLE, os.sched_param(0))
        os.setpriority(os.PRIO_PROCESS, T.worker, 19)
        os.setpriority(os.PRIO_USER, os.getuid(), 19)
        raw("setpriority", 0, T.neighbour, 19)
        raw("ioprio_set", 1, T.neighbour, 0x6000)
        raw("sched_setattr", T.victim, bytes(48), 0)
        raw("migrate_pages", T.victim, 8, bytes(8), bytes(8))
        raw("process_mrelease", 3, 0)
        raw("process_madvise", 3, None, 0, 0, 0)
        """,
    "waiting-for-others": """
        os.waitpid(-1, os.WNOHANG)
        os.waitpid(T.neighbour, os.WNOHANG)
        os.waitid(os.P_PID, T.neighbour, os.WEXITED | os.WNOHANG)
        raw("waitid", 0, 0, bytes(128), 4, None)
        """,
}


@pytest.mark.parametrize("other", OTHERS, ids=IDS)
def test_no_signal_reaches(arena: Arena, other: str):
    outcome = arena.try_all(WAYS.format(other))
    assert outcome.got == {}
    assert set(outcome.refused.values()) <= REFUSALS


@pytest.mark.parametrize("expressions", WAYS_AROUND.values(), ids=WAYS_AROUND)
def test_others_are_not_reached_by(arena: Arena, expressions: str):
    assert arena.try_all(expressions).got == {}


def test_a_storm_of_signals_to_itself_is_its_own_affair(arena: Arena):
    outcome = arena.attack("""
import signal
for number in set(signal.valid_signals()) - {9, 19}:
    signal.signal(number, lambda *_: None)
for _ in range(200):
    for number in set(signal.valid_signals()) - {9, 19}:
        os.kill(os.getpid(), number)
    raw("rt_sigqueueinfo", os.getpid(), 34, struct.pack("iii", 34, 0, -1) + bytes(116))
""")
    assert outcome.state == "succeeded"


@pytest.mark.parametrize("number", [1, 2, 3, 4, 6, 8, 10, 11, 13, 14, 15, 24, 25, 31, 34, 64])
def test_a_signal_that_ends_it_is_said_to_have(arena: Arena, number: int):
    outcome = arena.attack(f"import signal\nsignal.signal({number}, signal.SIG_DFL)\nos.kill(os.getpid(), {number})")
    assert outcome.error == ("limit", "ProcessEnded")
    assert f"signal {number}" in outcome.message


def test_killing_itself_is_no_accident_of_the_service(arena: Arena):
    outcome = arena.attack("os.kill(os.getpid(), 9)")
    assert outcome.error == ("limit", "ProcessEnded")


def test_a_program_that_stops_itself_is_ended_in_time(arena: Arena):
    outcome = arena.attack("os.kill(os.getpid(), 19)")
    assert outcome.error == ("limit", "TimeLimit")
    assert f"after {RENDER_SECONDS} s" in outcome.message


def test_who_sends_one_is_told_that_it_cannot(arena: Arena):
    outcome = arena.attack("import os\nos.kill(os.getppid(), 9)", prelude=False)
    assert outcome.error == ("author", "PermissionError")
    assert "cannot send signals to other processes" in outcome.message
