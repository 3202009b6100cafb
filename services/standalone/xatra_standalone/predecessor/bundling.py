"""Resolves what published versions import, so that whoever renders them needs no network."""

from typing import Final

from sqlalchemy import Connection

from xatra_api.imports.loading import load_level
from xatra_api.imports.resolving import Asked, Graph
from xatra_shared.bundles import Bundle, Part
from xatra_shared.http.problems import Problem
from xatra_standalone.predecessor import hub_repository
from xatra_standalone.predecessor.ledger import Ledger
from xatra_standalone.predecessor.rules import Rule

_TABLE: Final = "hub_artifact_versions"


def bundle_versions(connection: Connection, ledger: Ledger) -> None:
    """Give a bundle to every version that needs one; where that cannot be, note why no map will come of it."""
    for version_id in hub_repository.list_bundled(connection):
        try:
            hub_repository.set_bundle(connection, version_id, _bundle(connection, version_id))
        except Problem as problem:
            message = problem.occurrence or problem.title
            error = {"by": "author", "type": type(problem).__name__, "message": message, "line": None, "traceback": ""}
            ledger.note(_TABLE, hub_repository.set_error(connection, version_id, error), Rule.IMPORT_LOOP, message)


def _bundle(connection: Connection, version_id: int) -> Bundle:
    """Return the bundle of a version.

    Raises:
        Problem: Its imports go round in a circle, or are too many.
    """
    *before, own = hub_repository.parts_of(connection, version_id)
    graph = Graph()
    for part in (*before, own):
        for path in part.imports:
            graph.ask(Asked(None, path, 0, 0))
    while asked := graph.unanswered():
        load_level(connection, graph, asked, None)
    graph.connect()
    graph.check()
    files = {name: sha256 for part in (*before, own) for name, sha256 in part.files.items()}
    return graph.bundle([Part(name=part.path, source=part.content) for part in before], files)
