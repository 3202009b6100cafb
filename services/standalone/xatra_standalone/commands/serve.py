"""`xatra-web serve`: the whole service on this machine."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console

from xatra_render_worker.data.errors import DataError
from xatra_render_worker.data.progress import progress_bars
from xatra_render_worker.data.terms import show_terms_once
from xatra_render_worker.pool.memory import TooLittleMemoryError, check_memory
from xatra_render_worker.renderer.store import StoreError
from xatra_shared.servers.process import ServerStartError, unprivileged_user
from xatra_shared.telemetry.errors import report_errors
from xatra_shared.telemetry.logs import configure_logging
from xatra_standalone import checks
from xatra_standalone.commands.failures import CommandFailedError, ExitCode
from xatra_standalone.samples import publish_samples
from xatra_standalone.settings import StandaloneSettings
from xatra_standalone.setup import set_up
from xatra_standalone.stack import BASE_PATH, MemberFailedError, Stack

_FORESEEN = (
    checks.CannotStartError,
    DataError,
    MemberFailedError,
    ServerStartError,
    StoreError,
    TooLittleMemoryError,
)

app = typer.Typer(add_completion=False)


@app.command()
def serve(
    port: Annotated[int, typer.Option(envvar="XATRA_PORT", help="Port on 127.0.0.1.")] = 8080,
) -> None:
    """Run everything on this machine: servers, workers, api and studio. Sets up what is missing first."""
    settings = StandaloneSettings(port=port)
    console = Console(stderr=True, highlight=False)
    with _foreseen(), checks.hold_home(settings.home):
        checks.check_port(settings.port)
        check_memory(slots=settings.slots, preload_bytes=settings.preload_bytes)
        checks.check_disk(settings.home)
        checks.check_sandbox(settings.sandbox)
        checks.check_reachable(settings.home, unprivileged_user())
        show_terms_once(settings.map_data, console.print)
        with progress_bars() as progress:
            set_up(settings, progress)
        stack = Stack(settings)
        configure_logging("standalone", "WARNING")
        report_errors("standalone", stack.api_settings)
        console.print("Starting PostgreSQL, Redis and the render worker …")
        address = f"http://localhost:{settings.port}{BASE_PATH}/"

        def say_so() -> None:
            console.print(f"Xatra Web is ready: [bold]{address}[/bold]  (Ctrl-C stops it)")
            threading.Thread(
                target=publish_samples, args=(address, stack.samples_password, console), daemon=True
            ).start()

        with stack.running():
            stack.serve(on_ready=say_so)


@contextmanager
def _foreseen() -> Iterator[None]:
    """End with one sentence where something foreseen stands in the way."""
    try:
        yield
    except _FORESEEN as error:
        raise CommandFailedError(str(error), ExitCode.FAILED) from None
