"""The rules of what the library's own client gets: always a whole source, and never an alpha that it did not ask for."""

from typing import Final

from sqlalchemy import Connection

from xatra_api.hub import repository
from xatra_api.hub.service import read_version, without_author
from xatra_api.hub.works import Work, WorkNotFound, readable_work, whole_content
from xatra_api.imports import repository as imports
from xatra_api.imports.paths import WorkPath
from xatra_api.library_client.schemas import ImportedBody
from xatra_api.settings import ApiSettings
from xatra_shared.identity.callers import Caller

_UNBOUNDED: Final = 1 << 40  # what one work says was bounded when it was saved


def read_imported(connection: Connection, path: WorkPath, caller: Caller, settings: ApiSettings) -> ImportedBody:
    """Return what a path leads to: a published version, the latest where it says none, or the alpha.

    Raises:
        WorkNotFound: There is no such work, or it is somebody else's private one, or not of the user that the path says.
        WorkHidden: Administrators have hidden it.
        VersionNotFound: It has no such version, or none at all.
    """
    work = readable_work(connection, path.kind, path.name, caller)
    _check_author(connection, work, path.user)
    about = repository.get_work(connection, work.id, None)
    said = {key: about[key] for key in ("featured", "votes", "views")}
    if path.version == "alpha":
        alpha = repository.get_alpha(connection, work.id)
        [with_parts] = imports.read_alphas(connection, [work.id], max_bytes=_UNBOUNDED) or []
        return ImportedBody(
            kind=work.kind,
            name=work.name,
            username=work.username,
            slug=f"/{work.kind}/{work.name}/alpha",
            version="alpha",
            content=whole_content(*(source.content for source in with_parts.sources)),
            metadata=alpha.metadata if work.user_id else without_author(alpha.metadata),
            created_at=about["created_at"],
            updated_at=alpha.updated_at,
            **said,
        )
    published = read_version(connection, work.kind, work.name, caller, path.version, settings)
    return ImportedBody(
        kind=work.kind,
        name=work.name,
        username=work.username,
        slug=f"/{work.kind}/{work.name}/{published.version}",
        version=published.version,
        content=published.whole_content or published.content,
        metadata=published.metadata,
        created_at=published.created_at,
        updated_at=published.created_at,
        **said,
    )


def _check_author(connection: Connection, work: Work, username: str | None) -> None:
    """Refuse a name that the author neither has nor had; a work of nobody is found under any."""
    if username is None or work.username == username:
        return
    [target] = imports.find(connection, [WorkPath(work.kind, work.name, username, "alpha")], work.user_id)
    if target is None or not target.is_authors:
        raise WorkNotFound
