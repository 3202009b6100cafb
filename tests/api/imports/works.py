"""Short words for works that import each other, and for maps that are drawn with them."""

import json
from typing import Any

import httpx2
from tests.api.conftest import API
from tests.api.hub import publishing
from tests.api.renders.asking import ask
from tests.api.users import User
from tests.render_worker.renderer.rendering import script_of


def edit(user: User, path: str, content: str, **fields: object) -> None:
    """Save the alpha at `/kind/name`, making the work where it is new."""
    _, kind, name = path.split("/")
    answer = publishing.try_to_create(user, name, content, kind=kind, **fields)
    if answer.status_code != 201:
        version = publishing.read(user, name, kind=kind)["alpha"]["version"]
        answer = publishing.save(user, name, version, kind=kind, content=content, **fields)
    assert answer.status_code in {200, 201}, answer.text


def release(user: User, path: str, content: str, **fields: object) -> int:
    """Save and publish the work at `/kind/name`; return the number of its version."""
    _, kind, name = path.split("/")
    edit(user, path, content, **fields)
    return int(publishing.publish(user, name, kind=kind)["version"])


def resolve(client: httpx2.Client, program: str) -> httpx2.Response:
    return client.post(f"{API}/imports/resolve", json={"program": program})


def refusal(answer: httpx2.Response) -> tuple[str, str]:
    """Return the name of the problem that an answer is, and what it says."""
    assert answer.status_code == 422, answer.text
    body = answer.json()
    return body["type"].rpartition(":")[2], body["detail"]


def rendered(client: httpx2.Client, program: str, **body: object) -> dict[str, Any]:
    """Return a render that has ended."""
    answer = ask(client, program, wait=30, **body)
    assert answer.status_code == 200, answer.text
    render: dict[str, Any] = answer.json()
    return render


def drawn(client: httpx2.Client, program: str, **body: object) -> dict[str, Any]:
    """Return the payload of the map that a program draws."""
    render = rendered(client, program, **body)
    assert render["state"] == "succeeded", render["error"]
    payload: dict[str, Any] = json.loads(script_of(client.get(render["artefact"]["url"]).text))
    return payload


def shapes(payload: dict[str, Any]) -> dict[str, Any]:
    """Return the geometry that a map draws for each flag, by label."""
    registry = payload["geometry_registry"]
    return {flag["label"]: registry[flag["geom_id"]] for flag in payload["flags"]["flags"]}
