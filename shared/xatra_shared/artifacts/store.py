"""The artefact store: a directory, or an S3-compatible bucket where there are several machines.

Objects never change: maps and files are named by the SHA-256 of their content, and so is the first part of an
asset's name. How a map is encoded is part of its key, because directories keep no attributes.
"""

import asyncio
import os
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, Unpack
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

if TYPE_CHECKING:
    from obstore import GetResult
    from obstore.store import S3Config

_CHUNK_BYTES: Final = 512 * 1024
_PAGE_OBJECTS: Final = 1000
_DIGEST: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_ASSET_NAME: Final = re.compile(r"[0-9a-f]{64}\.[a-z0-9]{1,8}", re.ASCII)


class ObjectMissing(LookupError):  # noqa: N818 - a state, as in FileNotFound
    """The store has no such object."""


class StoreUnavailable(Exception):  # noqa: N818 - a state
    """The store does not answer, refuses us, or has no room."""


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object that was found, its content still to be read.

    Attributes:
        size_bytes: Length of the content as stored.
        chunks: The content, in parts of some 512 KiB; raises StoreUnavailable if the store stops answering half-way.
    """

    size_bytes: int
    chunks: AsyncIterator[bytes]


@dataclass(frozen=True, slots=True)
class ListedObject:
    """An object as a listing shows it: a digest or an asset's name, and when it was last stored."""

    name: str
    stored_at: datetime


class ArtefactStore:
    """The objects of one directory or bucket.

    Methods raise StoreUnavailable, those that read `ObjectMissing` too, and all of them ValueError for a digest or
    name that cannot be one. An object appears whole or not at all; storing one again, or deleting one that is not
    there, changes nothing. `async` methods are for event loops, the others for threads.
    """

    def __init__(self, store: LocalStore | S3Store, *, directory: Path | None = None) -> None:
        self._store = store
        self._directory = directory

    def put_artefact(self, sha256: str, gzipped: bytes) -> None:
        """Store a map's HTML, gzipped; `sha256` is that of the HTML itself."""
        self._put(artefact_key(sha256), gzipped)

    async def open_artefact(self, sha256: str) -> StoredObject:
        """Find a map's gzipped HTML."""
        key = artefact_key(sha256)
        if self._directory is not None:
            size_bytes = await self.artefact_size(sha256)
            return StoredObject(size_bytes, self._read_in_ranges(key, size_bytes))
        with store_errors():
            result = await obstore.get_async(self._store, key)
        return StoredObject(result.meta["size"], _read_as_stream(result))

    async def artefact_size(self, sha256: str) -> int:
        """Return the size of a map's gzipped HTML in bytes."""
        with store_errors():
            return (await obstore.head_async(self._store, artefact_key(sha256)))["size"]

    def artefact_exists(self, sha256: str) -> bool:
        """Tell whether a map is stored."""
        return self._exists(artefact_key(sha256))

    def delete_artefact(self, sha256: str) -> None:
        """Delete a map."""
        self._delete(artefact_key(sha256))

    async def put_file(self, sha256: str, content: BinaryIO) -> None:
        """Store an uploaded file, read in parts from the start of `content`."""
        content.seek(0)
        with store_errors():
            await obstore.put_async(self._store, file_key(sha256), content)
            await asyncio.to_thread(self._flush, file_key(sha256))

    def get_file(self, sha256: str) -> bytes:
        """Return an uploaded file's content."""
        return self.get_object(file_key(sha256))

    def file_exists(self, sha256: str) -> bool:
        """Tell whether an uploaded file is stored."""
        return self._exists(file_key(sha256))

    def delete_file(self, sha256: str) -> None:
        """Delete an uploaded file."""
        self._delete(file_key(sha256))

    def put_asset(self, name: str, content: bytes) -> None:
        """Store an asset, `<sha256>.<extension>`, where it is not there yet."""
        if not self._exists(asset_key(name)):
            self._put(asset_key(name), content)

    async def get_asset(self, name: str) -> bytes:
        """Return an asset's content."""
        with store_errors():
            result = await obstore.get_async(self._store, asset_key(name))
            return (await result.bytes_async()).to_bytes()

    def delete_asset(self, name: str) -> None:
        """Delete an asset."""
        self._delete(asset_key(name))

    def get_object(self, key: str) -> bytes:
        """Return what lies under a key of this store's, as stored."""
        with store_errors():
            return obstore.get(self._store, key).bytes().to_bytes()

    def put_object(self, key: str, content: bytes) -> None:
        """Store an object again as it was stored before, where it is not there."""
        if not self._exists(key):
            self._put(key, content)

    def list_artefacts(self) -> Iterator[list[ListedObject]]:
        """Yield all maps, in pages."""
        return self._list("artefacts", _DIGEST)

    def list_files(self) -> Iterator[list[ListedObject]]:
        """Yield all uploaded files, in pages."""
        return self._list("files", _DIGEST)

    def list_assets(self) -> Iterator[list[ListedObject]]:
        """Yield all assets, in pages."""
        return self._list("assets", _ASSET_NAME)

    async def ping(self) -> None:
        """Return if the store answers.

        Raises:
            StoreUnavailable: It does not.
        """
        try:
            with store_errors():
                await obstore.head_async(self._store, "ping")
        except ObjectMissing:
            pass

    async def _read_in_ranges(self, key: str, size_bytes: int) -> AsyncIterator[bytes]:
        """Read from a directory, whose stream would come in steps of 8 KiB: eight times the work."""
        with store_errors():
            for start in range(0, size_bytes, _CHUNK_BYTES):
                chunk = await obstore.get_range_async(self._store, key, start=start, length=_CHUNK_BYTES)
                yield chunk.to_bytes()

    def _list(self, prefix: str, pattern: re.Pattern[str]) -> Iterator[list[ListedObject]]:
        """Yield what lies below a prefix; what has no name of ours is not ours."""
        with store_errors():
            for page in obstore.list(self._store, prefix, chunk_size=_PAGE_OBJECTS):
                listed = [
                    ListedObject(meta["path"].rpartition("/")[2].removesuffix(".html.gz"), meta["last_modified"])
                    for meta in page
                ]
                yield [entry for entry in listed if pattern.fullmatch(entry.name)]

    def _put(self, key: str, content: bytes) -> None:
        with store_errors():
            obstore.put(self._store, key, content)
            self._flush(key)

    def _flush(self, key: str) -> None:
        """Have the disk keep what a directory was given: no row in the database shall outlive its object."""
        if self._directory is None:
            return
        path = self._directory / key
        with suppress(FileNotFoundError):  # deleted meanwhile: whoever writes the row looks again
            for written in (path, path.parent):
                descriptor = os.open(written, os.O_RDONLY)
                try:
                    os.fsync(descriptor)
                finally:
                    os.close(descriptor)

    def _exists(self, key: str) -> bool:
        try:
            with store_errors():
                obstore.head(self._store, key)
        except ObjectMissing:
            return False
        return True

    def _delete(self, key: str) -> None:
        try:
            with store_errors():
                obstore.delete(self._store, key)
        except ObjectMissing:
            pass


def open_store(url: str) -> ArtefactStore:
    """Return the store at `url`.

    Raises:
        ValueError: The URL is of neither form that `connect` knows.
    """
    store, directory = connect(url)
    return ArtefactStore(store, directory=directory)


def connect(
    url: str, *, timeout_seconds: int = 30, **s3_options: "Unpack[S3Config]"
) -> tuple[LocalStore | S3Store, Path | None]:
    """Return the directory or bucket at `url`, and where the directory is.

    Args:
        url: `file:///DIRECTORY`, made readable by its owner alone if it is not there, or `s3://BUCKET[/PREFIX]`,
            with credentials, region and `AWS_ENDPOINT_URL` in the environment. The credentials must be allowed to
            list the bucket: else S3 answers 403 where an object is missing.
        timeout_seconds: How long one request to S3 may take.
        s3_options: What counts instead of the environment.

    Raises:
        ValueError: The URL is of neither form.
    """
    parts = urlsplit(url)
    match parts.scheme, parts.netloc, parts.path:
        case "file", "" | "localhost", path if path.startswith("/"):
            directory = Path(unquote(path))
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            return LocalStore(directory), directory
        case "s3", bucket, _ if bucket:
            return S3Store.from_url(
                url,
                # Whether plain HTTP will do is for whoever writes the endpoint's address to say.
                client_options={"allow_http": True, "connect_timeout": "5s", "timeout": f"{timeout_seconds}s"},
                retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=15)},
                **s3_options,
            ), None
        case _:
            raise ValueError(f"A store is file:///DIRECTORY or s3://BUCKET[/PREFIX], not {url!r}")


async def _read_as_stream(result: "GetResult") -> AsyncIterator[bytes]:
    with store_errors():
        async for chunk in result.stream(min_chunk_size=_CHUNK_BYTES):
            yield chunk


@contextmanager
def store_errors() -> Iterator[None]:
    """Turn what obstore raises into `ObjectMissing` and `StoreUnavailable`."""
    try:
        yield
    except FileNotFoundError as error:
        raise ObjectMissing from error
    except (BaseError, OSError) as error:
        raise StoreUnavailable(str(error).partition("\n")[0]) from error


def artefact_key(sha256: str) -> str:
    """Return where a map lies, gzipped; `sha256` is that of the HTML itself."""
    return f"artefacts/{_sharded(sha256)}.html.gz"


def file_key(sha256: str) -> str:
    """Return where an uploaded file lies."""
    return f"files/{_sharded(sha256)}"


def asset_key(name: str) -> str:
    """Return where an asset lies, whose name begins with its digest."""
    if not _ASSET_NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no asset's name")
    return f"assets/{name}"


def _sharded(sha256: str) -> str:
    """Return the digest below its first two digits: directories with few entries each."""
    if not _DIGEST.fullmatch(sha256):
        raise ValueError(f"{sha256!r} is no SHA-256 in hexadecimal")
    return f"{sha256[:2]}/{sha256}"
