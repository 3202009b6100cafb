"""The rules of finding works and people. Everything runs inside the caller's transaction."""

from math import prod
from typing import Final

from sqlalchemy import Connection

from xatra_api.admin.service import UserNotFound
from xatra_api.explore import repository
from xatra_api.explore.cursors import Order, Values, decode_cursor, encode_cursor
from xatra_api.explore.repository import ListedWork, Profile, Sample, Wanted
from xatra_api.explore.schemas import ProfileBody, Sort, WorkCard, WorkPage
from xatra_api.explore.words import parse_search
from xatra_api.hub.works import Kind, viewer_id
from xatra_shared.identity.callers import Caller

ORDERS: Final[dict[Sort, Order]] = {
    "featured": ("featured", "votes", "views", "published_at", "id"),
    "votes": ("votes", "id"),
    "views": ("views", "id"),
    "recency": ("published_at", "id"),
}
_LAST_CHANGED: Final[Order] = ("updated_at", "id")

_SAMPLE_ROWS: Final = 500
# To read a work that another index found takes about so many times as long as to pass one by in an index that sorts.
_PASSED_PER_READ: Final = 12
# An index that finds a word in so many times as many works as the rarest takes longer than looking for it in what that is in.
_TIMES_AS_COMMON: Final = 4


def explore(
    connection: Connection,
    caller: Caller,
    search: str,
    *,
    kind: Kind,
    sort: Sort,
    cursor: str | None,
    limit: int,
    thumbnails_url: str,
) -> WorkPage:
    """Return a page of the works that everyone finds.

    Args:
        connection: In whose transaction.
        caller: Who asks.
        search: Words of the works' names and descriptions, or beginnings of such, all of which are to be there; and
            `user:NAME` for works of whoever has this name or had it.
        kind: Of what kind.
        sort: How they are sorted.
        cursor: Where the page begins; None: with the first work.
        limit: How many works at most.
        thumbnails_url: Below which thumbnails are.

    Raises:
        CursorInvalid: The cursor is none of this order.
    """
    order = ORDERS[sort]
    after = None if cursor is None else decode_cursor(order, cursor)
    asked = parse_search(search)
    user_ids = repository.find_user_ids(connection, asked.usernames) if asked.usernames else set()
    if len(user_ids) > 1 or None in user_ids:  # nobody, or works of two authors at once
        return WorkPage(works=[], next_cursor=None)
    wanted = Wanted(kind, order, after, asked.words, next(iter(user_ids), None))
    ids = _find(connection, wanted, limit + 1)
    return _page(connection, caller, ids, order, limit, thumbnails_url)


def get_profile(connection: Connection, username: str) -> ProfileBody:
    """Return who has a name, or had it.

    Raises:
        UserNotFound: Nobody, or somebody whose account is disabled.
    """
    profile = _profile_of(connection, username)
    maps_count, views_count = repository.count_listed(connection, profile.id)
    return ProfileBody(
        username=profile.username,
        full_name=profile.full_name,
        bio=profile.bio,
        is_admin=profile.is_admin,
        is_trusted=profile.is_trusted,
        maps_count=maps_count,
        views_count=views_count,
        created_at=profile.created_at,
    )


def list_works(
    connection: Connection,
    caller: Caller,
    username: str,
    *,
    kind: Kind,
    cursor: str | None,
    limit: int,
    thumbnails_url: str,
) -> WorkPage:
    """Return a page of a user's works: to themselves all, the last changed first; to others those that everyone finds.

    Raises:
        UserNotFound: There is no such user, or the account is disabled.
        CursorInvalid: The cursor is none of this list.
    """
    user_id = _profile_of(connection, username).id
    is_own = caller.account is not None and caller.account.user_id == user_id
    order = _LAST_CHANGED if is_own else ORDERS["recency"]
    after = None if cursor is None else decode_cursor(order, cursor)
    ids = repository.list_of(connection, user_id, kind, order, after, limit + 1, listed=not is_own)
    return _page(connection, caller, ids, order, limit, thumbnails_url)


def _profile_of(connection: Connection, username: str) -> Profile:
    [user_id] = repository.find_user_ids(connection, (username,))
    profile = None if user_id is None else repository.find_profile(connection, user_id)
    if profile is None:
        raise UserNotFound
    return profile


def _find(connection: Connection, wanted: Wanted, limit: int) -> list[int]:
    """Return the first wanted works by whichever way a sample of the first works of the order shows to be short.

    It tells how common the words and the user's works are, and often has a page of them already.
    """
    if not wanted.words and wanted.user_id is None:
        return repository.walk(connection, wanted, limit, limit)
    sample = repository.sample(connection, wanted, _SAMPLE_ROWS)
    if len(sample.found) >= limit or sample.size < _SAMPLE_ROWS:
        return sample.found[:limit]
    to_pass, to_read = _estimate(wanted, sample, limit)
    as_long = round(_PASSED_PER_READ * to_read)
    if to_pass < as_long:
        found = repository.walk(connection, wanted, as_long, limit)
        if len(found) == limit:
            return found
    words, by_user = _rare_ones(wanted, sample)
    return repository.pick(connection, wanted, limit, words=words, by_user=by_user)


def _estimate(wanted: Wanted, sample: Sample, limit: int) -> tuple[float, float]:
    """Return how many works of the order have to be passed to find a page, and how many to be read that have what is rare.

    Words that are often together show in what the sample found; else each is taken to be there whatever the others.
    """
    shares = [(count + 0.5) / sample.size for count in _counts(wanted, sample)]
    wanted_share = max(prod(shares), len(sample.found) / sample.size)
    return limit / wanted_share, min(shares) * sample.all_works


def _rare_ones(wanted: Wanted, sample: Sample) -> tuple[list[str], bool]:
    """Return by which words, and whether by the user, to find works: by the rarest, and by what is nearly as rare."""
    most = _TIMES_AS_COMMON * (min(_counts(wanted, sample)) + 0.5)
    words = [word for word, count in zip(wanted.words, sample.with_word, strict=True) if count <= most]
    return words, wanted.user_id is not None and sample.of_user <= most


def _counts(wanted: Wanted, sample: Sample) -> list[int]:
    """Return how many works of the sample have each of what is wanted."""
    return sample.with_word if wanted.user_id is None else [*sample.with_word, sample.of_user]


def _page(
    connection: Connection, caller: Caller, ids: list[int], order: Order, limit: int, thumbnails_url: str
) -> WorkPage:
    """Return a page of the works found; one more than it holds says that there are more."""
    viewer = viewer_id(caller)
    works = repository.read_works(connection, ids[:limit], viewer) if ids else []
    has_more = len(ids) > limit and bool(works)
    return WorkPage(
        works=[_card(work, is_guest=viewer is None, thumbnails_url=thumbnails_url) for work in works],
        next_cursor=encode_cursor(order, _sort_values(works[-1], order)) if has_more else None,
    )


def _sort_values(work: ListedWork, order: Order) -> Values:
    return {column: getattr(work, column) for column in order}


def _card(work: ListedWork, *, is_guest: bool, thumbnails_url: str) -> WorkCard:
    return WorkCard(
        kind=work.kind,
        name=work.name,
        author=work.author,
        description=work.description,
        display_type=work.display_type,
        thumbnail_url=None if work.thumbnail_sha256 is None else f"{thumbnails_url}/{work.thumbnail_sha256}",
        votes=work.votes,
        views=work.views,
        featured=work.featured,
        latest_version=work.latest_version,
        published_at=work.published_at,
        visibility=work.visibility,
        hidden_reason=work.hidden_reason,
        viewer_voted=None if is_guest else work.viewer_voted,
    )
