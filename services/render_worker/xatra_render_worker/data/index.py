"""Has the units of the installed map data in the database, as an index that the api searches."""

import mmap
import re
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import orjson
import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from xatra_render_worker.data import index_repository as repository
from xatra_render_worker.data.manifest import DataFile, Manifest, read_manifest
from xatra_render_worker.settings import RenderWorkerSettings
from xatra_shared.database.engine import make_engine
from xatra_shared.geography.building import build_index
from xatra_shared.geography.units import Unit

_log = structlog.get_logger(__name__)

_LOOK_AGAIN_SECONDS: Final = 30
_INDEX_SECONDS: Final = 600  # on a slow machine that has other work, for the whole world

# The properties of a feature: an object without objects in it. Outlines, which are nearly all of a file, stay unparsed.
_PROPERTIES: Final = re.compile(rb'"properties"\s*:\s*(\{[^{}"]*(?:"(?:[^"\\]|\\.)*"[^{}"]*)*\})')
_REVISION: Final = re.compile(r"_\d+$")  # GADM's "IND.31_1" is "IND.31" to programs
_ID: Final = re.compile(r"\w+(\.\w+)*")
_MISSING: Final = frozenset({"", "NA"})


def keep_indexed(settings: RenderWorkerSettings) -> None:
    """Make the index of the installed data unless the database has it; return when it does.

    One worker makes it while others go on. Whoever finds the database gone, or another one at work, looks again later.

    Args:
        settings: Name the data directory and the database.

    Raises:
        DataMissingError: No map data are installed there.
        OSError: They cannot be read.
    """
    manifest = read_manifest(settings.map_data)
    url = settings.database_url.get_secret_value()
    engine = make_engine(url, application_name="xatra-render-worker-index", pool_size=1, idle_seconds=_INDEX_SECONDS)
    while not _is_indexed(engine, settings.map_data, manifest):
        time.sleep(_LOOK_AGAIN_SECONDS)
    engine.dispose()


def _is_indexed(engine: Engine, data_home: Path, manifest: Manifest) -> bool:
    try:
        with repository.at_work_alone(engine) as connection:
            if connection is None:
                return False
            if not repository.has_index(connection, manifest.version):
                started = time.monotonic()
                content = build_index(read_units(data_home, manifest))
                repository.add_index(connection, manifest.version, content)
                _log.info("map data indexed", size_bytes=len(content), seconds=round(time.monotonic() - started, 1))
            return True
    except SQLAlchemyError as error:
        _log.warning("map data not indexed", error=str(error))
        return False


def read_units(data_home: Path, manifest: Manifest) -> Iterator[Unit]:
    """Yield every administrative unit of map data, in the order of level and country.

    Args:
        data_home: The data directory.
        manifest: What is installed there.

    Raises:
        OSError: The data cannot be read.
    """
    files = [(_level(file), file.country, data_home / file.path) for file in manifest.files if file.country]
    for level, country, path in sorted(files):
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            for match in _PROPERTIES.finditer(content):
                if unit := _unit(orjson.loads(match[1]), country, level):
                    yield unit


def _level(file: DataFile) -> int:
    return int(Path(file.path).stem[-1])


def _unit(properties: Mapping[str, Any], country: str, level: int) -> Unit | None:
    """Return the unit with these properties; None where GADM gives it no id."""
    unit_id = _id(properties, level)
    if unit_id is None:
        return None
    is_disputed_country = level == 0 and unit_id != country  # GADM then names the country that has it
    name = (None if is_disputed_country else _name(properties, level)) or unit_id
    variants = dict.fromkeys(_texts(properties, f"VARNAME_{level}", f"NL_NAME_{level}"))
    variants.pop(name, None)
    return Unit(
        id=unit_id,
        name=name,
        variants=tuple(variants),
        country=country,
        level=level,
        parent=_id(properties, level - 1) if level else None,
        within=tuple(_name(properties, above) or "" for above in range(level)),
        type=next(_texts(properties, f"ENGTYPE_{level}"), None),
    )


def _id(properties: Mapping[str, Any], level: int) -> str | None:
    text = next(_texts(properties, f"GID_{level}"), "")
    return _REVISION.sub("", text) if _ID.fullmatch(text) else None


def _name(properties: Mapping[str, Any], level: int) -> str | None:
    return next(_texts(properties, f"NAME_{level}" if level else "COUNTRY"), None)


def _texts(properties: Mapping[str, Any], *keys: str) -> Iterator[str]:
    """Yield what GADM says under these keys: several texts have bars between them, and none is "NA"."""
    for key in keys:
        value = properties.get(key)
        texts = value.split("|") if isinstance(value, str) else ()
        yield from (text for part in texts if (text := part.strip()) not in _MISSING)
