"""The rules for what works say: alphas and numbered versions, turned into Python source."""

import hashlib
from collections.abc import Mapping
from typing import Any, Final

import orjson

from xatra_standalone.predecessor import documents
from xatra_standalone.predecessor.cleaning import clean, date_of, json_object, text_of, whole_number
from xatra_standalone.predecessor.documents import Source
from xatra_standalone.predecessor.ledger import Ledger
from xatra_standalone.predecessor.repository import Repository, Text, Work
from xatra_standalone.predecessor.rules import Rule
from xatra_standalone.predecessor.scope import names_of, supply
from xatra_standalone.predecessor.works import kept, metadata_of

MAX_STAND_INS: Final = 1000
"""Missing numbers of one work that are stood in for."""

_WORKS: Final = "hub_artifacts"
_VERSIONS: Final = "hub_artifact_versions"
_LOST: Final = "Version {number} of {label} was lost before it moved to this site."


def move_texts(repository: Repository, ledger: Ledger) -> None:
    """Work out what all works say.

    Args:
        repository: The copy, with its works.
        ledger: The account of what was done.
    """
    for work in repository.works():
        _move_alpha(repository, ledger, work)
        _move_versions(repository, ledger, work)
    for row in repository.orphaned_versions():
        ledger.seen(_VERSIONS)
        ledger.note(_VERSIONS, f"#{row['artifact_id']}/{text_of(row.get('version'))}", Rule.NO_WORK)


def _move_alpha(repository: Repository, ledger: Ledger, work: Work) -> None:
    row = repository.original(work.id)
    metadata = json_object(work.metadata) or {}
    extras = {}
    if work.forked_from and work.forked_from_id is None and work.forked_from.strip("/") not in (work.name, work.label):
        extras["forked_from"] = work.forked_from
    text = _text(repository, ledger, work, 0, text_of(row.get("alpha_content")), work.updated_at)
    # Who gave a work up is not to be told by what a client kept in it.
    text.metadata = kept(metadata, {**extras, **_extras(text)}, ledger, _WORKS, work.label) if work.user_id else "{}"
    repository.put_text(text)


def _move_versions(repository: Repository, ledger: Ledger, work: Work) -> None:
    expected = 1
    stand_ins = 0
    for row in repository.versions_of(work.id):
        ledger.seen(_VERSIONS)
        number = whole_number(row.get("version"))
        label = f"{work.label}/{text_of(row.get('version'))}"
        if number is None or number < 1:
            ledger.note(_VERSIONS, label, Rule.VERSION_NUMBER)
            continue
        if number < expected:
            ledger.note(_VERSIONS, label, Rule.TWICE)
            continue
        if stand_ins + number - expected > MAX_STAND_INS:
            ledger.note(_VERSIONS, label, Rule.VERSION_TOO_FAR)
            continue
        created = date_of(row.get("created_at"))
        if created is None:
            ledger.note(_VERSIONS, label, Rule.DATE, text_of(row.get("created_at")))
        created_at = created.isoformat() if created else work.updated_at
        for missing in range(expected, number):
            stand_ins += 1
            _stand_in(repository, ledger, work, missing, created_at)
        expected = number + 1
        text = _text(repository, ledger, work, number, text_of(row.get("content")), created_at)
        metadata = metadata_of(row, "metadata", ledger, _VERSIONS, label)
        text.metadata = kept(metadata, _extras(text), ledger, _VERSIONS, label)
        repository.put_text(text)


def _stand_in(repository: Repository, ledger: Ledger, work: Work, number: int, created_at: str) -> None:
    """Put something in the place of a version that is not there, as numbers have no gaps."""
    sentence = _LOST.format(number=number, label=f"/{work.label}")
    repository.put_text(
        Text(
            work.id,
            number,
            work.kind,
            f"raise LookupError({sentence!r})\n",
            metadata=orjson.dumps({"lost": True}).decode(),
            created_at=created_at,
            fault=sentence,
        )
    )
    ledger.note(_VERSIONS, f"{work.label}/{number}", Rule.VERSION_LOST)


def _text(repository: Repository, ledger: Ledger, work: Work, number: int, content: str, created_at: str) -> Text:
    table, label = (_VERSIONS, f"{work.label}/{number}") if number else (_WORKS, work.label)
    source = _read(repository, work, number, content)
    if clean(content) != content or "\\u0000" in content or "\\ud" in content.lower():
        ledger.note(table, label, Rule.CHARACTERS)
    for rule, detail in source.notes:
        ledger.note(table, label, rule, detail)
    for attachment in source.files.values():
        repository.add_file(attachment.sha256, attachment.media_type, attachment.content)
    return Text(
        work.id,
        number,
        work.kind,
        source.program,
        library=source.library,
        theme=source.theme,
        files=orjson.dumps({name: file.sha256 for name, file in source.files.items()}).decode(),
        metadata=orjson.dumps(source.extras).decode(),
        raw_sha256=hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest(),
        created_at=created_at,
    )


def _extras(text: Text) -> Mapping[str, Any]:
    return json_object(text.metadata) or {}


def _read(repository: Repository, work: Work, number: int, content: str) -> Source:
    match work.kind:
        case "css":
            return documents.read_theme(content)
        case "lib":
            source = documents.read_library(content)
            if supply(names_of(source.program).used).unknown:
                old_name = text_of(repository.original(work.id).get("name"))
                return documents.read_library(content, repository.equal_named("map", old_name, number))
            return source
    library = _library_of(repository, work)
    names = names_of(library.program).defined if library else frozenset[str]()
    source = documents.read_map(content, names)
    # What untrusted users saved lost its own territories, which their library of the same name may still have.
    if library and not source.library and names & names_of(source.program).used:
        source.library = library.program
    return source


def _library_of(repository: Repository, work: Work) -> Text | None:
    library = repository.find("lib", work.name) if work.user_id else None
    return repository.text(library.id, 0) if library and library.user_id == work.user_id else None
