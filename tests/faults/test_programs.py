"""Whatever a program does to its process, the service renders on and nothing of the program is left."""

import pytest
from tests.faults.invariants import assert_invariants
from tests.faults.service import Service

_SOCKET = """
import os, stat
(end,) = [fd for fd in range(3, 64) if os.path.exists(f"/proc/self/fd/{fd}") and stat.S_ISSOCK(os.fstat(fd).st_mode)]
"""


@pytest.mark.parametrize(
    ("program", "error_type"),
    [
        pytest.param(
            "import os, time\nfor _ in range(20):\n    if os.fork() == 0:\n        time.sleep(60)\n1 / 0",
            "PermissionError",
            id="forks",
        ),
        pytest.param(
            "import os, time\n"
            "for _ in range(5):\n"
            "    if os.fork() == 0:\n"
            "        os.setsid()\n"
            "        if os.fork() == 0:\n"
            "            time.sleep(60)\n"
            "        os._exit(0)\n"
            "1 / 0",
            "PermissionError",
            id="forks-twice-into-sessions-of-their-own",
        ),
        pytest.param("kept = []\nwhile True: kept.append(bytearray(1 << 20))", "MemoryError", id="leaks"),
        pytest.param("kept = bytearray(10 << 30)", "MemoryError", id="allocates-10-gb"),
        pytest.param("while True: pass", "CpuLimit", id="spins"),
        pytest.param("import time\ntime.sleep(60)", "TimeLimit", id="sleeps"),
        pytest.param(
            "line = 'x' * 1_000_000\nfor _ in range(1000): print(line)\n1 / 0", "ZeroDivisionError", id="prints-1-gb"
        ),
        pytest.param("import os\nos._exit(0)", "ProcessEnded", id="exits-at-once"),
        pytest.param("import os\nos.killpg(0, 9)", "PermissionError", id="kills-its-group"),
        pytest.param("import os\nos.kill(os.getpid(), 11)", "ProcessEnded", id="crashes"),
        pytest.param(
            "import os, time\nos.closerange(0, 64)\ntime.sleep(60)", "ProcessEnded", id="closes-all-descriptors"
        ),
        pytest.param(_SOCKET + "while True: os.write(end, b'\\xff' * 65536)", "OutputLimit", id="sends-garbage"),
        pytest.param(
            _SOCKET + "os.write(end, b'\\x04\\x7f\\xff\\xff\\xff')\nwhile True: pass", "OutputLimit", id="claims-2-gb"
        ),
        pytest.param(
            _SOCKET + "import time\nos.write(end, b'\\x03\\x00\\x00\\x10\\x00half')\ntime.sleep(60)",
            "TimeLimit",
            id="stops-within-a-frame",
        ),
        pytest.param(
            "import os\nos.kill(os.getppid(), 9)\nwhile True: pass", "PermissionError", id="kills-the-warm-parent"
        ),
    ],
)
def test_the_service_outlives_a_program_that(service: Service, program: str, error_type: str):
    wall_seconds = 3 if error_type == "TimeLimit" else 20
    waiter_id = service.ask(program, wall_seconds=wall_seconds, cpu_seconds=1, memory_bytes=256 << 20)
    job = service.until_final(waiter_id)
    assert job.error["type"] == error_type
    assert job.state == ("timed_out" if error_type in ("CpuLimit", "TimeLimit") else "failed")
    assert_invariants(service)
