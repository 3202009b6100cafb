"""What the health addresses answer."""

from typing import Literal

from pydantic import BaseModel


class Health(BaseModel):
    """Whether the service works, and which build it is."""

    status: Literal["ok", "unavailable"]
    release: str


class Readiness(BaseModel):
    """Which of the things that the service leans on answer."""

    database: bool
    redis: bool
    schema_current: bool
    store: bool
    render_worker: bool

    @property
    def ready(self) -> bool:
        """All of them."""
        return all(self.model_dump().values())
