"""The web client knows the services, and the map library, as they are."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "services" / "web"


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write down what there is to know now, as `npm run client` does."""
    directory = tmp_path_factory.mktemp("described")
    subprocess.run([sys.executable, WEB / "scripts" / "describe.py", directory], check=True)
    return directory


@pytest.mark.parametrize("name", ["api.json", "auth.json", "library.json"])
def test_what_is_committed_is_so(described: Path, name: str):
    now = json.loads((described / name).read_text())
    assert json.loads((WEB / "described" / name).read_text()) == now, "run `npm run client` in services/web"
