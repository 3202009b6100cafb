"""The routes of the geography: searching the map data, and maps to pick from."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from xatra_api.caching import UNCHANGED, IfNoneMatch, known_tag
from xatra_api.callers import CallerDep
from xatra_api.geography import presets
from xatra_api.geography.schemas import (
    MAX_LEVEL,
    CountryBody,
    CountryId,
    CountryList,
    LevelBody,
    LevelList,
    ReferenceMapBody,
    TerritoryMapBody,
    UnitBody,
    UnitList,
)
from xatra_api.geography.service import Geography, PublishedIndex
from xatra_api.imports.endpoints import ImportsDep
from xatra_api.renders.endpoints import RENDER_RESPONSES, AskDep
from xatra_api.renders.schemas import RenderBody, RenderRequestBody
from xatra_api.resources import ResourcesDep

router = APIRouter(prefix="/geography", tags=["geography"])


async def _published(request: Request) -> PublishedIndex:
    geography: Geography = request.app.state.geography
    return await geography.index()


PublishedDep = Annotated[PublishedIndex, Depends(_published)]


def _freshness(
    published: PublishedDep, resources: ResourcesDep, response: Response, if_none_match: IfNoneMatch = None
) -> Response | None:
    """Return the answer for a client that has this one; answers change with the map data and with the release."""
    tag = f"{published.data_version}-{resources.settings.release}"
    headers = {"Cache-Control": "public, no-cache", "ETag": f'"{tag}"'}
    if known_tag(if_none_match, {tag}):
        return Response(status_code=304, headers=headers)
    response.headers.update(headers)
    return None


UnchangedDep = Annotated[Response | None, Depends(_freshness)]


@router.get("/units", response_model=UnitList, responses=UNCHANGED)
async def search_units(
    published: PublishedDep,
    unchanged: UnchangedDep,
    q: Annotated[str, Query(max_length=200, description="An id, or a part of a name; none: every unit")] = "",
    country: Annotated[CountryId | None, Query(description="Only units among this country's data")] = None,
    level: Annotated[int | None, Query(ge=0, le=MAX_LEVEL)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Response | UnitList:
    """Search administrative units by id and name, whatever the case, accents and spaces.

    Those whose name begins so come first, then those with a word that does, then those with a name that has it anywhere.
    """
    if country:
        published.check([country])
    if unchanged:
        return unchanged
    units = published.units.search(q, country=country, level=level, limit=limit)
    return UnitList(units=[UnitBody.of(unit) for unit in units])


@router.get("/units/{unit_id}", response_model=UnitBody, responses=UNCHANGED)
async def get_unit(
    unit_id: Annotated[str, Path(max_length=100, description="Such as `IND.12.3`")],
    published: PublishedDep,
    unchanged: UnchangedDep,
) -> Response | UnitBody:
    """Return one administrative unit."""
    unit = published.unit(unit_id)
    return unchanged or UnitBody.of(unit)


@router.get("/countries", response_model=CountryList, responses=UNCHANGED)
async def list_countries(published: PublishedDep, unchanged: UnchangedDep) -> Response | CountryList:
    """Return the countries of the map data, with the levels that each has."""
    countries = published.units.countries.values()
    return unchanged or CountryList(countries=[CountryBody.of(country) for country in countries])


@router.get("/countries/{country_id}/levels", response_model=LevelList, responses=UNCHANGED)
async def list_levels(
    country_id: Annotated[str, Path(max_length=100, description="ISO 3166 alpha-3 code")],
    published: PublishedDep,
    unchanged: UnchangedDep,
) -> Response | LevelList:
    """Return the levels of a country: how many units each has, and what they are."""
    country = published.country(country_id)
    return unchanged or LevelList(levels=[LevelBody.of(level) for level in country.levels])


@router.post("/reference-maps", responses=RENDER_RESPONSES)
async def create_reference_map(body: ReferenceMapBody, published: PublishedDep, ask: AskDep) -> RenderBody:
    """Ask for a map to pick units and rivers from; the answer is that of `POST /renders`."""
    published.check(body.countries, body.level)
    program = presets.reference_map(body.countries, body.level, rivers=body.rivers)
    return await ask(RenderRequestBody(program=program))


@router.post("/territory-maps", responses=RENDER_RESPONSES)
async def create_territory_map(
    body: TerritoryMapBody, caller: CallerDep, imports: ImportsDep, ask: AskDep
) -> RenderBody:
    """Ask for a map to pick territories of a library from; the answer is that of `POST /renders`.

    The latest version of a library and that version by its number are the same map.
    """
    program = presets.territory_map(body.library, body.territories)
    if body.library:
        program = (await imports.bundle(program, caller=caller)).pinned
    return await ask(RenderRequestBody(program=program))
