"""What a render child does: takes one job, runs it within its limits, replies, ends."""

import os
import signal
import socket
import time
from dataclasses import asdict
from typing import Any, Never

import orjson

from xatra_render_worker.pool import frames
from xatra_render_worker.pool.frames import Kind
from xatra_render_worker.renderer.program import ProgramError, render
from xatra_render_worker.sandbox import limits

MAX_FILES = 32


def run(connection: socket.socket) -> Never:
    """Serve one job on this socket and end the process, whatever happens."""
    try:
        limits.die_with_parent()
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        _serve(connection)
        os._exit(0)
    finally:
        os._exit(1)


def _serve(connection: socket.socket) -> None:
    descriptors = socket.recv_fds(connection, 1, MAX_FILES)[1]  # they travel with a byte ahead of the job
    job = orjson.loads(frames.receive(connection, Kind.JOB))
    limits.apply(cpu_seconds=job["cpu_seconds"], memory_bytes=job["memory_bytes"])

    def print_(text: str) -> None:
        frames.send(connection, Kind.PRINTED, text.encode())

    started = time.perf_counter()
    html = b""
    reply: dict[str, Any]
    try:
        rendered = render(job["program"], dict(zip(job["files"], descriptors, strict=True)), print_)
    except ProgramError as problem:
        reply = {"error": asdict(problem.author_error), "warnings": problem.warnings}
    else:
        html = rendered.html
        reply = {"error": None, "warnings": rendered.warnings}
    reply["seconds"] = time.perf_counter() - started
    frames.send(connection, Kind.REPLY, orjson.dumps(reply))
    if html:
        frames.send(connection, Kind.HTML, html)
