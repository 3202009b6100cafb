"""The studio's pages, as its build left them."""

from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from xatra_shared.http.guards import HostGuard, SecurityHeaders

_BASE: Final = '<base href="/" />'
_UNBUILT: Final = "The studio has not been built: `make web` does it. The api answers.\n"
_GOOGLE: Final = "https://accounts.google.com/gsi/"
_PAGE_HEADERS: Final = {
    "Cache-Control": "no-cache",
    "Cross-Origin-Opener-Policy": "same-origin-allow-popups",  # Google's button opens a window, and hears from it
}


def studio_directory() -> Path:
    """Return where the built studio lies: in the package where it was installed, else in the checkout around it."""
    packaged = Path(__file__).parent / "studio"
    return packaged if packaged.exists() else Path(__file__).parents[2] / "web" / "dist"


def make_studio_app(
    directory: Path,
    *,
    base_path: str,
    allowed_hosts: tuple[str, ...],
    artefact_origin: str | None = None,
    has_google: bool = False,
) -> Starlette:
    """Return the application that serves the studio below `base_path`, and leads there from the root.

    Args:
        directory: The studio's build; where there is none, the answer says how to make it.
        base_path: Path with a slash at its beginning alone, such as `/xatra`.
        allowed_hosts: Host names that it answers for.
        artefact_origin: Where maps have a site of their own, the only one that may be framed.
        has_google: People may sign in by Google's button.
    """
    index = directory / "index.html"

    async def lead_there(_request: Request) -> RedirectResponse:
        return RedirectResponse(f"{base_path}/")

    async def show(request: Request) -> Response:
        if not index.exists():
            return PlainTextResponse(_UNBUILT, 503)
        name = request.path_params["path"]
        if "/" not in name and name != index.name and (directory / name).is_file():
            return FileResponse(directory / name)
        # Every other path is one of the studio's own: it knows which of them there are. The page is read each time, so
        # that it fits the assets where the studio is built anew meanwhile.
        page = index.read_text(encoding="utf-8").replace(_BASE, f'<base href="{base_path}/" />')
        return HTMLResponse(page, headers=_PAGE_HEADERS)

    return Starlette(
        routes=[
            Route("/", lead_there),
            Route(base_path, lead_there),
            Mount(f"{base_path}/assets", _Assets(directory=directory / "assets", check_dir=False)),
            Route(f"{base_path}/{{path:path}}", show),
        ],
        middleware=[
            Middleware(SecurityHeaders, content_security_policy=_policy(artefact_origin, has_google=has_google)),
            Middleware(HostGuard, allowed_hosts=allowed_hosts),
        ],
    )


class _Assets(StaticFiles):
    """Files whose names change with their content."""

    async def check_config(self) -> None:
        """Take a directory that is not there, before the studio is built, for an empty one."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        """Return a file that browsers may keep for good."""
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def _policy(artefact_origin: str | None, *, has_google: bool) -> str:
    google = f" {_GOOGLE}" if has_google else ""
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self'{google}",
            f"style-src 'self' 'unsafe-inline'{google}",  # the code editor and the components set styles
            f"connect-src 'self'{google}",
            f"frame-src {artefact_origin or "'self'"}{google}",
            "img-src 'self' https: data: blob:",
            "base-uri 'self'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "object-src 'none'",
        )
    )
