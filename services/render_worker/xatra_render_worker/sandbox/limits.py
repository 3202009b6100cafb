"""The limits that the kernel holds a render child to."""

import ctypes
import os
import resource
import signal

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_LIBC = ctypes.CDLL(None, use_errno=True)


def die_with_parent() -> None:
    """Have the kernel kill this process as soon as the one that forked it is gone."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def adopt_orphans() -> None:
    """Become the parent of descendants whose own parent ended, so that none gets out of sight."""
    _LIBC.prctl(_PR_SET_CHILD_SUBREAPER, 1)


def apply(*, cpu_seconds: int, memory_bytes: int) -> None:
    """Bound this process for good.

    Args:
        cpu_seconds: Processor time from now on; one second later the kernel kills.
        memory_bytes: Address space on top of what the process has now.
    """
    usage = resource.getrusage(resource.RUSAGE_SELF)
    cpu_limit = int(usage.ru_utime + usage.ru_stime) + cpu_seconds + 1
    bounds = {
        resource.RLIMIT_AS: _address_space_bytes() + memory_bytes,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: 64,
    }
    for limit, bound in bounds.items():
        resource.setrlimit(limit, (bound, bound))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_limit, cpu_limit + 1))
    with open("/proc/self/oom_score_adj", "w", encoding="ascii") as score:  # noqa: PTH123 - as early and plain as can be
        score.write("1000")  # when the machine runs out of memory, a render goes first


def _address_space_bytes() -> int:
    with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123 - see above
        return int(statm.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
