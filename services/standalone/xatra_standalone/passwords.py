"""The secrets of one machine: made once, each in a file that only its owner reads."""

import os
import secrets
from collections.abc import Iterable
from pathlib import Path


def load_or_make(directory: Path, names: Iterable[str]) -> dict[str, str]:
    """Return a secret for each name, from its file or made and written now."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    return {name: _load_or_make(directory / name) for name in names}


def _load_or_make(path: Path) -> str:
    if not path.exists():
        unfinished = path.with_suffix(".new")
        unfinished.unlink(missing_ok=True)
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
        unfinished.rename(path)
    return path.read_text(encoding="ascii")
