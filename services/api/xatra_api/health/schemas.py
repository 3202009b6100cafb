"""What the health address answers."""

from typing import Literal

from pydantic import BaseModel


class Health(BaseModel):
    """Whether the service works, and which build it is."""

    status: Literal["ok", "unavailable"]
    release: str
