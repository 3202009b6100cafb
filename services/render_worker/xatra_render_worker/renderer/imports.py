"""What `xatrahub` does in a render: it runs works out of the bundle that came with the program, and asks nobody.

It means what it means in the library, except that each work runs in a scope of its own, where the library runs all maps
and themes in one; that a territory library runs once; and that a map that is imported shows nothing.
"""

import ast
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from xatra_render_worker.renderer.errors import HubImportError
from xatra_render_worker.renderer.library import hub
from xatra_render_worker.renderer.sources import compiled
from xatra_shared.bundles import Bundle, Part

type Scope = dict[str, Any]


class Imports:
    """The imports of one render."""

    def __init__(self) -> None:
        self._bundle = Bundle()
        self._libraries: dict[str, SimpleNamespace] = {}
        self._running = 0

    @property
    def is_running(self) -> bool:
        """Whether something else than the program itself runs now."""
        return self._running > 0

    def serve(self, bundle: Bundle) -> None:
        """Let `xatrahub` find what is in a bundle, until this process ends."""
        self._bundle = bundle

    def run_before(self, scope: Scope) -> None:
        """Run what comes before the program, in the program's scope."""
        self._run(self._bundle.get("before", []), scope)

    def xatrahub(self, path: str, filter_only: Any = None, filter_not: Any = None) -> SimpleNamespace | None:  # noqa: ANN401 - the library has no types
        """Return the public names of a territory library, or have a map or theme act on the current map.

        Args:
            path: As it is in the program's text.
            filter_only: Of a map or theme, only these calls of functions of `xatra`, where they are statements.
            filter_not: Of a map or theme, not these.

        Raises:
            HubImportError: The path was not resolved before the render began.
        """
        canonical = self._bundle.get("paths", {}).get(hub._normalize_path(path))  # noqa: SLF001 - the library's own rule
        if canonical is None:
            raise HubImportError(
                f"xatrahub({path!r}): imports from the hub are resolved before a render begins, and this one was not. "
                'Write its path out, as in xatrahub("/lib/name"): one that is put together as the program runs is not '
                "found."
            )
        work = self._bundle["works"][canonical]
        scope: Scope = {}
        if work["kind"] != "lib":
            self._run(work["parts"], scope, _names(filter_only), _names(filter_not))
            return None
        if canonical not in self._libraries:
            self._run(work["parts"], scope)
            public = {name: value for name, value in scope.items() if not name.startswith("_")}
            self._libraries[canonical] = SimpleNamespace(**public)
        return self._libraries[canonical]

    def _run(
        self,
        parts: Iterable[Part],
        scope: Scope,
        only: frozenset[str] = frozenset(),
        deny: frozenset[str] = frozenset(),
    ) -> None:
        self._running += 1
        try:
            for part in parts:
                tree = _filtered(part["source"], only, deny) if only or deny else None
                exec(compiled(part["source"], part["name"], tree), scope)  # noqa: S102 - running it is what this is for
        finally:
            self._running -= 1


imports = Imports()
"""The one instance of this process."""


def _names(wanted: Any) -> frozenset[str]:  # noqa: ANN401 - whatever the author passes
    return frozenset(name for item in wanted or () if (name := str(item).strip()))


def _filtered(source: str, only: frozenset[str], deny: frozenset[str]) -> ast.Module:
    """Return a source without the statements that are a call `xatra.<name>(…)` of a name that is not wanted."""
    tree = ast.parse(source)
    tree.body = [statement for statement in tree.body if _is_wanted(statement, only, deny)]
    return tree


def _is_wanted(statement: ast.stmt, only: frozenset[str], deny: frozenset[str]) -> bool:
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id="xatra"), attr=name))):
            return name not in deny and (not only or name in only)
    return True
