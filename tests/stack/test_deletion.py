"""A stack is deleted by who types its name, and nothing else with it."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from tests.stack.engine import CHECKOUT, NEEDS_ENGINE, docker

pytestmark = list(NEEDS_ENGINE)

_STACK = "xatra-test-gone"
_OTHER = "xatra-test-stays"
_IMAGE = "xatra-test-empty"


def _label(stack: str) -> str:
    return f"--label=org.xatra.stack={stack}"


def left(stack: str) -> list[str]:
    """Return all that there is of a stack."""
    selected = f"label=org.xatra.stack={stack}"
    return [
        *docker("ps", "--all", "--quiet", "--filter", selected).split(),
        *docker("network", "ls", "--quiet", "--filter", selected).split(),
        *docker("volume", "ls", "--quiet", "--filter", selected).split(),
    ]


def delete(stack: str, typed: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(CHECKOUT / "scripts" / "delete_stack.py"), stack]
    return subprocess.run(command, input=f"{typed}\n", capture_output=True, text=True, check=False)


@pytest.fixture(autouse=True)
def stacks() -> Iterator[None]:
    """Make a container, a network and a volume for each of two stacks, and a volume that is named like the first."""
    subprocess.run(
        ["docker", "build", "--quiet", "--tag", _IMAGE, "-"], input=b'FROM scratch\nCMD [""]\n', check=True,
        capture_output=True,
    )  # fmt: skip
    for stack in (_STACK, _OTHER):
        docker("network", "create", _label(stack), f"{stack}_edge")
        docker("volume", "create", _label(stack), f"{stack}_store")
        docker("create", _label(stack), f"--name={stack}-api-1", f"--volume={stack}_store:/store", _IMAGE)
    docker("volume", "create", f"--label=com.docker.compose.project={_STACK}", f"{_STACK}_somebodys")
    yield
    for stack in (_STACK, _OTHER):
        docker("rm", "--force", f"{stack}-api-1", check=False)
        docker("network", "rm", f"{stack}_edge", check=False)
        docker("volume", "rm", f"{stack}_store", f"{stack}_somebodys", check=False)


@pytest.mark.parametrize("typed", ["", "yes", _OTHER])
def test_without_its_name_nothing_is_deleted(typed: str):
    refused = delete(_STACK, typed)
    assert refused.returncode != 0
    assert "Nothing was deleted." in refused.stderr
    assert len(left(_STACK)) == 3


def test_with_its_name_all_goes_that_carries_its_label_and_nothing_else():
    gone = delete(_STACK, _STACK)
    assert gone.returncode == 0, gone.stderr
    assert left(_STACK) == []
    assert len(left(_OTHER)) == 3
    assert docker("volume", "ls", "--quiet", "--filter", f"name={_STACK}_somebodys").strip()


def test_a_stack_that_there_is_not_is_said_to_be_none():
    refused = delete("xatra-test-never", "xatra-test-never")
    assert "There is nothing of a stack called xatra-test-never." in refused.stderr
