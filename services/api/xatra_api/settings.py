"""What the api needs to know, beside what every service over HTTP does."""

from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import Field, model_validator

from xatra_shared.http.settings import HttpSettings, Origin
from xatra_shared.settings import EmptyIsNone, StoreSettings


class ApiSettings(HttpSettings, StoreSettings):
    """Settings of the api."""

    artefact_origin: Annotated[Origin | None, EmptyIsNone] = Field(
        default=None,
        description="https://HOST[:PORT] of another site that serves maps alone; none: the api's own, with less rights",
    )
    max_file_bytes: int = Field(default=25_000_000, gt=0, description="Longest uploaded file")
    max_event_streams: int = Field(default=500, gt=0, description="Event streams that one process holds open")
    caller_active_renders: int = Field(default=4, gt=0, description="Renders that one guest may be waiting for")
    user_active_renders: int = Field(default=8, gt=0, description="Renders that one user may be waiting for")
    trusted_active_renders: int = Field(default=16, gt=0, description="Renders that one trusted user may wait for")
    address_active_renders: int = Field(
        default=16, gt=0, description="Renders that all guests of one network may be waiting for"
    )
    render_seconds: int = Field(default=60, gt=0, description="How long one render may take")
    trusted_render_seconds: int = Field(default=180, gt=0, description="How long one of a trusted user may take")
    queue_capacity: int = Field(default=200, gt=0, description="Renders that may wait for a slot")
    promised_wait_seconds: float = Field(
        default=5, gt=0, description="How long a render may wait for a slot; `render_slots_wanted` follows of it"
    )
    writes_per_minute: int = Field(default=300, gt=0, description="Writes of one guest, or a guest's network")
    user_writes_per_minute: int = Field(default=600, gt=0, description="Writes of one user")
    file_quota_bytes: int = Field(default=200_000_000, gt=0, description="Uploaded files of one guest together")
    user_file_quota_bytes: int = Field(default=1_000_000_000, gt=0, description="Uploaded files of one user together")
    address_file_quota_bytes: int = Field(
        default=1_000_000_000, gt=0, description="Uploaded files of all guests of one network together"
    )
    address_draft_quota_bytes: int = Field(
        default=200_000_000, gt=0, description="Drafts of all guests of one network together"
    )
    file_quota_files: int = Field(default=1000, gt=0, description="How many those may be")

    @property
    def artefact_host(self) -> str | None:
        """The host of the site that maps have, without port; None where they have none."""
        site = urlsplit(self.artefact_origin or "")
        return site.netloc.removesuffix(f":{site.port}") or None

    @property
    def artefacts_url(self) -> str:
        """Where maps lie: a path, or an address where they have a site of their own."""
        return f"{self.artefact_origin or ''}{self.api_path}/artefacts"

    @model_validator(mode="after")
    def _check_artefact_origin(self) -> Self:
        if self.artefact_host in self.allowed_hosts or self.artefact_origin in self.cors_origins:
            raise ValueError(
                "ARTEFACT_ORIGIN is a site apart, for pages that nobody trusts: "
                "its host must not be in ALLOWED_HOSTS, nor it in CORS_ORIGINS"
            )
        return self
