"""The rules for uploaded files: what may be uploaded, by whom, and how much."""

import asyncio
import hashlib
import tempfile
from collections.abc import AsyncIterable, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import BinaryIO, Final, cast

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.concurrency import run_in_threadpool

from xatra_api.allowances import allowance_of
from xatra_api.files import repository
from xatra_api.files.media_types import MEDIA_TYPES, agrees, recognise
from xatra_api.resources import Resources
from xatra_shared.artifacts.store import StoreUnavailable
from xatra_shared.http.problems import Problem
from xatra_shared.identity.callers import Caller
from xatra_shared.queue.objects import hold_object
from xatra_shared.queue.repository import lock

_IN_MEMORY_BYTES: Final = 256 * 1024


class UnsupportedFileType(Problem):
    """The content is of no type that map programs can use."""

    status = 415
    slug = "unsupported-file-type"
    title = "Files of this type are not accepted"


class FileTypeMismatch(Problem):
    """Name or `Content-Type` say one type, the content is another."""

    status = 422
    slug = "file-type-mismatch"
    title = "The file is not what it claims to be"


class FileQuotaSpent(Problem):
    """The caller's files together would count more than they may."""

    status = 413
    slug = "file-quota"
    title = "Your files together are too large or too many"


class FileNotYours(Problem):
    """The caller has no such file."""

    status = 404
    slug = "file-not-found"
    title = "You have no such file"


@dataclass(frozen=True, slots=True)
class Quota:
    """What one caller may store, and all callers of its network together: cookies cost nothing, networks do."""

    size_bytes: int
    files: int
    address_bytes: int | None


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that has arrived."""

    content: BinaryIO
    sha256: str
    size_bytes: int


@asynccontextmanager
async def receive(chunks: AsyncIterable[bytes]) -> AsyncIterator[Upload]:
    """Take a file in as it comes, into a temporary file if it is large, which is gone when the context ends.

    Raises:
        StoreUnavailable: There is no room for the temporary file.
    """
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES) as spooled:
        content = cast("BinaryIO", spooled)
        digest = hashlib.sha256()
        async for chunk in chunks:
            digest.update(chunk)
            try:
                content.write(chunk)
            except OSError as error:
                raise StoreUnavailable("no room for an upload") from error
        yield Upload(content, digest.hexdigest(), content.tell())


async def identify(upload: Upload, *, name: str, content_type: str | None) -> str:
    """Return the media type of an upload's content.

    Raises:
        UnsupportedFileType: It is of no type that map programs can use.
        FileTypeMismatch: Its name or `Content-Type` claims another.
    """
    media_type = await asyncio.to_thread(recognise, upload.content)
    if media_type is None:
        accepted = ", ".join(media_type.name for media_type in MEDIA_TYPES)
        raise UnsupportedFileType(f"Accepted are {accepted}; text has to be UTF-8, and SVG without scripts and links.")
    if not agrees(media_type, name=name, content_type=content_type):
        raise FileTypeMismatch(f"The content is {media_type.name}.")
    return media_type.name


def quota_of(resources: Resources, caller: Caller) -> Quota:
    """Return what a caller may store."""
    allowance = allowance_of(caller, resources.settings)
    return Quota(allowance.file_bytes, resources.settings.file_quota_files, allowance.network_file_bytes)


async def store(resources: Resources, caller: Caller, upload: Upload, media_type: str) -> bool:
    """Store an upload as the caller's; tell whether it is new to the caller.

    Raises:
        FileQuotaSpent: The caller's files would be too large or too many.
        StoreUnavailable: The store does not take it.
    """
    quota = quota_of(resources, caller)
    async with resources.engine.begin() as connection:
        await connection.run_sync(reserve, caller, upload, quota)
    async with stored(resources, upload.sha256, upload.content) as connection:
        return await connection.run_sync(record, caller, upload, media_type, quota)


@asynccontextmanager
async def stored(resources: Resources, sha256: str, content: BinaryIO) -> AsyncIterator[AsyncConnection]:
    """Store a content, and begin the transaction that records it, until whose end retention leaves it alone.

    Raises:
        StoreUnavailable: The store does not take it.
    """
    await resources.store.put_file(sha256, content)
    async with resources.engine.begin() as connection:
        await connection.run_sync(hold_object, sha256)
        if not await run_in_threadpool(resources.store.file_exists, sha256):  # retention was faster
            await resources.store.put_file(sha256, content)
        yield connection


async def keep(resources: Resources, caller: Caller, content: bytes, *, name: str) -> str:
    """Store a content that came otherwise than as an upload, and return its sha256.

    Raises:
        Problem: See `identify` and `store`.
    """

    async def chunks() -> AsyncIterator[bytes]:
        yield content

    async with receive(chunks()) as upload:
        media_type = await identify(upload, name=name, content_type=None)
        await store(resources, caller, upload, media_type)
    return upload.sha256


def reserve(connection: Connection, caller: Caller, upload: Upload, quota: Quota) -> None:
    """Refuse an upload that the quota does not hold before it is stored, and keep retention from its bytes.

    Raises:
        FileQuotaSpent: The caller's files would be too large or too many.
    """
    _check_quota(connection, caller, upload, quota)
    repository.missing(connection, [upload.sha256])


def record(connection: Connection, caller: Caller, upload: Upload, media_type: str, quota: Quota) -> bool:
    """Count a stored file as the caller's; tell whether it is new to the caller.

    Uploads from one network take turns here, so that together they cannot pass the quota.

    Raises:
        FileQuotaSpent: The caller's files would be too large or too many.
    """
    lock(connection, f"files:{caller.network}")
    is_new = _check_quota(connection, caller, upload, quota)
    repository.add(connection, upload.sha256, media_type, upload.size_bytes)
    repository.own(connection, caller, upload.sha256)
    return is_new


def give_up(connection: Connection, caller: str, sha256: str) -> None:
    """Take a file from the caller's list; it goes when nobody has it and nothing uses it any more.

    Raises:
        FileNotYours: It is not in the list.
    """
    if not repository.give_up(connection, caller, sha256):
        raise FileNotYours


def _check_quota(connection: Connection, caller: Caller, upload: Upload, quota: Quota) -> bool:
    """Return whether the file is new to the caller; one that is not counts nothing."""
    if repository.is_owner(connection, caller.id, upload.sha256):
        return False
    usage = repository.usage(connection, caller)
    if quota.address_bytes is not None and usage.address_bytes + upload.size_bytes > quota.address_bytes:
        raise FileQuotaSpent("Everyone at your address together has stored as much as they may.")
    if usage.size_bytes + upload.size_bytes > quota.size_bytes or usage.files >= quota.files:
        raise FileQuotaSpent(
            f"You may store {quota.files} files of {quota.size_bytes} bytes together. Delete some that you do not need.",
            used_bytes=usage.size_bytes,
            quota_bytes=quota.size_bytes,
        )
    return True
