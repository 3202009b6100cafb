"""`xatra-web data`: the render worker's commands for map data, on this machine's own data directory."""

from typing import TYPE_CHECKING, cast

import typer

from xatra_render_worker.data import cli
from xatra_standalone.settings import StandaloneSettings

if TYPE_CHECKING:
    from typer.core import TyperGroup

app = typer.Typer(no_args_is_help=True, add_completion=False)
app.registered_commands = cli.app.registered_commands


@app.callback()
def data(context: typer.Context) -> None:
    """Install, check and show the map data."""
    home = str(StandaloneSettings().map_data)
    commands = cast("TyperGroup", context.command).list_commands(context)
    context.default_map = {command: {"data_home": home} for command in commands}
