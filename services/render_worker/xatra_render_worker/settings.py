"""What a render worker reads from its environment."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, override

from pydantic import Field

from xatra_render_worker.sandbox.probe import Mode
from xatra_shared.settings import EmptyIsNone
from xatra_shared.telemetry.settings import MonitoredSettings


def default_slots() -> int:
    """Return how many renders run at once unless told: all processors but one, at least one."""
    return max(1, len(os.sched_getaffinity(0)) - 1)


class RenderWorkerSettings(MonitoredSettings):
    """Settings of one worker process."""

    map_data: Path = Field(description="Directory with `.xatra` and `manifest.json`; HOME of the map library")
    slots: int = Field(default_factory=default_slots, ge=1, description="Renders at once")
    preload_bytes: int = Field(default=512 << 20, ge=0, description="Memory for geometry loaded ahead of need")
    warm_up_seconds: float = Field(
        default=120, gt=0, description="How long the process may take to start from which renders are forked"
    )
    lease_seconds: float = Field(default=15, gt=2, description="How long a job stays ours without a sign of life")
    grace_seconds: float = Field(default=25, ge=0, description="How long running renders may go on after SIGTERM")
    sandbox: Mode = Field(
        default=Mode.REQUIRED,
        description="Walls around map programs: `required`, `gvisor` where containers run under gVisor, `off` for none",
    )
    landlock_max_abi: Annotated[int | None, EmptyIsNone] = Field(
        default=None, ge=1, description="Newest version of Landlock to use; none: the kernel's own"
    )
    idle_poll_seconds: float = Field(default=2, gt=0, description="How often an idle slot looks by itself")

    @override
    def unsafe(self) -> Iterator[str]:
        yield from super().unsafe()
        if self.sandbox is Mode.OFF:
            yield "SANDBOX must be required, or gvisor where containers run under gVisor: programs are strangers' code."
