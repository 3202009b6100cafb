"""Programs that try every way out of their sandbox, sent by a guest through Traefik to the stack as it is deployed.

The ways are those that `tests/render_worker/hostile` tries beside a service of its own. Here the worker is what it is in
production: an ordinary user in a container, whose secrets are files that its own user can read.
"""

import json
import secrets as random
from collections.abc import Iterator
from typing import Any

import pytest
from tests.render_worker.hostile import test_files as files
from tests.render_worker.hostile import test_network as network
from tests.render_worker.hostile import test_proc_and_kernel as kernel
from tests.render_worker.hostile import test_processes as processes
from tests.render_worker.hostile import test_signals as signals
from tests.render_worker.hostile.arena import Outcome, hostile_program, one_a_line
from tests.stack.engine import NEEDS_ENGINE, docker
from tests.stack.site import INDIA, Site, Stack

pytestmark = list(NEEDS_ENGINE)

OTHERS = ("T.worker", "T.parent", "1")

# What is in a worker's container and in reach of it, beside what the others try.
IN_THE_CONTAINER = """
    open("/run/secrets/render_worker_database_url").read()
    open("/run/secrets/render_worker_redis_url").read()
    os.listdir("/run/secrets")
    open("/healthy.py").read()
    os.listdir("/var/lib/xatra/store")
    __import__("socket").create_connection(("postgres", 5432), 3)
    __import__("socket").create_connection(("redis", 6379), 3)
    __import__("socket").create_connection(("api", 8000), 3)
    __import__("socket").create_connection(("169.254.169.254", 80), 3)
    __import__("socket").getaddrinfo("postgres", 5432)
    os.environ["DATABASE_URL_FILE"]
    """

WAYS_OUT = {
    "the-container": IN_THE_CONTAINER,
    **{f"network-{name}": expressions for name, expressions in network.WAYS.items()},
    **{f"places-{name}": expressions for name, expressions in files.PLACES.items()},
    "readers": files.READERS,
    "writers": files.WRITERS,
    **{f"processes-{name}": expressions for name, expressions in processes.WAYS.items()},
    **{f"kernel-{name}": expressions for name, expressions in kernel.CALLS.items()},
    **{f"walk-{other}": kernel.WALK.format(other) for other in OTHERS},
    **{f"signals-{other}": signals.WAYS.format(other) for other in (*OTHERS, "0", "-1")},
    **{f"around-{name}": expressions for name, expressions in signals.WAYS_AROUND.items()},
}

_FIND_PROCESSES = """
import json, pathlib
found = {}
for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
    words = path.read_bytes().split(b"\\0")
    if any(word.endswith(b"/xatra-render-worker") for word in words) and path.parent.name != "1":
        found["worker"] = int(path.parent.name)
    if b"xatra_render_worker.pool.warm_parent" in words:
        found["parent"] = min(int(path.parent.name), found.get("parent", 1 << 30))
print(json.dumps(found))
"""
_WRITE = "import pathlib, sys; path = pathlib.Path(sys.argv[1]); path.write_text(sys.argv[2]); path.chmod(0o666)"


class Target:
    """The worker's container, with what must not come out of it."""

    def __init__(self, stack: Stack, site: Site) -> None:
        self._site = site
        self.stack = stack
        self.canary = random.token_hex()
        self.file = "/var/lib/xatra/store/canary"
        assert stack.execute("render-worker", "python", "-c", _WRITE, self.file, self.canary).returncode == 0
        self.processes: dict[str, int] = json.loads(
            stack.execute("render-worker", "python", "-c", _FIND_PROCESSES).stdout
        )
        self._targets = {
            **dict.fromkeys(("victim", "neighbour", "api"), self.processes["worker"]),
            **self.processes,
            "abstract": "xatra",
            "address": 4096,
            "datagrams": "/var/lib/xatra/store/socket",
            "directory": "/var/lib/xatra/store",
            "file": self.file,
            "home": "/var/lib/xatra",
            "socket": "/var/lib/xatra/store/socket",
            "store": "/var/lib/xatra/store",
            "tcp": 9100,
            "udp": 9100,
            "upload": self.file,
            "variable": "DATABASE_URL_FILE",
        }

    def attack(self, expressions: str) -> Outcome:
        """Send a program that tries each of some expressions, one a line."""
        lines = one_a_line(expressions)
        body = f"HERE = ctypes.create_string_buffer(64)\nfor line in {lines!r}: attempt(line)"
        answer = self._site.send(
            "POST", "/xatra/api/renders", json={"program": hostile_program(body, self._targets)},
            headers={"Prefer": "wait=30"},
        )  # fmt: skip
        assert answer.status_code in {200, 202}, answer.text
        outcome = Outcome(self._site.end(answer.json()["id"]), html="")
        assert outcome.state == "succeeded", outcome.answer
        assert len({*outcome.refused, *outcome.got}) == len(
            lines
        )  # names of the interpreter's directories are not told
        return outcome

    def state(self) -> dict[str, Any]:
        """Return what an attack would change."""
        found = self.stack.execute("render-worker", "python", "-c", _FIND_PROCESSES).stdout
        container = self.stack.container("render-worker")
        return {
            "canary": self.stack.execute("render-worker", "cat", self.file).stdout,
            "processes": json.loads(found),
            "restarts": container["RestartCount"],
            "since": container["State"]["StartedAt"],
            "well": self.stack.is_well("render-worker"),
        }


@pytest.fixture(scope="module")
def target(stack: Stack, site: Site) -> Iterator[Target]:
    """Put a canary into the worker's container, and see at the end that nothing was changed."""
    target = Target(stack, site)
    before = target.state()
    yield target
    assert target.state() == before
    assert site.end(site.ask("after all attacks"))["state"] == "succeeded"
    stack.execute("render-worker", "rm", target.file)


@pytest.mark.parametrize("way", WAYS_OUT)
def test_no_way_leads_out_by(target: Target, secrets: dict[str, str], way: str):
    outcome = target.attack(WAYS_OUT[way])
    # The engine lays an empty file over some of the kernel's: that can be read, and has nothing in it.
    assert {tried: got for tried, got in outcome.got.items() if got != repr("")} == {}
    said = json.dumps(outcome.answer)
    assert target.canary not in said
    assert not [name for name, value in secrets.items() if value and value in said]


def test_a_guest_is_told_what_a_program_cannot_do(site: Site):
    program = f'{INDIA}import socket\nsocket.create_connection(("postgres", 5432))\n'
    render = site.end(site.send("POST", "/xatra/api/renders", json={"program": program}).json()["id"])
    assert render["error"]["by"] == "author"
    assert "no network" in render["error"]["message"]


def test_nothing_of_an_attack_is_left_in_the_container(target: Target):
    before = {"/tmp", "/var/lib/xatra/map-data", "/dev/shm"}
    listed = docker("exec", f"{target.stack.name}-render-worker-1", "find", *sorted(before), "-name", "owned*")
    assert listed == ""
