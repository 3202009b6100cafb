"""What a render worker reads from its environment."""

import os
from pathlib import Path
from typing import Annotated

from pydantic import Field

from xatra_shared.settings import EmptyIsNone, ServiceSettings


def default_slots() -> int:
    """Return how many renders run at once unless told: all processors but one, at least one."""
    return max(1, len(os.sched_getaffinity(0)) - 1)


class RenderWorkerSettings(ServiceSettings):
    """Settings of one worker process."""

    map_data: Path = Field(description="Directory with `.xatra` and `manifest.json`; HOME of the map library")
    slots: int = Field(default_factory=default_slots, ge=1, description="Renders at once")
    preload_bytes: int = Field(default=512 << 20, ge=0, description="Memory for geometry loaded ahead of need")
    lease_seconds: float = Field(default=15, gt=2, description="How long a job stays ours without a sign of life")
    grace_seconds: float = Field(default=25, ge=0, description="How long running renders may go on after SIGTERM")
    telemetry_bind: Annotated[str | None, EmptyIsNone] = Field(
        default=None,
        pattern=r"^[^:]+:\d{1,5}$",
        description="HOST:PORT of /metrics, /healthz and /readyz, inside the network; none: they are off",
    )
    idle_poll_seconds: float = Field(default=2, gt=0, description="How often an idle slot looks by itself")
