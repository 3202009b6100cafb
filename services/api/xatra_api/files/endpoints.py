"""Uploads of files, the caller's list of them, and giving one up."""

from typing import Annotated, Final

from fastapi import APIRouter, Path, Query, Request, Response

from xatra_api.callers import CallerDep
from xatra_api.files import repository, service
from xatra_api.files.media_types import MEDIA_TYPES
from xatra_api.files.schemas import FileList, UploadedFile
from xatra_api.resources import ResourcesDep

router = APIRouter(tags=["files"])

FileName = Annotated[
    str,
    Query(
        pattern=r"^[^/\\\x00-\x1f\x7f]+$",
        max_length=255,
        description="The name that the file has with you; its ending is compared with the content",
    ),
]
Sha256 = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]

_RAW_BODY: Final = {
    "requestBody": {
        "required": True,
        "content": {media_type.name: {"schema": {"type": "string", "format": "binary"}} for media_type in MEDIA_TYPES},
    }
}


@router.put("/files", responses={201: {"model": UploadedFile}}, openapi_extra=_RAW_BODY)
async def upload_file(
    name: FileName, request: Request, response: Response, resources: ResourcesDep, caller: CallerDep
) -> UploadedFile:
    """Store a file, sent as the raw body, for map programs to read.

    Its type is told by its content: CSV (UTF-8), WAV, MP3, OGG, FLAC, M4A, PNG, JPEG, GIF, WebP, or SVG without
    scripts and links. Sending the same content again changes nothing (200 instead of 201).
    """
    async with service.receive(request.stream()) as upload:
        media_type = await service.identify(upload, name=name, content_type=request.headers.get("content-type"))
        is_new = await service.store(resources, caller, upload, media_type)
    response.status_code = 201 if is_new else 200
    return UploadedFile(sha256=upload.sha256, media_type=media_type, size_bytes=upload.size_bytes, name=name)


@router.get("/files")
async def list_files(resources: ResourcesDep, caller: CallerDep) -> FileList:
    """Return the files that you uploaded, the newest first."""
    async with resources.engine.connect() as connection:
        files = await connection.run_sync(repository.list_of, caller.id)
    return FileList(
        files=files,
        used_bytes=sum(file.size_bytes for file in files),
        quota_bytes=service.quota_of(resources, caller).size_bytes,
    )


@router.delete("/files/{sha256}", status_code=204)
async def give_up_file(sha256: Sha256, resources: ResourcesDep, caller: CallerDep) -> None:
    """Take a file from your list. It is deleted when nobody lists it and no map uses it any more."""
    async with resources.engine.begin() as connection:
        await connection.run_sync(service.give_up, caller.id, sha256)
