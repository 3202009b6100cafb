"""What a real worker's renders cost."""

import subprocess

import pytest
from tests.api.admin.conftest import MakeUser
from tests.api.conftest import API
from tests.api.renders.asking import ask


@pytest.mark.parametrize(("program", "state"), [("import time\ntime.sleep(1)\n1 / 0", "failed")])
def test_a_render_costs_the_seconds_that_it_ran(
    shared_worker: subprocess.Popen[bytes], make: MakeUser, program: str, state: str
) -> None:
    asha = make("asha")

    assert ask(asha.client, program, wait=30).json()["state"] == state
    budget = asha.client.get(f"{API}/me/render-budget").json()
    assert 1 < budget["spent_seconds"] < 5
    assert budget["reserved_seconds"] == 0
