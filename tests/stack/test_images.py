"""Images say what they are, and what they are made of."""

import json
from typing import Any

import pytest
from tests.stack.engine import NEEDS_ENGINE, docker, inspect
from tests.stack.site import Stack

pytestmark = list(NEEDS_ENGINE)

_OURS = ("api", "auth", "backup", "migrate", "render-worker", "scheduler", "web")


def image(name: str) -> dict[str, Any]:
    return inspect(f"xatra-test/{name}:test")[0]


def components(name: str) -> set[str]:
    """Return the names of all that a Python service's image lists as its parts."""
    path = image(name)["Config"]["Labels"]["org.xatra.sbom"]
    listed = docker("run", "--rm", "--network=none", "--entrypoint=cat", f"xatra-test/{name}:test", path)
    document = json.loads(listed)
    assert document["bomFormat"] == "CycloneDX"
    assert all(component["version"] for component in document["components"] if component["name"] != "xatra-shared")
    return {component["name"] for component in document["components"]}


@pytest.mark.parametrize("name", _OURS)
def test_every_image_says_what_it_is_and_runs_as_nobody_special(stack: Stack, name: str):
    config = image(name)["Config"]
    assert config["User"] in {"10001:10001", "101"}
    labels = {label.removeprefix("org.opencontainers.image."): value for label, value in config["Labels"].items()}
    assert labels["version"] == "test"
    assert labels["licenses"] == "MIT"
    assert labels["revision"]
    assert labels["title"] == {"backup": "xatra-scheduler", "migrate": "xatra-standalone"}.get(name, f"xatra-{name}")


@pytest.mark.parametrize(
    ("name", "has", "lacks"),
    [
        ("api", {"fastapi", "psycopg", "libcst"}, {"xatra", "celery[redis]"}),
        ("auth", {"fastapi", "argon2-cffi"}, {"xatra", "libcst"}),
        ("migrate", {"alembic"}, {"xatra", "fastapi"}),
        ("render-worker", {"xatra", "shapely", "celery"}, {"fastapi"}),
        ("scheduler", {"celery"}, {"xatra", "fastapi"}),
    ],
)
def test_a_services_image_lists_its_parts(stack: Stack, name: str, has: set[str], lacks: set[str]):
    listed = components(name)
    assert has <= listed
    assert not lacks & listed
