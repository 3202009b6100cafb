"""What a process that is shut in cannot do, each thing really tried; and what it can."""

import os
import platform
import signal
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from tests.render_worker.sandbox.conftest import EVERYTHING, Jail, Jailer, Outcome, Way
from tests.waiting import until

type Run = Callable[[str], Outcome]

CLONE_THREAD = 0x00010000
only_x86_64 = pytest.mark.skipif(platform.machine() != "x86_64", reason="these numbers are those of x86-64")


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "/proc/self/environ", "/proc/1/environ", "/proc/self/mem", "/proc/self/maps", "/root", "/"]
)
def test_nothing_is_read_that_a_render_does_not_need(run: Run, path: str):
    assert run(f"os.open({path!r}, os.O_RDONLY)").error == "EACCES"


def test_the_map_datas_neighbours_are_not_read(run: Run, map_data: Path):
    assert run(f"os.open({str(map_data / 'manifest.json')!r}, os.O_RDONLY)").error == "EACCES"


def test_map_data_is_read(run: Run, map_data: Path):
    path = next((map_data / ".xatra" / "data" / "gadm").iterdir())
    assert run(f"result = len(os.read(os.open({str(path)!r}, os.O_RDONLY), 10))").result == 10


def test_time_zones_are_read(run: Run):
    assert run("result = open('/usr/share/zoneinfo/Asia/Kolkata', 'rb').read(4).decode()").result == "TZif"


@pytest.mark.parametrize(
    "attempt",
    [
        "os.open('{0}/file', os.O_WRONLY)",
        "os.open('{0}/file', os.O_RDWR)",
        "os.open('{0}/file', os.O_RDONLY | os.O_TRUNC)",
        "os.open('{0}/new', os.O_RDONLY | os.O_CREAT)",
        "os.open('{0}', os.O_RDWR | os.O_TMPFILE)",
        "os.mkdir('{0}/new')",
        "os.mkfifo('{0}/new')",
        "os.symlink('file', '{0}/new')",
        "os.link('{0}/file', '{0}/new')",
        "os.rename('{0}/file', '{0}/new')",
        "os.unlink('{0}/file')",
        "os.rmdir('{0}')",
        "os.truncate('{0}/file', 0)",
        "os.chmod('{0}/file', 0o600)",
        "os.utime('{0}/file')",
        "os.setxattr('{0}/file', 'user.x', b'x')",
        "os.open('/dev/null', os.O_WRONLY)",
        "os.memfd_create('x')",
    ],
)
def test_nothing_is_written(run: Run, open_directory: Path, attempt: str):
    assert run(attempt.format(open_directory)).error in {"EPERM", "EACCES"}
    assert [path.name for path in open_directory.iterdir()] == ["file"]
    assert (open_directory / "file").read_text() == "content"


@pytest.mark.parametrize("family", ["INET", "INET6", "UNIX", "NETLINK", "PACKET", "VSOCK", "ALG"])
@pytest.mark.parametrize("kind", ["STREAM", "DGRAM", "RAW"])
def test_no_socket_of_any_family_is_made(run: Run, family: str, kind: str):
    assert run(f"socket.socket(socket.AF_{family}, socket.SOCK_{kind})").error == "EPERM"


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.socketpair()",
        "os.fork()",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "subprocess.run(['/bin/sh', '-c', 'true'])",
        "os.execv('/bin/true', ['true'])",
        "os.execve(0, ['true'], {})",
        "os.setsid()",
        "os.setuid(0)",
        "os.chroot('/')",
        "os.unshare(os.CLONE_NEWUSER)",
        "os.pidfd_open(os.getppid())",
        "os.sched_setaffinity(0, {0})",
        "os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))",
        "os.nice(-5)",
        "os.pipe()",
        "os.eventfd(0)",
        "fcntl.flock(0, fcntl.LOCK_SH)",
        "fcntl.lockf(0, fcntl.LOCK_SH)",
        "fcntl.fcntl(0, fcntl.F_SETOWN, os.getppid())",
        "fcntl.fcntl(0, fcntl.F_NOTIFY, 0)",
        "fcntl.ioctl(0, termios.TIOCSTI, b'x')",
        "os.mknod('/dev/x')",
        "select.epoll()",
        "resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE)",
    ],
)
def test_python_gets_a_permission_error_for(run: Run, attempt: str):
    assert run(attempt).error == "EPERM"


@only_x86_64
@pytest.mark.parametrize(
    "number",
    [
        pytest.param(number, id=name)
        for name, number in {
            "vfork": 58, "execve": 59, "ptrace": 101, "shmget": 29, "semget": 64, "msgget": 68, "pivot_root": 155,
            "mount": 165, "umount2": 166, "swapon": 167, "reboot": 169, "init_module": 175, "modify_ldt": 154,
            "iopl": 172, "add_key": 248, "request_key": 249, "keyctl": 250, "mq_open": 240, "kexec_load": 246,
            "inotify_init1": 294, "perf_event_open": 298, "fanotify_init": 300, "name_to_handle_at": 303,
            "open_by_handle_at": 304, "setns": 308, "process_vm_readv": 310, "process_vm_writev": 311, "kcmp": 312,
            "finit_module": 313, "seccomp": 317, "memfd_create": 319, "bpf": 321, "execveat": 322,
            "userfaultfd": 323, "pkey_alloc": 330, "pidfd_send_signal": 424, "io_uring_setup": 425,
            "io_uring_enter": 426, "open_tree": 428, "fsopen": 430, "pidfd_open": 434, "openat2": 437,
            "pidfd_getfd": 438, "mincore": 27, "syslog": 103, "personality": 135, "capset": 126, "vmsplice": 278,
            "signalfd4": 289, "timerfd_create": 283, "shutdown": 48, "sendmsg": 46, "bind": 49, "accept4": 288,
        }.items()
    ],
)  # fmt: skip
def test_a_raw_call_is_refused(run: Run, number: int):
    assert run(f"result = raw({number}, 0, 0, 0, 0, 0, 0)").result == -1


@only_x86_64
@pytest.mark.parametrize("number", [435, 440, 444, 446, 447, 449, 462, 500])
def test_what_filters_cannot_see_into_and_what_is_newer_does_not_exist(run: Run, number: int):
    assert run(f"result = raw({number}, 0, 0, 0, 0, 0, 0)").result == -38


@only_x86_64
@pytest.mark.parametrize(
    "flags",
    [0, 17, 0x00004111, 0x10000000, 0x40000000 | CLONE_THREAD, 0x00020000 | CLONE_THREAD, 0x80 | CLONE_THREAD],
    ids=["fork", "sigchld", "vfork", "new-user", "new-network", "new-mounts", "new-time"],
)
def test_clone_makes_threads_alone(run: Run, flags: int):
    assert run(f"result = raw(56, {flags}, 0, 0, 0, 0)").result == -1


def test_threads_work(run: Run):
    program = "said = []\nthread = threading.Thread(target=said.append, args=(1,))\nthread.start()\nthread.join()\nresult = said"
    assert run(program).result == [1]


@only_x86_64
def test_a_call_of_x32_ends_the_process(run: Run):
    assert run("raw(0x40000000 | 39)").ended == -signal.SIGSYS


@only_x86_64
def test_a_call_of_another_architecture_ends_the_process(run: Run):
    """`mov eax, 20; int 0x80; ret` asks as 32-bit x86 for the process's number; a kernel without that faults."""
    outcome = run(
        "code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)\n"
        "code.write(bytes.fromhex('b814000000cd80c3'))\n"
        "address = ctypes.addressof(ctypes.c_char.from_buffer(code))\n"
        "result = ctypes.CFUNCTYPE(ctypes.c_int)(address)()\n"
    )
    assert outcome.ended in {-signal.SIGSYS, -signal.SIGSEGV}


@pytest.mark.parametrize("to", ["os.getppid()", "1", "0", "-1", "-os.getpid()", "os.getpid() + 1"])
def test_no_signal_reaches_others(run: Run, to: str):
    assert run(f"os.kill({to}, 0)").error == "EPERM"


@only_x86_64
@pytest.mark.parametrize("call", ["200, {0}, 0", "234, {0}, {0}, 0", "129, {0}, 0, 0", "297, {0}, {0}, 0, 0"])
def test_no_signal_reaches_others_by(run: Run, call: str):
    assert run(f"result = raw({call.format('os.getppid()')})").result == -1


def test_signals_reach_oneself(run: Run):
    assert run("os.kill(os.getpid(), signal.SIGUSR1)").ended == -signal.SIGUSR1
    assert run("signal.raise_signal(signal.SIGUSR1)").ended == -signal.SIGUSR1


def test_limits_can_only_be_lowered(run: Run):
    program = "limits.apply_for_job(cpu_seconds=5, address_space_bytes=size_bytes + (64 << 20))\n"
    assert run(program + "bytearray(128 << 20)").error == "MemoryError()"
    raised = run(program + "resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY,) * 2)")
    assert raised.error == "ValueError('not allowed to raise maximum limit')"
    raised = run(program + "resource.setrlimit(resource.RLIMIT_CPU, (1000, 1000))")
    assert raised.error == "ValueError('not allowed to raise maximum limit')"


def test_processor_time_ends_a_process_that_ignores_the_warning(run: Run):
    program = (
        "signal.signal(signal.SIGXCPU, signal.SIG_IGN)\n"
        "limits.apply_for_job(cpu_seconds=0, address_space_bytes=size_bytes + (64 << 20))\nwhile True: pass"
    )
    assert run(program).ended == -signal.SIGKILL


def test_no_descriptor_is_inherited_but_ones_own(run: Run):
    program = (
        "def is_open(number):\n"
        "    try: os.fstat(number)\n"
        "    except OSError: return False\n"
        "    return True\n"
        "result = [[number, os.fstat(number).st_rdev] for number in range(4096) if is_open(number)]"
    )
    *standard, own = run(program).result
    assert standard == [[number, Path("/dev/null").stat().st_rdev] for number in range(3)]
    assert own[1] == 0


def status_of(pid: int) -> dict[str, str]:
    return dict(line.split(":\t", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())


def test_what_the_kernel_says_of_a_process_that_is_shut_in(jailer: Jailer):
    child = jailer.start("time.sleep(1)")
    until(lambda: int(status_of(child)["Seccomp_filters"]) > int(status_of(jailer.pid)["Seccomp_filters"]))
    status = status_of(child)
    assert status["NoNewPrivs"] == "1"
    assert {status[name] for name in ("CapInh", "CapPrm", "CapEff", "CapAmb")} == {"0" * 16}
    assert Path(f"/proc/{child}/oom_score_adj").read_text() == "1000\n"
    assert os.getsid(child) == child
    jailer.outcome()


def test_it_ends_with_the_process_that_forked_it(jail: Jail):
    with jail(Way(EVERYTHING)) as jailer:
        child = jailer.start("time.sleep(60)")
        os.kill(jailer.pid, signal.SIGKILL)
        until(lambda: not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE)
