"""Open streams end when the process is told to stop."""

import signal
import subprocess
import sys
import time

import httpx2
import pytest
from tests.waiting import until

PROGRAM = """
import asyncio, socket, uvicorn
from contextlib import asynccontextmanager
from starlette.applications import Starlette
from starlette.responses import StreamingResponse
from starlette.routing import Route
from xatra_shared.http.shutdown import set_on_stop_signal

stopping = asyncio.Event()

@asynccontextmanager
async def lifespan(app):
    with set_on_stop_signal(stopping):
        yield

async def stream(request):
    async def parts():
        yield "begun"
        await stopping.wait()
        yield "ended"
    return StreamingResponse(parts())

listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
app = Starlette(routes=[Route("/", stream)], lifespan=lifespan)
uvicorn.Server(uvicorn.Config(app, log_level="critical")).run(sockets=[listener])
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stream_hears_of_a_stop_at_once(number: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        url = f"http://127.0.0.1:{int(server.stdout.readline())}"
        with httpx2.Client(timeout=10) as client, client.stream("GET", url) as response:
            parts = response.iter_text()
            assert next(parts) == "begun"
            told = time.monotonic()
            server.send_signal(number)
            assert "".join(parts) == "ended"
            assert time.monotonic() - told < 1
        until(lambda: server.poll() is not None, seconds=5)
