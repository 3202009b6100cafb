"""The api's table of the library's calls, and the defaults in its documents, are the library's own."""

import ast
from importlib.util import find_spec
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from xatra_api.document import library
from xatra_api.document.schemas import Shown

type Signature = dict[str, object]

REQUIRED = object()
NO_LITERAL = object()
ELEMENTS: dict[str, type[BaseModel]] = {
    get_args(model.model_fields["type"].annotation)[0]: model for model in get_args(get_args(Shown.__value__)[0])
}


def source_of(module: str) -> ast.Module:
    package = find_spec("xatra")
    assert package
    assert package.submodule_search_locations
    return ast.parse(Path(package.submodule_search_locations[0], f"{module}.py").read_text())


def functions_of(module: str, class_name: str | None = None) -> dict[str, ast.FunctionDef]:
    body: list[ast.stmt] = source_of(module).body
    if class_name:
        [found] = [node for node in body if isinstance(node, ast.ClassDef) and node.name == class_name]
        body = found.body
    return {node.name: node for node in body if isinstance(node, ast.FunctionDef)}


def signature_of(function: ast.FunctionDef) -> Signature:
    """Return parameters with their defaults, `cls` and `self` apart."""
    arguments = function.args
    names = [argument.arg for argument in arguments.args]
    defaults = [REQUIRED] * (len(names) - len(arguments.defaults)) + [value_of(each) for each in arguments.defaults]
    signature = dict(zip(names, defaults, strict=True))
    for keyword, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        signature[keyword.arg] = REQUIRED if default is None else value_of(default)
    return {name: default for name, default in signature.items() if name not in ("cls", "self")}


def value_of(expression: ast.expr) -> object:
    try:
        value: object = ast.literal_eval(expression)
    except ValueError:
        return NO_LITERAL
    return value


PYPLOT = {name: signature_of(function) for name, function in functions_of("pyplot").items()}


def test_every_layer_and_option_of_the_library_is_in_the_table() -> None:
    others = {"get_current_map", "set_current_map", "new_map", "to_html_string", "show"}

    assert set(PYPLOT) - others == set(library.LAYERS)


@pytest.mark.parametrize("name", library.LAYERS)
def test_a_call_of_the_table_has_the_parameters_of_the_library_in_their_order(name: str) -> None:
    assert list(library.LAYERS[name].parameters) == list(PYPLOT[name])


@pytest.mark.parametrize("name", library.LAYERS)
def test_an_argument_that_is_left_out_means_what_it_means_in_the_library(name: str) -> None:
    call = library.LAYERS[name]
    model: Any = ELEMENTS[call.type]
    for parameter, default in PYPLOT[name].items():
        if parameter in call.fields:
            field = model.model_fields[call.fields[parameter]]
        else:
            field = model.model_fields["args"].annotation.model_fields[parameter]
        if not field.is_required():
            assert field.default == default, parameter


@pytest.mark.parametrize(
    ("call", "function"),
    [
        (library.TERRITORIES["xatra.gadm"], functions_of("loaders")["gadm"]),
        (library.TERRITORIES["xatra.polygon"], functions_of("loaders")["polygon"]),
        (
            library.TERRITORIES["xatra.Territory.from_naturalearth"],
            functions_of("territory", "Territory")["from_naturalearth"],
        ),
        (library.RIVERS["xatra.naturalearth"], functions_of("loaders")["naturalearth"]),
        (library.RIVERS["xatra.overpass"], functions_of("loaders")["overpass"]),
        (library.HUB_IMPORT, functions_of("hub")["xatrahub"]),
        *(
            (call, functions_of("colorseq", path.rpartition(".")[2])["__init__"])
            for path, call in library.SEQUENCES.items()
        ),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_what_makes_a_value_takes_these_parameters_first(call: library.Call, function: ast.FunctionDef) -> None:
    parameters = list(signature_of(function))

    assert list(call.parameters) == parameters[: len(call.parameters)]


@pytest.mark.parametrize("path", library.ICONS)
def test_what_makes_an_icon_takes_these_parameters(path: str) -> None:
    icon = next(node for node in source_of("icon").body if isinstance(node, ast.ClassDef) and node.name == "Icon")
    fields = [
        node.target.id for node in icon.body if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    ]
    if path == "xatra.Icon":
        assert list(library.ICONS[path].parameters) == fields
    else:
        own = list(signature_of(functions_of("icon", "Icon")[path.rpartition(".")[2]]))
        assert library.ICONS[path].parameters[0] == own[0]
        assert set(library.ICONS[path].parameters) <= {*own, *fields}


def test_the_colours_that_documents_have_are_the_librarys() -> None:
    assert {"hex", "named", "hsl", "rgb", "oklch"} <= set(functions_of("colorseq", "Color"))


def test_territories_are_united_by_a_function_of_one_list() -> None:
    [name] = signature_of(functions_of("territory", "Territory")[library.UNION.rpartition(".")[2]])
    assert name == "territories"
