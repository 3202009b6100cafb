"""The rules for serving maps and assets: which representation, and what the store's answers mean."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import StrEnum

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from xatra_api.artefacts.encoding import accepts_gzip, gunzip
from xatra_api.artefacts.media_types import ASSET_MEDIA_TYPES
from xatra_api.artefacts.standalone import standalone
from xatra_shared.artifacts.store import ArtefactStore, ObjectMissing
from xatra_shared.http.problems import Problem
from xatra_shared.queue import repository

_log = structlog.get_logger(__name__)


class ArtefactNotFound(Problem):
    """No map has this digest; it may be past retention."""

    status = 404
    slug = "artefact-not-found"
    title = "There is no such map"


class AssetNotFound(Problem):
    """No asset has this name."""

    status = 404
    slug = "asset-not-found"
    title = "There is no such asset"


class Representation(StrEnum):
    """The forms in which a map is served; a form's value is the end of its entity tag, since strong tags differ."""

    GZIP = "-gzip"
    PLAIN = ""
    FILE = "-file"

    def tag(self, sha256: str) -> str:
        """Return the entity tag of a map in this form."""
        return f"{sha256}{self}"


@dataclass(frozen=True, slots=True)
class Content:
    """A map in one of its forms.

    Attributes:
        chunks: The bytes.
        size_bytes: How many, where that is known beforehand.
    """

    chunks: AsyncIterator[bytes]
    size_bytes: int | None


def choose(*, download: bool, accept_encoding: str | None) -> Representation:
    """Return the form that a request asks for."""
    if download:
        return Representation.FILE
    return Representation.GZIP if accepts_gzip(accept_encoding) else Representation.PLAIN


async def open_artefact(store: ArtefactStore, sha256: str, representation: Representation) -> Content:
    """Find a map.

    Raises:
        ArtefactNotFound: There is none of this digest.
    """
    try:
        stored = await store.open_artefact(sha256)
    except ObjectMissing:
        raise ArtefactNotFound from None
    match representation:
        case Representation.GZIP:
            return Content(stored.chunks, stored.size_bytes)
        case Representation.PLAIN:
            return Content(gunzip(stored.chunks), None)
        case Representation.FILE:
            return Content(standalone(gunzip(stored.chunks), store.get_asset), None)


async def describe_artefact(store: ArtefactStore, sha256: str, representation: Representation) -> Content:
    """Find a map without reading it.

    Raises:
        ArtefactNotFound: There is none of this digest.
    """
    try:
        size_bytes = await store.artefact_size(sha256)
    except ObjectMissing:
        raise ArtefactNotFound from None
    return Content(_nothing(), size_bytes if representation is Representation.GZIP else None)


async def read_asset(store: ArtefactStore, name: str) -> tuple[bytes, str]:
    """Return an asset's content and media type.

    Raises:
        AssetNotFound: There is none of this name.
    """
    media_type = ASSET_MEDIA_TYPES.get(name.rpartition(".")[2])
    if media_type is None:
        raise AssetNotFound
    try:
        return await store.get_asset(name), media_type
    except ObjectMissing:
        raise AssetNotFound from None


async def touch(engine: AsyncEngine, sha256: str) -> None:
    """Note that somebody looked at a map; a database that does not answer is no matter."""
    try:
        async with engine.begin() as connection:
            await connection.run_sync(repository.touch_artefact, sha256)
    except SQLAlchemyError as error:
        _log.warning("use of an artefact not noted", error=type(error).__name__)


async def _nothing() -> AsyncIterator[bytes]:
    empty: tuple[bytes, ...] = ()
    for chunk in empty:
        yield chunk
