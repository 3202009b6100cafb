"""Short words for what authors do with works over HTTP."""

from typing import Any

import httpx2
from tests.api.conftest import API
from tests.api.users import User

LIBRARY = 'import xatra\n\ncore = xatra.gadm("IND.31")\n'
MAP = 'import xatra\n\nxatra.Flag("India", xatra.gadm("IND"))\n'


def address(name: str, kind: str = "map") -> str:
    """Return where a work is."""
    return f"{API}/hub/{kind}/{name}"


def create(user: User, name: str, content: str = MAP, *, kind: str = "map", **fields: object) -> dict[str, Any]:
    """Make a work and return it."""
    answer = try_to_create(user, name, content, kind=kind, **fields)
    assert answer.status_code == 201, answer.text
    return answer.json()


def try_to_create(user: User, name: str, content: str = MAP, *, kind: str = "map", **fields: object) -> httpx2.Response:
    """Ask for a new work."""
    return user.client.put(
        f"{address(name, kind)}/alpha", json={"content": content, **fields}, headers={"If-None-Match": "*"}
    )


def save(user: User, name: str, version: int, *, kind: str = "map", **fields: object) -> httpx2.Response:
    """Save an alpha on the basis of one."""
    return user.client.put(f"{address(name, kind)}/alpha", json=fields, headers={"If-Match": f'"{version}"'})


def change(user: User, name: str, /, *, kind: str = "map", **fields: object) -> httpx2.Response:
    """Change what is said of a work."""
    return user.client.patch(address(name, kind), json=fields)


def read(user: User, name: str, *, kind: str = "map") -> dict[str, Any]:
    """Return a work."""
    answer = user.client.get(address(name, kind))
    assert answer.status_code == 200, answer.text
    return answer.json()


def try_to_publish(user: User, name: str, *, kind: str = "map") -> httpx2.Response:
    """Ask to publish what a work says now."""
    version = user.client.get(f"{address(name, kind)}/alpha").headers["ETag"]
    return user.client.post(f"{address(name, kind)}/publish", headers={"If-Match": version})


def publish(user: User, name: str, *, kind: str = "map") -> dict[str, Any]:
    """Publish what a work says now."""
    answer = try_to_publish(user, name, kind=kind)
    assert answer.status_code in {200, 201}, answer.text
    return answer.json()


def read_version(user: User, name: str, version: int | str = "latest", *, kind: str = "map") -> dict[str, Any]:
    """Return a published version."""
    answer = user.client.get(f"{address(name, kind)}/versions/{version}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def problem(answer: httpx2.Response) -> tuple[int, str]:
    """Return an answer's status and the problem that it is."""
    assert answer.headers["Content-Type"] == "application/problem+json", answer.text
    return answer.status_code, answer.json()["type"].rpartition(":")[2]
