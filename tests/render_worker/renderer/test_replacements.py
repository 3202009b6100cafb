"""Our replacements apply to the library that they were written for, and to no other."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def apply_after(scrubbed: Callable[[Path], dict[str, str]], map_data: Path) -> Callable[[str], str]:
    """Run a statement, then apply the replacements, in a process of their own; return what it says at last."""

    def apply_after_(statement: str) -> str:
        code = f"from xatra_render_worker.renderer import replacements\n{statement}\nreplacements.apply()\nprint('applied')"
        result = subprocess.run(
            [sys.executable, "-c", code], env=scrubbed(map_data), capture_output=True, text=True, check=False
        )
        return (result.stdout + result.stderr).splitlines()[-1]

    return apply_after_


def test_they_apply_to_the_library_that_they_were_written_for(apply_after: Callable[[str], str]) -> None:
    assert apply_after("") == "applied"


def test_another_version_of_the_library_is_refused(apply_after: Callable[[str], str]) -> None:
    refusal = apply_after("replacements.version = lambda _: '2.17.0'")
    assert refusal.endswith("the replacements are for xatra 2.16.2, installed is 2.17.0")


def test_a_changed_source_of_the_library_is_refused(apply_after: Callable[[str], str], tmp_path: Path) -> None:
    (tmp_path / "paxmax.py").write_text("changed")
    refusal = apply_after(f"replacements.paxmax.__file__ = {str(tmp_path / 'paxmax.py')!r}")
    assert refusal.endswith("the source of xatra.paxmax is not that of xatra 2.16.2")


def test_modules_that_imported_a_function_get_ours_too(apply_after: Callable[[str], str]) -> None:
    check = (
        "replacements.apply()\nimport xatra\n"
        "assert xatra.naturalearth is replacements.rivers.naturalearth is xatra.loaders.naturalearth\n"
        "assert xatra.xatrahub is xatra.hub.xatrahub\n"
        "assert xatra.territory.unary_union is replacements.territories.union\n"
        "assert xatra.territory.get_global_cache is xatra.geometry_cache.get_global_cache\n"
        "replacements.require_known_library()"
    )
    assert apply_after(f"{check}\nprint('checked')\nraise SystemExit") == "checked"
