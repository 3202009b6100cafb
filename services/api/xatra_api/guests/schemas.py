"""What `/auth/csrf` answers."""

from pydantic import BaseModel, Field


class CsrfToken(BaseModel):
    """The proof that a write was meant, for the holder of the guest cookie that comes with it."""

    csrf_token: str = Field(description="To be sent as X-CSRF-Token with every write")
