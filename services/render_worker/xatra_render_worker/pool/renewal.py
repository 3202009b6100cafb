"""Has a running worker take up map data that were installed meanwhile, once all of them are there and prepared."""

import time
from pathlib import Path
from typing import Final

import structlog

from xatra_render_worker.data.errors import DataError
from xatra_render_worker.data.index import keep_indexed
from xatra_render_worker.data.manifest import data_version
from xatra_render_worker.pool.parent import ParentLostError
from xatra_render_worker.pool.slots import SlotPool
from xatra_render_worker.renderer.store import STORE_NAME, open_store
from xatra_render_worker.settings import RenderWorkerSettings

_log = structlog.get_logger(__name__)

_LOOKS_EVERY_SECONDS: Final = 5


class MapDataWatch:
    """Tells when a data directory has other data than when this was made.

    What is being installed changes with every file. The geometry store comes last and names the data that it was made
    from: other data are there when a store is that fits them.
    """

    def __init__(self, data_home: Path) -> None:
        self._data_home = data_home
        self._known = self._look()

    def has_changed(self) -> bool:
        """Tell whether other data are there, complete and prepared; once for each change."""
        found = self._look()
        if found == self._known or not self._is_prepared():
            return False
        self._known = found
        return True

    def _look(self) -> tuple[int, int] | None:
        try:
            status = (self._data_home / STORE_NAME).stat()
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns

    def _is_prepared(self) -> bool:
        try:
            return open_store(self._data_home) is not None
        except DataError:
            return False


def follow_map_data(settings: RenderWorkerSettings, watch: MapDataWatch, pool: SlotPool) -> None:
    """Have the installed data indexed, and data that replace them taken up and indexed; does not return.

    Args:
        settings: Name the data directory and the database.
        watch: Made before the pool looked at the data.
        pool: Renders with them.
    """
    while True:
        try:
            keep_indexed(settings)
            while not watch.has_changed():
                time.sleep(_LOOKS_EVERY_SECONDS)
            version = data_version(settings.map_data)
            pool.take_up(version)
            _log.info("map data taken up", data_version=version)
        except (DataError, OSError, ParentLostError):
            _log.exception("map data not taken up")
            time.sleep(_LOOKS_EVERY_SECONDS)
