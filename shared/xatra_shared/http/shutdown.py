"""Word to a running application that its process has been told to stop."""

import asyncio
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def set_on_stop_signal(event: asyncio.Event, *, drain_seconds: float = 0) -> Iterator[None]:
    """Set `event` at SIGTERM or SIGINT, then let the server's own handler run.

    The server would wait for open streams before it ends the lifespan: they have to hear of it earlier. Where
    signals cannot be handled (in a thread other than the main one) nothing happens.

    Args:
        event: Open streams, and balancers that ask, hear of it.
        drain_seconds: How long requests are still taken after the first signal, so that balancers have noticed before
            connections are refused or closed; a second signal is obeyed at once.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    servers_own = {number: signal.getsignal(number) for number in _STOP_SIGNALS}

    def on_stop(number: int, frame: FrameType | None) -> None:
        handler = servers_own[signal.Signals(number)]
        if not callable(handler):
            return
        if drain_seconds and not event.is_set():
            loop.call_soon_threadsafe(loop.call_later, drain_seconds, handler, number, frame)
        else:
            handler(number, frame)
        loop.call_soon_threadsafe(event.set)

    # Only where a server has its own handler: else the signal would no longer end the process.
    taken_over = [number for number in _STOP_SIGNALS if callable(servers_own[number])]
    for number in taken_over:
        signal.signal(number, on_stop)
    try:
        yield
    finally:
        for number in taken_over:
            signal.signal(number, servers_own[number])
