"""What tests of the renderer say of a render: its outcome, and the ways to bring one about."""

import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from xatra_shared.bundles import Bundle


@dataclass(frozen=True)
class Outcome:
    """What became of a program: a page or an error, and what was said meanwhile."""

    html: bytes
    error: dict[str, Any]
    warnings: list[str]
    printed: str

    @property
    def page(self) -> str:
        assert not self.error
        return self.html.decode()

    @property
    def payload(self) -> dict[str, Any]:
        payload: dict[str, Any] = json.loads(script_of(self.page))
        return payload

    @property
    def everything_said(self) -> str:
        return json.dumps([self.error, self.warnings, self.printed])


class Render(Protocol):
    """Runs a program, with files by their names and what it imports from the hub."""

    def __call__(
        self, program: str, files: Mapping[str, Path] | None = None, bundle: Bundle | None = None
    ) -> Outcome: ...


type RenderUnpatched = Callable[[str], str]
"""Returns the page of a program as the library writes it."""

type Warm = Callable[[Path], AbstractContextManager[tuple[dict[str, Any], Render]]]
"""Starts a warm process for a data directory: what it reported, and a way to render in its forks."""


def script_of(page: str) -> str:
    """Return the payload of a page as the text that it is in the script."""
    return page.split("const payload = ", 1)[1].split(";\n      const geometryRegistry", 1)[0]


def style_of(page: str) -> str:
    """Return what is in the style element of a page."""
    return page.split("<style>", 1)[1].split("\n    </style>\n  </head>", 1)[0]
