"""The rules of forks, and of who imports whom."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from xatra_api.hub import lineage_repository, naming, repository
from xatra_api.hub.schemas import ForkBody, ImporterList, InfoBody, OutdatedImporterList, SaveBody, WorkBody
from xatra_api.hub.service import (
    PART_KINDS,
    VersionNotFound,
    create_work,
    describe_work,
    read_imports,
    without_author,
)
from xatra_api.hub.works import Kind, NotTheAuthor, Work, WorkHidden, author_id, readable_work, viewer_id
from xatra_api.imports.service import ImportService
from xatra_api.resources import Resources
from xatra_shared.identity.callers import Caller

if TYPE_CHECKING:
    from xatra_api.hub.repository import Alpha, VersionContent


@dataclass(frozen=True, slots=True)
class _Original:
    """What is forked.

    Attributes:
        kind: Of the work.
        work_id: The work.
        version: A published one; None: its alpha.
        body: What the fork says.
    """

    kind: Kind
    work_id: int
    version: int | None
    body: SaveBody


async def fork(
    resources: Resources, imports: ImportService, caller: Caller, kind: Kind, name: str, body: ForkBody
) -> WorkBody:
    """Make a work from a published version of another, or from an alpha of one's own.

    The library and theme of a map are its fork's too where they are the caller's; others are forked with it.

    Raises:
        NotSignedIn: The caller is a guest.
        NotTheAuthor: It is the alpha of somebody else's work.
        VersionNotFound: There is no such version.
        NameNotAllowed: The name is written wrongly, or reserved.
        NameTaken: The name is or was another's.
        WorkHidden: Administrators have hidden the work, or its library or theme.
        Problem: See `readable_work`.
    """
    async with resources.engine.connect() as connection:
        original, *parts = await connection.run_sync(_originals, caller, kind, name, body)
    found = {one.work_id: await read_imports(imports, one.body.content) for one in (original, *parts)}

    def make(connection: Connection, one: _Original, one_name: str) -> int:
        located = imports.locate(connection, found[one.work_id], caller)
        lineage = (one.work_id, one.version)
        return create_work(connection, caller, one.kind, one_name, one.body, located, forked_from=lineage)

    def make_all(connection: Connection) -> WorkBody:
        names = {}
        for part in parts:
            part_name = naming.take_like(connection, part.kind, body.name, author_id(caller))
            make(connection, part, part_name)
            names[_role(part.kind)] = part_name
        whole = replace(original, body=original.body.model_copy(update=names))
        return describe_work(connection, make(connection, whole, body.name), caller, resources.settings)

    async with resources.engine.begin() as connection:
        return await connection.run_sync(make_all)


def read_info(connection: Connection, kind: Kind, name: str, caller: Caller) -> InfoBody:
    """Return where a work comes from, and what came of it.

    Raises:
        Problem: See `readable_work`.
    """
    work, viewer = readable_work(connection, kind, name, caller), viewer_id(caller)
    fields = repository.get_work(connection, work.id, viewer)
    return InfoBody(
        description=fields["description"],
        display_type=fields["display_type"],
        forked_from=fields["forked_from"],
        forks=lineage_repository.list_forks(connection, work.id, viewer),
        importers=[body for _, body in lineage_repository.list_importers(connection, work.id, viewer)],
        imports=lineage_repository.list_imports(connection, work.id, work.latest_version, viewer),
        timeline=lineage_repository.list_events(connection, work.id),
    )


def read_importers(
    connection: Connection, kind: Kind, name: str, caller: Caller, cursor: int | None, limit: int
) -> ImporterList:
    """Return who imports a work, a page at a time; see `lineage_repository.list_importers`.

    Raises:
        Problem: See `readable_work`.
    """
    work = readable_work(connection, kind, name, caller)
    found = lineage_repository.list_importers(connection, work.id, viewer_id(caller), before=cursor, limit=limit + 1)
    page = found[:limit]
    return ImporterList(importers=[body for _, body in page], next_cursor=page[-1][0] if len(found) > limit else None)


def read_outdated(connection: Connection, kind: Kind, name: str, caller: Caller) -> OutdatedImporterList:
    """Return which of the caller's works have an older version of a work than its latest.

    Raises:
        NotSignedIn: The caller is a guest.
        Problem: See `readable_work`.
    """
    user_id = author_id(caller)
    work = readable_work(connection, kind, name, caller)
    return OutdatedImporterList(
        latest_version=work.latest_version, importers=lineage_repository.list_outdated(connection, work.id, user_id)
    )


def _originals(connection: Connection, caller: Caller, kind: Kind, name: str, body: ForkBody) -> list[_Original]:
    """Return what is forked: the work, and of a map's library and theme those that are not the caller's."""
    user_id = author_id(caller)
    naming.check_new(kind, body.name)
    work = readable_work(connection, kind, name, caller)
    version = _version_to_fork(work, caller, body)
    _, about = repository.get_stored(connection, work.id)
    said: dict[str, Any] = {
        "description": about.description,
        "display_type": about.display_type,
        "visibility": body.visibility,
    }
    copies: list[_Original] = []
    for part in lineage_repository.list_parts(connection, work.id, version):
        if part.user_id == user_id:
            said[_role(part.kind)] = part.name
        elif part.hidden_reason is not None:
            raise WorkHidden(part.hidden_reason, reason=part.hidden_reason)
        else:
            content = _content(connection, part.work_id, part.version)
            copied = SaveBody.model_construct(**content, visibility=body.visibility)
            copies.append(_Original(part.kind, part.work_id, part.version, copied))
    whole = SaveBody.model_construct(**_content(connection, work.id, version), **said)
    return [_Original(work.kind, work.id, version, whole), *copies]


def _version_to_fork(work: Work, caller: Caller, body: ForkBody) -> int | None:
    """Return the version, or None for the alpha."""
    if body.version == "alpha" or (body.version is None and not work.latest_version and work.is_of(caller)):
        if not work.is_of(caller):
            raise NotTheAuthor("Others fork what is published.")
        return None
    return body.version or work.latest_version


def _content(connection: Connection, work_id: int, version: int | None) -> dict[str, Any]:
    """Return what a version says, or an alpha, but nothing of its author."""
    said: Alpha | VersionContent | None
    if version is None:
        said, _ = repository.get_stored(connection, work_id)
    else:
        said = repository.get_version(connection, work_id, version)
    if said is None:
        raise VersionNotFound
    return {"content": said.content, "files": said.files, "metadata": without_author(said.metadata)}


def _role(kind: Kind) -> str:
    return next(role for role, part_kind in PART_KINDS.items() if part_kind == kind)
