"""Renders map programs as production does, and as the library does without us."""

import base64
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.render_worker.renderer.rendering import Outcome, Render, RenderUnpatched, Warm

from xatra_shared.bundles import Bundle

WARM_PROCESS = Path(__file__).with_name("warm_process.py")
PRELOAD_BYTES = 256 << 20


@pytest.fixture(scope="session")
def matplotlib_config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("matplotlib")


@pytest.fixture(scope="session")
def scrubbed(matplotlib_config: Path) -> Callable[[Path], dict[str, str]]:
    """Return the environment in which the library runs, for a data directory."""
    return lambda data_home: {
        "HOME": str(data_home),
        "CACHING": "0",
        "MPLCONFIGDIR": str(matplotlib_config),
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "PYTHONHASHSEED": "0",
    }


@pytest.fixture(scope="session")
def warm(scrubbed: Callable[[Path], dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Warm:
    """Return a context: a warm process for a data directory, as what it reported and a way to render in its forks."""

    @contextmanager
    def warm_(data_home: Path) -> Iterator[tuple[dict[str, Any], Render]]:
        command = [sys.executable, str(WARM_PROCESS), str(PRELOAD_BYTES)]
        with subprocess.Popen(
            command,
            env=scrubbed(data_home),
            cwd=tmp_path_factory.mktemp("empty"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdin
            assert process.stdout
            requests, answers = process.stdin, process.stdout

            def render_(program: str, files: Mapping[str, Path] | None = None, bundle: Bundle | None = None) -> Outcome:
                paths = {name: str(path) for name, path in (files or {}).items()}
                request = {"program": program, "files": paths, "bundle": bundle}
                requests.write(json.dumps(request) + "\n")
                requests.flush()
                answer = json.loads(answers.readline())
                return Outcome(base64.b64decode(answer["html"]), answer["error"], answer["warnings"], answer["printed"])

            yield json.loads(answers.readline()), render_
            requests.close()

    return warm_


@pytest.fixture(scope="session")
def render(warm: Warm, map_data: Path) -> Iterator[Render]:
    """Return a way to run a program in a fork of one warm process."""
    with warm(map_data) as (_, render_):
        yield render_


@pytest.fixture(scope="session")
def library_home(map_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the same map data in a place where the library may write its caches."""
    home = tmp_path_factory.mktemp("library-home")
    (home / ".xatra" / "cache").mkdir(parents=True)
    shutil.copytree(map_data / ".xatra" / "data", home / ".xatra" / "data")
    return home


@pytest.fixture
def render_unpatched(library_home: Path, scrubbed: Callable[[Path], dict[str, str]], tmp_path: Path) -> RenderUnpatched:
    """Return a way to run a program with the library as it is, whose `show()` writes files."""

    def render_(program: str) -> str:
        (tmp_path / "map.py").write_text(program)
        command = [sys.executable, "map.py"]
        subprocess.run(command, cwd=tmp_path, env=scrubbed(library_home), check=True, capture_output=True)
        return (tmp_path / "map.html").read_text()

    return render_
