"""The routes of thumbnails: authors set them, everyone sees them."""

from typing import Annotated, Final

from fastapi import APIRouter, Path, Request, Response

from xatra_api.caching import IMMUTABLE, UNCHANGED, IfNoneMatch, known_tag
from xatra_api.hub.works import KindPath, NamePath, ReaderDep, WriterDep
from xatra_api.resources import ResourcesDep
from xatra_api.thumbnails import service
from xatra_api.thumbnails.schemas import ThumbnailBody

router = APIRouter(tags=["thumbnails"])

_RAW_BODY: Final = {
    "requestBody": {
        "required": True,
        "content": {name: {"schema": {"type": "string", "format": "binary"}} for name in sorted(service.PICTURE_TYPES)},
    }
}
_PRIVATE: Final = "private, max-age=31536000, immutable"


@router.put("/hub/{kind}/{name}/thumbnail", openapi_extra=_RAW_BODY)
async def set_thumbnail(
    kind: KindPath, name: NamePath, request: Request, resources: ResourcesDep, caller: WriterDep
) -> ThumbnailBody:
    """Let a picture, sent as the raw body, be your work's thumbnail: a PNG, JPEG or WebP of at most 4096 pixels each way.

    What is kept is a WebP of at most 640 by 400 pixels, on white, without what else was in the file.
    """
    return await service.set_thumbnail(resources, caller, kind, name, await request.body())


@router.delete("/hub/{kind}/{name}/thumbnail", status_code=204)
async def clear_thumbnail(kind: KindPath, name: NamePath, resources: ResourcesDep, caller: WriterDep) -> None:
    """Let your work have no thumbnail."""
    async with resources.engine.begin() as connection:
        await connection.run_sync(service.clear_thumbnail, caller, kind, name)


@router.get(
    "/thumbnails/{sha256}",
    response_class=Response,
    responses=UNCHANGED | {200: {"content": {service.MEDIA_TYPE: {}}}},
)
async def get_thumbnail(
    sha256: Annotated[str, Path(pattern="^[0-9a-f]{64}$", description="As a work's `thumbnail_url` says")],
    resources: ResourcesDep,
    caller: ReaderDep,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """Return the thumbnail of a work that you may see. It never changes: another one has another address."""
    if known_tag(if_none_match, {sha256}):
        return Response(status_code=304, headers={"ETag": f'"{sha256}"'})
    content, standing = await service.read_thumbnail(resources, caller, sha256)
    headers = {"ETag": f'"{sha256}"', "Cache-Control": IMMUTABLE if standing.is_public else _PRIVATE}
    if standing.is_public:
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return Response(content, media_type=service.MEDIA_TYPE, headers=headers)
