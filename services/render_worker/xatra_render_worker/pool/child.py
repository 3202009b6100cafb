"""What a render child does: takes one job, runs it within its limits, replies, ends."""

import os
import signal
import socket
import threading
import traceback
from dataclasses import asdict
from typing import Any, Never

import orjson

from xatra_render_worker.pool import frames
from xatra_render_worker.pool.frames import MAX_PRINTED_BYTES, Kind
from xatra_render_worker.renderer.program import ProgramError, render
from xatra_render_worker.sandbox import limits
from xatra_render_worker.sandbox.cell import Cell

MAX_FILES = 32


def run(connection: socket.socket, cell: Cell) -> Never:
    """Shut this process in, serve one job on this socket and end, whatever happens."""
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        size_bytes = limits.address_space_bytes()
        cell.enter(connection.fileno())
        _serve(connection, size_bytes)
        os._exit(0)
    except BaseException:  # noqa: BLE001 - whatever it is, this process must not live on
        traceback.print_exc()  # it has a reader only until the process is shut in
    finally:
        os._exit(1)


def _serve(connection: socket.socket, size_bytes: int) -> None:
    descriptors = socket.recv_fds(connection, 1, MAX_FILES)[1]  # they travel with a byte ahead of the job
    job = orjson.loads(frames.receive(connection, Kind.JOB))
    limits.apply_for_job(cpu_seconds=job["cpu_seconds"], address_space_bytes=size_bytes + job["memory_bytes"])
    printed_bytes = 0
    sending = threading.RLock()  # a program's threads may print all at once, and while it ends

    def print_(text: str) -> None:
        nonlocal printed_bytes
        with sending:
            if payload := text.encode()[: MAX_PRINTED_BYTES - printed_bytes]:
                printed_bytes += len(payload)
                frames.send(connection, Kind.PRINTED, payload)

    html = b""
    reply: dict[str, Any]
    try:
        files = dict(zip(job["files"], descriptors, strict=True))
        rendered = render(job["program"], files, print_, job["bundle"])
    except ProgramError as problem:
        reply = {"error": asdict(problem.author_error), "warnings": problem.warnings}
    else:
        html = rendered.html
        reply = {"error": None, "warnings": rendered.warnings}
    with sending:
        frames.send(connection, Kind.REPLY, orjson.dumps(reply))
        if html:
            frames.send(connection, Kind.HTML, html)
