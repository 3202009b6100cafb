"""All SQL that finds works and people. Every function works inside the caller's transaction; none commits.

PostgreSQL cannot sort by what an inverted index finds, nor tell beforehand how much that is when only the beginning of a
word is given. So no statement here leaves it the choice between an index that sorts and one that finds.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, text

from xatra_api.explore.cursors import Order, Values
from xatra_api.hub.works import Kind, Visibility

_DESCRIPTION_CHARACTERS: Final = 280


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which listed works are wanted, and in which order.

    Attributes:
        kind: Of what kind.
        order: How they are sorted.
        after: What the last work of the page before has in the columns of `order`; None: this is the first page.
        words: With each of them a word of the work begins.
        user_id: Who made them; None: whoever did.
    """

    kind: Kind
    order: Order
    after: Values | None
    words: tuple[str, ...] = ()
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """The first works of an order, looked at one by one.

    Attributes:
        size: How many they are.
        found: Those of them that are wanted, in order.
        with_word: How many of them have each of the wanted words.
        of_user: How many of them the wanted user made.
        all_works: How many works of all kinds are listed, about.
    """

    size: int
    found: list[int]
    with_word: list[int]
    of_user: int
    all_works: float


@dataclass(frozen=True, slots=True)
class ListedWork:
    """A work with all that lists show of it and are sorted by."""

    id: int
    kind: Kind
    name: str
    author: str | None
    description: str
    display_type: str
    thumbnail_sha256: str | None
    votes: int
    views: int
    featured: bool
    latest_version: int
    published_at: datetime | None
    updated_at: datetime
    visibility: Visibility
    hidden_reason: str | None
    viewer_voted: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """A person as everyone sees them."""

    id: int
    username: str
    full_name: str
    bio: str
    is_admin: bool
    is_trusted: bool
    created_at: datetime


def sample(connection: Connection, wanted: Wanted, rows: int) -> Sample:
    """Look at the first works of the order, whatever is in them."""
    words = range(len(wanted.words))
    counts = ", ".join(f"count(*) FILTER (WHERE search @@ CAST(:word{number} AS tsquery))" for number in words)
    row = connection.execute(
        text(
            f"""
            SELECT count(*) AS size,
                   coalesce(array_agg(id ORDER BY {_sorted(wanted.order)}) FILTER (WHERE {_matches(wanted)}), '{{}}') AS found,
                   CAST(ARRAY[{counts}] AS bigint[]) AS with_word,
                   count(*) FILTER (WHERE user_id = :user_id) AS of_user,
                   (SELECT reltuples FROM pg_class WHERE oid = CAST('hub_listed' AS regclass)) AS all_works
            FROM ({_in_order(wanted, rows, ["user_id", "search"])}) first
            """
        ),
        _values(wanted) | {f"word{number}": _query([wanted.words[number]]) for number in words},
    ).one()
    return Sample(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it


def walk(connection: Connection, wanted: Wanted, rows: int, limit: int) -> list[int]:
    """Return the first wanted works among the first `rows` of the order: quick where many works are wanted.

    Most works are known by the index alone not to be wanted.
    """
    found = connection.execute(
        text(
            f"""
            SELECT id FROM ({_in_order(wanted, rows, ["user_id", "two_letters", "four_letters"])}) first
            WHERE {_may_match(wanted)} AND (SELECT {_matches(wanted)} FROM hub_listed work WHERE work.id = first.id)
            ORDER BY {_sorted(wanted.order)} LIMIT {limit}
            """
        ),
        _values(wanted),
    )
    return list(found.scalars())


def pick(connection: Connection, wanted: Wanted, limit: int, *, words: list[str], by_user: bool) -> list[int]:
    """Return the first wanted works, found by an index and then sorted: quick where it finds few.

    Args:
        connection: In whose transaction.
        wanted: Which works are wanted.
        limit: How many at most.
        words: By which of the wanted words to find them; the others are looked for in what is found.
        by_user: Whether to find them by who made them.
    """
    conditions = ["search @@ CAST(:rare AS tsquery)"] * bool(words) + ["user_id = :user_id"] * by_user
    left = replace(
        wanted,
        words=tuple(word for word in wanted.words if word not in words),
        user_id=None if by_user else wanted.user_id,
    )
    found = connection.execute(
        text(
            f"""
            SELECT id FROM (
                SELECT * FROM hub_listed WHERE {" AND ".join(conditions)}
                OFFSET 0  -- keeps all that follows out of the choice of an index
            ) few
            WHERE kind = :kind AND {_comes_after(wanted.order, wanted.after)} AND {_may_match(left)} AND {_matches(left)}
            ORDER BY {_sorted(wanted.order)} LIMIT {limit}
            """
        ),
        _values(left) | {"rare": _query(words), "user_id": wanted.user_id},
    )
    return list(found.scalars())


def list_of(
    connection: Connection, user_id: int, kind: Kind, order: Order, after: Values | None, limit: int, *, listed: bool
) -> list[int]:
    """Return a user's works, or those of them that everyone finds."""
    found = connection.execute(
        text(
            f"""
            SELECT id FROM {"hub_listed" if listed else "hub_artifacts"}
            WHERE user_id = :user_id AND kind = :kind AND {_comes_after(order, after)}
            ORDER BY {_sorted(order)} LIMIT {limit}
            """
        ),
        {"user_id": user_id, "kind": kind, **(after or {})},
    )
    return list(found.scalars())


def read_works(connection: Connection, ids: list[int], viewer_id: int | None) -> list[ListedWork]:
    """Return works by their numbers, in that order."""
    rows = connection.execute(
        text(
            f"""
            SELECT work.id, work.kind, work.name, author.username AS author,
                   left(work.description, {_DESCRIPTION_CHARACTERS}) AS description, work.display_type,
                   work.thumbnail_sha256, work.votes, work.views, work.featured, work.latest_version,
                   work.published_at, work.updated_at, work.visibility, work.hidden_reason,
                   EXISTS (
                       SELECT FROM hub_votes vote WHERE vote.artifact_id = work.id AND vote.user_id = :viewer_id
                   ) AS viewer_voted
            FROM hub_artifacts work LEFT JOIN hub_users author ON author.id = work.user_id
            WHERE work.id = ANY(:ids)
            """
        ),
        {"ids": ids, "viewer_id": viewer_id},
    )
    works = {row.id: ListedWork(**row._mapping) for row in rows}  # noqa: SLF001 - SQLAlchemy's public name for it
    return [works[id_] for id_ in ids if id_ in works]


def find_user_ids(connection: Connection, usernames: tuple[str, ...]) -> set[int | None]:
    """Return who has each of the names now, or had it; None is among them where nobody did."""
    found = connection.execute(
        text(
            """
            SELECT coalesce(
                (SELECT id FROM hub_users WHERE hub_users.username = asked.username),
                (SELECT user_id FROM hub_usernames WHERE hub_usernames.username = asked.username))
            FROM unnest(CAST(:usernames AS text[])) asked (username)
            """
        ),
        {"usernames": list(usernames)},
    )
    return set(found.scalars())


def find_profile(connection: Connection, user_id: int) -> Profile | None:
    """Return a person whose account is not disabled."""
    row = connection.execute(
        text(
            """
            SELECT id, username, full_name, bio, is_admin, is_trusted, created_at
            FROM hub_users WHERE id = :user_id AND disabled_at IS NULL
            """
        ),
        {"user_id": user_id},
    ).one_or_none()
    return None if row is None else Profile(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it


def count_listed(connection: Connection, user_id: int) -> tuple[int, int]:
    """Return how many maps of a user's everyone finds, and the views of all works of theirs that everyone finds."""
    row = connection.execute(
        text(
            """
            SELECT count(*) FILTER (WHERE kind = 'map') AS maps, coalesce(sum(views), 0) AS views
            FROM hub_listed WHERE user_id = :user_id
            """
        ),
        {"user_id": user_id},
    ).one()
    return row.maps, int(row.views)


def _in_order(wanted: Wanted, rows: int, columns: list[str]) -> str:
    """Return the statement that reads the first works of the order from the index that sorts them so."""
    return f"""
        SELECT {", ".join([*wanted.order, *columns])} FROM hub_listed
        WHERE kind = :kind AND {_comes_after(wanted.order, wanted.after)}
        ORDER BY {_sorted(wanted.order)} LIMIT {rows}
    """


def _comes_after(order: Order, after: Values | None) -> str:
    if after is None:
        return "true"
    return f"({', '.join(order)}) < ({', '.join(f':{column}' for column in order)})"


def _matches(wanted: Wanted) -> str:
    conditions = ["search @@ CAST(:words AS tsquery)"] * bool(wanted.words)
    conditions += ["user_id = :user_id"] * (wanted.user_id is not None)
    return " AND ".join(conditions) or "true"


def _may_match(wanted: Wanted) -> str:
    """Return what all works that match fulfil, and few others."""
    conditions = [
        f"{column} | (SELECT hub_beginnings(CAST(:letters AS text[]), {letters})) = {column}"
        for column, letters in {"two_letters": 2, "four_letters": 4}.items()
        if any(len(word) >= letters for word in wanted.words)
    ]
    conditions += ["user_id = :user_id"] * (wanted.user_id is not None)
    return " AND ".join(conditions) or "true"


def _sorted(order: Order) -> str:
    return ", ".join(f"{column} DESC" for column in order)


def _values(wanted: Wanted) -> dict[str, Any]:
    return {
        "kind": wanted.kind,
        "words": _query(wanted.words),
        "letters": list(wanted.words),
        "user_id": wanted.user_id,
        **(wanted.after or {}),
    }


def _query(words: tuple[str, ...] | list[str]) -> str:
    """Return what PostgreSQL takes for all words, each of which may be the beginning of a longer one."""
    return " & ".join(f"'{word}':*" for word in words)
