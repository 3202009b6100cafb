"""The worker's hold on its warm parent: starts it, keeps children ready, learns how they ended."""

import contextlib
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
import structlog

from xatra_render_worker.pool.frames import MAX_CONTROL_BYTES
from xatra_render_worker.sandbox.probe import Mode

_log = structlog.get_logger(__name__)

_FORK_SECONDS = 10.0  # it takes milliseconds; a parent that needs longer is stopped or stuck


class ParentLostError(Exception):
    """The warm parent is gone, and its children with it."""


@dataclass(frozen=True)
class Exit:
    """How a child ended; `code` is negative for the signal that killed it."""

    code: int
    cpu_seconds: float
    max_rss_bytes: int


@dataclass
class Child:
    """A forked child that waits for its one job."""

    pid: int
    process: int  # pidfd
    connection: socket.socket
    _exit: "queue.SimpleQueue[Exit | None]" = field(default_factory=queue.SimpleQueue)

    def kill(self) -> None:
        """Kill the child; does nothing when it has ended."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.process, signal.SIGKILL)

    def wait(self, timeout_seconds: float) -> Exit | None:
        """Return how the child ended, or None where its parent vanished too.

        Raises:
            queue.Empty: It lives on.
        """
        return self._exit.get(timeout=timeout_seconds)

    def close(self) -> None:
        """Kill the child and let go of it."""
        self.kill()
        self.connection.close()
        os.close(self.process)


class WarmParent:
    """One warm parent process and the children that it has ready."""

    def __init__(
        self,
        *,
        data_home: Path,
        preload_bytes: int,
        warm_up_seconds: float,
        ready_children: int,
        sandbox: Mode = Mode.REQUIRED,
        max_landlock_abi: int | None = None,
    ) -> None:
        """Start the process and wait until it is warm.

        Args:
            data_home: The data directory.
            preload_bytes: Memory for geometry loaded ahead of need.
            warm_up_seconds: How long it may take to be warm.
            ready_children: How many children to keep ready.
            sandbox: What children are shut in with.
            max_landlock_abi: Newest version of Landlock to use; None for whatever the kernel has.

        Raises:
            ParentLostError: It did not come up, or not in time; what it said is in our standard error.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        # Executed, not forked, and with next to no environment: nothing of the worker's secrets is in it.
        self.process = subprocess.Popen(  # noqa: S603 - our own module
            [
                sys.executable,
                "-m",
                "xatra_render_worker.pool.warm_parent",
                str(theirs.fileno()),
                str(preload_bytes),
                sandbox,
                "" if max_landlock_abi is None else str(max_landlock_abi),
            ],
            env=_environment(data_home),
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            cwd=_empty_directory(data_home),
        )
        theirs.close()
        self._control = ours
        self._asked: deque[socket.socket] = deque()
        self._idle: queue.SimpleQueue[Child | None] = queue.SimpleQueue()
        self._children: dict[int, Child] = {}
        self._lock = threading.Lock()
        ours.settimeout(warm_up_seconds)
        try:
            message = ours.recv(MAX_CONTROL_BYTES)
        except TimeoutError:
            ours.close()
            self.give_up()
            raise ParentLostError(f"the warm parent was not ready within {warm_up_seconds:g} s") from None
        if not message:
            ours.close()
            self.process.wait()
            raise ParentLostError(f"the warm parent ended with status {self.process.returncode}")
        ours.settimeout(None)
        _log.info("warm parent ready", **orjson.loads(message))
        self._listener = threading.Thread(target=self._listen, name="warm-parent", daemon=True)
        self._listener.start()
        self._ready_children = ready_children
        self.fill()

    def take(self) -> Child:
        """Return a child for one job; something may have killed it while it waited.

        Raises:
            ParentLostError: There is no parent to make one.
        """
        try:
            child = self._idle.get(timeout=_FORK_SECONDS)
        except queue.Empty:
            self.give_up()
            raise ParentLostError("the warm parent makes no children any more") from None
        if child is None:
            self._idle.put(None)  # for the next who asks
            raise ParentLostError("the warm parent is gone")
        return child

    def fill(self) -> None:
        """Have children made until there are enough that wait."""
        with self._lock:
            for _ in range(self._ready_children - self._idle.qsize() - len(self._asked)):
                self._ask()

    def give_up(self) -> None:
        """Let another take this one's place."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """End the process and every child."""
        self.process.kill()
        self._listener.join()

    def _ask(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._asked.append(ours)
            try:
                socket.send_fds(self._control, [b"fork"], [theirs.fileno()])
            except OSError:
                self._asked.pop().close()  # `_listen` notices and says so

    def _listen(self) -> None:
        while True:
            try:
                message, descriptors, _flags, _address = socket.recv_fds(self._control, MAX_CONTROL_BYTES, 1)
            except OSError:
                message = b""
            if not message:
                break
            self._hear(orjson.loads(message), descriptors)
        self.process.wait()
        for child in self._children.values():
            child._exit.put(None)  # noqa: SLF001 - the two halves of one thing
        while not self._idle.empty():
            if idle := self._idle.get():
                idle.close()
        self._idle.put(None)
        with self._lock:
            self._control.close()
            while self._asked:
                self._asked.popleft().close()

    def _hear(self, message: dict[str, Any], descriptors: list[int]) -> None:
        if "began" in message:
            with self._lock:
                connection = self._asked.popleft()
                child = Child(message["began"], descriptors[0], connection)
                self._idle.put(child)
            self._children[child.pid] = child
        elif ended := self._children.pop(message["ended"], None):
            ended._exit.put(  # noqa: SLF001 - see above
                Exit(message["exit_code"], message["cpu_seconds"], message["max_rss_bytes"])
            )


def _environment(data_home: Path) -> dict[str, str]:
    return {
        "HOME": str(data_home),  # the library looks for `.xatra` here and nowhere else
        "CACHING": "0",  # no pickles: who could write one could run code in the next render
        "LANG": "C.UTF-8",
        "MPLBACKEND": "Agg",
        "MPLCONFIGDIR": str(data_home / "matplotlib"),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",  # forking is safe only without threads
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "TZ": "UTC",
    }


def _empty_directory(data_home: Path) -> Path:
    """Return a directory in which there is nothing and nobody can write; programs that are shut in may look at it."""
    empty = data_home / "empty"
    try:
        empty.mkdir(mode=0o555, exist_ok=True)
    except OSError:  # map data may be read-only
        return Path("/")  # where they see nothing either
    return empty
