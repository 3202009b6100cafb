"""The rules for what a map brings along: its own territories and theme become works of its author, or stay in its text.

The predecessor tied a map to a library and a theme by their names. Here it owns them: an alpha's territories are its
library's alpha. A published version refers to the version of the library that says the same; where there is none, they
stay in its own text, so that the library's numbers mean what they meant.
"""

from dataclasses import replace
from typing import Final, Literal

from xatra_api.hub.naming import MAX_NEW_CHARACTERS
from xatra_standalone.predecessor.ledger import Ledger
from xatra_standalone.predecessor.repository import Repository, Text, Work
from xatra_standalone.predecessor.rules import Rule
from xatra_standalone.predecessor.scope import blocks

type _Role = Literal["library", "theme"]

_TABLE: Final = "hub_artifacts"
_KINDS: Final[dict[_Role, str]] = {"library": "lib", "theme": "css"}
_ADDED: Final[dict[_Role, Rule]] = {"library": Rule.LIBRARY_ADDED, "theme": Rule.THEME_ADDED}


def give_parts(repository: Repository, ledger: Ledger) -> None:
    """Give every map its library and its theme."""
    for work in repository.works():
        if work.kind == "map":
            _give(repository, ledger, work)


def _give(repository: Repository, ledger: Ledger, work: Work) -> None:
    alpha, *versions = repository.texts(work.id)
    owned = {role: _owned(repository, ledger, work, alpha, role) for role in _KINDS}
    repository.change_work(work.id, **{f"{role}_id": part_id for role, part_id in owned.items()})
    repository.put_text(_without(alpha, [role for role, part_id in owned.items() if part_id]))
    for version in versions:
        for role, part_id in owned.items():
            piece = getattr(version, role)
            number = repository.version_saying(part_id, piece) if part_id and piece else None
            if number:
                setattr(version, f"{role}_work", part_id)
                setattr(version, f"{role}_version", number)
        linked = [role for role in _KINDS if getattr(version, f"{role}_version")]
        repository.put_text(_without(version, linked))


def _without(text: Text, apart: list[_Role]) -> Text:
    """Return a text whose parts are in its program, but for those that are works of their own."""
    kept = [getattr(text, role) for role in _KINDS if role not in apart]
    return replace(text, program=blocks(*kept, text.program), library="", theme="")


def _owned(repository: Repository, ledger: Ledger, work: Work, alpha: Text, role: _Role) -> int | None:
    """Return the library or theme of a map's author that is the map's, made where there is a need."""
    piece = getattr(alpha, role)
    if work.user_id is None:
        return None
    existing = repository.find(_KINDS[role], work.name)
    if existing and existing.user_id == work.user_id:
        own = repository.text(existing.id, 0)
        if piece and own and own.program != piece:
            repository.put_text(replace(own, program=piece))
            ledger.note(_TABLE, existing.label, Rule.PART_REPLACED, f"by that of {work.label}")
        return existing.id
    return _make(repository, ledger, work, piece, role) if piece else None


def _make(repository: Repository, ledger: Ledger, work: Work, piece: str, role: _Role) -> int:
    kind = _KINDS[role]
    name = work.name
    if repository.find(kind, name):
        stem = f"{name[: MAX_NEW_CHARACTERS - 16]}_{kind}"
        number = 1
        while repository.find(kind, name := stem if number == 1 else f"{stem}_{number}"):
            number += 1
    part = Work(
        id=repository.next_work_id(),
        kind=kind,
        name=name,
        user_id=work.user_id,
        created_at=work.created_at,
        updated_at=work.updated_at,
    )
    repository.add_work(part)
    repository.put_text(Text(part.id, 0, kind, piece, created_at=work.updated_at))
    ledger.note(_TABLE, part.label, _ADDED[role], f"of {work.label}")
    return part.id
