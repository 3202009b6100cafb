"""An author who tries what a map program may not is told what to do instead."""

import pytest
from tests.render_worker.pool.conftest import Worker

from xatra_shared.queue.model import State


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        ("import socket\nsocket.socket()", "no network"),
        ("import socket\nsocket.create_connection(('127.0.0.1', 5432))", "no network"),
        ("import socket\nsocket.getaddrinfo('example.org', 443)", "no network"),
        ("import os\nos.system('/bin/sh -c true')", "cannot start programs"),
        ("import subprocess\nsubprocess.run(['/bin/sh'])", "cannot start programs"),
        ("import os\nos.fork()", "cannot start programs"),
        ("import os\nos.execv('/bin/sh', ['sh'])", "cannot start programs"),
        ("import multiprocessing as m\nm.get_context('fork').Process(target=print).start()", "can start"),
        ("open('/etc/passwd').read()", "Upload what it needs"),
        ("import os\nos.listdir('/')", "Upload what it needs"),
        ("open('/proc/self/environ').read()", "Upload what it needs"),
        ("open('/proc/1/environ').read()", "Upload what it needs"),
        ("open('map.html', 'w')", "cannot write files"),
        ("open('/tmp/map.html', 'w')", "cannot write files"),
        ("import os\nos.open('x', os.O_CREAT | os.O_WRONLY)", "cannot write files"),
        ("import os\nos.mkdir('x')", "cannot write files"),
        ("import tempfile\ntempfile.NamedTemporaryFile()", "cannot write files"),
        ("import tempfile\ntempfile.mkdtemp()", "cannot write files"),
        ("import pandas\npandas.DataFrame().to_csv('x.csv')", "cannot write files"),
        ("import os\nos.kill(os.getppid(), 9)", "cannot send signals"),
        ("import os\nos.killpg(0, 9)", "cannot send signals"),
        ("import os\nos.pipe()", "reach nothing else"),
    ],
)
def test_a_refusal_says_what_to_do(worker: Worker, program: str, sentence: str):
    render = worker.render(program)
    assert (render.state, render.error["by"], render.error["type"]) == (State.FAILED, "author", "PermissionError")
    assert sentence in render.error["message"]


def test_a_download_fails_with_the_reason(worker: Worker):
    render = worker.render("import urllib.request\nurllib.request.urlopen('https://example.org')")
    assert render.error["type"] == "URLError"
    assert "no network" in render.error["message"]


def test_what_goes_nowhere_may_be_written(worker: Worker):
    program = (
        "import contextlib, os\nwith open(os.devnull, 'w') as nowhere, contextlib.redirect_stdout(nowhere):\n"
        "    print('x')\nopen(os.devnull, 'wb').write(b'x')\nassert open(os.devnull).read() == ''\n1/0"
    )
    render = worker.render(program)
    assert (render.error["type"], render.output) == ("ZeroDivisionError", "")


def test_the_working_directory_is_empty(worker: Worker):
    render = worker.render("import os\nprint(os.listdir(), os.getcwd().count('/') > 0)\n1/0")
    assert render.output == "[] True\n"


def test_the_environment_holds_what_a_render_needs_and_no_more(worker: Worker):
    render = worker.render("import os\nprint(*sorted(os.environ))\n1/0")
    assert set(render.output.split()) <= {
        "CACHING", "HOME", "LANG", "MPLBACKEND", "MPLCONFIGDIR", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS",
        "PYTHONDONTWRITEBYTECODE", "PYTHONHASHSEED", "PYTHONPATH", "TZ",
    }  # fmt: skip
