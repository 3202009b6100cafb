"""Makes sure before the start that the slots fit into the machine's memory."""

from pathlib import Path

from xatra_shared.queue.model import Limits

_PARENT_BYTES = 256 << 20  # the map library with everything that it imports, without preloaded geometry
_CGROUP_LIMITS = (
    Path("/sys/fs/cgroup/memory.max"),  # version 2
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),  # version 1
)


class TooLittleMemoryError(Exception):
    """The settings ask for more memory than there is; the text says what to change."""


def check_memory(*, slots: int, preload_bytes: int, available_bytes: int | None = None) -> None:
    """Refuse settings under which renders could take more memory than there is.

    Args:
        slots: Renders at once.
        preload_bytes: Memory for geometry loaded ahead of need.
        available_bytes: What there is; measured unless given.

    Raises:
        TooLittleMemoryError: It is too little.
    """
    available = memory_bytes() if available_bytes is None else available_bytes
    limit = Limits().memory_bytes
    needed = slots * limit + preload_bytes + _PARENT_BYTES
    if needed > available:
        fitting = (available - preload_bytes - _PARENT_BYTES) // limit
        advice = f"set SLOTS={fitting}" if fitting >= 1 else "use a larger machine, or set PRELOAD_BYTES lower"
        raise TooLittleMemoryError(
            f"{slots} renders at once of {limit >> 20} MiB each, with {preload_bytes >> 20} MiB of "
            f"geometry ahead of need, take {needed >> 20} MiB, and there are {available >> 20} MiB: {advice}."
        )


def memory_bytes() -> int:
    """Return the memory that this machine, or the container that we are in, has in bytes."""
    lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    bounds = [int(line.split()[1]) * 1024 for line in lines if line.startswith("MemTotal:")]
    limits = [path.read_text(encoding="ascii").strip() for path in _CGROUP_LIMITS if path.exists()]
    return min(bounds + [int(limit) for limit in limits if limit.isdigit()])
