"""No program starts another, or a process of its own, whoever asks for it and however."""

import platform

import pytest
from tests.render_worker.hostile.arena import Arena

WAYS = {
    "the-shell": """
        os.system("touch " + T.directory + "/owned")
        os.popen("id").read()
        __import__("subprocess").run(["/bin/sh", "-c", "id"])
        __import__("subprocess").check_output("id", shell=True)
        __import__("subprocess").getoutput("id") == "" or os.getpid() / 0
        __import__("pty").spawn("/bin/sh")
        __import__("webbrowser").get("/bin/sh %s &").open("x") or checked(-1)
        LIBC.system(b"id") and checked(-1)
        """,
    "forks-of-python": """
        os.fork()
        os.forkpty()
        __import__("pty").fork()
        __import__("multiprocessing").get_context("fork").Process(target=print).start()
        __import__("multiprocessing").get_context("spawn").Process(target=print).start()
        __import__("multiprocessing").get_context("forkserver").Process(target=print).start()
        __import__("concurrent.futures").futures.ProcessPoolExecutor(1).submit(print).result(1)
        """,
    "spawning": """
        os.posix_spawn("/bin/true", ["true"], {})
        os.posix_spawnp("true", ["true"], {})
        os.spawnv(os.P_NOWAIT, "/bin/true", ["true"])
        os.spawnv(os.P_WAIT, "/bin/true", ["true"])
        __import__("_posixsubprocess").fork_exec(["x"], [b"/bin/true"], True, (), None, None, -1, -1, -1, -1, -1, -1, 0, 1, False, False, -1, None, None, None, -1, None)
        checked(-1 if LIBC.posix_spawn(None, b"/bin/true", None, None, (ctypes.c_char_p * 2)(b"true"), None) else 0)
        """,
    "executing": """
        os.execv("/bin/sh", ["sh", "-c", "id"])
        os.execve("/bin/sh", ["sh"], {})
        os.execvp("sh", ["sh"])
        os.execlp("python3", "python3", "-c", "print(1)")
        os.execve(os.open("/usr/lib/os-release", os.O_RDONLY), ["x"], {})
        raw("execve", b"/bin/sh", (ctypes.c_char_p * 2)(b"sh"), (ctypes.c_char_p * 1)())
        raw("execveat", -100 & (1 << 64) - 1, b"/bin/sh", (ctypes.c_char_p * 2)(b"sh"), (ctypes.c_char_p * 1)(), 0)
        raw("uselib", b"/lib/libc.so.6")
        """,
    "raw-forks": """
        raw("fork")
        raw("vfork")
        raw("clone", 17, 0, 0, 0, 0)
        raw("clone", 0, 0, 0, 0, 0)
        raw("clone", 0x8011, 0, 0, 0, 0)
        raw("clone", 0x4111, 0, 0, 0, 0)
        raw("clone", 0x100000011, 0, 0, 0, 0)
        checked(LIBC.fork())
        checked(LIBC.vfork())
        checked(LIBC.daemon(1, 1))
        LIBC.popen(b"id", b"r") or checked(-1)
        """,
    "clone3": """
        raw("clone3", struct.pack("11Q", 0, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0), 88)
        raw("clone3", struct.pack("11Q", 0x10000000, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0), 88)
        raw("clone3", struct.pack("11Q", 0x200000000, 0, 0, 0, 17, 0, 0, 0, 0, 0, 3), 88)
        """,
    "processes-in-namespaces-that-pass-for-threads": """
        raw("clone", 0x00010000 | 0x10000000, 0, 0, 0, 0)
        raw("clone", 0x00010000 | 0x20000000, 0, 0, 0, 0)
        raw("clone", 0x00010000 | 0x40000000, 0, 0, 0, 0)
        raw("clone", 0x00010000 | 0x00020000, 0, 0, 0, 0)
        raw("clone", 0x00010000 | 0x80, 0, 0, 0, 0)
        """,
    "programs-in-memory": """
        os.memfd_create("x")
        os.memfd_create("x", 0x10)
        raw("memfd_create", b"x", 0)
        raw("memfd_secret", 0)
        LIBC.memfd_create(b"x", 0) + 1 or checked(-1)
        LIBC.shm_open(b"/x", os.O_CREAT | os.O_RDWR, 0o700) + 1 or checked(-1)
        """,
}


@pytest.mark.parametrize("expressions", WAYS.values(), ids=WAYS)
def test_nothing_is_started_by(arena: Arena, expressions: str):
    assert arena.try_all(expressions).got == {}


def test_an_uploaded_file_is_not_executed(arena: Arena):
    sha256 = arena.put("script.csv", b"#!/bin/sh,x\nid,x\n").json()["sha256"]
    outcome = arena.try_all(
        """
        os.execve(open("script.csv").fileno(), ["x"], {})
        os.execv(f"/proc/self/fd/{open('script.csv').fileno()}", ["x"])
        raw("execveat", open("script.csv").fileno(), b"", (ctypes.c_char_p * 2)(b"x"), (ctypes.c_char_p * 1)(), 0x1000)
        os.chmod(open("script.csv").fileno(), 0o777)
        raw("fchmod", open("script.csv").fileno(), 0o777)
        """,
        files={"script.csv": sha256},
    )
    assert outcome.got == {}


@pytest.mark.parametrize(
    "once",
    [
        "os.fork()",
        "LIBC.fork()",
        "raw('clone', 17, 0, 0, 0, 0)",
        "os.system('sh bomb &')",
        "__import__('multiprocessing').Process(target=print).start()",
    ],
    ids=["python", "c", "raw", "shell", "multiprocessing"],
)
def test_a_bomb_of_forks_is_a_dud(arena: Arena, once: str):
    outcome = arena.attack(f"attempt('os.getpid()')\nfor _ in range(2000):\n    try: {once}\n    except OSError: pass")
    assert outcome.state == "succeeded"
    assert len(outcome.got) == 1


def test_a_bomb_of_threads_ends_with_the_reason(arena: Arena):
    program = (
        "import _thread, time\n_thread.stack_size(1 << 16)\nwhile True: _thread.start_new_thread(time.sleep, (60,))"
    )
    error = arena.attack(program, prelude=False).error
    assert error in (("limit", "ThreadLimit"), ("author", "RuntimeError"))  # whichever bound it meets first


@pytest.mark.skipif(platform.machine() != "x86_64", reason="it is machine code of x86-64")
def test_a_bomb_of_threads_that_no_library_made_ends_with_the_reason(arena: Arena):
    """Threads that share one stack and spin at once: they cost no memory that is counted."""
    outcome = arena.attack(r"""
import mmap
code = mmap.mmap(-1, 4096, prot=7)
# again: mov eax, 56 (clone); mov edi, 0x10f00 (thread); xor esi, esi; xor edx, edx; xor r10, r10; xor r8, r8; syscall
# test eax, eax; jnz again; spin: jmp spin
code.write(bytes.fromhex("b838000000bf000f010031f631d24d31d24d31c00f0585c075e6ebfe"))
ctypes.CFUNCTYPE(None)(ctypes.addressof(ctypes.c_char.from_buffer(code)))()
""")
    assert outcome.error == ("limit", "ThreadLimit")


@pytest.mark.parametrize(
    "program",
    [
        'import os\nos.system("/bin/sh -c id")',
        'import subprocess\nsubprocess.run(["/bin/sh"])',
        "import os\nos.fork()",
        'import os\nos.execv("/bin/sh", ["sh"])',
    ],
    ids=["a-shell", "a-program", "a-process", "another-program"],
)
def test_who_wants_is_told_that_there_is_no(arena: Arena, program: str):
    outcome = arena.attack(program, prelude=False)
    assert outcome.error == ("author", "PermissionError")
    assert "cannot start programs or processes: do the work in Python" in outcome.message
