"""The rules for votes, views, drafts and sessions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import orjson

from xatra_standalone.predecessor.cleaning import clean, date_of, json_object, plain_line, text_of, whole_number
from xatra_standalone.predecessor.documents import read_draft
from xatra_standalone.predecessor.ledger import Ledger
from xatra_standalone.predecessor.repository import Repository
from xatra_standalone.predecessor.rules import Rule
from xatra_standalone.predecessor.scope import blocks, names_of, supply

MAX_DRAFT_BYTES: Final = 10_000_000

_VOTES: Final = "hub_votes"
_VIEWS: Final = "hub_map_views"
_DRAFTS: Final = "hub_drafts"
_SESSIONS: Final = "hub_sessions"
_USERS_KEY: Final = re.compile(r"user:([0-9]{1,15})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it moves.

    Attributes:
        owner_key: Whose it is.
        project: What it says, by field.
        size_bytes: Of all that it says.
        updated_at: When it was saved last.
    """

    owner_key: str
    project: dict[str, Any]
    size_bytes: int
    updated_at: str


def votes(repository: Repository, ledger: Ledger, moved_at: str) -> Iterator[tuple[int, int, str]]:
    """Yield the votes that move: work, user and date."""
    seen: set[tuple[int, int]] = set()
    for row in repository.rows(_VOTES, "artifact_id, user_id"):
        ledger.seen(_VOTES)
        work_id, user_id = whole_number(row.get("artifact_id")), whole_number(row.get("user_id"))
        label = f"{work_id} by {user_id}"
        if work_id is None or not repository.has_work(work_id):
            ledger.note(_VOTES, label, Rule.NO_WORK)
        elif user_id is None or not repository.has_user(user_id):
            ledger.note(_VOTES, label, Rule.VOTE_OF_NOBODY)
        elif (work_id, user_id) in seen:
            ledger.note(_VOTES, label, Rule.TWICE)
        else:
            seen = {(work_id, user_id)}  # rows come in order: only neighbours can be equal
            yield work_id, user_id, _date(row.get("created_at"), moved_at)


def views(repository: Repository, ledger: Ledger, moved_at: str) -> Iterator[tuple[int, str, str]]:
    """Yield the views that move: work, viewer and date."""
    seen: set[str] = set()
    last: int | None = None
    for row in repository.rows(_VIEWS, "artifact_id"):
        ledger.seen(_VIEWS)
        work_id = whole_number(row.get("artifact_id"))
        viewer = clean(text_of(row.get("viewer_key")))
        if work_id != last:
            seen, last = set(), work_id
        if work_id is None or not repository.has_work(work_id):
            ledger.note(_VIEWS, f"{work_id} by {viewer}", Rule.NO_WORK)
        elif viewer in seen:
            ledger.note(_VIEWS, f"{work_id} by {viewer}", Rule.TWICE)
        else:
            seen.add(viewer)
            yield work_id, viewer, _date(row.get("viewed_at"), moved_at)


def drafts(repository: Repository, ledger: Ledger, moved_at: str) -> Iterator[Draft]:
    """Yield the drafts that move."""
    for row in repository.rows(_DRAFTS):
        ledger.seen(_DRAFTS)
        owner = text_of(row.get("owner_key"))
        user = _USERS_KEY.fullmatch(owner)
        kept = json_object(text_of(row.get("project_json")))
        if owner.startswith("guest:"):
            ledger.note(_DRAFTS, owner, Rule.GUESTS_DRAFT)
        elif user is None or not repository.has_user(int(user[1])):
            ledger.note(_DRAFTS, owner, Rule.DRAFT_OF_NOBODY)
        elif kept is None:
            ledger.note(_DRAFTS, owner, Rule.DRAFT_UNREADABLE)
        else:
            draft = _draft(repository, ledger, owner, kept, _date(row.get("updated_at"), moved_at))
            if draft.size_bytes > MAX_DRAFT_BYTES:
                ledger.note(_DRAFTS, owner, Rule.DRAFT_SIZE, f"{draft.size_bytes:,} bytes")
            else:
                yield draft


def end_sessions(repository: Repository, ledger: Ledger) -> None:
    """Count the sessions, none of which moves."""
    for number, _ in enumerate(repository.rows(_SESSIONS), 1):
        ledger.seen(_SESSIONS)
        ledger.note(_SESSIONS, number, Rule.SESSION)


def _draft(repository: Repository, ledger: Ledger, owner: str, kept: dict[str, Any], updated_at: str) -> Draft:
    project = kept.get("project")
    source = read_draft(project if isinstance(project, dict) else {})
    for rule, detail in source.notes:
        ledger.note(_DRAFTS, owner, rule, detail)
    for attachment in source.files.values():
        repository.add_file(attachment.sha256, attachment.media_type, attachment.content)
    fields: dict[str, Any] = {
        "program": _whole(source.program, names_of(source.library).defined | names_of(source.theme).defined),
        "library": _whole(source.library),
        "theme": _whole(source.theme),
        "files": {name: file.sha256 for name, file in source.files.items()},
        "name": plain_line(text_of(kept.get("map_name")), 200),
    }
    fields = {name: value for name, value in fields.items() if value}
    state = orjson.dumps(source.extras).decode()
    return Draft(owner, {**fields, "state": state}, len(orjson.dumps(fields)) + len(state.encode()), updated_at)


def _whole(piece: str, known: frozenset[str] = frozenset()) -> str:
    return blocks(supply(names_of(piece).used - known).statements, piece)


def _date(value: object, moved_at: str) -> str:
    moment = date_of(value)
    return moment.isoformat() if moment else moved_at
