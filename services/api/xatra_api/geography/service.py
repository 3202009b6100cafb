"""The rules of searching the map data: which index holds, and what cannot be asked of it."""

import asyncio
import time
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.concurrency import run_in_threadpool

from xatra_api.geography import repository
from xatra_shared.geography.searching import UnitIndex
from xatra_shared.geography.units import Country, Unit
from xatra_shared.http.problems import Problem

_log = structlog.get_logger(__name__)

_VERSION_KNOWN_SECONDS: Final = 10.0
_RETRY_AFTER_SECONDS: Final = 5


class NotIndexed(Problem):
    """No render worker has put an index of its map data into the database yet."""

    status = 503
    slug = "geography-not-indexed"
    title = "The map data have not been indexed yet"


class UnitNotFound(Problem):
    """The map data have no unit of this id."""

    status = 404
    slug = "unit-not-found"
    title = "The map data have no such unit"


class CountryNotFound(Problem):
    """The map data have no country of this id."""

    status = 404
    slug = "country-not-found"
    title = "The map data have no such country"


class NotInMapData(Problem):
    """A search or a map asks for countries, or levels of them, that the map data do not have."""

    status = 422
    slug = "not-in-map-data"
    title = "The map data do not have what was asked for"


@dataclass(frozen=True, slots=True)
class PublishedIndex:
    """An index, and the version of the map data that it is of."""

    data_version: str
    units: UnitIndex

    def unit(self, unit_id: str) -> Unit:
        """Return a unit.

        Raises:
            UnitNotFound: There is none of this id.
        """
        unit = self.units.get(unit_id)
        if unit is None:
            raise UnitNotFound
        return unit

    def country(self, country_id: str) -> Country:
        """Return a country.

        Raises:
            CountryNotFound: There is none of this id.
        """
        country = self.units.countries.get(country_id)
        if country is None:
            raise CountryNotFound
        return country

    def check(self, countries: Collection[str], level: int | None = None) -> None:
        """Refuse countries that are not in the map data, or do not have a level.

        Raises:
            NotInMapData: Says which.
        """
        errors = [error for country in sorted(set(countries)) if (error := self._lack(country, level))]
        if errors:
            raise NotInMapData(" ".join(error["message"] for error in errors), errors=errors)

    def _lack(self, country_id: str, level: int | None) -> dict[str, str] | None:
        country = self.units.countries.get(country_id)
        if country is None:
            return {"country": country_id, "message": f"There is no country {country_id}."}
        levels = [found.level for found in country.levels]
        if level is None or level in levels:
            return None
        return {"country": country_id, "message": f"{country_id} has no level {level}, but {_listed(levels)}."}


class Geography:
    """The index that holds now, as one application process has it."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._published: PublishedIndex | None = None
        self._looked_at = 0.0
        self._looking = asyncio.Lock()

    async def index(self) -> PublishedIndex:
        """Return the index of the data with which maps are rendered, as it was ten seconds ago at most.

        Raises:
            NotIndexed: There is none yet.
        """
        if self._is_due:
            async with self._looking:
                if self._is_due:
                    await self._look()
        if self._published is None:
            raise NotIndexed("It will be here in a moment.", headers={"Retry-After": str(_RETRY_AFTER_SECONDS)})
        return self._published

    @property
    def _is_due(self) -> bool:
        return self._published is None or time.monotonic() - self._looked_at > _VERSION_KNOWN_SECONDS

    async def _look(self) -> None:
        try:
            async with self._engine.connect() as connection:
                version = await connection.run_sync(repository.indexed_version)
                if version and not (self._published and self._published.data_version == version):
                    content = await connection.run_sync(repository.read_index, version)
                    if content:
                        self._published = PublishedIndex(version, await run_in_threadpool(UnitIndex, content))
                        _log.info(
                            "geography opened", data_version=version, countries=len(self._published.units.countries)
                        )
        except SQLAlchemyError as error:
            if self._published is None:
                raise
            _log.warning("geography not looked for", error=str(error))  # what we have is good enough meanwhile
        self._looked_at = time.monotonic()


def _listed(levels: Collection[int]) -> str:
    return f"levels {', '.join(map(str, levels))}" if len(levels) > 1 else f"level {min(levels)} alone"
