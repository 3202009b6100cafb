"""What works import from each other, by the paths in their source, and which exact versions that means.

To the predecessor, a path without a version meant the alpha. Published versions import published versions here: an alpha
that others import is published as it is, unless its latest version says the same.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Final, NamedTuple

from xatra_api.imports.paths import WorkPath, as_the_client_reads, parse_path
from xatra_api.imports.syntax import examine
from xatra_standalone.predecessor.ledger import Ledger
from xatra_standalone.predecessor.repository import Repository, Text, Work
from xatra_standalone.predecessor.rules import Rule

_VERSIONS: Final = "hub_artifact_versions"


class Import(NamedTuple):
    """An import in a source, and what it leads to.

    Attributes:
        path: As the library's client reads it.
        at: The path taken apart; None: it is none.
        work: Where it leads; None: nowhere.
        version: The published version that is meant; None: there is none such.
        start: Where its literal begins in the source.
        end: Where it ends.
        mistake: Why it cannot be told what is imported; None: it can.
        line: Where it is, from 1.
    """

    path: str
    at: WorkPath | None
    work: Work | None
    version: int | None
    start: int
    end: int
    mistake: str | None
    line: int

    @property
    def is_pinned(self) -> bool:
        """Whether the path says the version."""
        return self.at is not None and isinstance(self.at.version, int)

    @property
    def exact(self) -> str:
        """The path with the version that is meant, where there is one."""
        if self.version is None or self.is_pinned:
            return self.path
        return f"{self.path.removesuffix('/alpha')}/{self.version}"


def publish_wanted_alphas(repository: Repository, ledger: Ledger) -> None:
    """Publish the alphas that others import, and those of works that are nobody's and would be lost."""
    for work in repository.works():
        for text in repository.texts(work.id):
            for piece in (text.library, text.theme, text.program):
                for found in imports_of(repository, piece):
                    if found.work and not found.is_pinned:
                        repository.want(found.work.id)
    for wanted_id in repository.wanted():
        wanted = repository.work(wanted_id)
        if wanted:
            number = _latest_saying_alpha(repository, wanted_id)
            repository.satisfy(wanted_id, number or _publish(repository, ledger, wanted, Rule.ALPHA_PUBLISHED))
    for work in repository.works():
        if work.user_id is None and repository.latest(work.id) is None:
            _publish(repository, ledger, work, Rule.NOBODYS_ALPHA)


def _latest_saying_alpha(repository: Repository, work_id: int) -> int | None:
    """Return the latest version of a work if it says what the alpha says."""
    alpha, latest = repository.text(work_id, 0), repository.latest(work_id)
    if alpha is None or latest is None or _said(alpha) != _said(latest):
        return None
    return latest.version


def _said(text: Text) -> tuple[str, ...]:
    return (text.library, text.theme, text.program, text.files)


def _publish(repository: Repository, ledger: Ledger, work: Work, rule: Rule) -> int:
    alpha, latest = repository.text(work.id, 0), repository.latest(work.id)
    number = latest.version + 1 if latest else 1
    if alpha:
        repository.put_text(replace(alpha, version=number, created_at=work.updated_at))
        ledger.note(_VERSIONS, f"{work.label}/{number}", rule)
    return number


def imports_of(repository: Repository, source: str) -> Iterator[Import]:
    """Return the imports of a source, in the order of its text."""
    if "xatrahub" not in unicodedata.normalize("NFKC", source):
        return
    for call in examine(source).hub_calls:
        path = as_the_client_reads(call.path or "")
        at = parse_path(path)
        work = _find(repository, at) if at else None
        version = None
        if work and at:
            number = at.version if isinstance(at.version, int) else repository.wanted_version(work.id)
            version = number if number and repository.has_version(work.id, number) else None
        yield Import(path, at, work, version, call.start, call.end, call.mistake, call.line)


def _find(repository: Repository, at: WorkPath) -> Work | None:
    work = repository.find(at.kind, at.name)
    if work is None or at.user is None or work.user_id is None:
        return work
    return work if repository.username(work.user_id) == at.user else None


def pinned(source: str, imports: list[Import], ledger: Ledger, label: str) -> str:
    """Return a version's source with every import by its exact version."""
    pieces: list[str] = []
    at = 0
    for found in imports:
        if found.exact != found.path:
            pieces += [source[at : found.start], f'"{found.exact}"']
            at = found.end
            ledger.note(_VERSIONS, label, Rule.IMPORT_PINNED, f"{found.path} is now {found.exact}")
    return "".join([*pieces, source[at:]])
