"""The rules of votes and views. Everything runs inside the caller's transaction."""

from sqlalchemy import Connection

from xatra_api.hub.works import Kind, Work, author_id, readable_work
from xatra_api.reactions import repository
from xatra_shared.http.problems import Problem
from xatra_shared.identity.callers import Caller


class NotPublished(Problem):
    """The work has no version yet."""

    status = 409
    slug = "not-published"
    title = "This work is not published yet"


class OwnVote(Problem):
    """Authors like what they make."""

    status = 409
    slug = "own-vote"
    title = "An author's own vote stays"


def vote(connection: Connection, caller: Caller, kind: Kind, name: str) -> int:
    """Vote for a work, once however often one asks, and return its votes.

    Raises:
        NotSignedIn: The caller is a guest.
        WorkNotFound: There is none, or it is somebody else's private one.
        WorkHidden: It is somebody else's, and hidden.
        NotPublished: It has no version yet.
    """
    user_id = author_id(caller)
    work = _published_work(connection, caller, kind, name)
    is_new = repository.add_vote(connection, work.id, user_id)
    return repository.count_votes(connection, work.id, added=int(is_new))


def unvote(connection: Connection, caller: Caller, kind: Kind, name: str) -> int:
    """Take one's vote for a work back, if there is one, and return its votes.

    Raises:
        NotSignedIn: The caller is a guest.
        WorkNotFound: There is none, or it is somebody else's private one.
        WorkHidden: It is somebody else's, and hidden.
        NotPublished: It has no version yet.
        OwnVote: The caller is its author.
    """
    user_id = author_id(caller)
    work = _published_work(connection, caller, kind, name)
    if work.is_of(caller):
        raise OwnVote
    was_there = repository.take_vote(connection, work.id, user_id)
    return repository.count_votes(connection, work.id, added=-int(was_there))


def view(connection: Connection, caller: Caller, kind: Kind, name: str) -> int:
    """Record that the caller looks at a work, which counts once, and return its views.

    Raises:
        WorkNotFound: There is none, or it is somebody else's private one.
        WorkHidden: It is somebody else's, and hidden.
        NotPublished: It has no version yet.
    """
    work = _published_work(connection, caller, kind, name)
    is_new = repository.add_view(connection, work.id, caller.id)
    return repository.count_views(connection, work.id, added=int(is_new))


def _published_work(connection: Connection, caller: Caller, kind: Kind, name: str) -> Work:
    work = readable_work(connection, kind, name, caller)
    if not work.latest_version:
        raise NotPublished
    return work
