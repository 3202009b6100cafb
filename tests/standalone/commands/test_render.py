"""`xatra-web render` against a real service with a real worker."""

import http.server
import json
import os
import pty
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import Engine, text
from tests.api.renders.asking import INDIA, SLEEP, ask
from tests.api.users import make_user
from tests.standalone.commands.conftest import ApiProcess, CommandLine, first_page
from tests.waiting import until

from xatra_shared.identity.api_tokens import new_token

pytestmark = pytest.mark.usefixtures("shared_worker")

Serve = Callable[..., httpx2.Client]

UNITS = "import pandas, xatra\nprint('hello')\nxatra.Dataframe(pandas.read_csv('units.csv'))\n"


@pytest.fixture
def states(owner: Engine) -> Callable[[], list[str]]:
    """Return what tells the states of all jobs, the oldest first."""

    def look() -> list[str]:
        with owner.connect() as connection:
            return list(connection.execute(text("SELECT state FROM render_jobs ORDER BY id")).scalars())

    return look


@pytest.fixture
def program(tmp_path: Path) -> Callable[[str], Path]:
    """Return what writes a program and returns its file's name."""

    def write(source: str) -> Path:
        (tmp_path / "a map.py").write_text(source, encoding="utf-8")
        return Path("a map.py")

    return write


Program = Callable[[str], Path]
States = Callable[[], list[str]]


def until_running(process: subprocess.Popen[str], states: States) -> None:
    """Wait until the only render runs; fail at once where the command has ended."""

    def is_running() -> bool:
        assert process.poll() is None, process.communicate()
        return states() == ["running"]

    until(is_running)


def test_the_map_is_saved_as_one_file_and_the_rest_goes_to_standard_error(
    xatra_web: CommandLine, url: str, program: Program
) -> None:
    source = f'{INDIA}print("hello")\nxatra.Flag("Nowhere", gadm("IND.99"))\n'
    ended = xatra_web.run("render", program(source), "-o", "maps/india.html", "--url", url)
    assert (ended.returncode, ended.stdout) == (0, "")
    assert ended.stderr.startswith('hello\nWarning: gadm("IND.99") matches no unit')
    page = (xatra_web.directory / "maps" / "india.html").read_text()
    assert "India" in page
    assert "../assets/" not in page
    assert [path.name for path in (xatra_web.directory / "maps").iterdir()] == ["india.html"]


def test_the_page_as_the_service_shows_it_loads_its_assets_from_there(
    xatra_web: CommandLine, url: str, program: Program
) -> None:
    ended = xatra_web.run(
        "render", program(INDIA), "-o", "india.html", "--no-standalone", environment={"XATRA_URL": url}
    )
    assert ended.returncode == 0
    assert "../assets/" in (xatra_web.directory / "india.html").read_text()


def test_a_program_reads_the_files_that_go_with_it(xatra_web: CommandLine, url: str, program: Program) -> None:
    (xatra_web.directory / "data").mkdir()
    (xatra_web.directory / "data" / "units.csv").write_text("GID,n\nIND,5\n")
    ended = xatra_web.run("render", program(UNITS), "-o", "units.html", "--file", "data/units.csv", "--url", url)
    assert (ended.returncode, ended.stderr) == (0, "hello\n")


@pytest.fixture
def site_of_maps() -> Iterator[tuple[str, list[str | None]]]:
    """Yield the origin of a site that shows maps, and what it gets as `Authorization`."""
    seen: list[str | None] = []

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.headers["Authorization"])
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"a map")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.2", 0), Site) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.2:{server.server_port}", seen
        server.shutdown()


def test_with_an_api_token_the_render_is_its_users_and_the_site_of_maps_does_not_see_it(
    xatra_web: CommandLine,
    serve: Serve,
    program: Program,
    database_urls: dict[str, str],
    site_of_maps: tuple[str, list[str | None]],
    tmp_path: Path,
) -> None:
    origin, seen = site_of_maps
    client = serve(artefact_origin=origin)
    asha = make_user(database_urls["xatra_auth"], client, "asha", scopes=("render",))
    token = tmp_path / "token"
    token.write_text(asha.client.headers["authorization"].removeprefix("Bearer ") + "\n")
    command = ("render", program(INDIA), "-o", "m.html", "--url", first_page(client))

    by_option = xatra_web.run(*command, "--token-file", token)
    by_variable = xatra_web.run(*command, environment={"XATRA_TOKEN_FILE": str(token)})
    assert (by_option.returncode, by_variable.returncode) == (0, 0), by_option.stderr
    assert asha.client.get("/xatra/api/me/render-budget").json()["spent_seconds"] > 0
    assert seen == [None, None]
    asha.client.close()


def test_an_api_token_that_is_not_good_is_one_sentence(
    xatra_web: CommandLine, url: str, program: Program, tmp_path: Path
) -> None:
    token = tmp_path / "token"
    command = ("render", program(INDIA), "-o", "m.html", "--url", url, "--token-file", token)
    token.write_text("secret")
    mistyped = xatra_web.run(*command)
    token.write_text(new_token())
    unknown = xatra_web.run(*command)

    assert (mistyped.returncode, unknown.returncode) == (64, 2)
    assert "holds no API token" in mistyped.stderr
    assert "secret" not in mistyped.stderr
    assert "This API token is not good, or no longer." in unknown.stderr


def test_a_program_may_come_from_standard_input_and_its_map_go_to_standard_output(
    xatra_web: CommandLine, url: str
) -> None:
    ended = xatra_web.run("render", "-", "-o", "-", "--url", url, stdin=f'{INDIA}print("hello")')
    assert (ended.returncode, ended.stderr) == (0, "hello\n")
    assert "<html" in ended.stdout
    assert "India" in ended.stdout


def test_a_pipe_is_written_and_not_replaced(xatra_web: CommandLine, url: str, program: Program) -> None:
    pipe = xatra_web.directory / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    ended = xatra_web.run("render", program(INDIA), "-o", pipe, "--url", url)
    reader.join(10)
    assert (ended.returncode, pipe.is_fifo()) == (0, True)
    assert "India" in read[0]


def test_an_authors_error_is_their_traceback_and_exit_code_1(
    xatra_web: CommandLine, url: str, program: Program
) -> None:
    (xatra_web.directory / "old.html").write_text("an older map")
    source = "def f(x):\n    return x / 0\ntry:\n    f(1)\nexcept ZeroDivisionError:\n    raise ValueError('no')\n"
    ended = xatra_web.run("render", program(source), "-o", "old.html", "--url", url)
    assert ended.returncode == 1
    assert '  File "a map.py", line 4, in <module>\n    f(1)' in ended.stderr
    assert '  File "a map.py", line 2, in f\n    return x / 0' in ended.stderr
    assert '  File "a map.py", line 6, in <module>' in ended.stderr
    assert ended.stderr.endswith("ValueError: no\n")
    assert (xatra_web.directory / "old.html").read_text() == "an older map"


def test_a_syntax_error_is_its_place_and_exit_code_1(xatra_web: CommandLine, url: str, program: Program) -> None:
    ended = xatra_web.run("render", program("x = 1\ny = = 2\n"), "-o", "x.html", "--url", url)
    assert (ended.returncode, ended.stderr) == (1, "a map.py:2:5: invalid syntax\n")


def test_what_a_program_prints_cannot_steer_the_terminal(xatra_web: CommandLine, url: str) -> None:
    program = 'print("\\x1b]0;title\\x07")\nraise ValueError("\\x1b[2J")'
    ended = xatra_web.run("render", "-", "-o", "x.html", "--url", url, stdin=program)
    assert ended.stderr.startswith("\\x1b]0;title\\x07\nTraceback")
    assert ended.stderr.endswith("ValueError: \\x1b[2J\n")


def test_json_describes_the_render_and_names_the_file(xatra_web: CommandLine, url: str, program: Program) -> None:
    ended = xatra_web.run("render", program(INDIA), "-o", "india.html", "--json", "--url", url)
    render = json.loads(ended.stdout)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert (render["state"], render["path"]) == ("succeeded", "india.html")
    assert render["artefact"]["size_bytes"] > 100_000


def test_json_describes_a_failure_too(xatra_web: CommandLine, url: str, program: Program) -> None:
    ended = xatra_web.run("render", program("x / 0"), "-o", "x.html", "--json", "--url", url)
    render = json.loads(ended.stdout)
    assert (ended.returncode, render["state"], render["path"]) == (1, "failed", None)
    assert render["error"]["type"] == "NameError"


def test_json_is_the_problem_where_the_service_refuses(xatra_web: CommandLine, url: str, program: Program) -> None:
    (xatra_web.directory / "units.csv").write_bytes(b"\x7fELF")
    ended = xatra_web.run("render", program(UNITS), "-o", "x.html", "--file", "units.csv", "--json", "--url", url)
    assert (ended.returncode, json.loads(ended.stdout)["type"]) == (2, "urn:xatra:problem:unsupported-file-type")
    assert ended.stderr.startswith("Files of this type are not accepted. Accepted are ")


def test_ctrl_c_cancels_the_render_and_exits_130(
    xatra_web: CommandLine, url: str, program: Program, states: States
) -> None:
    with xatra_web.start("render", program(SLEEP), "-o", "x.html", "--url", url) as process:
        until_running(process, states)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=10)
    assert (process.returncode, stderr) == (130, "")
    until(lambda: states() == ["cancelled"], seconds=3)


def test_ctrl_c_again_leaves_at_once_where_the_service_does_not_answer(
    xatra_web: CommandLine, api_process: ApiProcess, program: Program, states: States, owner: Engine
) -> None:
    with xatra_web.start("render", program(SLEEP), "-o", "x.html", "--url", api_process.url) as process:
        until_running(process, states)
        api_process.signal_all(signal.SIGSTOP)
        process.send_signal(signal.SIGINT)
        with pytest.raises(subprocess.TimeoutExpired):  # it tries to cancel
            process.wait(1)
        process.send_signal(signal.SIGINT)
        process.wait(2)
    assert process.returncode == 130


def test_a_render_that_somebody_else_cancels_is_exit_code_1(
    xatra_web: CommandLine, serve: Serve, program: Program, owner: Engine
) -> None:
    client = serve()
    with xatra_web.start("render", program(SLEEP), "-o", "x.html", "--url", first_page(client)) as process:
        with owner.connect() as connection:
            waiter = until(lambda: connection.execute(text("SELECT id FROM render_waiters")).scalar())
        client.delete(f"/xatra/api/renders/{waiter.hex}")
        _, stderr = process.communicate(timeout=10)
    assert (process.returncode, stderr) == (1, "The render was cancelled on the service.\n")


def test_after_the_timeout_the_render_is_cancelled_and_the_exit_code_2(
    xatra_web: CommandLine, url: str, program: Program, states: States
) -> None:
    ended = xatra_web.run("render", program(SLEEP), "-o", "x.html", "--timeout", "2", "--url", url)
    assert (ended.returncode, ended.stderr) == (2, "Given up after 2 s. The render had not ended.\n")
    until(lambda: states() == ["cancelled"], seconds=3)


def test_a_service_that_is_not_there_is_one_sentence_and_exit_code_2(xatra_web: CommandLine, program: Program) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        place = f"http://127.0.0.1:{probe.getsockname()[1]}"
    ended = xatra_web.run("render", program(INDIA), "-o", "x.html", "--url", place)
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (2, "", 1)
    assert ended.stderr.startswith(f"Nothing answers at {place} (")


@pytest.fixture
def other_site(tmp_path: Path) -> Iterator[str]:
    """Serve something that is no Xatra Web."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/xatra/"
        server.shutdown()
        thread.join()


def test_an_address_of_something_else_is_one_sentence_and_exit_code_2(
    xatra_web: CommandLine, other_site: str, program: Program
) -> None:
    ended = xatra_web.run("render", program(INDIA), "-o", "x.html", "--url", other_site)
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
    assert "is --url the address of a Xatra Web?" in ended.stderr


def test_at_the_callers_limit_it_waits_and_says_why(
    xatra_web: CommandLine, serve: Serve, program: Program, states: States
) -> None:
    client = serve(caller_active_renders=1)
    earlier = ask(client, SLEEP)
    with xatra_web.start("render", program(INDIA), "-o", "india.html", "--url", first_page(client)) as process:
        assert process.stderr
        said = process.stderr.readline()
        assert states() in (["queued"], ["running"])
        client.delete(earlier.headers["Location"])
        process.wait(20)
    assert said.startswith("You are waiting for as many renders as one caller may. At most 1; wait for one to end.")
    assert "Trying again in" in said
    assert (process.returncode, states()) == (0, ["cancelled", "succeeded"])


def test_a_limit_that_lasts_is_named_when_it_gives_up(xatra_web: CommandLine, serve: Serve, program: Program) -> None:
    client = serve(caller_active_renders=1)
    ask(client, SLEEP)
    ended = xatra_web.run("render", program(INDIA), "-o", "x.html", "--timeout", "5", "--url", first_page(client))
    assert ended.returncode == 2
    assert "Given up after 5 s. You are waiting for as many renders as one caller may." in ended.stderr


def test_where_no_stream_can_be_had_it_asks_again_and_again(
    xatra_web: CommandLine, serve: Serve, program: Program
) -> None:
    client = serve(max_event_streams=1)
    other = ask(client, SLEEP)
    with client.stream("GET", f"{other.headers['Location']}/events") as stream:
        next(stream.iter_lines())
        with xatra_web.start("render", program(INDIA), "-o", "india.html", "--url", first_page(client)) as process:
            threading.Timer(2, lambda: client.delete(other.headers["Location"])).start()
            process.wait(20)
    assert process.returncode == 0


def test_a_service_that_restarts_meanwhile_is_waited_for(
    xatra_web: CommandLine, api_process: ApiProcess, program: Program, states: States
) -> None:
    source = f"import time\ntime.sleep(3)\n{INDIA}"
    with xatra_web.start("render", program(source), "-o", "india.html", "--url", api_process.url) as process:
        until_running(process, states)
        time.sleep(1)  # for the answer, which comes after a worker may have begun
        api_process.kill()
        api_process.start()
        _, stderr = process.communicate(timeout=20)
    assert (process.returncode, states()) == (0, ["succeeded"])
    assert stderr == "The service does not answer any more. Trying again in 1 s.\n"


def test_a_terminal_shows_place_and_seconds_and_a_pipe_nothing(
    xatra_web: CommandLine, serve: Serve, program: Program
) -> None:
    client = serve()
    earlier = ask(client, SLEEP)
    source = f"import time\ntime.sleep(2)\n{INDIA}"
    ours, theirs = pty.openpty()
    with xatra_web.start(
        "render",
        program(source),
        "-o",
        "india.html",
        "--url",
        first_page(client),
        stderr=theirs,
        environment={"TERM": "xterm"},
    ) as process:
        os.close(theirs)
        shown = ""
        while "place 1" not in shown:
            shown += os.read(ours, 10_000).decode()
        client.delete(earlier.headers["Location"])
        while "india.html: " not in shown:
            shown += os.read(ours, 10_000).decode()
        process.wait(20)
    os.close(ours)
    assert process.returncode == 0
    assert "Running for 1 s" in shown


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["a map.py"], "Missing option '--output'"),
        (["a map.py", "-o", "-", "--json"], "both write to standard output"),
        (["nothing.py", "-o", "x.html"], "nothing.py cannot be read: No such file or directory."),
        (["a map.py", "-o", "x.html", "--file", "a map.py", "--file", "b/a map.py"], "Two files have one name"),
        (["a map.py", "-o", "x.html", "--url", "localhost:8080"], "begins with http:// or https://"),
        (["latin.py", "-o", "x.html"], "not UTF-8"),
    ],
)
def test_a_wrong_command_line_is_one_sentence_and_exit_code_64(
    xatra_web: CommandLine, program: Program, arguments: list[str], sentence: str
) -> None:
    program(INDIA)
    (xatra_web.directory / "b").mkdir()
    (xatra_web.directory / "b" / "a map.py").touch()
    (xatra_web.directory / "latin.py").write_bytes("# é".encode("latin-1"))
    ended = xatra_web.run("render", *arguments)
    assert (ended.returncode, ended.stdout) == (64, "")
    assert sentence in ended.stderr
