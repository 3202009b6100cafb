"""The routes by which other sites show maps."""

import hashlib
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import Connection

from xatra_api.caching import IfNoneMatch, known_tag
from xatra_api.embedding import service
from xatra_api.embedding.pages import map_page, message_page
from xatra_api.embedding.schemas import OembedBody
from xatra_api.hub.works import WorkHidden
from xatra_api.resources import Resources, ResourcesDep
from xatra_shared.http.problems import Problem

router = APIRouter(tags=["embedding"])

_HTML: Final = "text/html; charset=utf-8"
_PAGE: Final[dict[str, Any]] = {"content": {"text/html": {}}}
_PAGES: Final[dict[int | str, dict[str, Any]]] = {
    200: _PAGE,
    304: {"description": "The client has it"},
    404: {"description": "There is no such map", **_PAGE},
    410: {"description": "Administrators have hidden the map", **_PAGE},
}


@router.get("/embed/{name}", response_class=Response, responses=_PAGES)
async def embed_latest(
    name: str, request: Request, resources: ResourcesDep, if_none_match: IfNoneMatch = None
) -> Response:
    """Return a page with the latest version of a map, for other pages to frame."""
    return await _embed(name, None, request, resources, if_none_match)


@router.get("/embed/{name}/{version}", response_class=Response, responses=_PAGES)
async def embed_version(
    name: str, version: str, request: Request, resources: ResourcesDep, if_none_match: IfNoneMatch = None
) -> Response:
    """Return a page with one published version of a map, for other pages to frame."""
    return await _embed(name, version, request, resources, if_none_match)


@router.get("/oembed")
async def oembed(
    url: Annotated[str, Query(max_length=2000, description="Of a map's page, or of the page that others frame")],
    request: Request,
    response: Response,
    resources: ResourcesDep,
    maxwidth: Annotated[int | None, Query(ge=1, le=100_000, description="In pixels")] = None,
    maxheight: Annotated[int | None, Query(ge=1, le=100_000, description="In pixels")] = None,
    format_: Annotated[str, Query(alias="format", max_length=20, description="`json`")] = "json",
) -> OembedBody:
    """Tell how to show a published map on another page (oEmbed 1.0)."""
    if format_ != "json":
        raise service.FormatNotImplemented

    def find(connection: Connection) -> OembedBody:
        shown = service.find(connection, service.address_in(url, resources.settings), resources.settings)
        return service.describe(
            shown, service.site_of(connection, resources.settings, _origin(request)), maxwidth, maxheight
        )

    async with resources.engine.connect() as connection:
        body = await connection.run_sync(find)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = f"public, max-age={service.CACHE_SECONDS}"
    return body


async def _embed(
    name: str, version: str | None, request: Request, resources: Resources, if_none_match: str | None
) -> Response:
    """Answer with a page, whatever there is: what is framed is for people."""
    async with resources.engine.connect() as connection:
        site = await connection.run_sync(service.site_of, resources.settings, _origin(request))
        headers = {"Content-Security-Policy": site.policy, "Cross-Origin-Resource-Policy": "cross-origin"}
        try:
            shown = await connection.run_sync(service.find, service.address(name, version), resources.settings)
        except WorkHidden as problem:
            page = message_page(f"{problem.title}: {problem.occurrence}", site)
            return Response(page, problem.status, headers, _HTML)
        except Problem as problem:
            return Response(message_page(f"{problem.title}.", site), problem.status, headers, _HTML)
    page = map_page(shown, site)
    tag = hashlib.sha256(page.encode()).hexdigest()
    headers["ETag"] = f'"{tag}"'
    headers["Cache-Control"] = "no-cache" if shown.is_pending else f"public, max-age={service.CACHE_SECONDS}"
    if known_tag(if_none_match, {tag}):
        return Response(status_code=304, headers=headers)
    return Response(page, headers=headers, media_type=_HTML)


def _origin(request: Request) -> str:
    return f"{request.url.scheme}://{request.headers['host']}"
