"""Renders the examples once the service is up, so that the gallery answers at once."""

import asyncio
from collections.abc import Sequence

import structlog
from rich.console import Console

from xatra_standalone.commands.service import RefusedError, Render, Service, UnreachableError
from xatra_standalone.gallery import Example, load_examples

_log = structlog.get_logger(__name__)


def render_examples(address: str, console: Console) -> None:
    """Render every example through the service's own front door, and say how it went.

    Args:
        address: Where the page is, such as `http://localhost:8080/xatra/`.
        console: Where people read.
    """
    examples = load_examples()
    ended: list[Render] = []
    try:
        ended = asyncio.run(_render(address, examples))
    except (RefusedError, UnreachableError) as error:
        _log.warning("examples not rendered", error=str(error))
    rendered = sum(render["state"] == "succeeded" for render in ended)
    console.print(f"{rendered} of {len(examples)} example maps are rendered.")


async def _render(address: str, examples: Sequence[Example]) -> list[Render]:
    async with Service.at(address, _Nobody()) as service:
        for example in examples:  # all files first: somebody may already open an example
            for name, path in example.files.items():
                await service.upload(name, path.read_bytes())
        return [await service.render(example.program, example.file_hashes) for example in examples]


class _Nobody:
    """An audience that does not listen."""

    def doing(self, what: str) -> None:
        """Ignore it."""

    def delayed(self, why: str) -> None:
        """Ignore it."""

    def show(self, render: Render) -> None:
        """Ignore it."""
