"""Writes down what the client has to know of others: the OpenAPI documents of api and auth, and the map library's names."""  # noqa: INP001 - a program, no package

import inspect
import json
import sys
import warnings
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from xatra_api.app import create_app as create_api
from xatra_api.settings import ApiSettings
from xatra_auth.app import create_app as create_auth
from xatra_auth.settings import AuthSettings

with warnings.catch_warnings(action="ignore"):  # it misses its map data, which nobody needs here
    import xatra
    from xatra import territory_library
    from xatra.territory import Territory

_PREFIX = "/xatra/api"
_NOWHERE: dict[str, Any] = {
    "allowed_hosts": ("localhost",),
    "base_path": "/xatra",
    "database_url": "postgresql://nobody@localhost/nowhere",
    "guest_secret": "0" * 64,
    "redis_url": "redis://localhost",
}


def descriptions() -> dict[str, dict[str, Any]]:
    """Return what is known of each; the services are put together, and not started."""
    api = create_api(ApiSettings(**_NOWHERE, artefact_store_url="file:///nowhere"))
    auth = create_auth(AuthSettings(**_NOWHERE, public_url="http://localhost", signing_key="0" * 64))
    return {"api": _document(api), "auth": _document(auth), "library": _library()}


def _document(app: FastAPI) -> dict[str, Any]:
    """Return an OpenAPI document, its addresses without what stands before every one of them."""
    document = app.openapi()
    paths = {path.removeprefix(_PREFIX): operations for path, operations in document["paths"].items()}
    return document | {"paths": paths}


def _library() -> dict[str, Any]:
    """Return the map library's functions with their parameters, and the territories of its collection."""
    functions = {
        name: [*inspect.signature(value).parameters]
        for name, value in sorted(vars(xatra).items())
        if callable(value) and not name.startswith("_")
    }
    territories = sorted(name for name, value in vars(territory_library).items() if isinstance(value, Territory))
    return {"functions": functions, "territories": territories}


if __name__ == "__main__":
    for name, description in descriptions().items():
        text = json.dumps(description, indent=2, ensure_ascii=False)
        Path(sys.argv[1], f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
