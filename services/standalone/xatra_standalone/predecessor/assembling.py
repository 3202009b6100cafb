"""Puts together what each work will say: its source with the imports that it needs, pinned, and why it will not run."""

import json
from dataclasses import dataclass, field
from typing import Any, Final

from xatra_api.hub.works import content_hash
from xatra_api.imports.programs import MAX_PROGRAM_CHARACTERS
from xatra_standalone.predecessor.imports import Import, imports_of, pinned
from xatra_standalone.predecessor.ledger import Ledger
from xatra_standalone.predecessor.repository import Repository, Text, Work
from xatra_standalone.predecessor.rules import Rule
from xatra_standalone.predecessor.scope import Names, blocks, names_of, supply

_WORKS: Final = "hub_artifacts"
_VERSIONS: Final = "hub_artifact_versions"
_MAX_NAMES: Final = 10


@dataclass(frozen=True, slots=True)
class Assembled:
    """What a work says, ready to be stored.

    Attributes:
        text: From what it was made.
        content: Python source.
        files: Name by which it reads a file -> sha256.
        content_hash: By which equal contents are known.
        imports: Path, number of the work and its version (none: not said) of each import that leads somewhere.
        error: Why no map will come of it, as renders put it; none: that is yet to be seen.
    """

    text: Text
    content: str
    files: dict[str, str]
    content_hash: str
    imports: dict[str, tuple[int, int | None]] = field(default_factory=dict)
    error: dict[str, Any] | None = None


@dataclass(slots=True)
class _Fault:
    """The first reason why a program will not run."""

    rule: Rule
    type: str
    message: str
    line: int | None = None

    def as_error(self) -> dict[str, Any]:
        return {"by": "author", "type": self.type, "message": self.message, "line": self.line, "traceback": ""}


def assemble(repository: Repository, ledger: Ledger, work: Work, text: Text) -> Assembled:
    """Return what a work will say; what is worth knowing of it goes into the ledger."""
    table, label = (_VERSIONS, f"{work.label}/{text.version}") if text.version else (_WORKS, work.label)
    names = names_of(text.program)
    source = text.program
    if not names.fault:
        supplied = supply(names.used - _defined_before(repository, work, text))
        source = blocks(supplied.statements, text.program)
        for name in supplied.unknown[:_MAX_NAMES]:
            ledger.note(table, label, Rule.UNKNOWN_NAME, name)
    imports = list(imports_of(repository, source))
    fault = _fault(work, text, source, names, imports)
    if fault:
        ledger.note(table, label, fault.rule, fault.message)
    content = pinned(source, imports, ledger, label) if text.version else source
    files = json.loads(text.files)
    return Assembled(
        text=text,
        content=content,
        files=files,
        content_hash=content_hash(content, files, _parts(text)),
        imports=_rows(imports, text.version),
        error=_error(work, text, fault),
    )


def _defined_before(repository: Repository, work: Work, text: Text) -> frozenset[str]:
    """Return the names that a map's library and theme give it."""
    if work.kind != "map":
        return frozenset()
    linked = [
        repository.text(work_id, version or 0)
        for work_id, version in (
            ((text.library_work, text.library_version), (text.theme_work, text.theme_version))
            if text.version
            else ((work.library_id, 0), (work.theme_id, 0))
        )
        if work_id
    ]
    return frozenset(name for part in linked if part for name in names_of(part.program).defined)


def _fault(work: Work, text: Text, source: str, names: Names, imports: list[Import]) -> _Fault | None:
    if text.fault:
        return None  # which has been told
    if len(source) > MAX_PROGRAM_CHARACTERS:
        return _Fault(Rule.TOO_LARGE, "ProgramTooLarge", f"The program has {len(source):,} characters.")
    if names.fault:
        return _Fault(Rule.SYNTAX, "SyntaxError", names.fault.message, names.fault.line)
    if work.kind == "map" and not source.strip():
        return _Fault(Rule.EMPTY, "NoMap", "There is nothing to draw.")
    return next((fault for found in imports if (fault := _fault_of(found))), None)


def _fault_of(found: Import) -> _Fault | None:
    if found.mistake or found.at is None:
        return _Fault(Rule.IMPORT_COMPUTED, "ImportNotLiteral", found.mistake or found.path, found.line)
    if found.work is None or (found.version is None and found.is_pinned):
        return _Fault(Rule.IMPORT_MISSING, "ImportNotFound", f"There is no {found.path}.", found.line)
    return None


def _error(work: Work, text: Text, fault: _Fault | None) -> dict[str, Any] | None:
    if work.kind != "map" or not text.version:
        return None
    if text.fault:
        return _Fault(Rule.VERSION_LOST, "LookupError", text.fault).as_error()
    return fault.as_error() if fault else None


def _parts(text: Text) -> list[tuple[int, int]]:
    pairs = ((text.library_work, text.library_version), (text.theme_work, text.theme_version))
    return [(work_id, version) for work_id, version in pairs if work_id and version]


def _rows(imports: list[Import], version: int) -> dict[str, tuple[int, int | None]]:
    if version:
        return {found.exact: (found.work.id, found.version) for found in imports if found.work and found.version}
    return {
        found.path: (found.work.id, found.version if found.is_pinned else None)
        for found in imports
        if found.work and (found.version or not found.is_pinned)
    }
