"""The rules for thumbnails: whose works get them, what pictures are taken, and who sees them."""

import hashlib
import io
from typing import Final

from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool

from xatra_api.files.repository import add as add_file
from xatra_api.files.service import stored
from xatra_api.hub.works import Kind, own_work, viewer_id
from xatra_api.resources import Resources
from xatra_api.thumbnails import repository
from xatra_api.thumbnails.repository import Standing
from xatra_api.thumbnails.schemas import ThumbnailBody
from xatra_shared.artifacts.store import ObjectMissing
from xatra_shared.http.problems import Problem
from xatra_shared.http.rate_limits import Rule
from xatra_shared.identity.callers import Caller

MAX_PICTURE_BYTES: Final = 2_000_000
PICTURE_TYPES: Final = frozenset({"image/png", "image/jpeg", "image/webp"})
MEDIA_TYPE: Final = "image/webp"

_CHANGES: Final = Rule("thumbnails", 20, 60)


class PictureNotAccepted(Problem):
    """It is no picture, or none that becomes a thumbnail."""

    status = 422
    slug = "picture-not-accepted"
    title = "No thumbnail can be made of this"


class ThumbnailNotFound(Problem):
    """No work that one may see has this picture."""

    status = 404
    slug = "thumbnail-not-found"
    title = "There is no such thumbnail"


async def set_thumbnail(resources: Resources, caller: Caller, kind: Kind, name: str, picture: bytes) -> ThumbnailBody:
    """Let a picture be the thumbnail of the caller's own work.

    Raises:
        PictureNotAccepted: It is no PNG, JPEG or WebP, has too many pixels, or takes too long to read.
        TooManyRequests: They change thumbnails too often.
        TooManyPrograms: The machine is too busy.
        Problem: See `own_work`.
    """
    async with resources.engine.connect() as connection:  # before anything is made of it
        await connection.run_sync(own_work, kind, name, caller)
    await resources.limits.spend(_CHANGES, caller.network)
    thumbnail = await _convert(resources, picture)
    sha256 = hashlib.sha256(thumbnail).hexdigest()
    async with stored(resources, sha256, io.BytesIO(thumbnail)) as connection:
        work = await connection.run_sync(own_work, kind, name, caller)
        await connection.run_sync(add_file, sha256, MEDIA_TYPE, len(thumbnail))
        await connection.run_sync(repository.set_thumbnail, work.id, sha256)
    return ThumbnailBody(
        sha256=sha256, url=f"{resources.settings.api_path}/thumbnails/{sha256}", size_bytes=len(thumbnail)
    )


def clear_thumbnail(connection: Connection, caller: Caller, kind: Kind, name: str) -> None:
    """Let the caller's own work have no thumbnail; see `own_work` for what is refused."""
    repository.clear_thumbnail(connection, own_work(connection, kind, name, caller).id)


async def read_thumbnail(resources: Resources, caller: Caller, sha256: str) -> tuple[bytes, Standing]:
    """Return a picture, and what it is to the caller.

    A digest is no secret: only what is a thumbnail of a work that the caller may see is shown.

    Raises:
        ThumbnailNotFound: It is none of those.
    """
    async with resources.engine.connect() as connection:
        standing = await connection.run_sync(repository.standing_of, sha256, viewer_id(caller))
    if not (standing.is_public or standing.is_own):
        raise ThumbnailNotFound
    try:
        return await run_in_threadpool(resources.store.get_file, sha256), standing
    except ObjectMissing:
        raise ThumbnailNotFound from None


async def _convert(resources: Resources, picture: bytes) -> bytes:
    answer = await resources.processes.run(["-m", "xatra_api.thumbnails.converting"], picture)
    if answer is None:
        raise PictureNotAccepted("It is no PNG, JPEG or WebP, is damaged, or takes too long to read.")
    if not answer.startswith(b"RIFF"):
        raise PictureNotAccepted(answer.decode())
    return answer
