"""The hostile suite in a container as restricted as the one that render workers run in, as an ordinary user."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.long,
    pytest.mark.timeout(1200),
    pytest.mark.skipif(
        not shutil.which("docker")
        or subprocess.run(["docker", "info"], capture_output=True, check=False).returncode != 0,
        reason="no Docker Engine answers",
    ),
]

_CHECKOUT = Path(__file__).parents[2]
_USER = "65534:65534"  # PostgreSQL wants one that has a name


@pytest.fixture(scope="module")
def empty_image() -> str:
    """Make an image with nothing in it: what the suite needs is mounted, so that no registry is needed."""
    name = "xatra-test-empty"
    subprocess.run(["docker", "build", "--quiet", "--tag", name, "-"], input=b'FROM scratch\nCMD [""]\n', check=True)
    return name


def test_the_hostile_suite_holds_in_a_container_without_any_privilege(
    empty_image: str, map_data: Path, redis_program: Path
):
    read_only = {_CHECKOUT, Path(sys.prefix), Path(sys.base_prefix), map_data, redis_program.parent}
    read_only |= {Path(path) for path in ("/usr", "/lib", "/lib64", "/bin", "/etc/passwd", "/etc/ld.so.cache")}
    mounts = [f"--volume={path}:{path}:ro" for path in sorted(read_only) if path.exists()]
    result = subprocess.run(
        [
            "docker", "run", "--rm", f"--user={_USER}", "--network=none",
            "--cap-drop=ALL", "--security-opt=no-new-privileges", "--read-only", "--tmpfs=/tmp:mode=1777,exec",
            *mounts,
            "--env=HOME=/tmp", "--env=PATH=/usr/bin:/bin", "--env=PYTHONDONTWRITEBYTECODE=1",
            f"--env=XATRA_TEST_CACHE={redis_program.parent}", f"--env=XATRA_TEST_DATA_HOME={map_data}",
            f"--workdir={_CHECKOUT}", empty_image,
            sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", "--basetemp=/tmp/pytest",
            "tests/render_worker/hostile", "tests/render_worker/sandbox",
        ],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout[-5000:] + result.stderr[-2000:]
