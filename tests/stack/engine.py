"""A Docker Engine where one answers, and what is asked of it."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).parents[2]


def docker(*words: str, check: bool = True, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> str:
    """Run a command of Docker's and return what it says."""
    result = subprocess.run(["docker", *words], capture_output=True, text=True, check=False, cwd=cwd, env=env)
    assert result.returncode == 0 or not check, (
        f"docker {' '.join(words)}\n{result.stdout[-4000:]}{result.stderr[-4000:]}"
    )
    return result.stdout


def inspect(*names: str) -> list[dict[str, Any]]:
    """Return what Docker knows of containers or images."""
    return json.loads(docker("inspect", *names))


def _answers() -> bool:
    return (
        bool(shutil.which("docker"))
        and subprocess.run(["docker", "info"], capture_output=True, check=False).returncode == 0
    )


NEEDS_ENGINE: Sequence[pytest.MarkDecorator] = (
    pytest.mark.long,
    pytest.mark.timeout(1200),
    pytest.mark.skipif(not _answers(), reason="no Docker Engine answers"),
)
"""Marks of a module whose tests start containers: they take minutes."""

NEEDS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can kill a container's process as a crash would")
