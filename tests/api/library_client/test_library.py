"""The `xatra` library as a user has it, unmodified and installed afresh, imports from this hub."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import httpx2
import pytest
from tests.api.conftest import API
from tests.api.imports.works import drawn, edit, release, shapes
from tests.api.users import User
from tests.render_worker.renderer.rendering import script_of

pytestmark = pytest.mark.usefixtures("shared_worker")

REPOSITORY = Path(__file__).parents[3]

PROGRAM = """
import xatra
from xatra import xatrahub

lanka = xatrahub("/asha/lib/lanka/1")
newest = xatra.xatrahub("lib/lanka")
xatra.Flag("north", lanka.NORTH, note=lanka.about())
xatra.Flag("south", newest.SOUTH)
xatrahub("/map/whole")
xatrahub("/map/neighbours/1", filter_only=["Flag"], filter_not=["slider"])
xatrahub("/css/red/alpha", filter_not=["zoom"])
xatra.show()
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the library, without what it needs, which this environment has."""
    target = tmp_path_factory.mktemp("library")
    uv = shutil.which("uv", path=f"{REPOSITORY / '.tools'}{os.pathsep}{os.environ['PATH']}")
    if uv is None:
        pytest.skip("there is no uv to install it with")
    command = [uv, "pip", "install", "--no-deps", "--python", sys.executable, "--target", str(target)]
    subprocess.run([*command, f"xatra=={version('xatra')}"], check=True, capture_output=True)
    return target


@pytest.fixture
def home(map_data: Path, tmp_path: Path) -> Path:
    """Return a user's home with the map data of two countries; the library writes beside them."""
    data = tmp_path / ".xatra" / "data"
    (tmp_path / ".xatra" / "cache").mkdir(parents=True)
    shutil.copytree(
        map_data / ".xatra" / "data", data, ignore=lambda _, names: [name for name in names if name.endswith(".pickle")]
    )
    return tmp_path


@pytest.fixture
def run(library: Path, home: Path, api: httpx2.Client) -> Callable[[str], dict[str, Any]]:
    """Return what runs a program as a user does and returns the payload of the map that it writes."""

    def run_(program: str) -> dict[str, Any]:
        (home / "mine.py").write_text(program)
        environment = {
            "HOME": str(home),
            "MPLCONFIGDIR": str(home),
            "PYTHONPATH": str(library),
            "XATRAHUB_URL": f"{str(api.base_url).rstrip('/')}{API}",
        }
        done = subprocess.run(
            [sys.executable, "mine.py"], cwd=home, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        payload: dict[str, Any] = json.loads(script_of((home / "map.html").read_text()))
        return payload

    return run_


def test_a_program_draws_the_same_map_on_a_user_s_computer_and_here(
    run: Callable[[str], dict[str, Any]], asha: User, ravi: User, api: httpx2.Client
) -> None:
    release(
        asha, "/lib/lanka", 'from xatra import gadm\nNORTH = gadm("LKA.1")\n_p = 1\ndef about():\n    return "old"\n'
    )
    release(asha, "/lib/lanka", 'from xatra import gadm\nSOUTH = gadm("LKA") - gadm("LKA.1")\n')
    edit(
        asha,
        "/lib/parts",
        'import xatra\nlanka = xatra.xatrahub("/lib/lanka")\nMINE = lanka.SOUTH & xatra.gadm("LKA.2")\n',
    )
    edit(asha, "/css/parts", 'import xatra\nxatra.CSS(".part { color: blue }")\n')
    release(asha, "/map/whole", 'import xatra\nxatra.Flag("part", MINE)\n', library="parts", theme="parts")
    release(
        ravi,
        "/map/neighbours",
        'import xatra\nfrom xatra import gadm\nxatra.Flag("Bhutan", gadm("BTN"))\n'
        'xatra.Point("left out", [27, 90])\nxatra.slider(-300, 500)\n',
    )
    edit(ravi, "/css/red", 'import xatra\nxatra.CSS(".red { color: red }")\nxatra.zoom(9)\n')

    theirs, ours = run(PROGRAM), drawn(api, PROGRAM)

    assert set(shapes(ours)) == {"north", "south", "part", "Bhutan"}
    assert theirs == ours
    assert ".red" in ours["css"]
    assert ours["points"] == []


def test_it_is_the_library_that_was_installed(run: Callable[[str], dict[str, Any]], library: Path) -> None:
    run(f'import xatra\nassert xatra.__file__.startswith({str(library)!r})\nxatra.Point("p", [1, 2])\nxatra.show()\n')


@pytest.mark.parametrize(("path", "status"), [("/lib/none", 404), ("/lib/draft", 404), ("/lib/mine/1", 404)])
def test_what_it_may_not_have_is_an_error_there(
    run: Callable[[str], dict[str, Any]], asha: User, path: str, status: int
) -> None:
    edit(asha, "/lib/draft", "A = 1\n")
    release(asha, "/lib/mine", "A = 1\n", visibility="private")
    with pytest.raises(AssertionError, match=f"HTTP Error {status}"):
        run(f'import xatra\nxatra.xatrahub("{path}")\n')
