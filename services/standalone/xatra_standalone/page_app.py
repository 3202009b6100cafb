"""The first page: a code box, the map, and the gallery."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from xatra_shared.http.guards import HostGuard, SecurityHeaders
from xatra_standalone.gallery import Example

_PAGE = Path(__file__).parent / "page"
_POLICY = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"


def make_page_app(
    examples: list[Example], *, base_path: str, allowed_hosts: tuple[str, ...], artefact_origin: str | None = None
) -> Starlette:
    """Return the application that serves the page below `base_path`, and leads there from the root.

    The page shows maps in a frame: from `artefact_origin` alone, where they have a site of their own.
    """
    gallery = [example.wire() for example in examples]

    async def list_examples(_request: Request) -> JSONResponse:
        return JSONResponse(gallery)

    async def lead_there(_request: Request) -> RedirectResponse:
        return RedirectResponse(f"{base_path}/")

    return Starlette(
        routes=[
            Route("/", lead_there),
            Route(base_path, lead_there),
            Route(f"{base_path}/examples.json", list_examples),
            Mount(base_path, StaticFiles(directory=_PAGE, html=True)),
        ],
        middleware=[
            Middleware(SecurityHeaders, content_security_policy=f"{_POLICY}; frame-src {artefact_origin or "'self'"}"),
            Middleware(HostGuard, allowed_hosts=allowed_hosts, exempt_paths=frozenset()),
        ],
    )
