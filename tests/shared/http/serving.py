"""Serves an application from a thread, on a real socket."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import override

import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp

from xatra_shared.http.settings import HttpSettings

type _Create[S] = Callable[[S], FastAPI]

_GRACE_SECONDS = 5
_served_before: list[tuple[object, FastAPI]] = []


class _Server(uvicorn.Server):
    """Tells when it has started, and stops within a hundredth of a second, where the original sleeps for a tenth."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.began = threading.Event()

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            await super().startup(sockets)
        finally:
            self.began.set()

    @override
    async def main_loop(self) -> None:
        while not await self.on_tick(0):  # noqa: ASYNC110 - as the original does it
            await asyncio.sleep(0.01)

    @override
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        with suppress(TimeoutError):
            async with asyncio.timeout(_GRACE_SECONDS):
                while self.server_state.connections or self.server_state.tasks:  # noqa: ASYNC110
                    await asyncio.sleep(0.01)
        for task in self.server_state.tasks:
            task.cancel()
        await self.lifespan.shutdown()


@contextmanager
def serving(app: ASGIApp) -> Iterator[str]:
    """Serve an application on a free port, and yield the server's address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = _Server(uvicorn.Config(app, log_config=None, proxy_headers=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            server.began.wait(30)
            assert server.started
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def serving_by[S: HttpSettings](create: _Create[S], settings: S) -> Iterator[str]:
    """Serve an application of these settings, if possible one that served an earlier test.

    What it holds is opened anew; its routes, which take a tenth of a second, are there, and so are its metrics.
    """
    like = (create, settings)
    found = next((entry for entry in _served_before if entry[0] == like), None)
    if found:
        _served_before.remove(found)
    app = found[1] if found else create(settings)
    with serving(app) as url:
        yield url
    _served_before.append((like, app))
