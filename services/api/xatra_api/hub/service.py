"""The rules of works: making, saving, changing and giving them up, and what is told of them.

Everything runs inside the caller's transaction, but for reading what a program imports, which may take seconds.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any, Final, Literal

import structlog
from sqlalchemy import Connection

from xatra_api.files import repository as files
from xatra_api.hub import names_repository, naming, repository
from xatra_api.hub.repository import About, Alpha, Artefact, Part
from xatra_api.hub.schemas import (
    AlphaBody,
    ArtefactStateBody,
    ChangeBody,
    PartBody,
    SaveBody,
    VersionBody,
    VersionSummary,
    WorkBody,
    WorkFields,
)
from xatra_api.hub.works import Kind, Work, author_id, find_work, own_work, readable_work, viewer_id, whole_content
from xatra_api.imports.service import HubImport, ImportService, ResolvedImport
from xatra_api.renders.schemas import ErrorBody
from xatra_api.renders.service import FilesMissing
from xatra_api.resources import Resources
from xatra_api.settings import ApiSettings
from xatra_shared.http.problems import Problem
from xatra_shared.identity.callers import Caller

type Role = Literal["library", "theme"]

PART_KINDS: Final[dict[Role, Kind]] = {"library": "lib", "theme": "css"}
"""What the library and the theme of a map are."""

_EMPTY: Final = Alpha("", {}, {}, None, None)
_PLAIN: Final = About("", "", "public")

_log = structlog.get_logger(__name__)


class PreconditionRequired(Problem):
    """A save that does not say what it builds on could overwrite what its author never saw (RFC 6585)."""

    status = 428
    slug = "precondition-required"
    title = "Say what this builds on"


class AlphaStale(Problem):
    """Somebody has saved the work since the client read it."""

    status = 412
    slug = "stale"
    title = "The work has been saved since you read it"


class VersionNotFound(Problem):
    """The work has no published version of this number, or none at all."""

    status = 404
    slug = "version-not-found"
    title = "There is no such version"


class PartNotAllowed(Problem):
    """The library or theme of a map is another work of the same author."""

    status = 422
    slug = "part-not-allowed"
    title = "A map may have a library and a theme, works of the same author"


class AlreadyPublished(Problem):
    """The work is published, so that others may depend on it."""

    status = 409
    slug = "already-published"
    title = "A work that was published cannot be deleted, only given up"


class NotPublished(Problem):
    """The work is not published, so that it can simply be deleted."""

    status = 409
    slug = "not-published"
    title = "Only a work that was published can be given up"


class NotConfirmed(Problem):
    """What cannot be undone was not confirmed by the work's name."""

    status = 422
    slug = "not-confirmed"
    title = "Type the name of the work to confirm this"


async def create(
    resources: Resources, imports: ImportService, caller: Caller, kind: Kind, name: str, body: SaveBody
) -> WorkBody:
    """Make a work.

    Raises:
        Problem: See `create_work`.
    """
    author_id(caller)
    found = await read_imports(imports, body.content)

    def make(connection: Connection) -> WorkBody:
        located = imports.locate(connection, found, caller)
        work_id = create_work(connection, caller, kind, name, body, located)
        return describe_work(connection, work_id, caller, resources.settings)

    async with resources.engine.begin() as connection:
        return await connection.run_sync(make)


async def save(
    resources: Resources,
    imports: ImportService,
    caller: Caller,
    kind: Kind,
    name: str,
    body: SaveBody,
    *,
    expected: int,
) -> WorkBody:
    """Save an alpha; what was not sent stays as it is.

    Args:
        resources: Of the application.
        imports: Finds what it imports.
        caller: Its author.
        kind: Of the work.
        name: Of the work.
        body: What changes.
        expected: The version of the alpha on which the changes build.

    Raises:
        AlphaStale: It has been saved since.
        Problem: See `own_work` and `save_work`.
    """
    author_id(caller)
    found = await read_imports(imports, body.content) if "content" in body.model_fields_set else None

    def change(connection: Connection) -> WorkBody:
        work = own_work(connection, kind, name, caller)
        check_unchanged(connection, caller, work, expected, resources.settings)
        located = None if found is None else imports.locate(connection, found, caller)
        save_work(connection, caller, work, body, located)
        return describe_work(connection, work.id, caller, resources.settings)

    async with resources.engine.begin() as connection:
        return await connection.run_sync(change)


async def read_imports(imports: ImportService, content: str) -> list[HubImport]:
    """Return what a program imports from the hub, to be noted when it is saved; nothing while it is half-written."""
    try:
        return await imports.read(content)
    except Problem:
        return []


# --- changes ---


def create_work(
    connection: Connection,
    caller: Caller,
    kind: Kind,
    name: str,
    body: SaveBody,
    imports: Sequence[ResolvedImport],
    *,
    forked_from: tuple[int, int | None] | None = None,
) -> int:
    """Make a work, with its author's vote, and return its number.

    Args:
        connection: In whose transaction.
        caller: Its author.
        kind: Of the work.
        name: Which is new.
        body: What it says, and what is said of it.
        imports: What it imports: `ImportService.locate` of `read_imports`, in the same transaction.
        forked_from: Number of the work from which it was made, and the version, None for its alpha.

    Raises:
        NotSignedIn: The caller is a guest.
        NameNotAllowed: The name is written wrongly, or reserved.
        NameTaken: The name is or was another's.
        FilesMissing: It reads files that are not here.
        PartNotAllowed: Its library or theme is not the caller's, or it is no map.
    """
    user_id = author_id(caller)
    alpha = _with_changes(connection, caller, kind, _EMPTY, body)
    about = _about(_PLAIN, body)
    naming.take(connection, kind, name, user_id)
    work_id = repository.add_work(connection, kind, name, user_id, alpha=alpha, about=about, forked_from=forked_from)
    names_repository.lead_to(connection, kind, name, work_id)
    if about.visibility != "private":
        names_repository.mark_public(connection, work_id)
    repository.keep_files(connection, work_id, 0, alpha.files.values())
    repository.note_imports(connection, work_id, 0, imports)
    _log.info("work created", work=work_id, kind=kind, actor=user_id)
    return work_id


def save_work(
    connection: Connection,
    caller: Caller,
    work: Work,
    body: SaveBody | ChangeBody,
    imports: Sequence[ResolvedImport] | None,
) -> None:
    """Change a work that `own_work` returned; what was not sent stays as it is, and what is equal is no change.

    Args:
        connection: In whose transaction.
        caller: Its author.
        work: The work, locked.
        body: What changes.
        imports: What its new content imports; None: the content stays as it is.

    Raises:
        NameLocked: It gets another name, but is published.
        NameNotAllowed: Its new name is written wrongly, or reserved.
        NameTaken: Its new name is or was another's.
        FilesMissing: It reads files that are not here.
        PartNotAllowed: Its library or theme is not the caller's, or it is no map.
    """
    old_alpha, old_about = repository.get_stored(connection, work.id)
    alpha = _with_changes(connection, caller, work.kind, old_alpha, body)
    if _json(alpha) != _json(old_alpha):
        repository.save_alpha(connection, work.id, alpha)
        if alpha.files != old_alpha.files:
            repository.keep_files(connection, work.id, 0, alpha.files.values())
        if imports is not None:
            repository.note_imports(connection, work.id, 0, imports)
    about, name = _about(old_about, body), _new_name(connection, caller, work, body)
    if (about, name) != (old_about, work.name):
        repository.set_about(connection, work.id, name, about)
        if about.visibility != "private":
            names_repository.mark_public(connection, work.id)
        names_repository.free_unseen(connection, work.id, but=name)


def check_unchanged(connection: Connection, caller: Caller, work: Work, expected: int, settings: ApiSettings) -> None:
    """Refuse what builds on an alpha that is no longer the newest.

    Raises:
        AlphaStale: It has been saved since; with what a merge of three needs.
    """
    if work.alpha_version == expected:
        return
    raise AlphaStale(
        f"You read version {expected} of the alpha; it is at {work.alpha_version} now. Merge, and save again.",
        yours_was=expected,
        base=repository.get_base(connection, work.id, expected),
        current=describe_work(connection, work.id, caller, settings).model_dump(mode="json"),
    )


def change(
    connection: Connection, caller: Caller, kind: Kind, name: str, body: ChangeBody, settings: ApiSettings
) -> WorkBody:
    """Change what is said of a work; what was not sent stays as it is.

    Raises:
        Problem: See `own_work` and `save_work`.
    """
    work = own_work(connection, kind, name, caller)
    save_work(connection, caller, work, body, None)
    return describe_work(connection, work.id, caller, settings)


def delete_work(connection: Connection, caller: Caller, kind: Kind, name: str) -> None:
    """Delete a work that was never published. Names that others may have seen stay its author's.

    Raises:
        AlreadyPublished: Others may depend on it.
        Problem: See `own_work`.
    """
    work = own_work(connection, kind, name, caller)
    if work.latest_version:
        raise AlreadyPublished
    names_repository.free_unseen(connection, work.id, but=None)
    repository.delete_work(connection, work.id)
    _log.info("work deleted", work=work.id, actor=work.user_id)


def disassociate(
    connection: Connection, caller: Caller, kind: Kind, name: str, confirm: str, settings: ApiSettings
) -> WorkBody:
    """Let a published work be nobody's for good; who imports it goes on as before.

    Raises:
        NotPublished: It can be deleted instead.
        NotConfirmed: What was typed is not its name.
        Problem: See `own_work`.
    """
    work = own_work(connection, kind, name, caller)
    if not work.latest_version:
        raise NotPublished
    if confirm != work.name:
        raise NotConfirmed
    repository.disassociate(connection, work.id)
    names_repository.disown(connection, work.id)
    _log.info("work disassociated", work=work.id, actor=work.user_id)
    return describe_work(connection, work.id, caller, settings)


def _with_changes(connection: Connection, caller: Caller, kind: Kind, alpha: Alpha, body: WorkFields) -> Alpha:
    sent = _sent(body, ("content", "files", "metadata"))
    for role, part_kind in PART_KINDS.items():
        if role in body.model_fields_set:
            sent[f"{role}_id"] = _part_id(connection, caller, kind, part_kind, getattr(body, role))
    if sent.get("files") and (missing := files.missing(connection, set(sent["files"].values()))):
        raise FilesMissing(errors=[{"sha256": sha256} for sha256 in sorted(missing)])
    return replace(alpha, **sent)


def _about(about: About, body: WorkFields) -> About:
    return replace(about, **_sent(body, ("description", "display_type", "visibility")))


def _sent(body: WorkFields, fields: Sequence[str]) -> dict[str, Any]:
    return {field: getattr(body, field) for field in fields if field in body.model_fields_set}


def _part_id(connection: Connection, caller: Caller, kind: Kind, part_kind: Kind, name: str | None) -> int | None:
    if name is None:
        return None
    part = find_work(connection, part_kind, name)
    if kind != "map" or part is None or not part.is_of(caller):
        raise PartNotAllowed(f"You have no {part_kind} of the name {name}, or this is no map.")
    return part.id


def _new_name(connection: Connection, caller: Caller, work: Work, body: WorkFields) -> str:
    """Return how a work is called from now on, having taken the name."""
    name = body.name if isinstance(body, ChangeBody) and "name" in body.model_fields_set else work.name
    if name != work.name:
        if work.latest_version:
            raise naming.NameLocked
        naming.take(connection, work.kind, name, author_id(caller), work.id)
    return name


def _json(alpha: Alpha) -> str:
    """Return an alpha so that those are equal that say the same: `1` and `true` are different things."""
    return json.dumps(asdict(alpha), sort_keys=True)


# --- what is told ---


def read_work(connection: Connection, kind: Kind, name: str, caller: Caller, settings: ApiSettings) -> WorkBody:
    """Return a work.

    Raises:
        Problem: See `readable_work`.
    """
    return describe_work(connection, readable_work(connection, kind, name, caller).id, caller, settings)


def describe_work(connection: Connection, work_id: int, caller: Caller, settings: ApiSettings) -> WorkBody:
    """Return a work that the caller may see."""
    fields = repository.get_work(connection, work_id, viewer_id(caller))
    picture = fields.pop("thumbnail_sha256")
    return WorkBody(
        **fields,
        thumbnail_url=picture and f"{settings.api_path}/thumbnails/{picture}",
        versions=[
            VersionSummary(
                version=version.number,
                created_at=version.created_at,
                artefact=artefact_body(version.artefact, settings),
            )
            for version in repository.list_versions(connection, work_id)
        ],
        alpha=repository.get_alpha(connection, work_id),
    )


def read_alpha(connection: Connection, kind: Kind, name: str, caller: Caller) -> AlphaBody:
    """Return what a work says now.

    Raises:
        Problem: See `readable_work`.
    """
    return repository.get_alpha(connection, readable_work(connection, kind, name, caller).id)


def read_version(
    connection: Connection, kind: Kind, name: str, caller: Caller, number: int | None, settings: ApiSettings
) -> VersionBody:
    """Return a published version of a work; None: the latest.

    Raises:
        VersionNotFound: There is none of this number, or none at all.
        Problem: See `readable_work`.
    """
    work = readable_work(connection, kind, name, caller)
    found = repository.get_version(connection, work.id, work.latest_version if number is None else number)
    if found is None:
        raise VersionNotFound
    before = [part.content for part in (found.library, found.theme) if part]
    return VersionBody(
        kind=work.kind,
        name=work.name,
        author=work.username,
        version=found.version.number,
        content=found.content,
        whole_content=whole_content(*before, found.content) if before else None,
        files=found.files,
        metadata=found.metadata if work.user_id else without_author(found.metadata),
        created_at=found.version.created_at,
        artefact=artefact_body(found.version.artefact, settings),
        library=_part_body(found.library),
        theme=_part_body(found.theme),
    )


def artefact_body(artefact: Artefact, settings: ApiSettings) -> ArtefactStateBody | None:
    """Return how far the map of a version is; None where it is none."""
    if not artefact.is_wanted:
        return None
    return ArtefactStateBody(
        state="ready" if artefact.sha256 else "failed" if artefact.error else "pending",
        url=f"{settings.artefacts_url}/{artefact.sha256}" if artefact.sha256 else None,
        sha256=artefact.sha256,
        error=ErrorBody(**artefact.error) if artefact.error else None,
        postponed_until=artefact.postponed_until,
    )


def without_author(metadata: dict[str, Any]) -> dict[str, Any]:
    """Return metadata without what clients write there of a work's author."""

    def stripped(value: object) -> object:
        match value:
            case dict():
                return {key: stripped(member) for key, member in value.items() if key != "author"}
            case list():
                return [stripped(member) for member in value]
        return value

    return {key: stripped(member) for key, member in metadata.items() if key != "author"}


def _part_body(part: Part | None) -> PartBody | None:
    return PartBody(name=part.name, version=part.version) if part and part.name else None
