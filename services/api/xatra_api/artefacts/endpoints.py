"""Maps and map assets, immutable: what a client has once, it never needs to fetch again."""

import re
from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi import APIRouter, Header, Path, Query, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse
from starlette.background import BackgroundTask

from xatra_api.artefacts import service
from xatra_api.artefacts.media_types import ASSET_MEDIA_TYPES
from xatra_api.artefacts.policy import artefact_policy
from xatra_api.artefacts.service import Representation
from xatra_api.caching import IMMUTABLE, UNCHANGED, IfNoneMatch, known_tag
from xatra_api.resources import Resources, ResourcesDep

router = APIRouter(tags=["artefacts"])

_HTML: Final = "text/html; charset=utf-8"
_FILE_NAME: Final = re.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")


@router.get(
    "/artefacts/{sha256}",
    response_class=Response,
    responses=UNCHANGED
    | {200: {"content": {"text/html": {}}}, 308: {"description": "It lies on the site that maps have"}},
)
@router.head("/artefacts/{sha256}", include_in_schema=False)
async def get_artefact(
    sha256: Annotated[str, Path(pattern="^[0-9a-f]{64}$", description="Of the map's HTML")],
    request: Request,
    resources: ResourcesDep,
    download: Annotated[
        str | None,
        Query(
            description="Present: one file that opens from disk, with all that the map loads from here; by the name "
            "that this is, if it is one of letters, digits and `_.-`"
        ),
    ] = None,
    accept_encoding: Annotated[str | None, Header()] = None,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """Return a rendered map.

    A map's content never changes, so that a client which names its entity tag has it, whatever became of it here:
    the answer 304 looks nothing up.
    """
    site = urlsplit(resources.settings.artefact_origin or "")
    if site.hostname and site.hostname != request.url.hostname:
        return RedirectResponse(request.url.replace(scheme=site.scheme, netloc=site.netloc), 308)
    representation = service.choose(download=download is not None, accept_encoding=accept_encoding)
    headers = {
        "Cache-Control": IMMUTABLE,
        "Content-Security-Policy": artefact_policy(_assets_url(request, resources), has_site=bool(site.hostname)),
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Vary": "Accept-Encoding",
    }
    if site.hostname:
        headers["Referrer-Policy"] = "strict-origin"  # OpenStreetMap's tile servers answer nobody who does not say
    alike = {Representation.FILE} if download is not None else {Representation.GZIP, Representation.PLAIN}
    if tag := known_tag(if_none_match, {form.tag(sha256) for form in alike}):
        return Response(status_code=304, headers={**headers, "ETag": f'"{tag}"'})

    find = service.describe_artefact if request.method == "HEAD" else service.open_artefact
    content = await find(resources.store, sha256, representation)
    headers["ETag"] = f'"{representation.tag(sha256)}"'
    if content.size_bytes is not None:
        headers["Content-Length"] = str(content.size_bytes)
    if representation is Representation.GZIP:
        headers["Content-Encoding"] = "gzip"
    if representation is Representation.FILE:
        name = download if download and _FILE_NAME.fullmatch(download) else f"map-{sha256[:8]}"
        headers["Content-Disposition"] = f'attachment; filename="{name}.html"'
    return StreamingResponse(
        content.chunks,
        media_type=_HTML,
        headers=headers,
        background=BackgroundTask(service.touch, resources.engine, sha256),
    )


@router.get(
    "/assets/{name}",
    response_class=Response,
    responses=UNCHANGED
    | {200: {"content": {media_type.partition(";")[0]: {} for media_type in ASSET_MEDIA_TYPES.values()}}},
)
@router.head("/assets/{name}", include_in_schema=False)
async def get_asset(
    name: Annotated[str, Path(pattern=r"^[0-9a-f]{64}\.[a-z0-9]{1,8}$", description="<sha256>.<extension>")],
    resources: ResourcesDep,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """Return a script, style sheet, font or picture that maps load; any page may."""
    tag = name.partition(".")[0]
    headers = {
        "Access-Control-Allow-Origin": "*",
        "Cache-Control": IMMUTABLE,
        "Cross-Origin-Resource-Policy": "cross-origin",
        "ETag": f'"{tag}"',
    }
    if known_tag(if_none_match, {tag}):
        return Response(status_code=304, headers=headers)
    content, media_type = await service.read_asset(resources.store, name)
    return Response(content, media_type=media_type, headers=headers)


def _assets_url(request: Request, resources: Resources) -> str:
    settings = resources.settings
    origin = settings.artefact_origin or f"{request.url.scheme}://{request.headers['host']}"
    return f"{origin}{settings.api_path}/assets/"
