"""What imports what, as far as it is known, and the bundle that follows from it: nothing here asks the hub."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from xatra_api.hub.works import Kind
from xatra_api.imports.paths import parse_path
from xatra_api.imports.problems import (
    ImportCycle,
    ImportFilesConflict,
    ImportHidden,
    ImportsTooDeep,
    ImportsTooLarge,
    Mistake,
    told,
)
from xatra_api.imports.repository import Alpha, Canonical, Published, Source
from xatra_shared.bundles import Bundle, BundledWork, Part

MAX_DEPTH: Final = 16
MAX_WORKS: Final = 100
MAX_SOURCE_BYTES: Final = 2_000_000
MAX_FILES: Final = 32

_TOO_DEEP: Final = f"A chain of imports has at most {MAX_DEPTH} works; this one is longer"

# Beside the works, their libraries and themes.
MAX_VERSIONS: Final = 3 * MAX_WORKS


class Asked(NamedTuple):
    """A path that a work, or the program (None), imports, and where: the line is the program's, or the work's."""

    by: Canonical | None
    path: str
    line: int
    column: int


@dataclass(slots=True)
class Node:
    """A work that is imported.

    Attributes:
        kind: What it is.
        parts: What runs, in this order.
        files: What each part reads: name -> sha256.
        imports: Where its own paths lead, as far as that is known.
    """

    kind: Kind
    parts: list[Part]
    files: list[dict[str, str]]
    imports: dict[str, Canonical] = field(default_factory=dict)


@dataclass(slots=True)
class Graph:
    """All that a program imports, as it becomes known.

    Attributes:
        program: Where the program's own paths lead, those of its library and theme among them.
        nodes: What is imported.
        leads: Where paths lead that were asked for: at one moment, so to the same for all.
    """

    program: dict[str, Canonical] = field(default_factory=dict)
    nodes: dict[Canonical, Node] = field(default_factory=dict)
    leads: dict[str, Canonical] = field(default_factory=dict)
    _asked: list[Asked] = field(default_factory=list)
    _askers: dict[Canonical, Asked] = field(default_factory=dict)
    _levels: int = 0

    def ask(self, asked: Asked) -> None:
        """Take up that something imports a path."""
        self._asked.append(asked)

    def unanswered(self) -> dict[str, Asked]:
        """Return the paths that lead nobody knows where, each with the first who imports it.

        Raises:
            ImportsTooDeep: Each level of imports had such paths, for more levels than there may be.
            ImportsTooLarge: They are more than works may be.
        """
        unanswered: dict[str, Asked] = {}
        for asked in self._asked:
            if asked.path not in self.leads:
                unanswered.setdefault(asked.path, asked)
        if len(unanswered) + len(self.leads) > MAX_WORKS:
            raise too_many_works()
        if unanswered and self._levels == MAX_DEPTH:
            raise ImportsTooDeep(**told([self.mistake(_TOO_DEEP, next(iter(unanswered.values())))]))
        self._levels += 1
        return unanswered

    def answer(self, asked: Asked, canonical: Canonical) -> None:
        """Say where a path leads, for all who import it."""
        self.leads[asked.path] = canonical
        self._askers.setdefault(canonical, asked)

    def connect(self) -> None:
        """Give everything that is imported to who imports it, now that all paths lead somewhere."""
        for by, path, *_ in self._asked:
            imports = self.program if by is None else self.nodes[by].imports
            imports[path] = self.leads[path]

    def add_alpha(self, alpha: Alpha) -> None:
        """Add an alpha to which a path leads; what it imports has to be asked for.

        Raises:
            ImportHidden: It is hidden, or its library or theme is.
        """
        canonical = alpha.own.path
        for source in alpha.sources:
            self._check_shown(source, canonical)
        parts = [Part(name=source.path, source=source.content) for source in alpha.sources]
        self.nodes[canonical] = Node(alpha.own.kind, parts, [source.files for source in alpha.sources])

    def add_published(self, version_ids: Iterable[int], known: Mapping[int, Published]) -> None:
        """Add published versions to which paths lead, with all that they import.

        Raises:
            ImportHidden: One of them is hidden, or its library or theme is.
        """
        by_work = {(version.work_id, version.version): version for version in known.values()}
        pending = [known[version_id] for version_id in version_ids]
        while pending:
            version = pending.pop()
            canonical = version.path
            if canonical in self.nodes:
                continue
            parts = [
                known[part]
                for part in (version.library_version_id, version.theme_version_id, version.version_id)
                if part is not None
            ]
            for part in parts:
                self._check_shown(part, canonical)
            node = self.nodes[canonical] = Node(
                version.kind,
                [Part(name=part.path, source=part.content or "") for part in parts],
                [part.files for part in parts],
            )
            for part in parts:
                for path, work_id, number in part.imports:
                    at = parse_path(path)
                    imported = by_work.get((work_id, number or 0))
                    if at and not isinstance(at.version, int):
                        self.ask(Asked(canonical, path, 0, 0))  # older than pinning
                    elif imported:
                        node.imports[path] = imported.path
                        self._askers.setdefault(node.imports[path], Asked(canonical, path, 0, 0))
                        pending.append(imported)

    def mistake(self, message: str, asked: Asked, chain: Sequence[str] = ()) -> Mistake:
        """Return what is wrong with a path that is imported, placed where the program imports it by way of others.

        Args:
            message: What is wrong.
            asked: Who imports the path.
            chain: What to show as the way; none: the way to the path.
        """
        way, path = [asked.path], asked.path
        while asked.by is not None:
            way.append(shown(asked.by))
            asked = self._askers[asked.by]
        return Mistake(message, asked.line, asked.column, path, chain or way[::-1])

    def asker(self, canonical: Canonical) -> Asked:
        """Return the first who imports a work."""
        return self._askers[canonical]

    def check(self) -> None:
        """Refuse what goes round in circles, or is too deep or too large.

        Raises:
            ImportCycle: A work imports itself.
            ImportsTooDeep: A chain of imports is longer than 16.
            ImportsTooLarge: There are more than 100 works, or they have more than 2 MB of source.
        """
        if len(self.nodes) > MAX_WORKS:
            raise too_many_works()
        size_bytes = sum(len(part["source"].encode()) for node in self.nodes.values() for part in node.parts)
        if size_bytes > MAX_SOURCE_BYTES:
            raise too_much_source()
        depths: dict[Canonical, int] = {}
        for canonical in self.program.values():
            self._measure(canonical, [], depths)

    def _measure(self, canonical: Canonical, path: list[Canonical], depths: dict[Canonical, int]) -> int:
        """Return how many works the longest chain of imports from a work has, itself among them."""
        if canonical in path:
            chain = [shown(work) for work in (*path[path.index(canonical) :], canonical)]
            raise ImportCycle(
                **told([self.mistake("These imports go round in a circle", self._askers[path[0]], chain)])
            )
        if canonical not in depths:
            below = [*path, canonical]
            depths[canonical] = 1 + max(
                (self._measure(work, below, depths) for work in self.nodes[canonical].imports.values()), default=0
            )
        if len(path) + depths[canonical] > MAX_DEPTH:
            root, *_ = chain = [*path, canonical]
            raise ImportsTooDeep(**told([self.mistake(_TOO_DEEP, self._askers[root], [shown(work) for work in chain])]))
        return depths[canonical]

    def files(self, own: Mapping[str, str]) -> dict[str, str]:
        """Return the files that imports read, by name.

        Args:
            own: Those of the program.

        Raises:
            ImportFilesConflict: Two read different files by one name.
            ImportsTooLarge: There are more than a render may have.
        """
        readers = {name: ("the program", sha256) for name, sha256 in own.items()}
        files: dict[str, str] = {}
        for node in self.nodes.values():
            for part, part_files in zip(node.parts, node.files, strict=True):
                for name, sha256 in part_files.items():
                    other, known = readers.setdefault(name, (shown(part["name"]), sha256))
                    if known != sha256:
                        raise ImportFilesConflict(
                            f"{other} and {shown(part['name'])} both read a file {name!r}, each another one. "
                            "A render knows files by their names alone: rename one of them."
                        )
                    files[name] = sha256
        if len(readers) > MAX_FILES:
            raise ImportsTooLarge(f"The program and what it imports read more than {MAX_FILES} files.")
        return {name: files[name] for name in sorted(files)}

    def bundle(self, before: list[Part], files: Mapping[str, str]) -> Bundle:
        """Return the bundle; what is empty is left out."""
        bundle = Bundle()
        if before:
            bundle["before"] = before
        if self.nodes:
            everything = [self.program, *(node.imports for node in self.nodes.values())]
            bundle["paths"] = {path: canonical for paths in everything for path, canonical in paths.items()}
            bundle["works"] = {
                canonical: BundledWork(kind=node.kind, parts=node.parts) for canonical, node in self.nodes.items()
            }
        if imported_files := self.files(files):
            bundle["files"] = imported_files
        return bundle

    def _check_shown(self, source: Source | Published, canonical: Canonical) -> None:
        if source.hidden_reason is None:
            return
        hidden, user = f"/{source.kind}/{source.name}", shown(canonical)
        by_way = "" if user.startswith(f"{hidden}/") else f", which {user} uses,"
        mistake = self.mistake(f"{hidden}{by_way} has been hidden: {source.hidden_reason}", self._askers[canonical])
        raise ImportHidden(**told([mistake]), reason=source.hidden_reason)


def shown(canonical: Canonical) -> str:
    """Return a path as people are told it: without the hash of an alpha."""
    return canonical.partition("@")[0]


def too_many_works() -> ImportsTooLarge:
    """Return the problem of too many works."""
    return ImportsTooLarge(f"A program imports at most {MAX_WORKS} works, all that they import among them.")


def too_much_source() -> ImportsTooLarge:
    """Return the problem of sources that are too long together."""
    return ImportsTooLarge(f"All that a program imports has at most {MAX_SOURCE_BYTES:,} bytes of source.")
