"""Open streams end when the process is told to stop; it takes requests until balancers have noticed."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import pytest
from tests.waiting import until

PROGRAM = """
import asyncio, socket, sys, uvicorn
from contextlib import asynccontextmanager
from starlette.applications import Starlette
from starlette.responses import StreamingResponse
from starlette.routing import Route
from xatra_shared.http.shutdown import set_on_stop_signal

stopping = asyncio.Event()

@asynccontextmanager
async def lifespan(app):
    with set_on_stop_signal(stopping, drain_seconds=float(sys.argv[1])):
        print(listener.getsockname()[1], flush=True)
        yield

async def stream(request):
    async def parts():
        yield "begun"
        await stopping.wait()
        yield "ended"
    return StreamingResponse(parts())

listener = socket.create_server(("127.0.0.1", 0))
app = Starlette(routes=[Route("/", stream)], lifespan=lifespan)
uvicorn.Server(uvicorn.Config(app, log_level="critical")).run(sockets=[listener])
"""


@contextmanager
def serving(*, drain_seconds: float = 0) -> Iterator[tuple[subprocess.Popen[str], str]]:
    words = [sys.executable, "-c", PROGRAM, str(drain_seconds)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        yield server, f"http://127.0.0.1:{int(server.stdout.readline())}"
        server.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stream_hears_of_a_stop_at_once(number: signal.Signals) -> None:
    with serving() as (server, url):
        with httpx2.Client(timeout=10) as client, client.stream("GET", url) as response:
            parts = response.iter_text()
            assert next(parts) == "begun"
            told = time.monotonic()
            server.send_signal(number)
            assert "".join(parts) == "ended"
            assert time.monotonic() - told < 1
        until(lambda: server.poll() is not None, seconds=5)


def test_requests_are_taken_until_balancers_had_the_time_to_notice() -> None:
    with serving(drain_seconds=2) as (server, url):
        told = time.monotonic()
        server.send_signal(signal.SIGTERM)
        while time.monotonic() - told < 1.5:
            assert httpx2.get(url).status_code == 200
        assert server.wait(5) is not None
        assert time.monotonic() - told > 1.9


def test_who_is_told_twice_stops_at_once() -> None:
    with serving(drain_seconds=5) as (server, url):
        told = time.monotonic()
        server.send_signal(signal.SIGTERM)
        assert httpx2.get(url).text == "begunended"  # it has heard
        server.send_signal(signal.SIGTERM)
        server.wait(4)
        assert time.monotonic() - told < 4
