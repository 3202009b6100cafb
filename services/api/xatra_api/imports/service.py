"""What a program imports from the hub: found in its syntax tree, resolved to exact versions, pinned in its text."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from xatra_api.hub.works import Kind, viewer_id
from xatra_api.imports import repository
from xatra_api.imports.loading import lack, load_level
from xatra_api.imports.paths import ImportedVersion, WorkPath, as_the_client_reads, parse_path, pinned
from xatra_api.imports.problems import (
    ImportNotFound,
    ImportNotLiteral,
    ImportNotUnderstood,
    ImportsAlpha,
    Mistake,
    told,
)
from xatra_api.imports.programs import ProgramNotUnderstood, ProgramReader
from xatra_api.imports.repository import Alpha, Target
from xatra_api.imports.resolving import Asked, Graph, shown
from xatra_api.imports.schemas import ResolvedImportBody, ResolvedImportsBody
from xatra_api.imports.syntax import Findings
from xatra_api.processes import Processes
from xatra_shared.bundles import Bundle, Part
from xatra_shared.identity.callers import Caller
from xatra_shared.text import fold

_MAX_PATH_CHARACTERS: Final = 300
_NO_PATH: Final = "This is no path of a work: they look like /lib/name, /lib/name/3 or /lib/name/alpha."


@dataclass(frozen=True, slots=True)
class HubImport:
    """A call of `xatrahub` in a program.

    Attributes:
        path: What it imports, as the library's client reads it: without blanks around, with a slash first.
        kind: Of the work.
        name: Of the work; the one that it has, or had.
        user: Name of its author, present or former; None: not said.
        version: A published one, or its alpha; None: the latest published one.
        line: Where it is called, from 1.
        column: Where it is called, from 1, in characters.
        start: Where the literal with the path begins in the program, from 0, in characters.
        end: Where it ends.
    """

    path: str
    kind: Kind
    name: str
    user: str | None
    version: ImportedVersion
    line: int
    column: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ResolvedImport:
    """What a path of a program leads to now. A program that names a path twice has one of these for it.

    Attributes:
        path: See `HubImport`.
        work_id: The work.
        kind: Of the work.
        name: That it has now.
        author: Name of its author; None: it has none any more.
        version: The published version; None: its alpha.
        latest_version: The newest published one; 0: none.
        is_pinned: Whether the path says the version, so that it leads to this one for ever.
        line: Where it is imported first, from 1.
        column: Where in that line, from 1, in characters.
    """

    path: str
    work_id: int
    kind: Kind
    name: str
    author: str | None
    version: int | None
    latest_version: int
    is_pinned: bool
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Resolved:
    """A program with all that it imports.

    Attributes:
        bundle: All that it imports, directly or not, its library and theme, and the files that the imports read.
        imports: What the program itself imports, by path; what its library and theme import is theirs.
        pinned: The program with every import by its exact version, otherwise the same; an alpha stays an alpha.
    """

    bundle: Bundle
    imports: list[ResolvedImport]
    pinned: str


class ImportService:
    """Imports, as one application process resolves them."""

    def __init__(self, engine: AsyncEngine, processes: Processes) -> None:
        self._engine = engine
        self._programs = ProgramReader(processes)

    async def read(self, program: str) -> list[HubImport]:
        """Return what a program imports from the hub, in the order of its text; the hub is not asked.

        Raises:
            ProgramTooLarge: It has more than 200,000 characters.
            ProgramNotUnderstood: It is not valid Python, or complicated beyond reason.
            ImportNotLiteral: It calls `xatrahub` with something else than a path written out, or gives it another name.
            ImportNotFound: A path is none.
            TooManyPrograms: The machine is too busy.
        """
        return _imports_of(await self._programs.read(program))

    async def bundle(
        self,
        program: str,
        *,
        caller: Caller,
        library: Part | None = None,
        theme: Part | None = None,
        files: Mapping[str, str] | None = None,
    ) -> Resolved:
        """Resolve all that a program imports, directly or not.

        Args:
            program: Python source.
            caller: Who may see what it imports.
            library: What runs before it in its scope, and may import too.
            theme: What runs after the library and before the program.
            files: The files that program, library and theme read, by name -> sha256: imports must not read others of
                these names.

        Raises:
            Problem: See `read`; and each of the problems of imports.
        """
        imports = await self.read(program)
        graph = Graph()
        before = [part for part in (library, theme) if part is not None]
        for found in imports:
            graph.ask(Asked(None, found.path, found.line, found.column))
        for part in before:
            for found in await self._imports_of_part(part):
                graph.ask(Asked(None, found.path, 0, 0))
        targets = await self._load(graph, caller)
        pins = [
            (found.path, found.start, found.end, version)
            for found in imports
            if found.version is None and (version := targets[found.path].version) is not None
        ]
        return Resolved(graph.bundle(before, files or {}), _resolved(imports, targets), pinned(program, pins))

    async def publication(
        self,
        program: str,
        *,
        caller: Caller,
        library: Part | None = None,
        theme: Part | None = None,
        files: Mapping[str, str] | None = None,
    ) -> Resolved:
        """Resolve a program as it is published: `pinned` is its text, and `bundle` is for that text.

        Args:
            program: See `bundle`, here and for all others.
            caller: Its author.
            library: As it is published.
            theme: As it is published.
            files: See `bundle`.

        Raises:
            ImportsAlpha: It imports an alpha, or something that does.
            Problem: See `bundle`.
        """
        resolved = await self.bundle(program, caller=caller, library=library, theme=theme, files=files)
        if mistakes := [
            Mistake(f"Publish {found.path.removesuffix('/alpha')} first.", found.line, found.column, found.path)
            for found in resolved.imports
            if found.version is None
        ]:
            raise ImportsAlpha(**told(mistakes))
        if alphas := [shown(canonical) for canonical in resolved.bundle.get("works", {}) if "@" in canonical]:
            raise ImportsAlpha(f"Something that it imports imports {', '.join(alphas)}.")
        if resolved.pinned == program:
            return resolved
        return await self.bundle(resolved.pinned, caller=caller, library=library, theme=theme, files=files)

    async def describe(self, program: str, caller: Caller) -> ResolvedImportsBody:
        """Return what a program imports itself, and what that gives it.

        Raises:
            Problem: See `bundle`.
        """
        resolved = await self.bundle(program, caller=caller)
        own, *names = await asyncio.gather(
            self._names_in(program), *(self._names_of(found, resolved.bundle) for found in resolved.imports)
        )
        imports = [
            ResolvedImportBody(
                path=found.path,
                line=found.line,
                column=found.column,
                kind=found.kind,
                name=found.name,
                author=found.author,
                version=found.version or "alpha",
                latest_version=found.latest_version,
                exact_path=found.path if found.version is None or found.is_pinned else f"{found.path}/{found.version}",
                names=found_names,
            )
            for found, found_names in zip(resolved.imports, names, strict=True)
        ]
        return ResolvedImportsBody(imports=imports, names=own, pinned=resolved.pinned)

    async def _names_of(self, found: ResolvedImport, bundle: Bundle) -> list[str] | None:
        """Return the names that a territory library defines."""
        if found.kind != "lib":
            return None
        *_, source = bundle["works"][bundle["paths"][found.path]]["parts"]
        return await self._names_in(source["source"])

    async def _names_in(self, program: str) -> list[str]:
        return (await self._programs.read(program, names=True)).names

    def locate(self, connection: Connection, imports: Sequence[HubImport], caller: Caller) -> list[ResolvedImport]:
        """Return where imports lead now, in the caller's transaction; those that lead nowhere are left out.

        For the rows of `hub_imports` of an alpha: nothing is loaded, and nothing is refused.
        """
        paths = {found.path: WorkPath(found.kind, found.name, found.user, found.version) for found in imports}
        targets = repository.find(connection, list(paths.values()), viewer_id(caller))
        known = {
            path: target
            for (path, at), target in zip(paths.items(), targets, strict=True)
            if target is not None and lack(at, target) is None
        }
        return _resolved(imports, known)

    async def _load(self, graph: Graph, caller: Caller) -> dict[str, Target]:
        """Find everything that is imported, level by level; return where the paths lead that were asked for.

        Published versions bring all that they import at once; only alphas have to be read.
        """
        targets: dict[str, Target] = {}
        while asked := graph.unanswered():
            async with self._engine.connect() as connection:
                await connection.execution_options(isolation_level="REPEATABLE READ")  # what was found stays there
                level = await connection.run_sync(load_level, graph, asked, viewer_id(caller))
            targets |= level.targets
            for alpha in level.alphas:
                await self._ask_for_imports(graph, alpha)
        graph.connect()
        graph.check()
        return targets

    async def _ask_for_imports(self, graph: Graph, alpha: Alpha) -> None:
        canonical = alpha.own.path
        for source in alpha.sources:
            try:
                imports = await self.read(source.content)
            except (ProgramNotUnderstood, ImportNotLiteral, ImportNotFound) as problem:
                kind = ImportNotUnderstood if isinstance(problem, ProgramNotUnderstood) else type(problem)
                where, message = shown(source.path), problem.occurrence
                match problem.extensions["errors"]:
                    case [{"line": int(line), "message": str(message)}, *_]:
                        where = f"{where}, line {line}"
                message = f"In {where}: {message}"
                raise kind(**told([graph.mistake(message, graph.asker(canonical))])) from None
            for found in imports:
                graph.ask(Asked(canonical, found.path, found.line, found.column))

    async def _imports_of_part(self, part: Part) -> list[HubImport]:
        """Return what a library or theme imports that runs before the program."""
        try:
            return await self.read(part["source"])
        except (ProgramNotUnderstood, ImportNotLiteral, ImportNotFound) as problem:
            where = part["name"]
            raise type(problem)(
                f"In {where}: {problem.occurrence}", part=where, errors=problem.extensions["errors"]
            ) from None


def _imports_of(findings: Findings) -> list[HubImport]:
    if mistakes := [Mistake(call.mistake, call.line, call.column) for call in findings.hub_calls if call.mistake]:
        raise ImportNotLiteral(**told(mistakes))
    imports: list[HubImport] = []
    strange: list[Mistake] = []
    for call in findings.hub_calls:
        path = as_the_client_reads(call.path or "")
        at = parse_path(path)
        if at is None:
            strange.append(Mistake(f"{_NO_PATH}{_hint(path)}", call.line, call.column, path))
        else:
            imports.append(HubImport(path, *at, call.line, call.column, call.start, call.end))
    if strange:
        raise ImportNotFound(**told(strange))
    return imports


def _hint(path: str) -> str:
    """Ask whether a path without capitals, accents and blanks is meant."""
    folded = fold(path).replace(" ", "_") if len(path) <= _MAX_PATH_CHARACTERS else ""
    return f" Is it {folded}?" if parse_path(folded) else ""


def _resolved(imports: Sequence[HubImport], targets: Mapping[str, Target]) -> list[ResolvedImport]:
    first: dict[str, HubImport] = {}
    for found in imports:
        if found.path in targets:
            first.setdefault(found.path, found)
    return [
        ResolvedImport(
            path=path,
            work_id=(target := targets[path]).work_id,
            kind=target.kind,
            name=target.name,
            author=target.author,
            version=target.version,
            latest_version=target.latest_version,
            is_pinned=isinstance(found.version, int),
            line=found.line,
            column=found.column,
        )
        for path, found in first.items()
    ]
