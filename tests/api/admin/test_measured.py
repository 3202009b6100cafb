"""What a real worker's renders cost."""

import subprocess

from tests.api.admin.conftest import MakeUser
from tests.api.conftest import API
from tests.api.renders.asking import ask


def test_a_render_costs_the_seconds_that_it_ran(shared_worker: subprocess.Popen[bytes], make: MakeUser) -> None:
    asha = make("asha")

    assert ask(asha.client, "import time\ntime.sleep(1)\n1 / 0", wait=30).json()["state"] == "failed"
    budget = asha.client.get(f"{API}/me/render-budget").json()
    assert 1 < budget["spent_seconds"] < 5
    assert budget["reserved_seconds"] == 0
