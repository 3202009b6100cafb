"""Takes one level of imports from the hub into the graph, or says what is missing."""

import difflib
from collections.abc import Mapping
from typing import Final, NamedTuple

from sqlalchemy import Connection

from xatra_api.imports import repository
from xatra_api.imports.paths import WorkPath, parse_path
from xatra_api.imports.problems import ImportNotFound, told
from xatra_api.imports.repository import Alpha, Target
from xatra_api.imports.resolving import (
    MAX_SOURCE_BYTES,
    MAX_VERSIONS,
    Asked,
    Graph,
    too_many_works,
    too_much_source,
)

_MAX_HINTS: Final = 3
_NEIGHBOURS: Final = 20
_MAX_COMPARED_CHARACTERS: Final = 64
_ALIKE: Final = 0.7


class Level(NamedTuple):
    """What was found of the paths that were asked for, and the alphas among it, whose own imports are yet to be read."""

    targets: dict[str, Target]
    alphas: list[Alpha]


def load_level(connection: Connection, graph: Graph, asked: Mapping[str, Asked], user_id: int | None) -> Level:
    """Find paths that are asked for, and add to the graph what they lead to.

    Args:
        connection: In whose transaction.
        graph: What is known so far.
        asked: The paths.
        user_id: Who may see what they lead to.

    Raises:
        ImportNotFound: The hub has no such work, or no such version, or does not show it to this user.
        ImportHidden: Administrators have hidden one of the works.
        ImportsTooLarge: They are too many, or too long.
    """
    targets = _targets(connection, graph, asked, user_id)
    version_ids = [target.version_id for target in targets.values() if target.version_id is not None]
    alpha_ids = [target.work_id for target in targets.values() if target.version_id is None]
    versions = repository.read_published(
        connection, version_ids, max_versions=MAX_VERSIONS + 1, max_bytes=MAX_SOURCE_BYTES
    )
    if len(versions) > MAX_VERSIONS:
        raise too_many_works()
    alphas = repository.read_alphas(connection, alpha_ids, max_bytes=MAX_SOURCE_BYTES)
    if alphas is None or any(version.content is None for version in versions):
        raise too_much_source()
    published = {version.version_id: version for version in versions}
    edited = {alpha.work_id: alpha for alpha in alphas}
    for path, target in targets.items():
        if target.version_id is None:
            graph.answer(asked[path], edited[target.work_id].own.path)
        else:
            graph.answer(asked[path], published[target.version_id].path)
    graph.add_published(version_ids, published)
    new = [alpha for alpha in alphas if alpha.own.path not in graph.nodes]
    for alpha in new:
        graph.add_alpha(alpha)
    return Level(targets, new)


def lack(at: WorkPath, target: Target) -> str | None:
    """Return what a work that was found does not have of what its path says; None: nothing."""
    work = f"/{target.kind}/{target.name}"
    if not target.is_authors:
        return f"There is no {work} by {at.user}, but {work}."
    if at.version == "alpha" or target.version is not None:
        return None
    if target.latest_version == 0:
        return f"{work} has no published version yet; its alpha is {work}/alpha."
    return f"{work} has no version {at.version}: its latest is {target.latest_version}."


def _targets(
    connection: Connection, graph: Graph, asked: Mapping[str, Asked], user_id: int | None
) -> dict[str, Target]:
    paths = {path: at for path in asked if (at := parse_path(path))}
    found = dict(zip(paths, repository.find(connection, list(paths.values()), user_id), strict=True))
    targets: dict[str, Target] = {}
    missing: dict[str, str] = {}
    for path, target in found.items():
        if target is None:
            hint = _hint(connection, paths[path], user_id) if len(missing) < _MAX_HINTS else ""
            missing[path] = f"There is no {path}.{hint}"
        elif reason := lack(paths[path], target):
            missing[path] = reason
        else:
            targets[path] = target
    if missing:
        raise ImportNotFound(**told([graph.mistake(message, asked[path]) for path, message in missing.items()]))
    return targets


def _hint(connection: Connection, at: WorkPath, user_id: int | None) -> str:
    """Ask whether one of the names nearby in the alphabet is meant."""
    name = at.name[:_MAX_COMPARED_CHARACTERS]
    others = repository.names_near(connection, at.kind, name, user_id, limit=_NEIGHBOURS)
    comparable = {other[:_MAX_COMPARED_CHARACTERS]: other for other in others}
    near = [f"/{at.kind}/{comparable[other]}" for other in difflib.get_close_matches(name, comparable, cutoff=_ALIKE)]
    return f" Is it {' or '.join(near)}?" if near else ""
