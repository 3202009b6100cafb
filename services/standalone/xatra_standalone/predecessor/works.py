"""The rules for works: whose they are, what they are called, what is said of them, and what they were forked from."""

import re
from collections.abc import Mapping
from typing import Any, Final

import orjson

from xatra_api.hub.naming import NameNotAllowed, check_new
from xatra_api.hub.schemas import MAX_METADATA_BYTES
from xatra_shared.database.models.hub import KINDS
from xatra_standalone.predecessor.cleaning import (
    clean,
    date_of,
    json_object,
    plain_line,
    plain_text,
    storable,
    text_of,
    whole_number,
    within,
)
from xatra_standalone.predecessor.ledger import Ledger
from xatra_standalone.predecessor.people import free_name
from xatra_standalone.predecessor.repository import Repository, Work
from xatra_standalone.predecessor.rules import Rule

_TABLE: Final = "hub_artifacts"
_FITS: Final = re.compile(r"[a-z0-9_.]{1,200}", re.ASCII)
_MAX_DESCRIPTION_CHARACTERS: Final = 4000
_MAX_DISPLAY_TYPE_CHARACTERS: Final = 60
# What has a column of its own, tells the author of what may be nobody's, or is only about the save.
_NOT_METADATA: Final = frozenset(
    {
        *("description", "display_type", "forked_from", "thumbnail", "owner", "username", "author", "kind"),
        *("updated_at", "updated_from"),
    }
)


def move_works(repository: Repository, ledger: Ledger, moved_at: str) -> None:
    """Work out which works there will be, without what they say.

    Args:
        repository: The copy, with its people.
        ledger: The account of what was done.
        moved_at: The date for what has none.
    """
    taken: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for row in repository.rows(_TABLE):
        name = text_of(row.get("name"))
        if row.get("kind") in taken and _FITS.fullmatch(name):
            taken[row["kind"]].add(name)
    for row in repository.rows(_TABLE):
        ledger.seen(_TABLE)
        if row.get("kind") not in taken:
            ledger.note(_TABLE, f"{text_of(row.get('kind'))}/{text_of(row.get('name'))}", Rule.KIND)
            continue
        _move(repository, ledger, row, taken[row["kind"]], moved_at)
    for work in repository.works():
        if work.forked_from:
            _find_origin(repository, ledger, work)


def metadata_of(row: Mapping[str, Any], column: str, ledger: Ledger, table: str, label: str) -> dict[str, Any]:
    """Return metadata as the predecessor kept it; where they are no JSON object, none."""
    text = text_of(row.get(column))
    metadata = json_object(text)
    if metadata is None and text.strip():
        ledger.note(table, label, Rule.METADATA)
    return metadata or {}


def kept(metadata: Mapping[str, Any], extras: Mapping[str, Any], ledger: Ledger, table: str, label: str) -> str:
    """Return as JSON what of metadata stays metadata, with what else belongs there."""
    if metadata.get("thumbnail"):
        ledger.note(table, label, Rule.THUMBNAIL)
    stays = storable({**{name: value for name, value in metadata.items() if name not in _NOT_METADATA}, **extras})
    kept_members, dropped = within(stays, MAX_METADATA_BYTES - 100)
    if dropped:
        ledger.note(table, label, Rule.METADATA_SIZE, ", ".join(dropped))
    return orjson.dumps(kept_members).decode()


def _move(repository: Repository, ledger: Ledger, row: Mapping[str, Any], taken: set[str], moved_at: str) -> None:
    work_id, kind, old_name = int(row["id"]), str(row["kind"]), text_of(row.get("name"))
    name = old_name if _FITS.fullmatch(old_name) else free_name(old_name, work_id, kind, taken, "_.")
    label = f"{kind}/{name}"
    if name != old_name:
        ledger.note(_TABLE, label, Rule.WORK_NAME, f"was {old_name}")
    try:
        check_new(kind, name)  # type: ignore[arg-type] # one of the kinds
    except NameNotAllowed as problem:
        ledger.note(_TABLE, label, Rule.OLD_WORK_NAME, problem.occurrence or "")
    created, updated = date_of(row.get("created_at")), date_of(row.get("updated_at"))
    if created is None or updated is None:
        ledger.note(_TABLE, label, Rule.DATE)
    created_at = (created or updated).isoformat() if created or updated else moved_at  # type: ignore[union-attr] # one is there
    updated_at = updated.isoformat() if updated else created_at
    user_id = whole_number(row.get("user_id"))
    if not repository.has_user(user_id):
        ledger.note(_TABLE, label, Rule.NO_OWNER)
        user_id = None
    metadata = metadata_of(row, "alpha_metadata", ledger, _TABLE, label)
    if metadata.get("thumbnail"):
        metadata["thumbnail"] = True  # it is told that there was one
    description = text_of(metadata.get("description"))
    shown_description = plain_text(description, _MAX_DESCRIPTION_CHARACTERS)
    if shown_description != description.strip():
        ledger.note(_TABLE, label, Rule.DESCRIPTION)
    repository.add_work(
        Work(
            id=work_id,
            kind=kind,
            name=name,
            user_id=user_id,
            created_at=created_at,
            updated_at=updated_at,
            disassociated_at=None if user_id else updated_at,
            featured=int(bool(whole_number(row.get("featured")))),
            description=shown_description,
            display_type=plain_line(text_of(metadata.get("display_type")), _MAX_DISPLAY_TYPE_CHARACTERS),
            metadata=orjson.dumps(storable(metadata)).decode(),
            forked_from=clean(text_of(metadata.get("forked_from") or _first_origin(repository, work_id))),
        )
    )


def _first_origin(repository: Repository, work_id: int) -> object:
    """Return what the first version says of a work's origin: saving the alpha later erased it there."""
    first = next(repository.versions_of(work_id), {})
    return (json_object(text_of(first.get("metadata"))) or {}).get("forked_from")


def _find_origin(repository: Repository, ledger: Ledger, work: Work) -> None:
    """Find the work from which one was forked: by its name, unless a younger work has taken that over."""
    parts = [part for part in work.forked_from.strip().lower().split("/") if part]
    if len(parts) > 1 and re.fullmatch(r"alpha|v?[0-9]+", parts[-1], re.ASCII) and parts[-2] not in KINDS:
        parts.pop()
    kind = parts[-2] if len(parts) > 1 and parts[-2] in KINDS else "map"
    origin = repository.find(kind, parts[-1]) if parts else None
    if origin and origin.id == work.id:
        ledger.note(_TABLE, work.label, Rule.FORK_OF_ITSELF)
    elif origin is None or origin.created_at > work.created_at:
        ledger.note(_TABLE, work.label, Rule.FORK_OF_NOTHING, work.forked_from)
    else:
        repository.change_work(work.id, forked_from_id=origin.id)
