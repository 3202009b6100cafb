"""A full artefact store fails renders with a clear message, and nothing else."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.faults.invariants import assert_invariants
from tests.faults.service import Service, small_map
from tests.waiting import until

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small file system")


@pytest.fixture(scope="module")
def store_directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Mount a file system that is soon full."""
    directory = tmp_path_factory.mktemp("small-store")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", directory], check=False).returncode:
        pytest.skip("no file system can be mounted here")
    yield directory
    subprocess.run(["umount", "--lazy", directory], check=True)


def test_a_full_store_fails_renders_clearly_and_recovers_when_there_is_room(service: Service):
    first = service.post(small_map("room"), wait_seconds=20)
    assert first["state"] == "succeeded"
    ballast = service.store / "ballast"
    subprocess.run(["dd", "if=/dev/zero", f"of={ballast}", "bs=4k"], check=False, stderr=subprocess.DEVNULL)
    program = small_map("no room")
    failed = service.post(program, wait_seconds=20)
    assert failed["state"] == "failed"
    assert failed["error"]["by"] == "service"
    assert "no room" in failed["error"]["message"]
    assert service.post(str(first), wait_seconds=20)["state"] == "failed"  # an author's error needs no room
    ballast.unlink()
    until(lambda: service.post(program, wait_seconds=20)["state"] == "succeeded", seconds=20)
    assert_invariants(service)
