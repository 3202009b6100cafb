"""One ASGI application out of several complete ones: by path, each with its own lifespan."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager

from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send


class Dispatcher:
    """Gives each request to the application with the longest matching path prefix, its path unchanged."""

    def __init__(self, apps: Mapping[str, Starlette]) -> None:
        """Take the applications.

        Args:
            apps: Path prefix, such as `/xatra/api`, -> application.
        """
        self._apps = sorted(apps.items(), key=lambda entry: len(entry[0]), reverse=True)
        # Answers the server's lifespan protocol, and every path that is nobody's.
        self._outer = Starlette(lifespan=self._lifespan)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or the server's lifespan."""
        await self._app_for(scope)(scope, receive, send)

    def _app_for(self, scope: Scope) -> ASGIApp:
        if scope["type"] != "lifespan":
            for prefix, app in self._apps:
                if scope["path"] == prefix or scope["path"].startswith(f"{prefix}/"):
                    return app
        return self._outer

    @asynccontextmanager
    async def _lifespan(self, _outer: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for _prefix, app in self._apps:
                await stack.enter_async_context(app.router.lifespan_context(app))
            yield
