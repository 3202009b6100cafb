"""Finds out what this machine gives to shut render children in with, and whether that is enough."""

import os
import stat
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

import xatra_render_worker
import xatra_shared
from xatra_render_worker.sandbox import seccomp
from xatra_render_worker.sandbox.landlock import landlock_abi

FIRST_USER: Final = 0x70000000
"""Render children that get a user of their own have this number plus their process's; nobody assigns such numbers."""

_MOST_PROCESSES: Final = 1 << 22
_CAP_KILL: Final = 5
_CAP_SETGID: Final = 6
_CAP_SETUID: Final = 7

_SYSTEM: Final = (
    Path("/dev/null"),
    Path("/dev/urandom"),
    Path("/etc/ld.so.cache"),
    Path("/lib"),
    Path("/lib64"),
    Path("/usr/lib"),
    Path("/usr/local/lib"),
    Path("/usr/share/fonts"),
    Path("/usr/share/zoneinfo"),
)


class Mode(StrEnum):
    """What the operator asks of the sandbox."""

    REQUIRED = "required"
    """Landlock and seccomp, or no start."""
    GVISOR = "gvisor"
    """Seccomp, or no start; what Landlock would do, the gVisor runtime does."""
    OFF = "off"
    """Nothing: programs can do what the worker can."""


class SandboxMissingError(Exception):
    """The machine does not give what the settings ask for; the text says what to do."""


@dataclass(frozen=True)
class Sandbox:
    """What shuts render children in on this machine.

    Attributes:
        mode: What the operator asks for.
        landlock_abi: Version of Landlock that is used, 0 for none.
        seccomp: Whether system calls are filtered.
        own_user: Whether each child gets a user of its own, which only root can give.
    """

    mode: Mode
    landlock_abi: int
    seccomp: bool
    own_user: bool

    @property
    def holds(self) -> bool:
        """Whether children are shut in."""
        return self.mode is not Mode.OFF and not self.missing

    @property
    def missing(self) -> tuple[str, ...]:
        """What would be needed and is not there, for people."""
        has = {
            "Landlock (Linux 5.13 or newer with `landlock` among its security modules)": bool(self.landlock_abi)
            or self.mode is Mode.GVISOR,
            "seccomp filters (on x86-64 or aarch64)": self.seccomp,
        }
        return tuple(name for name, there in has.items() if not there)

    def require(self) -> None:
        """Do nothing where children are shut in as the operator asks.

        Raises:
            SandboxMissingError: They would not be.
        """
        if self.mode is not Mode.OFF and self.missing:
            raise SandboxMissingError(
                f"Map programs cannot be shut in here: this kernel, or the container that we are in, lacks "
                f"{' and '.join(self.missing)}. Use another kernel or a container runtime that allows it. "
                "Where containers run under gVisor, set SANDBOX=gvisor. "
                "SANDBOX=off lets every program do what the service can: only for programs of your own."
            )


def probe(mode: Mode, readable: Iterable[Path], *, max_landlock_abi: int | None = None) -> Sandbox:
    """Return what there is.

    Args:
        mode: What the operator asks for; with `OFF`, nothing is used.
        readable: What children need to read: if others than root can, each child gets a user of its own.
        max_landlock_abi: Newest version of Landlock to use; None for whatever the kernel has.
    """
    if mode is Mode.OFF:
        return Sandbox(mode, landlock_abi=0, seccomp=False, own_user=False)
    abi = landlock_abi()
    return Sandbox(
        mode,
        landlock_abi=abi if max_landlock_abi is None else min(abi, max_landlock_abi),
        seccomp=seccomp.filters_are_available(),
        own_user=_may_change_user() and all(map(_is_public, readable)),
    )


def readable_paths(data_home: Path) -> tuple[Path, ...]:
    """Return all that a render reads: interpreter, packages, time zones, fonts, map data.

    Args:
        data_home: The data directory.
    """
    standard_library = Path(sysconfig.get_path("stdlib"))
    paths = (
        standard_library.parent,  # with the interpreter's own shared library
        Path(sysconfig.get_path("purelib")),
        Path(sysconfig.get_path("platlib")),
        *(Path(path) for package in (xatra_render_worker, xatra_shared) for path in package.__path__),
        Path(sys.prefix, "pyvenv.cfg"),
        data_home / ".xatra" / "data",
        data_home / "empty",
        data_home / "matplotlib",
        *_SYSTEM,
    )
    return tuple(dict.fromkeys(path.resolve() for path in paths))


def _may_change_user() -> bool:
    """Tell whether we are root, may become any user and still end its processes."""
    if os.geteuid() != 0:
        return False
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    effective = next(int(line.split()[1], 16) for line in lines if line.startswith("CapEff:"))
    return all(effective >> capability & 1 for capability in (_CAP_KILL, _CAP_SETGID, _CAP_SETUID)) and all(
        _is_mapped(Path("/proc/self", name)) for name in ("uid_map", "gid_map")
    )


def _is_mapped(path: Path) -> bool:
    """Tell whether the numbers of children's users exist in our user namespace."""
    ranges = (tuple(map(int, line.split())) for line in path.read_text(encoding="ascii").splitlines())
    return any(first <= FIRST_USER and first + count >= FIRST_USER + _MOST_PROCESSES for first, _, count in ranges)


def _is_public(path: Path) -> bool:
    """Tell whether any user can read a file, or walk a directory; what does not exist stands in nobody's way."""
    try:
        modes = [place.stat().st_mode for place in (path, *path.parents)]
    except FileNotFoundError:
        return True
    wanted = stat.S_IROTH | (stat.S_IXOTH if stat.S_ISDIR(modes[0]) else 0)
    return modes[0] & wanted == wanted and all(mode & stat.S_IXOTH for mode in modes[1:])
