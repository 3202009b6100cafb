"""Serves an application from a thread, on a real socket."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import override

import uvicorn
from starlette.types import ASGIApp
from tests.waiting import until


class _Server(uvicorn.Server):
    @override
    async def main_loop(self) -> None:
        """Notice within a hundredth of a second that it is to stop; the original takes a tenth, in every test."""
        while not await self.on_tick(0):  # noqa: ASYNC110 - as the original does it
            await asyncio.sleep(0.01)


@contextmanager
def serving(app: ASGIApp) -> Iterator[str]:
    """Serve an application on a free port, and yield the server's address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = _Server(uvicorn.Config(app, log_config=None, proxy_headers=False, timeout_graceful_shutdown=5))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            until(lambda: server.started or not thread.is_alive())
            assert server.started
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
