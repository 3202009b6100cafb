"""The limits that the kernel holds a render child to."""

import os
import resource
from typing import Final

MAX_THREADS: Final = 64
"""Threads of one program; libraries of maps start none."""

_ALWAYS: Final = {
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_MEMLOCK: 0,
    resource.RLIMIT_MSGQUEUE: 0,
    resource.RLIMIT_NOFILE: 64,
}


def apply_ahead(*, own_user: bool) -> None:
    """Bound what does not depend on a job; files are needed for it, so it comes before they are out of reach.

    Args:
        own_user: Whether no other process is this user's: only then does a bound on processes mean this one alone.
    """
    for limit, bound in _ALWAYS.items():
        resource.setrlimit(limit, (bound, bound))
    if own_user:
        resource.setrlimit(resource.RLIMIT_NPROC, (MAX_THREADS, MAX_THREADS))
    with open("/proc/self/oom_score_adj", "w", encoding="ascii") as score:  # noqa: PTH123 - as early and plain as can be
        score.write("1000")  # when the machine runs out of memory, a render goes first


def apply_for_job(*, cpu_seconds: int, address_space_bytes: int) -> None:
    """Bound what a job says.

    Args:
        cpu_seconds: Processor time from now on; one second later the kernel kills.
        address_space_bytes: Size of this process, with all that it shares.
    """
    usage = resource.getrusage(resource.RUSAGE_SELF)
    cpu_limit = int(usage.ru_utime + usage.ru_stime) + cpu_seconds + 1
    resource.setrlimit(resource.RLIMIT_AS, (address_space_bytes, address_space_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_limit, cpu_limit + 1))


def address_space_bytes() -> int:
    """Return the size of this process."""
    with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123 - see above
        return int(statm.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
