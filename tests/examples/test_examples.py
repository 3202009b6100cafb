"""The example maps: each renders as in production, and together they show all that the library can draw."""

import ast
import csv
import json
import os
import runpy
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from xatra_standalone.gallery import Example, load_examples

WARM_PROCESS = Path(__file__).parents[1] / "render_worker" / "renderer" / "warm_process.py"
FILES = Path(__file__).parents[2] / "examples" / "files"
EXAMPLES = load_examples()
PRELOAD_BYTES = 64 << 20

# Census of India 2011, table A-2, in thousands.
POPULATION_OF_INDIA = {
    "1951": 361_088,
    "1961": 439_235,
    "1971": 548_160,
    "1981": 683_329,
    "1991": 846_421,
    "2001": 1_028_737,
    "2011": 1_210_855,
}

type Outcome = dict[str, object]


@pytest.fixture(scope="module")
def warm_process(map_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[str]]:
    """Start a process with the library and the map data loaded, of which each render takes a fork."""
    environment = {
        "HOME": str(map_data),
        "MPLCONFIGDIR": str(tmp_path_factory.mktemp("matplotlib")),
        "OPENBLAS_NUM_THREADS": "1",
        "PATH": os.environ["PATH"],
    }
    with subprocess.Popen(
        [sys.executable, str(WARM_PROCESS), str(PRELOAD_BYTES)],
        env=environment,
        cwd=tmp_path_factory.mktemp("empty"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdout.readline()
        yield process
        process.stdin.close()


def render(warm_process: subprocess.Popen[str], example: Example) -> Outcome:
    assert warm_process.stdin
    assert warm_process.stdout
    files = {name: str(path) for name, path in example.files.items()}
    warm_process.stdin.write(json.dumps({"program": example.program, "files": files}) + "\n")
    warm_process.stdin.flush()
    outcome: Outcome = json.loads(warm_process.stdout.readline())
    return outcome


def names_in(program: str) -> set[str]:
    """Return every name and attribute of a program."""
    nodes = list(ast.walk(ast.parse(program)))
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    return attributes | {node.id for node in nodes if isinstance(node, ast.Name)}


def used_together() -> set[str]:
    return set().union(*(names_in(example.program) for example in EXAMPLES))


def keywords_used_together() -> set[str | None]:
    trees = [ast.parse(example.program) for example in EXAMPLES]
    return {node.arg for tree in trees for node in ast.walk(tree) if isinstance(node, ast.keyword)}


def layer_functions() -> set[str]:
    """Return what the library offers to put on the current map, read from its source."""
    library = find_spec("xatra")
    assert library
    assert library.submodule_search_locations
    module = ast.parse(Path(library.submodule_search_locations[0], "pyplot.py").read_text())
    return {node.name for node in module.body if isinstance(node, ast.FunctionDef) and node.name[0].isupper()}


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.name for example in EXAMPLES])
def test_an_example_renders_without_error_or_warning(example: Example, warm_process: subprocess.Popen[str]) -> None:
    outcome = render(warm_process, example)
    assert outcome["error"] is None
    assert outcome["warnings"] == []
    assert outcome["printed"] == ""
    assert outcome["html"]


def test_there_are_at_least_ten_examples() -> None:
    assert len(EXAMPLES) >= 10


def test_the_examples_use_every_kind_of_layer() -> None:
    assert layer_functions() - used_together() == set()


def test_the_examples_use_every_way_to_set_a_view() -> None:
    assert {"slider", "zoom", "focus"} <= used_together()


def test_the_examples_use_every_kind_of_icon() -> None:
    assert {"builtin", "bootstrap", "geometric"} <= used_together()


def test_the_examples_use_every_reproducible_colour_sequence() -> None:
    sequences = {"LinearColorSequence", "LogColorSequence", "RotatingColorSequence"}
    assert sequences <= used_together()


def test_no_example_uses_random_colours_which_would_give_another_map_each_time() -> None:
    assert "RandomColorSequence" not in used_together()


def test_the_examples_use_every_operation_on_territories() -> None:
    nodes = [node for example in EXAMPLES for node in ast.walk(ast.parse(example.program))]
    operators = {type(node.op) for node in nodes if isinstance(node, ast.BinOp)}
    assert {ast.BitOr, ast.BitAnd, ast.Sub} <= operators
    assert {"polygon", "territory_library"} <= used_together() | {
        alias.name for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names
    }


def test_the_examples_use_the_arguments_that_set_flags_apart() -> None:
    arguments = {"period", "note", "color", "classes", "type", "inherit", "display_label", "holes", "year_columns"}
    assert arguments <= keywords_used_together()


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.name for example in EXAMPLES])
def test_an_example_says_what_it_shows_in_a_title_and_a_description(example: Example) -> None:
    assert 10 <= len(example.title) <= 80
    assert len(example.description) >= 60


def test_titles_are_unique() -> None:
    assert len({example.title for example in EXAMPLES}) == len(EXAMPLES)


def test_the_census_figures_add_up_to_the_published_population_of_india() -> None:
    with (FILES / "population.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for year, published in POPULATION_OF_INDIA.items():
        total = sum(int(row[year]) for row in rows if row[year])
        assert total == pytest.approx(published, abs=len(rows) / 2)  # each row is rounded to a thousand


def test_the_drone_is_what_its_program_makes(tmp_path: Path) -> None:
    shutil.copy(FILES / "tanpura.py", tmp_path)
    runpy.run_path(str(tmp_path / "tanpura.py"))
    assert (tmp_path / "tanpura.wav").read_bytes() == (FILES / "tanpura.wav").read_bytes()
