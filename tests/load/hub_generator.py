"""Fills a hub in bulk with works that look like people's: some authors make thousands, a few works are known to all.

    with engine.begin() as connection, bulk_loading(connection):
        fill(connection, works=1_000_000)

What is made is the same for the same seed, and keeps every rule of the schema: names, versions, and a row for each
vote, the author's first. Views have none.
"""

import hashlib
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any, Final

from sqlalchemy import Connection, text

from xatra_api.explore.words import words_of

WORKS_PER_USER: Final = 20
PLACES: Final = 30_000

_BEGIN: Final = datetime(2024, 1, 1, tzinfo=UTC)
_SECONDS: Final = 3 * 365 * 86400
_PROGRAMS: Final = 2000
_KINDS: Final = {"map": 80, "lib": 15, "css": 5}
_VISIBILITIES: Final = {"public": 90, "unlisted": 5, "private": 5}
_VERSIONS: Final = {0: 15, 1: 60, 2: 15, 3: 6, 5: 3, 12: 1}
_COMMON: Final = words_of(
    "empire kingdom map dynasty ancient of the and in at battle war trade routes rivers states period expansion late early "
    "medieval republic sultanate campaign conquest northern southern eastern western provinces capital cities confederacy "
    "borders territories from to under before after reign great age migration languages religions vassals treaty colonial "
    "union partition railway famine temple pilgrimage monsoon coast hills valley forest desert plateau delta island "
    "archaeology inscriptions edicts coins census population election districts linguistic tribes clans caste guild "
    "mauryan gupta chola mughal maratha delhi bengal gandhara magadha kushan pallava rashtrakuta vijayanagara ahom sikh "
    "roman persian achaemenid sasanian ottoman mongol han tang song ming qing khmer srivijaya majapahit ayutthaya burma "
    "detailed simple colourful draft animated annotated comparison speculative reconstructed corrected revised with notes"
)
_SYLLABLES: Final = [
    before + vowel + after
    for before in ("", *"bdghjklmnprstvz", "ch", "kh", "sh", "th")
    for vowel in ("a", "ā", "e", "é", "i", "o", "u")
    for after in ("", "", "n", "r")
]
_ENDINGS: Final = ("", "", "", "abad", "burg", "desh", "gaon", "nagar", "pur", "stan", "ville")
_TABLES: Final = ("hub_artifacts", "hub_artifact_names", "hub_artifact_versions", "hub_listed", "hub_votes")

type Row = tuple[Any, ...]


@contextmanager
def bulk_loading(connection: Connection) -> Iterator[None]:
    """Do without triggers and indexes until the end of the block, then build these anew; for a superuser."""
    indexes = connection.execute(
        text(
            """
            SELECT indexname, indexdef FROM pg_indexes
            WHERE tablename = ANY(:tables)
              AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = CAST(quote_ident(indexname) AS regclass))
            """
        ),
        {"tables": list(_TABLES)},
    ).all()
    connection.execute(text("SET LOCAL session_replication_role = replica"))
    for name, _ in indexes:
        connection.execute(text(f'DROP INDEX "{name}"'))
    yield
    for _, definition in indexes:
        connection.execute(text(definition))
    connection.execute(text("SET LOCAL session_replication_role = origin"))


def fill(connection: Connection, *, works: int, users: int | None = None, seed: int = 7) -> None:
    """Add users and works of theirs.

    Args:
        connection: In whose transaction, of the schema's owner; `ANALYZE` afterwards.
        works: How many works.
        users: How many users; None: one for every `WORKS_PER_USER` works, ten at least.
        seed: The same seed gives the same hub.
    """
    chance = random.Random(seed)
    users = users or max(10, works // WORKS_PER_USER)
    places = place_names(seed)
    first_user, first_work = (_next_id(connection, table) for table in ("hub_users", "hub_artifacts"))
    people = [_user(chance, first_user + number, places) for number in range(users)]
    _copy(connection, "hub_users", ("id", "username", "full_name", "bio"), people)
    _copy(connection, "hub_usernames", ("username", "user_id"), ((name, id_) for id_, name, _, _ in people))
    _copy(connection, "hub_artifacts", _COLUMNS, _works(chance, first_work, works, first_user, users, places))
    _add_what_belongs_to_works(connection, first_work, first_user, users)
    for table in ("hub_users", "hub_artifacts"):
        connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"))


def place_names(seed: int = 7) -> list[str]:
    """Return the names of places that works of a hub are about, those first that are in most of them."""
    chance = random.Random(seed)
    return [
        "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) + chance.choice(_ENDINGS) for _ in range(PLACES)
    ]


_COLUMNS: Final = (
    "id",
    "user_id",
    "kind",
    "name",
    "visibility",
    "featured",
    "description",
    "alpha_content",
    "alpha_hash",
    "latest_version",
    "published_at",
    "disassociated_at",
    "hidden_at",
    "hidden_reason",
    "votes",
    "views",
    "created_at",
    "updated_at",
    "search_text",
)


def _works(
    chance: random.Random, first_id: int, count: int, first_user: int, users: int, places: list[str]
) -> Iterator[Row]:
    """Yield rows in the order of `_COLUMNS`."""
    programs = [_program(chance, places) for _ in range(_PROGRAMS)]
    authors = chance.choices(range(first_user, first_user + users), cum_weights=_zipf(users), k=count)
    kinds, visibilities, versions = (_draw(chance, shares, count) for shares in (_KINDS, _VISIBILITIES, _VERSIONS))
    common = iter(chance.choices(_COMMON, cum_weights=_zipf(len(_COMMON)), k=count * 12))
    local = iter(chance.choices(places, cum_weights=_zipf(PLACES), k=count * 8))
    taken: set[tuple[str, str]] = set()
    for number in range(count):
        kind, latest = kinds[number], versions[number]
        year = chance.randint(-600, 2000)
        name = "_".join(words_of(f"{next(local)} {next(common)}"))
        if chance.random() < 0.3 or (kind, name) in taken:
            name += f"_{abs(year)}{'bc' if year < 0 else ''}"
        if (kind, name) in taken:
            name += f".{number}"
        taken.add((kind, name))
        phrases = (f"{next(common)} {next(local)}" for _ in range(min(7, int(chance.expovariate(0.4)))))
        description = f"{' '.join(phrases).capitalize()}, {year}." if chance.random() < 0.8 else ""
        content, digest = chance.choice(programs)
        created = _BEGIN + timedelta(seconds=chance.random() * _SECONDS)
        published = created + timedelta(hours=chance.expovariate(0.02)) if latest else None
        is_given_up = latest > 0 and chance.random() < 0.01
        is_hidden = latest > 0 and chance.random() < 0.002
        votes = min(users, int(chance.paretovariate(1.5))) if latest else 1
        views = votes * chance.randint(5, 40) + int(chance.paretovariate(0.8)) - 1 if latest else 0
        yield (
            first_id + number,
            None if is_given_up else authors[number],
            kind,
            name,
            visibilities[number],
            latest > 0 and chance.random() < 0.001,
            description,
            content,
            digest,
            latest,
            published,
            published if is_given_up else None,
            published if is_hidden else None,
            "spam" if is_hidden else None,
            votes,
            views,
            created,
            published or created,
            " ".join(words_of(f"{name} {description}")),
        )


def _add_what_belongs_to_works(connection: Connection, first_work: int, first_user: int, users: int) -> None:
    values = {"first_work": first_work, "first_user": first_user, "users": users}
    connection.execute(
        text(
            """
            INSERT INTO hub_artifact_names (kind, name, artifact_id, user_id, public_at)
            SELECT kind, name, id, user_id, CASE WHEN visibility <> 'private' THEN created_at END
            FROM hub_artifacts WHERE id >= :first_work
            """
        ),
        values,
    )
    connection.execute(
        text(
            """
            INSERT INTO hub_artifact_versions (artifact_id, version, content, content_hash, created_at, wants_artefact)
            SELECT id, version, alpha_content, alpha_hash,
                   published_at - (latest_version - version) * interval '1 hour', false
            FROM hub_artifacts, generate_series(1, latest_version) version WHERE id >= :first_work
            """
        ),
        values,
    )
    connection.execute(  # where the trigger that does so sleeps
        text(
            """
            INSERT INTO hub_listed (
                id, user_id, kind, featured, votes, views, published_at, search, two_letters, four_letters)
            SELECT id, user_id, kind, featured, votes, views, published_at,
                   array_to_tsvector(words), hub_beginnings(words, 2), hub_beginnings(words, 4)
            FROM hub_artifacts, string_to_array(search_text, ' ') words WHERE listed AND id >= :first_work ON CONFLICT DO NOTHING
            """
        ),
        values,
    )
    connection.execute(
        text(
            """
            INSERT INTO hub_votes (artifact_id, user_id)
            SELECT id, :first_user + (coalesce(user_id, :first_user) - :first_user + number) % :users
            FROM hub_artifacts, generate_series(0, votes - 1) number WHERE id >= :first_work
            """
        ),
        values,
    )


def _user(chance: random.Random, id_: int, places: list[str]) -> Row:
    first, last = (words_of(chance.choice(places))[0] for _ in range(2))
    bio = f"Maps of {chance.choice(places)}" if chance.random() < 0.3 else ""
    return id_, f"{first}.{last}{id_}", f"{first} {last}".title(), bio


def _program(chance: random.Random, places: list[str]) -> tuple[str, str]:
    """Return a program, most of a page, some of many, and its digest."""
    flags = (
        f'xatra.Flag("{chance.choice(places)}", gadm("IND.{chance.randint(1, 36)}"), period=[{-number}, {number}])\n'
        for number in range(int(chance.lognormvariate(2.3, 0.9)))
    )
    content = "import xatra\nfrom xatra import gadm\n\n" + "".join(flags)
    return content, hashlib.sha256(content.encode()).hexdigest()


def _zipf(count: int) -> list[float]:
    """Return cumulative weights: the second half as often as the first, the third a third."""
    return list(accumulate(1 / rank for rank in range(1, count + 1)))


def _draw[T](chance: random.Random, shares: dict[T, int], count: int) -> list[T]:
    return chance.choices(list(shares), list(shares.values()), k=count)


def _next_id(connection: Connection, table: str) -> int:
    return int(connection.execute(text(f"SELECT coalesce(max(id), 0) + 1 FROM {table}")).scalar_one())


def _copy(connection: Connection, table: str, columns: tuple[str, ...], rows: Iterator[Row] | list[Row]) -> None:
    driver_connection = connection.connection.driver_connection
    assert driver_connection is not None
    with driver_connection.cursor().copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
