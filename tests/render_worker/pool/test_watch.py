"""A child's size is looked at from outside."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.render_worker.pool.conftest import Worker

from xatra_render_worker.pool.attempt import _check_size, _TooLargeError
from xatra_render_worker.pool.watch import Size, Watch
from xatra_shared.queue.model import Limits


@pytest.fixture
def sleeper() -> subprocess.Popen[str]:
    program = "x = bytearray(64 << 20); print(flush=True); input()"
    return subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_memory_and_threads_are_seen_until_the_process_has_ended(sleeper: subprocess.Popen[str]):
    with sleeper, Watch(sleeper.pid) as watch:
        sleeper.stdout.readline()
        assert 64 << 20 < watch.look().memory_bytes < 128 << 20
        assert watch.look().threads == 1
        sleeper.kill()
        sleeper.wait()
        assert watch.look() == Size(memory_bytes=0, threads=0)


def test_too_many_threads_end_a_program(worker: Worker):
    program = (
        "import threading, time\nthreading.stack_size(1 << 16)\n"
        "for _ in range(80): threading.Thread(target=time.sleep, args=(60,)).start()\n"
        "time.sleep(10)"
    )
    render = worker.render(program, limits=Limits(wall_seconds=20))
    assert render.error["type"] in ("ThreadLimit", "RuntimeError")  # the latter where their stacks do not fit


def test_memory_beyond_the_limit_is_an_error_whatever_the_kernel_allowed(sleeper: subprocess.Popen[str]):
    with sleeper, Watch(sleeper.pid) as watch:
        sleeper.stdout.readline()
        _check_size(watch, 128 << 20)
        with pytest.raises(_TooLargeError, match="more memory"):
            _check_size(watch, 32 << 20)
        sleeper.kill()


def test_children_have_no_writable_memory_in_common(worker: Worker):
    parent = worker.pool.parent.process.pid
    maps = Path(f"/proc/{parent}/maps").read_text().splitlines()
    assert maps
    assert not [line for line in maps if "ws" in line.split()[1] or "wxs" in line.split()[1]]
