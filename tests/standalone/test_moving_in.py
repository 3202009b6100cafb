"""The predecessor's database moves into the service that runs on a machine."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from tests.conftest import Standalone
from tests.standalone.predecessor.predecessor import INDIA, Predecessor, map_json
from tests.waiting import until

from xatra_auth.accounts.passwords import predecessors_hash

PASSWORD = "seven lamps by the river"


@pytest.fixture
def fresh(servers_home: Path, redis_program: Path, map_data: Path) -> Iterator[Standalone]:
    """Run a service that nobody has used."""
    service = Standalone(servers_home / "fresh", redis_program=redis_program, map_data=map_data)
    service.start()
    yield service
    service.stop()


@pytest.mark.long
@pytest.mark.timeout(300)
def test_people_sign_in_as_before_and_find_their_maps_which_are_rendered_again(fresh: Standalone, tmp_path: Path):
    old = Predecessor(tmp_path / "xatra_hub.db")
    asha = old.user("asha", password_hash=predecessors_hash(PASSWORD, "0f" * 16))
    old.published(asha, "map", "realm", map_json(elements=[INDIA]))

    result = subprocess.run(
        [sys.executable, "-m", "xatra_standalone", "import-sqlite", str(old.close())],
        env={**os.environ, "XATRA_HOME": str(fresh.home)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (result.returncode, result.stderr) == (0, "")
    with httpx2.Client(base_url=f"{fresh.url}api/", timeout=60) as browser:
        browser.post("auth/login", json={"username": "asha", "password": PASSWORD}).raise_for_status()
        work = browser.get("hub/map/realm").raise_for_status().json()
        assert (work["author"], work["latest_version"]) == ("asha", 1)

        def is_ready() -> bool:
            version = browser.get("hub/map/realm/versions/1").raise_for_status().json()
            return bool(version["artefact"]["state"] == "ready")

        until(is_ready, seconds=150)
