"""Writes a document as the program that a person would have written.

An element whose fields are as they were read, and whose names still mean what they meant, is written back as it was;
any other anew, below the comments that stood above it.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from pydantic import BaseModel

from xatra_api.document import library
from xatra_api.document.layout import (
    Bracketed,
    Chain,
    Code,
    call,
    fits,
    keyword,
    pair,
    parenthesised,
    sequence,
    statement,
    text,
)
from xatra_api.document.library import Call, Notation
from xatra_api.document.schemas import (
    Document,
    Element,
    HubImport,
    IconDefinition,
    ImportedName,
    PythonImport,
    PythonLayer,
    Source,
    TerritoryDefinition,
)
from xatra_api.document.scope import ICON, LIBRARY, TERRITORY, Scope, usual_ending
from xatra_api.document.values import (
    ColoursColormap,
    CsvTable,
    GroupPart,
    ImportedPart,
    NamedColormap,
    NamedIcon,
    NumbersColour,
    Part,
    PredefinedPart,
    TerritoryPart,
    WordColour,
)

_LONGEST_CHAIN: Final = 40
"""Parts that are written with operators; more are united by a function, as chains nest in the syntax tree."""

_OPERATORS: Final = {"union": "|", "difference": "-", "intersection": "&"}

# What is imported under another name than its own, or from where its full name does not say.
_ALIASES: Final = {library.TERRITORY_LIBRARY: "lands", "pandas": "pd"}
_MODULES: Final = frozenset({"xatra", "pandas"})

# Elements between which there is no blank line although they differ.
_FAMILIES: Final = {
    **dict.fromkeys(("basemap", "css", "slider", "zoom", "focus", "geocoder", "simplify"), "view"),
    **dict.fromkeys(("flag_color_sequence", "admin_color_sequence", "data_colormap"), "colours"),
    **dict.fromkeys(("icon", "point", "text"), "places"),
    **dict.fromkeys(("data", "dataframe"), "data"),
}


@dataclass(frozen=True, slots=True)
class Written:
    """A program, and its document as reading the program gives it."""

    program: str
    document: Document


class NameTakenError(ValueError):
    """An import gives another meaning to a name that the program needs."""


def write(document: Document, library_names: Sequence[str] = ()) -> Written:
    """Return the program of a document.

    Args:
        document: The document.
        library_names: Names that the map's own library gives to territories, before the program runs.

    Raises:
        NameTakenError: An import gives a name of the library to something else.
    """
    elements = _joined(document.elements)
    missing = _Writer(elements, library_names).missing_imports(document.ending)
    if missing:
        elements = _with_imports(elements, missing)
    return _Writer(elements, library_names).written(document.ending)


def _joined(elements: list[Element]) -> list[Element]:
    """Return elements with neighbouring Python in one: nothing in a program parts them."""
    joined: list[Element] = []
    for element in elements:
        if not isinstance(element, PythonLayer):
            joined.append(element)
        elif not element.value:
            continue
        elif joined and isinstance(before := joined[-1], PythonLayer):
            joined[-1] = PythonLayer(type="python", value=_with_line_end(before.value) + element.value)
        else:
            joined.append(element)
    return joined


def _with_imports(elements: list[Element], missing: set[str]) -> list[Element]:
    """Return elements with imports of what is missing, among those at the program's beginning."""
    first_layer = next(
        (index for index, element in enumerate(elements) if not isinstance(element, PythonImport | PythonLayer)),
        len(elements),
    )
    imports = [index for index, element in enumerate(elements[:first_layer]) if isinstance(element, PythonImport)]
    at = imports[-1] + 1 if imports else first_layer
    head, tail = elements[:at], elements[at:]
    for module, names in sorted(_by_module(missing).items(), key=lambda item: _place_of_import(item[0])):
        present = next((index for index in imports if _can_take(elements[index], module)), None)
        if present is None:
            head += [PythonImport(type="import", module=module, names=names_) for names_ in _statements(module, names)]
        else:
            statement_ = head[present]
            assert isinstance(statement_, PythonImport)  # noqa: S101 - only imports are counted
            head[present] = statement_.model_copy(update={"names": _sorted([*statement_.names, *names])})
    return head + tail


def _place_of_import(module: str | None) -> tuple[bool, bool, str]:
    """Return what imports are sorted by: the standard library's first, then whole modules, then parts of them."""
    return (module not in sys.stdlib_module_names, module is not None, module or "")


def _can_take(element: Element, module: str | None) -> bool:
    """Tell whether an import can take further names: one of the same module that gives no other names."""
    return (
        isinstance(element, PythonImport)
        and module is not None
        and element.module == module
        and all(name.alias is None and name.name != "*" for name in element.names)
    )


def _by_module(missing: set[str]) -> dict[str | None, list[ImportedName]]:
    names: dict[str | None, list[ImportedName]] = {}
    for path in missing:
        module, _, name = path.rpartition(".")
        imported = ImportedName(name=path if path in _MODULES else name, alias=_ALIASES.get(path))
        names.setdefault(None if path in _MODULES else module, []).append(imported)
    return names


def _statements(module: str | None, names: list[ImportedName]) -> list[list[ImportedName]]:
    """Part names into statements: modules and names with an alias stand alone."""
    together = [name for name in names if module is not None and name.alias is None]
    alone = [name for name in names if module is None or name.alias is not None]
    return ([_sorted(together)] if together else []) + [[name] for name in _sorted(alone)]


def _sorted(names: list[ImportedName]) -> list[ImportedName]:
    """Return names with classes before functions, as import sorters have it."""
    return sorted(names, key=lambda imported: (imported.name[:1].islower(), imported.name))


type _Notations = dict[Notation, Callable[..., Code]]


class _Writer:
    """Writes elements one after the other, and keeps what their names mean."""

    def __init__(self, elements: list[Element], library_names: Sequence[str]) -> None:
        self._elements = elements
        self._scope = Scope(library_names)
        self._names: dict[str, str] = {}
        self._missing: set[str] = set()
        self._notations: Final[_Notations] = {
            "plain": _literal,
            "pair": lambda value: pair(_items(value)) if isinstance(value, list) else _literal(value),
            "territory": self._territory,
            "river": lambda value: self._made(library.RIVERS, value),
            "icon": self._icon,
            "table": self._table,
            "sequence": lambda value: self._made(library.SEQUENCES, value),
            "colours": lambda values: sequence([self._colour(value) for value in values]),
            "step": lambda value: self._colour(NumbersColour(type="hsl", value=value)),
            "colormap": self._colormap,
            "norm": lambda value: self._made(library.NORMS, value),
        }

    def missing_imports(self, ending: str | None) -> set[str]:
        """Return the full names of what the program needs and does not import."""
        for element in self._elements:
            self._written_element(element, "")
        if ending is None and self._scope.name_of("xatra.show") is None:
            self._spell("xatra", "xatra")
        return self._missing

    def written(self, ending: str | None) -> Written:
        """Return the program."""
        elements: list[Element] = []
        program: list[str] = []
        before: Element | None = None
        for element in self._elements:
            written = self._written_element(element, _lead(before, element))
            if ending != "" or element is not self._elements[-1]:
                written = _ended(written)
            elements.append(written)
            program.append(_text_of(written))
            before = element
        if self._missing:
            raise NameTakenError(f"an import takes a name that it needs, of {min(self._missing)}")
        usual = usual_ending(self._scope)
        program.append(usual if ending is None else ending)
        document = Document(version=1, elements=elements, ending=None if ending == usual else ending)
        return Written("".join(program), document)

    def _written_element(self, element: Element, lead: str) -> Element:
        """Return an element with its text, and take up the names that it defines."""
        if isinstance(element, PythonLayer):
            return element
        source = element.source
        if source is None or not self._still_holds(source, element.digest()):
            self._names = {}
            code = self._statement(element) + "\n"
            source = Source(
                lead=lead if source is None else source.lead, code=code, digest=element.digest(), names=self._names
            )
        match element:
            case PythonImport() | HubImport() | TerritoryDefinition() | IconDefinition():
                self._scope.define(element)
        return element.model_copy(update={"source": source})

    def _still_holds(self, source: Source, digest: str) -> bool:
        return source.digest == digest and all(
            self._scope.meaning(name) == meaning for name, meaning in source.names.items()
        )

    def _statement(self, element: Element) -> str:
        match element:
            case PythonImport():
                return _import(element)
            case HubImport():
                return statement(self._call(library.HUB, library.HUB_IMPORT, element), element.name)
            case TerritoryDefinition():
                return statement(self._territory(element.value), element.name)
            case IconDefinition():
                return statement(self._made(library.ICONS, element.value), element.name)
        function, call_ = _LAYERS[element.type]
        return statement(self._call(f"xatra.{function}", call_, element))

    def _call(self, path: str, call_: Call, element: BaseModel) -> Code:
        """Write a call with the fields of an element or value that are not what the library has anyway."""
        args: BaseModel = getattr(element, "args", element)
        arguments: list[Code] = []
        for index, parameter in enumerate(call_.parameters):
            holder, name = (element, call_.fields[parameter]) if parameter in call_.fields else (args, parameter)
            value = getattr(holder, name)
            if _is_usual(holder, name, value):
                continue
            code = "None" if value is None else self._notations[call_.notations.get(parameter, "plain")](value)
            is_positional = index < call_.positional and index == len(arguments)
            arguments.append(code if is_positional else keyword(parameter, code))
        return call(self._function(path), arguments)

    def _made(self, calls: dict[str, Call], value: BaseModel) -> Code:
        type_ = value.type  # type: ignore[attr-defined] # every value has one
        path, call_ = next((path, call_) for path, call_ in calls.items() if call_.type == type_)
        return self._call(path, call_, value)

    def _territory(self, parts: list[Part]) -> Code:
        """Write parts with operators, the parentheses always there where two operators meet."""
        if len(parts) > _LONGEST_CHAIN and all(part.op == "union" for part in parts):
            return call(self._function(library.UNION), [sequence([self._part(part) for part in parts])])
        code: Code = self._part(parts[0])
        for part in parts[1:]:
            operator = _OPERATORS[part.op]
            if isinstance(code, Chain) and code.operator == operator:
                code = Chain(operator, [*code.operands, self._part(part)])
            else:
                left = parenthesised(code) if isinstance(code, Chain) else code
                code = Chain(operator, [left, self._part(part)])
        return code

    def _part(self, part: Part) -> Code:
        match part:
            case GroupPart():
                group = self._territory(part.value)
                return parenthesised(group) if isinstance(group, Chain) else group
            case PredefinedPart():
                return self._spell(f"{library.TERRITORY_LIBRARY}.{part.value}", library.TERRITORY_LIBRARY)
            case TerritoryPart():
                return self._own(part.value, TERRITORY)
            case ImportedPart():
                return f"{self._own(part.library, LIBRARY)}.{part.value}"
        return self._made(library.TERRITORIES, part)

    def _icon(self, icon: BaseModel) -> Code:
        return self._own(icon.value, ICON) if isinstance(icon, NamedIcon) else self._made(library.ICONS, icon)

    def _table(self, table: BaseModel) -> Code:
        value = text(table.value)  # type: ignore[attr-defined] # every table has one
        source = call(self._function(library.STRING_IO), [value]) if isinstance(table, CsvTable) else value
        return call(self._spell(library.READ_CSV, "pandas"), [source])

    def _colour(self, colour: WordColour | NumbersColour) -> Code:
        values: list[Code] = [text(colour.value)] if isinstance(colour, WordColour) else _items(colour.value)
        return call(self._spell(f"{library.COLOUR}.{colour.type}", library.COLOUR), values)

    def _colormap(self, colormap: NamedColormap | ColoursColormap) -> Code:
        if isinstance(colormap, NamedColormap):
            return text(colormap.value)
        return self._made(library.COLORMAPS, colormap)

    def _function(self, path: str) -> str:
        return self._spell(path, _STEMS.get(path, path))

    def _own(self, name: str, meaning: str) -> str:
        self._names[name] = meaning
        return name

    def _spell(self, path: str, stem: str) -> str:
        """Return how something is written here; `stem` is as much of its full name as is imported for it."""
        for known in (path, stem):
            name = self._scope.name_of(known)
            if name is not None:
                self._names[name] = known
                return name + path.removeprefix(known)
        self._missing.add(stem)
        return path


_LAYERS: Final = {call_.type: (function, call_) for function, call_ in library.LAYERS.items()}
_STEMS: Final = {
    **{f"xatra.{function}": "xatra" for function in library.LAYERS},
    **dict.fromkeys(library.ICONS, "xatra.Icon"),
    **{path: path.rpartition(".")[0] for path in library.COLORMAPS},
    "xatra.Territory.from_naturalearth": "xatra.Territory",
    library.UNION: "xatra.Territory",
}


def _is_usual(model: BaseModel, name: str, value: object) -> bool:
    """Tell whether a field has its default."""
    field = type(model).model_fields[name]
    return not field.is_required() and value == field.default


def _literal(value: object) -> Code:
    match value:
        case str():
            return text(value)
        case list():
            return Bracketed("[", _items(value), "]", filled=all(isinstance(item, list) for item in value))
    return repr(value)


def _items(values: Sequence[object]) -> list[Code]:
    return [_literal(value) for value in values]


def _import(element: PythonImport) -> str:
    names = [f"{name.name} as {name.alias}" if name.alias else name.name for name in element.names]
    if element.module is None:
        return f"import {', '.join(names)}"
    opening = f"from {element.module} import "
    line = opening + ", ".join(names)
    return line if fits(line) else statement(Bracketed(f"{opening}(", list(names), ")"))


def _lead(before: Element | None, element: Element) -> str:
    """Return the blank line that parts elements of different kinds."""
    if before is None or isinstance(element, PythonLayer):
        return ""
    return "" if _FAMILIES.get(before.type, before.type) == _FAMILIES.get(element.type, element.type) else "\n"


def _text_of(element: Element) -> str:
    if isinstance(element, PythonLayer):
        return element.value
    assert element.source  # noqa: S101 - it has been written
    return element.source.lead + element.source.code


def _ended(element: Element) -> Element:
    """Return an element whose text ends its line."""
    if isinstance(element, PythonLayer):
        return element.model_copy(update={"value": _with_line_end(element.value)})
    assert element.source  # noqa: S101 - it has been written
    code = _with_line_end(element.source.code)
    return element.model_copy(update={"source": element.source.model_copy(update={"code": code})})


def _with_line_end(text_: str) -> str:
    return text_ if text_.endswith(("\n", "\r")) else f"{text_}\n"
