"""The routes of works: saving, publishing and changing one's own, and reading all that one may see."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response

from xatra_api.caching import UNCHANGED, IfNoneMatch, answer
from xatra_api.hub import lineage, naming, publishing, service
from xatra_api.hub.schemas import (
    AlphaBody,
    ChangeBody,
    ConfirmBody,
    ForkBody,
    ImporterList,
    InfoBody,
    OutdatedImporterList,
    PublicationBody,
    SaveBody,
    SuggestionBody,
    VersionBody,
    WorkBody,
)
from xatra_api.hub.works import KindPath, NamePath, ReaderDep, WriterDep
from xatra_api.imports.service import ImportService
from xatra_api.resources import ResourcesDep

router = APIRouter(prefix="/hub", tags=["hub"])


def _imports(request: Request) -> ImportService:
    imports: ImportService = request.app.state.imports
    return imports


ImportsDep = Annotated[ImportService, Depends(_imports)]


IfMatch = Annotated[
    str | None,
    Header(pattern=r'^"[0-9]{1,18}"$', description='The alpha on which this builds, by its entity tag: `"7"`'),
]


def _expected(if_match: IfMatch = None) -> int:
    """Return the version of the alpha that a client means."""
    if if_match is None:
        raise service.PreconditionRequired("Name the alpha that you mean: `If-Match` with its entity tag.")
    return int(if_match.strip('"'))


ExpectedDep = Annotated[int, Depends(_expected)]


def _base(
    if_match: IfMatch = None,
    if_none_match: Annotated[Literal["*"] | None, Header(description="`*`: make a new work")] = None,
) -> int | None:
    """Return the version of the alpha that a client has changed; None: it makes a new work."""
    return None if if_none_match else _expected(if_match)


BaseDep = Annotated[int | None, Depends(_base)]

VersionPath = Annotated[str, Path(pattern="^([1-9][0-9]{0,17}|latest)$", description="A number, or `latest`")]


@router.get("/names/{kind}/suggestion")
async def suggest_name(
    kind: KindPath,
    _caller: ReaderDep,
    resources: ResourcesDep,
    base: Annotated[str, Query(max_length=200, description="What the name should be like")] = "",
) -> SuggestionBody:
    """Return a name for a new work that nobody has or had."""
    async with resources.engine.connect() as connection:
        return SuggestionBody(name=await connection.run_sync(naming.suggest, kind, base))


@router.put("/{kind}/{name}/alpha", responses={201: {"model": WorkBody}})
async def save(
    kind: KindPath,
    name: NamePath,
    body: SaveBody,
    response: Response,
    caller: WriterDep,
    resources: ResourcesDep,
    imports: ImportsDep,
    base: BaseDep,
) -> WorkBody:
    """Make a work (`If-None-Match: *`), or save one's own (`If-Match` with the alpha's entity tag).

    A save of what is no longer the newest is answered by 412, with what was read, what is here now, and what both come
    from. One that changes nothing makes no new version of the alpha.
    """
    if base is None:
        work = await service.create(resources, imports, caller, kind, name, body)
        response.status_code = 201
        response.headers["Location"] = f"{resources.settings.api_path}/hub/{kind}/{work.name}"
    else:
        work = await service.save(resources, imports, caller, kind, name, body, expected=base)
    response.headers["ETag"] = f'"{work.alpha.version}"'
    return work


@router.get("/{kind}/{name}", response_model=WorkBody, responses=UNCHANGED)
async def read(
    kind: KindPath, name: NamePath, caller: ReaderDep, resources: ResourcesDep, if_none_match: IfNoneMatch = None
) -> Response:
    """Return a work with its alpha and its versions."""
    async with resources.engine.connect() as connection:
        body = await connection.run_sync(service.read_work, kind, name, caller, resources.settings)
    return answer(body, if_none_match)


@router.get("/{kind}/{name}/alpha", response_model=AlphaBody, responses=UNCHANGED)
async def read_alpha(
    kind: KindPath, name: NamePath, caller: ReaderDep, resources: ResourcesDep, if_none_match: IfNoneMatch = None
) -> Response:
    """Return what a work says now; the entity tag is what saving and publishing ask for."""
    async with resources.engine.connect() as connection:
        body = await connection.run_sync(service.read_alpha, kind, name, caller)
    return answer(body, if_none_match, tag=str(body.version))


@router.get("/{kind}/{name}/versions/{version}", response_model=VersionBody, responses=UNCHANGED)
async def read_version(
    kind: KindPath,
    name: NamePath,
    version: VersionPath,
    caller: ReaderDep,
    resources: ResourcesDep,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """Return a published version."""
    number = None if version == "latest" else int(version)
    async with resources.engine.connect() as connection:
        body = await connection.run_sync(service.read_version, kind, name, caller, number, resources.settings)
    return answer(body, if_none_match)


@router.patch("/{kind}/{name}")
async def change(
    kind: KindPath, name: NamePath, body: ChangeBody, caller: WriterDep, resources: ResourcesDep
) -> WorkBody:
    """Change what is said of one's own work, who may see it, its library and theme, and, until it is published, its name."""
    async with resources.engine.begin() as connection:
        return await connection.run_sync(service.change, caller, kind, name, body, resources.settings)


@router.delete("/{kind}/{name}", status_code=204)
async def delete(kind: KindPath, name: NamePath, caller: WriterDep, resources: ResourcesDep) -> None:
    """Delete one's own work, which was never published."""
    async with resources.engine.begin() as connection:
        await connection.run_sync(service.delete_work, caller, kind, name)


@router.post(
    "/{kind}/{name}/publish",
    responses={200: {"description": "The latest version says the same"}, 201: {"model": PublicationBody}},
)
async def publish(
    kind: KindPath,
    name: NamePath,
    response: Response,
    caller: WriterDep,
    resources: ResourcesDep,
    imports: ImportsDep,
    expected: ExpectedDep,
) -> PublicationBody:
    """Make the alpha of one's own work its next version, with a map's library and theme.

    Imports that name no version are written with the one that they lead to now. The map is drawn afterwards: see
    `artefact` of the version.
    """
    published = await publishing.publish(resources, imports, caller, kind, name, expected=expected)
    if published.status == "published":
        response.status_code = 201
        address = f"{resources.settings.api_path}/hub/{kind}/{name}/versions/{published.version}"
        response.headers["Location"] = address
    return published


@router.post("/{kind}/{name}/fork", status_code=201)
async def fork(
    kind: KindPath,
    name: NamePath,
    body: ForkBody,
    response: Response,
    caller: WriterDep,
    resources: ResourcesDep,
    imports: ImportsDep,
) -> WorkBody:
    """Make a work of one's own from a published one, or from the alpha of one of one's own."""
    work = await lineage.fork(resources, imports, caller, kind, name, body)
    response.headers["Location"] = f"{resources.settings.api_path}/hub/{kind}/{work.name}"
    response.headers["ETag"] = f'"{work.alpha.version}"'
    return work


@router.get("/{kind}/{name}/info", response_model=InfoBody, responses=UNCHANGED)
async def read_info(
    kind: KindPath, name: NamePath, caller: ReaderDep, resources: ResourcesDep, if_none_match: IfNoneMatch = None
) -> Response:
    """Return where a work comes from and what came of it."""
    async with resources.engine.connect() as connection:
        body = await connection.run_sync(lineage.read_info, kind, name, caller)
    return answer(body, if_none_match)


@router.get("/{kind}/{name}/importers", response_model=ImporterList, responses=UNCHANGED)
async def read_importers(
    kind: KindPath,
    name: NamePath,
    caller: ReaderDep,
    resources: ResourcesDep,
    cursor: Annotated[int | None, Query(ge=1, lt=1 << 53, description="`next_cursor` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 30,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """Return which works import a work: listed ones by their latest versions, your own also by their alphas."""
    async with resources.engine.connect() as connection:
        body = await connection.run_sync(lineage.read_importers, kind, name, caller, cursor, limit)
    return answer(body, if_none_match)


@router.get("/{kind}/{name}/outdated-importers", response_model=OutdatedImporterList, responses=UNCHANGED)
async def read_outdated_importers(
    kind: KindPath, name: NamePath, caller: ReaderDep, resources: ResourcesDep, if_none_match: IfNoneMatch = None
) -> Response:
    """Return which of your works have an older version of a work than its latest, which publishing anew may change."""
    async with resources.engine.connect() as connection:
        body = await connection.run_sync(lineage.read_outdated, kind, name, caller)
    return answer(body, if_none_match)


@router.post("/{kind}/{name}/disassociate")
async def disassociate(
    kind: KindPath, name: NamePath, body: ConfirmBody, caller: WriterDep, resources: ResourcesDep
) -> WorkBody:
    """Give up one's own published work, for good: it is nobody's then, stays as it is, and others go on importing it."""
    async with resources.engine.begin() as connection:
        return await connection.run_sync(service.disassociate, caller, kind, name, body.confirm, resources.settings)
