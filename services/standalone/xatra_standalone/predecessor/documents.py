"""Turns what the predecessor kept of a work, mostly JSON, into Python source.

A map becomes up to three pieces that run in one scope, in this order: its own territories (`predefined_code`), its own
theme (`theme_code`), and the program: imports, options, layers, and what only runs where the map itself is shown
(`runtime_…`). The predecessor ran imports before territories and theme; a piece that uses a name of an import therefore
repeats that import.
"""

import ast
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from xatra_api.document.layout import statement
from xatra_api.imports.syntax import Fault, parse
from xatra_standalone.predecessor import options
from xatra_standalone.predecessor.attachments import Attachment, Attachments
from xatra_standalone.predecessor.cleaning import clean, json_object, storable
from xatra_standalone.predecessor.elements import ElementWriter, UnwritableError
from xatra_standalone.predecessor.rules import Rule
from xatra_standalone.predecessor.scope import blocks, collection, in_main, names_of
from xatra_standalone.predecessor.territories import TerritoryWriter

_CAMEL: Final = {
    "imports_code": "importsCode",
    "map_code": "code",
    "predefined_code": "predefinedCode",
    "runtime_code": "runtimeCode",
    "runtime_elements": "runtimeElements",
    "runtime_imports_code": "runtimeImportsCode",
    "runtime_options": "runtimeOptions",
    "runtime_predefined_code": "runtimePredefinedCode",
    "runtime_theme_code": "runtimeThemeCode",
    "theme_code": "themeCode",
}


@dataclass(slots=True)
class Source:
    """What a work says, as pieces of Python that still lack the imports of what the predecessor had ready.

    Attributes:
        program: The work itself.
        library: A map's own territories.
        theme: A map's own theme.
        extras: What belongs into the metadata.
        files: What it reads, by name.
        notes: Rules that were applied, and to what.
    """

    program: str = ""
    library: str = ""
    theme: str = ""
    extras: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Attachment] = field(default_factory=dict)
    notes: list[tuple[Rule, str]] = field(default_factory=list)


def read_map(content: str, library_names: Collection[str] = ()) -> Source:
    """Return what a map says.

    Args:
        content: As the predecessor kept it.
        library_names: What its author's library of the same name defines, which its layers may use.
    """
    source = Source()
    document = _document(content, source)
    if document is None:
        return source
    if picker := document.get("picker_options"):
        source.extras["picker_options"] = storable(picker)
    return _read_project(_Fields(document), library_names, source)


def read_draft(project: Mapping[str, Any]) -> Source:
    """Return what the project of a draft says, in the way of a map."""
    source = Source()
    if picker := project.get("pickerOptions"):
        source.extras["picker_options"] = storable(picker)
    return _read_project(_Fields({"project": project}), (), source)


def read_library(content: str, equal_named_map: str = "") -> Source:
    """Return what a territory library says.

    Args:
        content: As the predecessor kept it.
        equal_named_map: The content of the map of the same name, whose imports the library could use.
    """
    source = Source()
    document = _document(content, source)
    if document is not None:
        code = _first(document, "predefined_code", "code", "content")
        source.program = code if code.strip() else _territories(document, source)
    map_document = json_object(equal_named_map) or {}
    source.program = _with_imports(source.program, _Fields(map_document).text("imports_code"))
    return source


def read_theme(content: str) -> Source:
    """Return what a theme says."""
    source = Source()
    document = _document(content, source)
    if document is not None:
        code = _first(document, "theme_code", "code", "content")
        source.program = code if code.strip() else blocks(*options.written(document.get("theme_options")))
    return source


class _Fields:
    """The fields of a map's JSON, some of which are in `project` under other names, or only there."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        project = document.get("project")
        self._document = document
        self._project: Mapping[str, Any] = project if isinstance(project, dict) else {}

    def get(self, name: str) -> Any:  # noqa: ANN401 - JSON may be anything
        return self._document.get(name) or self._project.get(_CAMEL.get(name, name))

    def text(self, name: str) -> str:
        candidates = [self._document.get(name), self._project.get(_CAMEL.get(name, name))]
        if name == "map_code":
            candidates.append(self._document.get("code"))
        return next((_tidy(text) for text in candidates if isinstance(text, str) and text.strip()), "")

    def list(self, name: str) -> list[Any]:
        value = self.get(name)
        return value if isinstance(value, list) else []


def _read_project(fields: _Fields, library_names: Collection[str], source: Source) -> Source:
    """Return what the fields of a map say, added to `source`."""
    imports = fields.text("imports_code")
    source.library = _with_imports(fields.text("predefined_code"), imports)
    source.theme = _with_imports(fields.text("theme_code"), imports)
    known = {*library_names, *collection(), *names_of(source.library).defined, *names_of(imports).defined}
    attachments = Attachments()
    writer = ElementWriter(known, attachments)

    code = fields.text("map_code")
    layers = attachments.take_from(code) if code.strip() else _layers(fields.list("elements"), writer, source)
    settings = [] if source.theme.strip() else options.written(fields.get("options"), code)
    shown = _shown_alone(fields, writer, source)
    source.program = blocks("\n".join(settings), imports, layers, in_main(shown) if shown else "")
    source.files = attachments.by_name
    source.notes += [(Rule.UNKNOWN_TERRITORY, name) for name in dict.fromkeys(writer.territories.unknown)]
    return source


def _document(content: str, source: Source) -> dict[str, Any] | None:
    """Return a content as JSON; where it is none, it is the program itself."""
    document = json_object(content)
    if document is None:
        source.program = _tidy(content)
        if content.strip():
            source.notes.append((Rule.NOT_JSON, ""))
    return document


def _first(document: Mapping[str, Any], *names: str) -> str:
    texts = (document.get(name) for name in names)
    return next((_tidy(text) for text in texts if isinstance(text, str) and text.strip()), "")


def _tidy(text: str) -> str:
    return clean(text).replace("\r\n", "\n").replace("\r", "\n")


def _shown_alone(fields: _Fields, writer: ElementWriter, source: Source) -> str:
    """Return what runs only where the map itself is shown."""
    code = fields.text("runtime_code")
    theme = fields.text("runtime_theme_code")
    if not theme.strip():
        theme = "\n".join(options.written(fields.get("runtime_options"), code))
    layers = (
        writer.attachments.take_from(code) if code.strip() else _layers(fields.list("runtime_elements"), writer, source)
    )
    return blocks(fields.text("runtime_imports_code"), fields.text("runtime_predefined_code"), theme, layers)


def _layers(elements: list[Any], writer: ElementWriter, source: Source) -> str:
    """Return elements as statements; those that cannot be are kept as they are."""
    statements: list[str] = []
    for number, element in enumerate(elements, 1):
        try:
            statements.append(writer.write(element))
        except UnwritableError as error:
            source.notes.append((Rule.ELEMENT, f"element {number}: {error}"))
            source.extras.setdefault("unwritable_elements", []).append(storable(element))
    if elements:
        source.notes.append((Rule.FROM_ELEMENTS, ""))
    return "\n".join(_tidy(statement_) for statement_ in statements if statement_)


def _territories(document: Mapping[str, Any], source: Source) -> str:
    """Return a library's territories that are kept as JSON alone as assignments."""
    entries = [entry for entry in document.get("territories") or [] if isinstance(entry, dict)]
    names = [name for entry in entries if isinstance(name := entry.get("name"), str) and name.isidentifier()]
    writer = TerritoryWriter({*names, *collection()})
    lines: list[str] = []
    for entry in entries:
        name, code = entry.get("name"), writer.write(entry.get("parts"))
        if name in names and code is not None:
            lines.append(statement(code, name))
    source.notes += [(Rule.UNKNOWN_TERRITORY, name) for name in dict.fromkeys(writer.unknown)]
    return blocks("\n".join(lines))


def _with_imports(piece: str, imports: str) -> str:
    """Return a piece below those of the imports whose names it uses."""
    if not piece.strip() or not imports.strip():
        return piece
    used = names_of(piece).used
    tree = parse(imports)
    if not used or isinstance(tree, Fault):
        return piece
    needed = [
        ast.get_source_segment(imports, node) or ""
        for node in tree.body
        if isinstance(node, ast.Assign)
        and any(isinstance(target, ast.Name) and target.id in used for target in node.targets)
    ]
    return blocks("\n".join(needed), piece)
