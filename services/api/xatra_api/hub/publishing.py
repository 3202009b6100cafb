"""The rules of publishing: what an alpha says becomes a version that never changes.

What a program imports may take seconds to find, during which nothing is locked. So publishing looks at the works, works
out what their next versions are, and makes them if the works are as they were; else it looks again.
"""

from collections.abc import Sequence
from typing import Final

import structlog
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool

from xatra_api.allowances import allowance_of, payer_of
from xatra_api.hub import publishing_repository, repository
from xatra_api.hub.publishing_repository import Edition, Source
from xatra_api.hub.schemas import PublicationBody
from xatra_api.hub.service import check_unchanged
from xatra_api.hub.works import Kind, content_hash, own_work, viewer_id
from xatra_api.imports.problems import ImportFilesConflict
from xatra_api.imports.service import ImportService
from xatra_api.resources import Resources
from xatra_shared.http.problems import Problem
from xatra_shared.hub.publications import queue_version
from xatra_shared.identity.callers import Caller
from xatra_shared.queue.model import Origin
from xatra_shared.telemetry.traces import current_traceparent

_TRIES: Final = 10
_RETRY_AFTER_SECONDS: Final = 1

_log = structlog.get_logger(__name__)


class PublishingBusy(Problem):
    """The work, its library or its theme changed each time that it was about to be published."""

    status = 503
    slug = "publishing-busy"
    title = "The work changes faster than it can be published"


async def publish(
    resources: Resources, imports: ImportService, caller: Caller, kind: Kind, name: str, *, expected: int
) -> PublicationBody:
    """Publish a work, and a map's library and theme with it, where they differ from their latest versions.

    Args:
        resources: Of the application.
        imports: Resolves what is imported.
        caller: The author.
        kind: Of the work.
        name: Of the work.
        expected: The alpha that the author means.

    Raises:
        AlphaStale: The alpha has been saved since.
        ProgramNotUnderstood: It is not valid Python.
        ImportsAlpha: It imports what is not published.
        ImportFilesConflict: Map, library and theme read different files of one name.
        PublishingBusy: The works changed all the time.
        Problem: See `own_work` and `ImportService.publication`.
    """

    def look(connection: Connection) -> tuple[int, dict[int, Source]]:
        work = own_work(connection, kind, name, caller)
        check_unchanged(connection, caller, work, expected, resources.settings)
        sources = publishing_repository.get_sources(connection, [work.id])
        whole = sources[work.id]
        part_ids = [part_id for part_id in (whole.library_id, whole.theme_id) if part_id is not None]
        return work.id, sources | publishing_repository.get_sources(connection, part_ids)

    for _ in range(_TRIES):
        async with resources.engine.connect() as connection:
            work_id, sources = await connection.run_sync(look)
        library, theme, whole = await _editions(imports, caller, sources, sources[work_id])
        if not whole.is_new:
            return PublicationBody(status="no_changes", version=whole.number)
        async with resources.engine.begin() as connection:
            is_published = await connection.run_sync(_publish, sources, library, theme, whole, caller, resources)
        if is_published:
            _log.info("work published", work=work_id, version=whole.number, actor=caller.id)
            if kind == "map":
                await run_in_threadpool(resources.waker.wake)
            return PublicationBody(status="published", version=whole.number)
    raise PublishingBusy(headers={"Retry-After": str(_RETRY_AFTER_SECONDS)})


async def _editions(
    imports: ImportService, caller: Caller, sources: dict[int, Source], whole: Source
) -> tuple[Edition | None, Edition | None, Edition]:
    """Return how library, theme and work are published."""
    library, theme = [
        await _edition_of_part(imports, caller, sources[part_id]) if part_id is not None else None
        for part_id in (whole.library_id, whole.theme_id)
    ]
    return library, theme, await _edition(imports, caller, whole, library, theme)


async def _edition_of_part(imports: ImportService, caller: Caller, source: Source) -> Edition | None:
    """Return how a library or theme is published; one that was given up stays as it is."""
    if source.user_id == viewer_id(caller):
        try:
            return await _edition(imports, caller, source)
        except Problem as problem:
            problem.extensions["work"] = f"/{source.kind}/{source.name}"
            raise
    if source.latest_content is None:
        return None
    return Edition(
        source=source,
        number=source.latest_version,
        content=source.latest_content,
        content_hash=source.latest_hash or "",
        files=source.latest_files or {},
        bundle={},
        imports=(),
    )


async def _edition(
    imports: ImportService,
    caller: Caller,
    source: Source,
    library: Edition | None = None,
    theme: Edition | None = None,
) -> Edition:
    parts = [part for part in (library, theme) if part]
    files = _together([part.files for part in parts] + [source.files])
    resolved = await imports.publication(
        source.content,
        caller=caller,
        library=library.part if library else None,
        theme=theme.part if theme else None,
        files=files,
    )
    digest = content_hash(resolved.pinned, files, [(part.source.id, part.number) for part in parts])
    return Edition(
        source=source,
        number=source.latest_version + (digest != source.latest_hash),
        content=resolved.pinned,
        content_hash=digest,
        files=files,
        bundle=resolved.bundle,
        imports=resolved.imports,
    )


def _together(files: Sequence[dict[str, str]]) -> dict[str, str]:
    """Return all files that programs of one scope read."""
    together: dict[str, str] = {}
    for some in files:
        for name, sha256 in some.items():
            if together.setdefault(name, sha256) != sha256:
                raise ImportFilesConflict(
                    f"The map, its library and its theme read different files by the name {name}."
                )
    return together


def _publish(
    connection: Connection,
    sources: dict[int, Source],
    library: Edition | None,
    theme: Edition | None,
    whole: Edition,
    caller: Caller,
    resources: Resources,
) -> bool:
    """Make the new versions, and ask for the map; tell whether the works were as they had been."""
    publishing_repository.lock_works(connection, sources)
    if publishing_repository.get_sources(connection, sources) != sources:
        return False
    library_id = _make(connection, library) if library else None
    theme_id = _make(connection, theme) if theme else None
    version_id = _make(connection, whole, library_id, theme_id)
    if whole.source.kind == "map":
        queue_version(
            connection,
            version_id,
            limits=allowance_of(caller, resources.settings).limits,
            payer=payer_of(caller),
            origin=Origin(structlog.contextvars.get_contextvars().get("request_id"), current_traceparent()),
        )
    return True


def _make(connection: Connection, edition: Edition, library_id: int | None = None, theme_id: int | None = None) -> int:
    """Return the row of a version, which is made where it is new."""
    source = edition.source
    if not edition.is_new and source.latest_id is not None:
        return source.latest_id
    version_id = publishing_repository.add_version(connection, edition, library_id=library_id, theme_id=theme_id)
    repository.keep_files(connection, source.id, edition.number, edition.files.values())
    repository.note_imports(connection, source.id, edition.number, edition.imports)
    return version_id
