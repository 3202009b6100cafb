"""A group of commands each of which is imported when it is called, so that help and small commands start at once."""

from importlib import import_module
from typing import Any, override

import typer
from typer.core import TyperGroup
from typer.main import get_command


class LazyGroup(TyperGroup):
    """Lists its commands by name and summary alone; `commands/<name>.py`, with `_` for `-`, offers each as `app`."""

    @override
    def resolve_command(  # type: ignore[override] # typer's own class of contexts has no public name
        self, ctx: typer.Context, args: list[str]
    ) -> tuple[str | None, Any, list[str]]:
        name, listed, rest = super().resolve_command(ctx, args)
        if listed is None:
            return name, None, rest
        module = f"xatra_standalone.commands.{str(name).replace('-', '_')}"
        return name, get_command(import_module(module).app), rest


def lazy_app(summary: str, commands: dict[str, str]) -> typer.Typer:
    """Return the application.

    Args:
        summary: What all of it is for.
        commands: Name of each command -> what it does, in one sentence.
    """
    app = typer.Typer(cls=LazyGroup, help=summary, no_args_is_help=True, pretty_exceptions_enable=False)
    for name, help_text in commands.items():
        app.command(name, help=help_text)(_listed)
    return app


def _listed() -> None:
    """Stand for a command where commands are listed; another takes its place when it is called."""
