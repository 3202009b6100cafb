"""The manifest of a data directory: which files make up the map data, and the version that follows from them."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from xatra_render_worker.data.disk import PART_SUFFIX, write_file
from xatra_render_worker.data.errors import DataError

MANIFEST_NAME = "manifest.json"
VERSION_DIGITS = 16

# The library looks for its data below HOME (`data_installer.py` of the library), which is the data directory here.
DATA_PATH = Path(".xatra", "data")
CACHE_PATH = Path(".xatra", "cache")
GADM_PATH = DATA_PATH / "gadm"
RIVERS_PATH = DATA_PATH / "rivers_overpass_india"

_COUNTRY_FILE = re.compile(rf"{GADM_PATH.as_posix()}/gadm41_([A-Z0-9]{{3}})_\d\.json")
# The library writes these beside the data when it may; they follow from the data and are none.
_LIBRARY_CACHES = re.compile(r".*\.pickle|_merged_features.*\.json")


class DataMissingError(DataError):
    """There are no map data, or no telling which."""


@dataclass(frozen=True, order=True)
class DataFile:
    """One file of the map data.

    Attributes:
        path: Relative to the data directory, with forward slashes.
        sha256: The hash of its bytes, in hexadecimal.
        size_bytes: How many bytes it has.
    """

    path: str
    sha256: str
    size_bytes: int

    @classmethod
    def of(cls, data_home: Path, path: Path) -> "DataFile":
        """Describe a file as it is now."""
        with path.open("rb") as handle:
            digest = hashlib.file_digest(handle, "sha256").hexdigest()
        return cls(path.relative_to(data_home).as_posix(), digest, path.stat().st_size)

    @property
    def country(self) -> str | None:
        """The ISO 3166 alpha-3 code of the country whose units the file holds, or None."""
        match = _COUNTRY_FILE.fullmatch(self.path)
        return match[1] if match else None

    def problem(self, data_home: Path) -> str | None:
        """Say what is wrong with the file below this directory, or None."""
        path = data_home / self.path
        if not path.is_file():
            return f"{self.path} is missing"
        if DataFile.of(data_home, path) != self:
            return f"{self.path} is damaged: its content is not what was installed"
        return None


@dataclass(frozen=True)
class Manifest:
    """All files of the map data, and where they came from.

    Attributes:
        source: What made the data.
        files: Sorted by path.
    """

    source: str
    files: tuple[DataFile, ...]

    @classmethod
    def of(cls, source: str, files: Iterable[DataFile]) -> "Manifest":
        """Make a manifest of files in any order."""
        return cls(source, tuple(sorted(files)))

    @property
    def countries(self) -> tuple[str, ...]:
        """ISO 3166 alpha-3 codes, sorted."""
        return tuple(sorted({file.country for file in self.files if file.country}))

    @property
    def size_bytes(self) -> int:
        """The size of all data files."""
        return sum(file.size_bytes for file in self.files)

    @property
    def version(self) -> str:
        """The data version: the first 16 hexadecimal digits of the SHA-256 of the manifest's bytes."""
        return hashlib.sha256(self.to_bytes()).hexdigest()[:VERSION_DIGITS]

    def to_bytes(self) -> bytes:
        """Serialise canonically: the same data always give the same bytes."""
        document = {
            "source": self.source,
            "countries": self.countries,
            "files": [asdict(file) for file in self.files],
        }
        return json.dumps(document, sort_keys=True, indent=1).encode() + b"\n"


def data_version(data_home: Path) -> str:
    """Return the version of the map data in a data directory.

    Args:
        data_home: The data directory.

    Returns:
        16 hexadecimal digits that change with any data file.

    Raises:
        DataMissingError: No map data are installed there.
    """
    return read_manifest(data_home).version


def read_manifest(data_home: Path) -> Manifest:
    """Read the manifest of a data directory.

    Args:
        data_home: The data directory.

    Returns:
        What is installed there, if the files are still as they were.

    Raises:
        DataMissingError: There is no manifest, or it cannot be understood.
    """
    path = data_home / MANIFEST_NAME
    try:
        document = json.loads(path.read_bytes())
        return Manifest.of(str(document["source"]), (DataFile(**file) for file in document["files"]))
    except FileNotFoundError as error:
        raise DataMissingError(f"There are no map data in {data_home}: install them with `make data`.") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataMissingError(f"{path} cannot be read: install the map data again with `make data`.") from error


def write_manifest(data_home: Path, source: str) -> Manifest:
    """List every data file that is there, and write the list.

    Args:
        data_home: The data directory.
        source: What made the data.

    Returns:
        The manifest that was written.

    Raises:
        DiskError: It cannot be written.
    """
    manifest = describe(data_home, source)
    save_manifest(data_home, manifest)
    return manifest


def describe(data_home: Path, source: str) -> Manifest:
    """List every data file that is there."""
    return Manifest.of(source, (DataFile.of(data_home, path) for path in _data_files(data_home)))


def save_manifest(data_home: Path, manifest: Manifest) -> None:
    """Write a manifest into the data directory that it describes.

    Raises:
        DiskError: It cannot be written.
    """
    write_file(data_home / MANIFEST_NAME, manifest.to_bytes())


def verify(data_home: Path) -> list[str]:
    """Compare the files in a data directory with its manifest.

    Args:
        data_home: The data directory.

    Returns:
        One sentence for each file that is missing, damaged, or there without being listed; empty when all is well.

    Raises:
        DataMissingError: There is no manifest to compare with.
    """
    manifest = read_manifest(data_home)
    listed = {file.path for file in manifest.files}
    present = (path.relative_to(data_home).as_posix() for path in _data_files(data_home))
    return [
        *(problem for file in manifest.files if (problem := file.problem(data_home))),
        *(f"{path} is not part of the installed data" for path in sorted(present) if path not in listed),
    ]


def _data_files(data_home: Path) -> Iterator[Path]:
    for path in (data_home / DATA_PATH).rglob("*"):
        if path.is_file() and path.suffix != PART_SUFFIX and not _LIBRARY_CACHES.fullmatch(path.name):
            yield path
