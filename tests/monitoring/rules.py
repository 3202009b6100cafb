"""The rules of Prometheus as they lie in the repository, and promtool, which knows all about them."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

import yaml

CHECKOUT: Final = Path(__file__).parents[2]
RULES: Final = tuple(sorted((CHECKOUT / "compose/prometheus/rules").glob("*.yml")))
TESTS: Final = tuple(sorted(Path(__file__).parent.glob("*.test.yml")))


def alerts() -> list[dict[str, Any]]:
    """Return every alerting rule."""
    groups = [group for path in RULES for group in yaml.safe_load(path.read_text())["groups"]]
    return [rule for group in groups for rule in group["rules"] if "alert" in rule]


def image_of(service: str) -> str:
    """Return the image that the production stack runs a server from."""
    image: str = yaml.safe_load((CHECKOUT / "docker-compose.prod.yml").read_text())["services"][service]["image"]
    return image


def command(program: str, service: str) -> list[str] | None:
    """Return what runs a program on this checkout: the one that is installed, else the one in a server's image.

    Args:
        program: Its name, `promtool` or `amtool`.
        service: The service of the production stack whose image has it.
    """
    if shutil.which(program):
        return [program]
    image = image_of(service)
    found = shutil.which("docker") and subprocess.run(
        ["docker", "image", "inspect", image], capture_output=True, check=False
    )
    if not found or found.returncode:
        return None
    mount = f"{CHECKOUT}:{CHECKOUT}:ro"
    return ["docker", "run", "--rm", "--network=none", f"--volume={mount}", f"--entrypoint={program}", image]


def run(words: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command in this checkout."""
    return subprocess.run(words, capture_output=True, text=True, check=False, cwd=CHECKOUT, env=os.environ)
