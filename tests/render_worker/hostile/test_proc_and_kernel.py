"""No program looks into another process, and the kernel's wide surface is out of reach."""

import platform

import pytest
from tests.render_worker.hostile.arena import Arena

only_x86_64 = pytest.mark.skipif(platform.machine() != "x86_64", reason="it is machine code of x86-64")

PROCESSES = ["T.victim", "T.worker", "T.parent", "T.neighbour", "T.api", "1"]
PROCESS_IDS = ["victim", "worker", "parent", "neighbour", "api", "init"]

WALK = """
    open(f"/proc/{{{0}}}/environ").read()
    open(f"/proc/{{{0}}}/cmdline").read()
    open(f"/proc/{{{0}}}/maps").read()
    open(f"/proc/{{{0}}}/smaps").read()
    open(f"/proc/{{{0}}}/mem", "rb").read(1)
    open(f"/proc/{{{0}}}/status").read()
    open(f"/proc/{{{0}}}/stat").read()
    open(f"/proc/{{{0}}}/stack").read()
    open(f"/proc/{{{0}}}/syscall").read()
    open(f"/proc/{{{0}}}/auxv", "rb").read()
    open(f"/proc/{{{0}}}/pagemap", "rb").read(8)
    open(f"/proc/{{{0}}}/io").read()
    open(f"/proc/{{{0}}}/mountinfo").read()
    open(f"/proc/{{{0}}}/cgroup").read()
    open(f"/proc/{{{0}}}/net/unix").read()
    open(f"/proc/{{{0}}}/net/tcp").read()
    open(f"/proc/{{{0}}}/fd/0").read()
    open(f"/proc/{{{0}}}/root/etc/passwd").read()
    open(f"/proc/{{{0}}}/cwd/x").read()
    open(f"/proc/{{{0}}}/task/{{{0}}}/mem", "rb").read(1)
    os.listdir(f"/proc/{{{0}}}")
    os.listdir(f"/proc/{{{0}}}/fd")
    os.listdir(f"/proc/{{{0}}}/task")
    os.listdir(f"/proc/{{{0}}}/map_files")
    os.readlink(f"/proc/{{{0}}}/exe")
    os.readlink(f"/proc/{{{0}}}/cwd")
    os.readlink(f"/proc/{{{0}}}/root")
    os.readlink(f"/proc/{{{0}}}/fd/0")
    os.readlink(f"/proc/{{{0}}}/ns/net")
    raw("openat", -100 & (1 << 64) - 1, f"/proc/{{{0}}}/mem".encode(), 2, 0)
    raw("openat", -100 & (1 << 64) - 1, f"/proc/{{{0}}}/oom_score_adj".encode(), 1, 0)
    raw("openat", -100 & (1 << 64) - 1, f"/proc/{{{0}}}/clear_refs".encode(), 1, 0)
    raw("ptrace", 16, {0}, 0, 0)
    raw("ptrace", 0x4206, {0}, 0, 0)
    raw("process_vm_readv", {0}, struct.pack("QQ", ctypes.addressof(HERE), 64), 1, struct.pack("QQ", T.address, 64), 1, 0)
    raw("process_vm_readv", {0}, struct.pack("QQ", ctypes.addressof(HERE), 64), 1, struct.pack("QQ", id(os), 64), 1, 0)
    raw("process_vm_writev", {0}, struct.pack("QQ", ctypes.addressof(HERE), 64), 1, struct.pack("QQ", T.address, 64), 1, 0)
    raw("kcmp", os.getpid(), {0}, 2, 0, 0)
    raw("get_robust_list", {0}, ctypes.create_string_buffer(8), ctypes.create_string_buffer(8))
    raw("pidfd_open", {0}, 0)
    raw("move_pages", {0}, 1, struct.pack("Q", T.address), None, ctypes.create_string_buffer(8), 0)
    """

CALLS = {
    "tracing-itself": """
        raw("ptrace", 0, 0, 0, 0)
        open("/proc/self/mem", "rb").read(1)
        raw("openat", -100 & (1 << 64) - 1, b"/proc/self/mem", 2, 0)
        open("/proc/self/environ").read()
        open("/proc/self/maps").read()
        open("/proc/self/auxv", "rb").read()
        open("/proc/thread-self/environ").read()
        os.listdir("/proc")
        os.listdir("/proc/self/fd")
        """,
    "files-of-the-kernel": """
        open("/proc/kcore", "rb").read(1)
        open("/proc/kallsyms").read(100)
        open("/proc/keys").read()
        open("/proc/cmdline").read()
        open("/proc/mounts").read()
        open("/proc/net/tcp").read()
        open("/proc/meminfo").read()
        open("/proc/sys/kernel/random/boot_id").read()
        raw("openat", 0, b"/proc/sys/kernel/core_pattern", 1, 0)
        raw("openat", 0, b"/proc/sysrq-trigger", 1, 0)
        raw("openat", 0, b"/proc/self/uid_map", 1, 0)
        raw("openat", 0, b"/proc/self/oom_score_adj", 1, 0)
        raw("openat", 0, b"/proc/self/coredump_filter", 1, 0)
        raw("openat", 0, b"/proc/self/attr/current", 1, 0)
        raw("openat", 0, b"/sys/kernel/uevent_helper", 1, 0)
        os.listdir("/sys")
        os.listdir("/sys/fs/cgroup")
        """,
    "devices": """
        open("/dev/mem", "rb").read(1)
        open("/dev/kmsg").read(1)
        open("/dev/tty")
        open("/dev/fuse")
        open("/dev/kvm")
        open("/dev/net/tun")
        open("/dev/userfaultfd")
        open("/dev/ptmx")
        open("/dev/zero", "rb").read(1)
        open("/dev/random", "rb").read(1)
        open("/dev/vda", "rb").read(1)
        raw("openat", 0, b"/dev/null", 1, 0)
        """,
    "modules-and-other-kernels": """
        raw("init_module", None, 0, b"")
        raw("finit_module", 0, b"", 0)
        raw("delete_module", b"x", 0)
        raw("kexec_load", 0, 0, None, 0)
        raw("kexec_file_load", 0, 0, 0, None, 0)
        raw("reboot", 0xfee1dead, 672274793, 0x1234567, None)
        """,
    "programs-in-the-kernel": """
        raw("bpf", 0, bytes(128), 128)
        raw("bpf", 5, bytes(128), 128)
        raw("seccomp", 1, 0, None)
        raw("seccomp", 0, 0, None)
        raw("landlock_create_ruleset", None, 0, 1)
        raw("landlock_restrict_self", 0, 0)
        """,
    "events": """
        raw("perf_event_open", bytes(128), 0, -1 & (1 << 64) - 1, -1 & (1 << 64) - 1, 0)
        raw("perf_event_open", bytes(128), T.neighbour, -1 & (1 << 64) - 1, -1 & (1 << 64) - 1, 0)
        raw("epoll_create1", 0)
        raw("eventfd2", 0, 0)
        raw("signalfd4", -1 & (1 << 64) - 1, bytes(8), 8, 0)
        raw("timerfd_create", 0, 0)
        raw("syslog", 3, ctypes.create_string_buffer(100), 100)
        """,
    "rings": """
        raw("io_uring_setup", 8, ctypes.create_string_buffer(128))
        raw("io_uring_enter", 3, 1, 0, 0, None, 0)
        raw("io_uring_register", 3, 0, None, 0)
        raw("io_setup", 8, ctypes.create_string_buffer(8))
        """,
    "faults-handled-by-itself": """
        raw("userfaultfd", 0)
        raw("userfaultfd", 1)
        raw("ioctl", 0, 0xaa00, 0)
        """,
    "keys": """
        raw("add_key", b"user", b"x", b"x", 1, -3 & (1 << 64) - 1)
        raw("request_key", b"user", b"x", None, -3 & (1 << 64) - 1)
        raw("keyctl", 0, -3 & (1 << 64) - 1, 1)
        raw("keyctl", 11, 1, ctypes.create_string_buffer(8), 8)
        """,
    "namespaces": """
        os.unshare(os.CLONE_NEWUSER)
        raw("unshare", 0x10000000)
        raw("unshare", 0x40000000)
        raw("unshare", 0x20000000)
        raw("unshare", 0x00020000)
        raw("unshare", 0x400)
        raw("setns", 0, 0)
        """,
    "mounts": """
        raw("mount", b"none", b"/tmp", b"tmpfs", 0, None)
        raw("umount2", b"/proc", 2)
        raw("pivot_root", b"/", b"/")
        raw("chroot", b"/usr")
        raw("fsopen", b"tmpfs", 0)
        raw("fsmount", 3, 0, 0)
        raw("fsconfig", 3, 0, None, None, 0)
        raw("fspick", 0, b"/", 0)
        raw("move_mount", 3, b"", 0, b"/tmp", 4)
        raw("open_tree", 0, b"/", 1)
        raw("mount_setattr", 0, b"/", 0, bytes(32), 32)
        raw("statmount", bytes(32), None, 0, 0)
        raw("listmount", bytes(32), None, 0, 0)
        raw("swapon", b"/dev/null", 0)
        raw("swapoff", b"/dev/null")
        raw("quotactl", 0, b"/", 0, None)
        """,
    "who-it-is": """
        os.setuid(0)
        os.setresuid(1, 1, 1)
        os.setgid(0)
        os.setgroups([])
        raw("setfsuid", 0)
        raw("capset", struct.pack("Ii", 0x20080522, 0), struct.pack("6I", 255, 255, 255, 255, 255, 255))
        raw("capset", struct.pack("Ii", 0x20080522, 0), bytes(24))
        raw("sethostname", b"owned", 5)
        raw("setdomainname", b"owned", 5)
        """,
    "the-machines-clock": """
        __import__("time").clock_settime(0, 0)
        raw("settimeofday", bytes(16), None)
        raw("adjtimex", bytes(208))
        raw("clock_adjtime", 0, bytes(208))
        raw("acct", None)
        """,
    "memory-that-processes-share": """
        raw("shmget", 0x7861, 4096, 0o1777)
        raw("shmat", 0, 0, 0)
        raw("semget", 0x7861, 1, 0o1777)
        raw("msgget", 0x7861, 0o1777)
        raw("mq_open", b"x", 0o102, 0o777, None)
        raw("pipe2", ctypes.create_string_buffer(8), 0)
        raw("vmsplice", END, None, 0, 0)
        raw("memfd_create", b"x", 0)
        """,
    "memory-in-odd-forms": """
        raw("mlock", 0, 4096)
        raw("mlockall", 3)
        raw("memfd_secret", 0)
        raw("pkey_alloc", 0, 0)
        raw("mbind", 0, 4096, 0, None, 0, 0)
        raw("set_mempolicy", 0, None, 0)
        raw("remap_file_pages", 0, 4096, 0, 0, 0)
        raw("mmap", 0, 4096, 3, 0x32, -1 & (1 << 64) - 1, 0)
        raw("cachestat", 0, bytes(16), bytes(40), 0)
        raw("mincore", 0, 4096, ctypes.create_string_buffer(8))
        """,
    "the-processor": """
        raw("personality", 0x0040000)
        raw("modify_ldt", 1, bytes(16), 16)
        raw("arch_prctl", 0x1002, 0)
        raw("arch_prctl", 0x1022, 0)
        raw("iopl", 3)
        raw("ioperm", 0, 1, 1)
        """,
    "terminals": """
        __import__("fcntl").ioctl(0, 0x5412, b"x")
        raw("ioctl", 0, 0x5412, b"x")
        raw("ioctl", 0, (1 << 32) + 0x5412, b"x")
        raw("ioctl", 0, 0x541c, b"\\x03")
        raw("ioctl", 0, 0x540e, 0)
        raw("ioctl", 0, 0x5452, struct.pack("i", 1))
        raw("ioctl", END, 0x8912, bytes(64))
        raw("ioctl", END, 0x894c, 0)
        raw("ioctl", os.open("/usr/lib", 0), 0x80086601, bytes(8))
        raw("ioctl", os.open("/usr/lib", 0), 0xc0189436, bytes(64))
        """,
    "prctl": """
        raw("prctl", 1, 0, 0, 0, 0)
        raw("prctl", 3, 0, 0, 0, 0)
        raw("prctl", 4, 1, 0, 0, 0)
        raw("prctl", 8, 1, 0, 0, 0)
        raw("prctl", 22, 0, 0, 0, 0)
        raw("prctl", 22, 1, 0, 0, 0)
        raw("prctl", 22, 2, None, 0, 0)
        raw("prctl", 26, 2, 0, 0, 0)
        raw("prctl", 28, 0x3f, 0, 0, 0)
        raw("prctl", 33, 1, 1, 0, 0)
        raw("prctl", 35, 6, 4096, 0, 0)
        raw("prctl", 36, 1, 0, 0, 0)
        raw("prctl", 38, 0, 0, 0, 0)
        raw("prctl", 41, 1, 0, 0, 0)
        raw("prctl", 47, 2, 21, 0, 0)
        raw("prctl", 53, 0, 2, 0, 0)
        raw("prctl", 59, 1, 0, 0, 0)
        raw("prctl", 62, 1, T.neighbour, 0, 0)
        raw("prctl", 0x59616d61, T.victim, 0, 0, 0)
        raw("prctl", 0x53564d41, 0, 0, 4096, b"x")
        raw("prctl", (1 << 32) + 4, 1, 0, 0, 0)
        """,
    "privileges-over-the-processor": """
        os.nice(-5)
        os.setpriority(os.PRIO_PROCESS, 0, -20)
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
        os.sched_setaffinity(0, {0})
        raw("sched_setattr", 0, struct.pack("IIQiIQQQ", 48, 6, 0, 0, 0, 1 << 20, 1 << 21, 1 << 22), 0)
        raw("ioprio_set", 1, 0, 0x2000)
        """,
    "what-is-newer-than-the-list": """
        raw("process_madvise", 0, None, 0, 0, 0)
        raw("futex_waitv", None, 0, 0, None, 0)
        raw("cachestat", 0, None, None, 0)
        raw("lsm_set_self_attr", 100, None, 0, 0)
        raw("mseal", 0, 4096, 0)
        raw("openat2", 0, b"/", bytes(24), 24)
        raw("setxattrat", 0, b"/", 0, b"user.x", None, 0)
        LIBC.syscall(ctypes.c_long(999)) + 1 or checked(-1)
        LIBC.syscall(ctypes.c_long(0x3fffffff)) + 1 or checked(-1)
        """,
}


@pytest.mark.parametrize("process", PROCESSES, ids=PROCESS_IDS)
def test_no_program_looks_into(arena: Arena, process: str):
    expressions = [line.strip() for line in WALK.format(process).strip().splitlines()]
    outcome = arena.attack(f"HERE = ctypes.create_string_buffer(64)\nfor line in {expressions!r}: attempt(line)")
    assert outcome.got == {}
    assert len(outcome.refused) == len(expressions)


def test_walking_all_processes_finds_nothing(arena: Arena):
    outcome = arena.attack("""
seen = [pid for pid in range(1, 100_000) if os.path.exists(f"/proc/{pid}")]
print(len(seen))
for pid in seen:
    if pid != os.getpid():
        for name in ("environ", "mem", "maps", "cmdline", "fd/0", "fd/1", "fd/3"):
            try: print("owned", open(f"/proc/{pid}/{name}", "rb").read(4096))
            except OSError: pass
""")
    assert "owned" not in outcome.output
    assert int(outcome.output) > 3


@pytest.mark.parametrize("expressions", CALLS.values(), ids=CALLS)
def test_out_of_reach_are(arena: Arena, expressions: str):
    got = arena.try_all(expressions).got
    # Container engines lay an empty file over some of these: that can be read, and has nothing in it.
    assert {tried: content for tried, content in got.items() if content != repr("")} == {}


def test_its_environment_has_nothing_of_the_service(arena: Arena):
    outcome = arena.try_all("""
        os.environ[T.variable]
        os.environ["DATABASE_URL"]
        os.environ["REDIS_URL"]
        os.environ["GUEST_SECRET"]
        ctypes.c_char_p.in_dll(LIBC, "environ") and LIBC.getenv(T.variable.encode()) or checked(-1)
        """)
    assert outcome.got == {}
    assert "postgres" not in arena.attack("print(dict(os.environb))").output


def test_what_it_inherits_has_nothing_of_the_service(arena: Arena):
    """What was there when it was forked is frozen for the garbage collector, and so can be told from its own."""
    outcome = arena.attack("""
import gc
own = {id(thing) for thing in gc.get_objects()}
gc.unfreeze()
inherited = [thing for thing in gc.get_objects() if id(thing) not in own and isinstance(thing, (dict, list, tuple))]
said = " ".join(repr(thing)[:2000] for thing in inherited)
print(len(inherited) > 1000, T.variable in said, "postgresql+psycopg" in said, "redis://" in said, "guest_secret" in said)
""")
    assert outcome.output.split() == ["True", "False", "False", "False", "False"]


def test_limits_are_not_raised(arena: Arena):
    outcome = arena.attack("""
import resource
for name in [name for name in dir(resource) if name.startswith("RLIMIT_")]:
    soft, hard = resource.getrlimit(getattr(resource, name))
    if hard != resource.RLIM_INFINITY:
        attempt(f"resource.setrlimit(resource.{name}, ({hard}, -1))")
        attempt(f"resource.setrlimit(resource.{name}, ({hard + 1}, {hard + 1}))")
        attempt(f"resource.prlimit(0, resource.{name}, ({hard + 1}, {hard + 1}))")
""")
    assert outcome.got == {}
    names = {line.split("RLIMIT_")[1].split(",")[0] for line in outcome.refused}
    assert {"AS", "CORE", "CPU", "FSIZE", "MEMLOCK", "MSGQUEUE", "NOFILE"} <= names


@pytest.mark.parametrize(
    "name", [r"\r", r"a\rb", r"a\nb", r"\rThreads:\t0", r"\nRssAnon: 0", "a:b", ")", r"\\", r"\xff\xff", " "]
)
def test_it_may_call_itself(arena: Arena, name: str):
    """Its name is in what the supervisor reads of it."""
    outcome = arena.attack(f"import time\nraw('prctl', 15, b'{name}', 0, 0, 0)\ntime.sleep(0.25)")
    assert outcome.state == "succeeded"


@only_x86_64
def test_a_call_of_x32_ends_it(arena: Arena):
    for number in (0x40000000 | 39, 0x40000000 | 520, 0xC0000000):
        outcome = arena.attack(f"LIBC.syscall(ctypes.c_long({number}), 0, 0, 0)")
        assert outcome.error == ("limit", "ProcessEnded")
        assert "signal 31" in outcome.message


@only_x86_64
@pytest.mark.parametrize(
    "code",
    [
        "b80b000000cd80c3",  # mov eax, 11 (execve); int 0x80; ret
        "b802000000cd80c3",  # mov eax, 2 (fork); int 0x80; ret
        "b814000000cd80c3",  # mov eax, 20 (getpid); int 0x80; ret
        "b8140000000f34c3",  # mov eax, 20 (getpid); sysenter; ret
        "6a23488d0501000000504 8cbcd80c3".replace(" ", ""),  # push 0x23; far return into 32-bit code that asks for 11
    ],
    ids=["execve", "fork", "getpid", "sysenter", "mode-switch"],
)
def test_a_call_in_the_32_bit_way_ends_it(arena: Arena, code: str):
    outcome = arena.attack(f"""
import mmap
code = mmap.mmap(-1, 4096, prot=7)
code.write(bytes.fromhex("{code}"))
print("owned", ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))())
""")
    assert outcome.error == ("limit", "ProcessEnded")
    assert "owned" not in outcome.output
