"""Rules of the script that installs uv before there is an environment."""

import os
import subprocess
import sys
from pathlib import Path
from runpy import run_path

from .conftest import Index

SCRIPT = Path(__file__).parents[3] / "scripts" / "get_uv.py"


def _run(target: Path, index_url: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "UV_DEFAULT_INDEX": index_url}
    return subprocess.run(
        [sys.executable, SCRIPT, target], env=environment, capture_output=True, text=True, check=False
    )


def test_a_program_with_another_hash_is_not_installed(index: Index, tmp_path: Path) -> None:
    script = run_path(str(SCRIPT))
    index.project, index.filename = "uv", f"uv-{script['VERSION']}-py3-none-{script['this_platform']()[0]}.whl"
    outcome = _run(tmp_path / "bin" / "uv", index.url)
    assert outcome.returncode == 1
    assert "its hash is wrong" in outcome.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_index_that_refuses_is_one_sentence(index: Index, tmp_path: Path) -> None:
    outcome = _run(tmp_path / "uv", index.url)
    assert outcome.returncode == 1
    assert "could not be downloaded from 127.0.0.1" in outcome.stderr
    assert "404" in outcome.stderr
    assert "Traceback" not in outcome.stderr
