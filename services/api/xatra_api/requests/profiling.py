"""Profiles one request for an administrator who asks for it: `X-Profile` answers where its time went, as a page."""

import asyncio
from typing import Final

from pyinstrument import Profiler
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xatra_api.callers import require_admin
from xatra_api.resources import resources_of
from xatra_shared.http.problems import Problem
from xatra_shared.identity.api_tokens import Scope as TokenScope

_HEADER: Final = "x-profile"
_INTERVAL_SECONDS: Final = 0.0001  # a whole request takes a few milliseconds
_LONGEST_SECONDS: Final = 60
# The page draws itself by its own script, and may do nothing else, whatever names it has to show.
_PAGE_POLICY: Final = "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'"


class AlreadyProfiling(Problem):
    """This process makes a profile already; it can make one at a time."""

    status = 409
    slug = "already-profiling"
    title = "Another request is being profiled: try again when it has been answered"


class Profiling:
    """Runs a request that has the header `X-Profile` under a profiler, if an administrator sent it.

    The request is really carried out, with all its effects; its own answer is replaced by the page, which says the
    status in `X-Profiled-Status`. Requests without the header pass by at the cost of a look at their headers.

    Args:
        app: The application, behind all guards.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._is_profiling = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, under the profiler where that is wanted."""
        if scope["type"] != "http" or _HEADER not in Headers(scope=scope):
            await self._app(scope, receive, send)
            return
        try:
            request = Request(scope)
            resources = resources_of(request)
            await require_admin(await resources.callers.identify(request, TokenScope.ADMIN), resources)
            if self._is_profiling:
                raise AlreadyProfiling
        except Problem as problem:
            await problem.response()(scope, receive, send)
            return
        self._is_profiling = True
        try:
            answer = await self._profile(scope, receive)
        finally:
            self._is_profiling = False
        await answer(scope, receive, send)

    async def _profile(self, scope: Scope, receive: Receive) -> Response:
        status = 0

        async def hold_back(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]

        with Profiler(interval=_INTERVAL_SECONDS, async_mode="enabled") as profiler:
            try:
                async with asyncio.timeout(_LONGEST_SECONDS):  # streams would not end
                    await self._app(scope, receive, hold_back)
            except TimeoutError:
                pass
        page = await run_in_threadpool(profiler.output_html)
        return Response(
            page,
            media_type="text/html",
            headers={
                "Content-Security-Policy": _PAGE_POLICY,
                "Content-Disposition": 'attachment; filename="profile.html"',
                "X-Profiled-Status": str(status),
            },
        )
