"""Waits until map data are installed in the directory MAP_DATA, and prepared for this release."""

import os
import time
from pathlib import Path
from typing import Final

from xatra_render_worker.data.manifest import DataMissingError
from xatra_render_worker.renderer.store import open_store

_EVERY_SECONDS: Final = 2


def main() -> None:
    """Look every two seconds."""
    home = Path(os.environ["MAP_DATA"])
    if not _are_prepared(home):
        print("Waiting for the map data.", flush=True)
        while not _are_prepared(home):
            time.sleep(_EVERY_SECONDS)


def _are_prepared(home: Path) -> bool:
    try:
        return open_store(home) is not None
    except DataMissingError:
        return False


if __name__ == "__main__":
    main()
