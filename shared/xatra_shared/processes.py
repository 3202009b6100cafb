"""How processes of ours hang together."""

import ctypes
import os
import signal
from typing import Final

_PR_SET_PDEATHSIG: Final = 1
_LIBC: Final = ctypes.CDLL(None, use_errno=True)


def die_with_parent(number: signal.Signals, *, parent: int | None = None) -> None:
    """Have the kernel send this process a signal as soon as the thread that started it has ended (prctl(2)).

    Args:
        number: The signal.
        parent: The process that started this one, where that is known: if it is gone already, this one exits at once.
    """
    _LIBC.prctl(_PR_SET_PDEATHSIG, number)
    if parent is not None and os.getppid() != parent:
        os._exit(1)
