"""Under what a figure was measured."""

import os
import platform
import subprocess
from pathlib import Path


def circumstances() -> str:
    """Return the machine, how busy it is, and the code, for the first line of a report."""
    commit = subprocess.run(
        ["git", "-C", Path(__file__).parent, "rev-parse", "--short", "HEAD"],
        capture_output=True, text=True, check=False,
    ).stdout.strip()  # fmt: skip
    return (
        f"{platform.machine()}, {os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}, "
        f"Python {platform.python_version()}, commit {commit or 'unknown'}"
    )
