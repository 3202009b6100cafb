"""The process from which render children are forked: the map library imported, geometry loaded, no secret, no thread.

It is executed by itself (`python -m`), so that nothing of the worker's memory is in it, and told over one socket:
each message carries the socket of a child to fork. It answers with a JSON message for every child that began
(with a descriptor of the process) and for every child that ended.
"""

import gc
import os
import select
import signal
import socket
import sys
from pathlib import Path
from typing import Any

import orjson

from xatra_render_worker.pool import child
from xatra_render_worker.pool.frames import MAX_CONTROL_BYTES
from xatra_render_worker.renderer.warm import warm_up
from xatra_render_worker.sandbox.cell import Cell
from xatra_render_worker.sandbox.kernel import adopt_orphans
from xatra_render_worker.sandbox.probe import Mode, probe, readable_paths
from xatra_shared.processes import die_with_parent


def main() -> None:
    """Warm up, say so, then fork children until the worker closes the socket.

    Arguments: the socket's descriptor; how much to preload, in bytes; what the operator asks of the sandbox; the newest
    version of Landlock to use, or nothing.
    """
    control = socket.socket(fileno=int(sys.argv[1]))
    die_with_parent(signal.SIGKILL)
    adopt_orphans()
    cell = _cell(Path.home())
    woken, wakeup = socket.socketpair()
    for end in (woken, wakeup):
        end.settimeout(0)
    signal.set_wakeup_fd(wakeup.fileno(), warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    report = warm_up(Path.home(), int(sys.argv[2]))
    gc.collect()
    gc.freeze()
    control.send(orjson.dumps({"ready": os.getpid(), "report": str(report)}))

    nursery = _Nursery(control, cell)
    poller = select.poll()
    poller.register(control, select.POLLIN)
    poller.register(woken, select.POLLIN)
    while True:
        for descriptor, _events in poller.poll():
            if descriptor == woken.fileno():
                woken.recv(4096)
                nursery.reap()
            elif not nursery.fork():
                return


def _cell(data_home: Path) -> Cell:
    """Return what children are shut in with, tried out."""
    readable = readable_paths(data_home)
    sandbox = probe(Mode(sys.argv[3]), readable, max_landlock_abi=int(sys.argv[4]) if sys.argv[4] else None)
    sandbox.require()
    cell = Cell(sandbox, readable)
    cell.check()
    return cell


class _Nursery:
    """The children that live."""

    def __init__(self, control: socket.socket, cell: Cell) -> None:
        self._control = control
        self._cell = cell
        self._children: set[int] = set()

    def fork(self) -> bool:
        """Fork a child for the socket that the next message brings; False when the worker is gone."""
        message, (descriptor, *_), *_ = _receive(self._control)
        if not message:
            return False
        connection = socket.socket(fileno=descriptor)
        pid = os.fork()
        if pid == 0:
            signal.set_wakeup_fd(-1)
            child.run(connection, self._cell)
        connection.close()
        self._children.add(pid)
        process = os.pidfd_open(pid)  # the child cannot be reaped, so its number cannot be another's yet
        socket.send_fds(self._control, [orjson.dumps({"began": pid})], [process])
        os.close(process)
        return True

    def reap(self) -> None:
        """Report children that ended, and end whatever they left behind."""
        while True:
            try:
                pid, status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                break
            if pid == 0:
                break
            if pid not in self._children:
                continue  # an orphan that `_end_orphans` ended
            self._children.discard(pid)
            self._say(
                {
                    "ended": pid,
                    "exit_code": os.waitstatus_to_exitcode(status),
                    "cpu_seconds": usage.ru_utime + usage.ru_stime,
                    "max_rss_bytes": usage.ru_maxrss * 1024,
                }
            )
        self._end_orphans()

    def _end_orphans(self) -> None:
        for pid in Path("/proc/self/task", str(os.getpid()), "children").read_text(encoding="ascii").split():
            if int(pid) not in self._children:
                os.kill(int(pid), signal.SIGKILL)

    def _say(self, message: dict[str, Any]) -> None:
        self._control.send(orjson.dumps(message))


def _receive(control: socket.socket) -> tuple[bytes, list[int]]:
    message, descriptors, _flags, _address = socket.recv_fds(control, MAX_CONTROL_BYTES, 1)
    return message, descriptors or [-1]


if __name__ == "__main__":
    main()
