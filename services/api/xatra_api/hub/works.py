"""A work as every feature of the hub knows it: how it is addressed, found, and who may see or change it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final, Literal

import orjson
from fastapi import Depends, Path
from sqlalchemy import Connection, text

from xatra_api.callers import calling
from xatra_api.explore.words import words_of
from xatra_shared.http.callers import NotSignedIn
from xatra_shared.http.problems import Problem
from xatra_shared.identity.api_tokens import Scope
from xatra_shared.identity.callers import Caller

type Kind = Literal["map", "lib", "css"]
"""A map, a territory library or a theme."""

type Visibility = Literal["public", "unlisted", "private"]

KindPath = Annotated[Kind, Path(description="`map`, `lib` (territory library) or `css` (theme)")]
NamePath = Annotated[str, Path(max_length=200, pattern=r"^[a-z0-9_.]+$", description="Such as `mauryan_empire`")]

ReaderDep = Annotated[Caller, Depends(calling(Scope.HUB_READ))]
"""Whoever reads; a personal API token needs the scope `hub:read`."""

WriterDep = Annotated[Caller, Depends(calling(Scope.HUB_WRITE))]
"""Whoever writes; a personal API token needs the scope `hub:write`."""


class WorkNotFound(Problem):
    """There is no work of this kind and name, or it is somebody's own."""

    status = 404
    slug = "work-not-found"
    title = "There is no such work"


class WorkHidden(Problem):
    """Administrators have hidden the work."""

    status = 410
    slug = "work-hidden"
    title = "This work has been hidden by the administrators"


class NotTheAuthor(Problem):
    """Somebody else made the work."""

    status = 403
    slug = "not-the-author"
    title = "Only its author may do this"


@dataclass(frozen=True, slots=True)
class Work:
    """A map, territory library or theme, without what it says.

    Attributes:
        id: Its number, which outlives its name.
        user_id: Its author; None: disassociated, or the account is no more.
        username: The author's name.
        kind: What it is.
        name: By which others import it.
        visibility: `public`: listed once it is published; `unlisted`: for who has its address; `private`: the author's.
        alpha_version: Grows with every save of the alpha.
        latest_version: The newest published version; 0: none.
        hidden_reason: Why administrators have hidden it; None: they have not.
        disassociated_at: When its author gave it up.
    """

    id: int
    user_id: int | None
    username: str | None
    kind: Kind
    name: str
    visibility: Visibility
    alpha_version: int
    latest_version: int
    hidden_reason: str | None
    disassociated_at: datetime | None

    def is_of(self, caller: Caller) -> bool:
        """Tell whether the caller is its author."""
        return self.user_id is not None and self.user_id == viewer_id(caller)


# Names lead to works for ever, old ones too.
_WORK: Final = """
    SELECT work.id, work.user_id, author.username, work.kind, work.name, work.visibility, work.alpha_version,
           work.latest_version, work.hidden_reason, work.disassociated_at
    FROM hub_artifact_names named
    JOIN hub_artifacts work ON work.id = named.artifact_id
    LEFT JOIN hub_users author ON author.id = work.user_id
    WHERE named.kind = :kind AND named.name = :name
"""


def find_work(connection: Connection, kind: Kind, name: str, *, for_update: bool = False) -> Work | None:
    """Return the work that a name leads to, or led to before a renaming.

    Args:
        connection: In whose transaction.
        kind: Of the work.
        name: Of the work.
        for_update: Keep everyone else from changing it until the end of the transaction.
    """
    lock = "FOR NO KEY UPDATE OF work" if for_update else ""
    row = connection.execute(text(_WORK + lock), {"kind": kind, "name": name}).one_or_none()
    return None if row is None else Work(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it


def readable_work(connection: Connection, kind: Kind, name: str, caller: Caller, *, for_update: bool = False) -> Work:
    """Return a work that the caller may see.

    Args:
        connection: In whose transaction.
        kind: Of the work.
        name: Of the work.
        caller: Who reads.
        for_update: Keep everyone else from changing it until the end of the transaction.

    Raises:
        WorkNotFound: There is none, or it is somebody else's private one.
        WorkHidden: Administrators have hidden it, and it is somebody else's.
    """
    work = find_work(connection, kind, name, for_update=for_update)
    if work is None or (work.visibility == "private" and not work.is_of(caller)):
        raise WorkNotFound
    if work.hidden_reason is not None and not work.is_of(caller):
        raise WorkHidden(work.hidden_reason, reason=work.hidden_reason)
    return work


def viewer_id(caller: Caller) -> int | None:
    """Return the number of a caller who reads; None: a guest."""
    return None if caller.account is None else caller.account.user_id


def author_id(caller: Caller) -> int:
    """Return the number of a caller who may have works.

    Raises:
        NotSignedIn: The caller is a guest.
    """
    if caller.account is None:
        raise NotSignedIn
    return caller.account.user_id


def own_work(connection: Connection, kind: Kind, name: str, caller: Caller) -> Work:
    """Return a work of the caller's, and keep everyone else from changing it until the end of the transaction.

    Raises:
        NotSignedIn: The caller is a guest.
        WorkNotFound: There is none, or it is somebody else's private one.
        WorkHidden: It is somebody else's, and hidden.
        NotTheAuthor: It is somebody else's.
    """
    author_id(caller)
    work = readable_work(connection, kind, name, caller, for_update=True)
    if not work.is_of(caller):
        raise NotTheAuthor
    return work


def search_text_of(name: str, description: str) -> str:
    """Return what is kept of a work to be searched: the words of its name and its description, folded.

    The author is not among them, so that nothing has to be written anew when users change their names or give works up:
    who searches for an author asks for the account.
    """
    return " ".join(words_of(f"{name} {description}"))


def content_hash(content: str, files: Mapping[str, str], parts: Sequence[tuple[int, int]] = ()) -> str:
    """Return the sha256 by which equal contents are known.

    Args:
        content: Python source.
        files: Name by which it reads a file -> sha256.
        parts: A map's library and theme, as they are published: number of the work, and version.
    """
    return hashlib.sha256(orjson.dumps([content, files, parts], option=orjson.OPT_SORT_KEYS)).hexdigest()


def whole_content(*sources: str) -> str:
    """Return sources that run one after another in one scope, such as a library, a theme and a map, as one source."""
    return "\n".join(source if source.endswith("\n") else f"{source}\n" for source in sources)
