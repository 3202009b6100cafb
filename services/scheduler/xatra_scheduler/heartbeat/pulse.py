"""Whether this process lives: its clock ticks, and what it sends itself comes back."""

import time
from typing import Final

_PATIENCE_SECONDS: Final = 60


class Pulse:
    """Kept by the clock's thread and the worker's threads; each change is one assignment.

    Only a restart can help a process that does not live. Servers that are away are no reason for one: the clock ticks
    all the same, and a heartbeat that Redis does not take is none that could get lost.
    """

    def __init__(self) -> None:
        self._ticked_at = time.monotonic()
        self._sent_at: float | None = None

    def tick(self) -> None:
        """Note that the clock ticks."""
        self._ticked_at = time.monotonic()

    def sent(self) -> None:
        """Note that a heartbeat is on its way."""
        if self._sent_at is None:
            self._sent_at = time.monotonic()

    def settled(self) -> None:
        """Note that a heartbeat came back, or that none can: Redis is away."""
        self._sent_at = None

    def lives(self) -> bool:
        """Tell whether the clock ticked within a minute, and no heartbeat has been on its way for longer."""
        earliest = time.monotonic() - _PATIENCE_SECONDS
        sent_at = self._sent_at
        return self._ticked_at > earliest and (sent_at is None or sent_at > earliest)
