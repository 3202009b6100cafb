"""What a service without HTTP of its own needs to know to be monitored."""

from typing import Annotated

from pydantic import Field

from xatra_shared.settings import EmptyIsNone, StoreSettings


class MonitoredSettings(StoreSettings):
    """Settings of a service that answers nobody but monitoring."""

    telemetry_bind: Annotated[str | None, EmptyIsNone] = Field(
        default=None,
        pattern=r"^[^:]+:\d{1,5}$",
        description="HOST:PORT of /metrics, /healthz and /readyz, inside the network; none: they are off",
    )
