"""A job becomes an artefact in a child of its own, within its limits, and nothing is left behind."""

import time
from pathlib import Path

import psutil
import pytest
from tests.render_worker.pool.conftest import Worker
from tests.waiting import until

from xatra_shared.queue.model import Limits, State

INDIA = 'import xatra\nfrom xatra.loaders import gadm\nxatra.Flag("India", gadm("IND"))\n'
SLEEP = "import time\ntime.sleep(60)\n"


def children_of(worker: Worker) -> list[psutil.Process]:
    return psutil.Process(worker.pool.parent.process.pid).children(recursive=True)


def test_a_program_becomes_a_stored_artefact(worker: Worker):
    render = worker.render(INDIA)
    assert render.state is State.SUCCEEDED
    assert render.artefact_sha256
    assert worker.pool.connections.store.artefact_exists(render.artefact_sha256)
    assert render.artefact_bytes > 500_000


def test_an_authors_exception_names_the_line(worker: Worker):
    render = worker.render('print("so far")\n1 / 0\n')
    assert render.state is State.FAILED
    assert render.error["type"] == "ZeroDivisionError"
    assert render.error["line"] == 2
    assert render.error["by"] == "author"
    assert render.output == "so far\n"


def test_an_overdue_program_is_gone_within_a_second(worker: Worker):
    started = time.monotonic()
    render = worker.render(SLEEP, limits=Limits(wall_seconds=1))
    assert render.state is State.TIMED_OUT
    assert time.monotonic() - started < 3
    until(lambda: len(children_of(worker)) <= worker.pool.settings.slots + 1, seconds=1)


def test_a_cancelled_program_is_gone_within_a_second(worker: Worker):
    waiter_id = worker.ask(SLEEP)
    until(lambda: worker.look(waiter_id).state is State.RUNNING)
    before = children_of(worker)
    worker.cancel(waiter_id)

    def state_of_job() -> str:
        with worker.api.begin() as connection:
            return connection.exec_driver_sql("SELECT state FROM render_jobs").scalar_one()

    until(lambda: state_of_job() == "cancelled", seconds=1)
    until(lambda: any(not child.is_running() for child in before), seconds=1)


@pytest.mark.parametrize(
    ("program", "limits", "error_type"),
    [
        ("while True: pass", Limits(cpu_seconds=1, wall_seconds=20), "CpuLimit"),
        ("x = bytearray(8 << 30)", Limits(), "MemoryError"),
        ("x = []\nwhile True: x.append(bytearray(1 << 20))", Limits(memory_bytes=256 << 20), "MemoryError"),
        ("import os\nos._exit(3)", Limits(), "ProcessEnded"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)", Limits(), "ProcessEnded"),
        (INDIA + 'xatra.TitleBox("x" * (2 << 20))', Limits(output_bytes=1 << 20), "OutputLimit"),
    ],
)
def test_a_program_beyond_its_limits_ends_with_a_clear_error(
    worker: Worker, program: str, limits: Limits, error_type: str
):
    render = worker.render(program, limits=limits)
    assert render.error["type"] == error_type
    assert render.state is (State.TIMED_OUT if error_type == "CpuLimit" else State.FAILED)
    assert worker.render(INDIA).state is State.SUCCEEDED


def test_a_flood_of_output_is_cut(worker: Worker):
    render = worker.render('for _ in range(2000): print("x" * 500_000)\n1/0')
    assert render.error["type"] == "ZeroDivisionError"
    assert len(render.output) <= 50_000


def test_no_child_serves_two_programs(worker: Worker):
    first = worker.render("import os\nprint(os.getpid())\n1/0")
    second = worker.render("import os\nprint(os.getpid())\n2/0")
    assert first.output != second.output


def test_a_program_reads_uploaded_files_by_name(worker: Worker, store_url: str):
    content = b"GID,population\nIND.1,5\n"
    sha256 = "0" * 64
    path = Path(store_url.removeprefix("file://"), "files", "00", sha256)
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    render = worker.render('print(open("data.csv").read())\n1/0', files={"data.csv": sha256})
    assert content.decode() in render.output


def test_a_file_that_is_gone_is_the_services_failure(worker: Worker):
    render = worker.render("1/0", files={"data.csv": "f" * 64})
    assert render.state is State.FAILED
    assert render.error["by"] == "service"


def test_the_warm_parent_holds_no_secret(worker: Worker):
    environment = psutil.Process(worker.pool.parent.process.pid).environ()
    assert not any("test@" in value or "postgresql" in value for value in environment.values())


def test_a_killed_warm_parent_is_replaced_and_its_render_done_again(worker: Worker):
    waiter_id = worker.ask("import time\ntime.sleep(1)\n" + INDIA)
    until(lambda: worker.look(waiter_id).state is State.RUNNING)
    worker.pool.parent.process.kill()
    assert until(lambda: render if (render := worker.look(waiter_id)).state.is_final else None).state is State.SUCCEEDED


def test_a_child_killed_before_it_took_its_program_fails_no_render(worker: Worker):
    children = children_of(worker)
    for child in children:
        child.suspend()
    waiter_id = worker.ask(INDIA)
    until(lambda: worker.look(waiter_id).state is State.RUNNING)
    for child in children:
        child.kill()
    assert until(lambda: render if (render := worker.look(waiter_id)).state.is_final else None).state is State.SUCCEEDED
