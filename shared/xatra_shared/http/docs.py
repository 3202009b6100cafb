"""A page that shows the OpenAPI document to people: plain HTML made here, no script, nothing loaded from elsewhere."""

import base64
import hashlib
import json
from collections.abc import Iterator
from html import escape
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

router = APIRouter(include_in_schema=False)

_STYLE: Final = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
summary { cursor: pointer; padding: .3rem 0; }
code, pre { font: 14px/1.4 ui-monospace, monospace; }
pre { background: #8881; padding: .7rem; overflow-x: auto; }
.method { display: inline-block; min-width: 4.5rem; font-weight: 600; }
details > div { border-left: 3px solid #8884; padding-left: 1rem; margin-bottom: 1rem; }
:root { color-scheme: light dark; }
"""
_STYLE_HASH: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY: Final = f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; frame-ancestors 'none'"


@router.get("/docs")
async def docs(request: Request) -> HTMLResponse:
    """Show what the service offers."""
    page = "\n".join(_page(request.app.openapi()))
    return HTMLResponse(page, headers={"Content-Security-Policy": _POLICY})


def _page(document: dict[str, Any]) -> Iterator[str]:
    title = escape(document["info"]["title"])
    yield f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
    yield '<meta name="viewport" content="width=device-width">'
    yield f'<h1>{title}</h1><p>As data: <a href="openapi.json">openapi.json</a></p>'
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            yield from _operation(method, path, operation)
    yield "<h2>Schemas</h2>"
    for name, schema in document["components"]["schemas"].items():
        yield f'<details id="{escape(name)}"><summary><code>{escape(name)}</code></summary>{_json(schema)}</details>'


def _operation(method: str, path: str, operation: dict[str, Any]) -> Iterator[str]:
    yield f'<details><summary><code><span class="method">{method.upper()}</span> {escape(path)}</code></summary><div>'
    for paragraph in operation.get("description", "").split("\n\n"):
        yield f"<p>{escape(paragraph)}</p>"
    for heading, part in (
        ("Parameters", operation.get("parameters")),
        ("Body", operation.get("requestBody", {}).get("content")),
        ("Responses", operation["responses"]),
    ):
        if part:
            yield f"<h4>{heading}</h4>{_json(part)}"
    yield "</div></details>"


def _json(part: object) -> str:
    return f"<pre>{escape(json.dumps(part, indent=2, ensure_ascii=False))}</pre>"
