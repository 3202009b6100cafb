"""Published maps, drawn by a real worker."""

from typing import Any

import pytest
from tests.api.hub.publishing import address, create, publish, read_version
from tests.api.users import User
from tests.waiting import until

pytestmark = pytest.mark.usefixtures("shared_worker")


def artefact_of(user: User, name: str) -> dict[str, Any]:
    """Return a map once it is drawn."""

    def look() -> dict[str, Any] | None:
        artefact = read_version(user, name)["artefact"]
        return None if artefact["state"] == "pending" else artefact

    return until(look, seconds=60)


def test_a_published_map_becomes_ready_with_its_library_and_what_it_imports(asha: User):
    create(asha, "shared", 'from xatra import gadm\n\nwest = gadm("IND.8")\n', kind="lib")
    publish(asha, "shared", kind="lib")
    create(asha, "core", 'import xatra\n\nindia = xatra.gadm("IND")\n', kind="lib")
    program = 'shared = xatra.xatrahub("/lib/shared")\nxatra.Flag("Rest of India", india - shared.west)\n'
    create(asha, "rivers", program, library="core")
    publish(asha, "rivers")

    artefact = artefact_of(asha, "rivers")
    assert artefact["state"] == "ready", artefact
    page = asha.client.get(artefact["url"])
    assert page.status_code == 200
    assert "Rest of India" in page.text
    work = asha.client.get(address("rivers")).json()
    assert work["versions"][0]["artefact"] == artefact


def test_a_published_map_that_fails_says_why(asha: User):
    create(asha, "rivers", "import xatra\n\nraise ValueError('no such river')\n")
    publish(asha, "rivers")

    artefact = artefact_of(asha, "rivers")
    assert artefact["state"] == "failed"
    assert artefact["error"]["line"] == 3
    assert "no such river" in artefact["error"]["message"]
