"""The geometry store: territories that take long to work out, worked out once, when the map data is set up.

It is one file, written by trusted code and read through a memory map, so that all render children share one copy of it
in the page cache. It is keyed by the version of the map data and of everything that computes geometry: a store of other
versions counts as none, and everything works without it, slower.
"""

import hashlib
import mmap
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson
import shapely
from shapely.geometry.base import BaseGeometry

from xatra_render_worker.data.disk import PART_SUFFIX, disk_errors
from xatra_render_worker.data.manifest import data_version
from xatra_render_worker.data.progress import Progress
from xatra_render_worker.renderer.geometry import Area, Geometry

STORE_NAME = "territories.store"

_PROGRESS_LABEL = "Preparing territories"
_LENGTH_BYTES = 8
_SOURCES_THAT_COMPUTE = ("geometry.py", "prepare.py", "store.py", "territories.py", "units.py")


class StoreError(Exception):
    """The geometry store could not be built."""


class Store(Mapping[str, tuple[BaseGeometry, Area]]):
    """The geometries and areas of territories, by the expressions that they follow from."""

    def __init__(self, index: dict[str, list[Any]], content: mmap.mmap) -> None:
        self._index = index
        self._content = content

    def __getitem__(self, expression: str) -> tuple[BaseGeometry, Area]:
        start, middle, end, bounds, anchor = self._index[expression]
        geometry = Geometry(self._content[middle:end], tuple(bounds))
        return shapely.from_wkb(self._content[start:middle]), Area(geometry, anchor)

    def __contains__(self, expression: object) -> bool:
        return expression in self._index

    def __iter__(self) -> Iterator[str]:
        return iter(self._index)

    def __len__(self) -> int:
        return len(self._index)


def open_store(data_home: Path) -> Store | None:
    """Return the store of a data directory, or None where there is none for the versions at hand.

    Raises:
        DataMissingError: no map data are installed there.
    """
    try:
        with (data_home / STORE_NAME).open("rb") as file:
            content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except FileNotFoundError:
        return None
    index_end = len(content) - _LENGTH_BYTES
    index_start = index_end - int.from_bytes(content[index_end:])
    written = orjson.loads(content[index_start:index_end])
    return Store(written["territories"], content) if written["key"] == _key(data_home) else None


def write_store(data_home: Path, territories: Iterator[tuple[str, BaseGeometry, Area]]) -> None:
    """Write a store for the versions at hand, whole or not at all.

    Raises:
        DataMissingError: no map data are installed there.
        DiskError: the disk is full, or the directory cannot be written.
    """
    path = data_home / STORE_NAME
    part = path.with_name(STORE_NAME + PART_SUFFIX)
    index: dict[str, tuple[int, int, int, Any, Any]] = {}
    with disk_errors(path):
        with part.open("wb") as file:
            for expression, geometry, area in territories:
                start = file.tell()
                middle = start + file.write(shapely.to_wkb(geometry))
                end = middle + file.write(area.geometry.json)
                index[expression] = (start, middle, end, area.geometry.bounds, area.anchor)
            footer = orjson.dumps({"key": _key(data_home), "territories": index})
            file.write(footer + len(footer).to_bytes(_LENGTH_BYTES))
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)


def build_store(data_home: Path, progress: Progress) -> None:
    """Work out and store every country, every unit of level 1 and every territory of the library's collection.

    A process of its own does it, because the library looks for map data in HOME alone. An older store is replaced when
    the new one is complete.

    Raises:
        DataMissingError: no map data are installed there.
        StoreError: it failed; the message ends with what the process said last.
    """
    data_version(data_home)
    with tempfile.TemporaryDirectory() as folder:
        environment = {"HOME": str(data_home), "MPLCONFIGDIR": folder, "CACHING": "0", "OPENBLAS_NUM_THREADS": "1"}
        process = subprocess.Popen(  # noqa: S603 - our own module, by our own interpreter
            [sys.executable, "-m", f"{__package__}.prepare"],
            env=environment,
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        last = ""
        with process:
            for last in process.stdout or ():
                done, _, total = last.partition(" of ")
                if done.isdigit():
                    progress(_PROGRESS_LABEL, int(done), int(total))
    if process.returncode:
        raise StoreError(f"The territories could not be prepared: {last.strip()}")


def _key(data_home: Path) -> str:
    """Name everything that a stored geometry depends on."""
    digest = hashlib.sha256(data_version(data_home).encode())
    for package in ("xatra", "shapely", "numpy", "orjson"):
        digest.update(f"{package} {version(package)} ".encode())
    digest.update(shapely.geos_version_string.encode())
    for name in _SOURCES_THAT_COMPUTE:
        digest.update(Path(__file__).with_name(name).read_bytes())
    return digest.hexdigest()
