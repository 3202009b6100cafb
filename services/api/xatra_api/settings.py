"""What the api needs to know, beside what every service does."""

import re
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, Field, IPvAnyNetwork, SecretStr
from pydantic_settings import NoDecode

from xatra_shared.settings import ServiceSettings

_MIN_SECRET_CHARACTERS: Final = 32
_HOST: Final = r"([a-z0-9._-]+|\[[0-9a-f:.]+\])"


def _split(value: object) -> object:
    """Return the parts of `a, b, c`, which is how lists are written in the environment."""
    return [part for part in (part.strip() for part in value.split(",")) if part] if isinstance(value, str) else value


def _origin(value: str) -> str:
    if not re.fullmatch(rf"https?://{_HOST}(:[0-9]+)?", value, re.IGNORECASE):
        raise ValueError(f"An origin is https://HOST[:PORT], not {value!r}")
    return value.lower()


def _host(value: str) -> str:
    if not re.fullmatch(_HOST, value, re.IGNORECASE):
        raise ValueError(f"A host is a name or an address without port, IPv6 in brackets, not {value!r}")
    return value.lower()


def _long_secret(value: SecretStr) -> SecretStr:
    if len(value.get_secret_value()) < _MIN_SECRET_CHARACTERS:
        raise ValueError(f"A secret has at least {_MIN_SECRET_CHARACTERS} characters: `openssl rand -hex 32` makes one")
    return value


Secret = Annotated[SecretStr, AfterValidator(_long_secret)]
Origin = Annotated[str, AfterValidator(_origin)]
Host = Annotated[str, AfterValidator(_host)]


class ApiSettings(ServiceSettings):
    """Settings of the api, read from the environment: `ALLOWED_HOSTS` fills `allowed_hosts`, and so on."""

    base_path: str = Field(default="/xatra", pattern=r"^(/[A-Za-z0-9._-]+)*$", description="Where the site begins")
    allowed_hosts: Annotated[tuple[Host, ...], NoDecode, BeforeValidator(_split)] = Field(
        default=("localhost", "127.0.0.1", "[::1]"), description="Host names that are served, without port"
    )
    cors_origins: Annotated[tuple[Origin, ...], NoDecode, BeforeValidator(_split)] = Field(
        default=(), description="Origins of other sites' pages that may use the api"
    )
    trusted_proxies: Annotated[tuple[IPvAnyNetwork, ...], NoDecode, BeforeValidator(_split)] = Field(
        default=(), description="Addresses or networks whose X-Forwarded-For and X-Forwarded-Proto count"
    )
    artefact_origin: Origin | None = Field(
        default=None, description="Another site that serves /artefacts and /assets; none: the api's own"
    )

    guest_secret: Secret = Field(description="Signs the cookies of guests")
    guest_secret_previous: Secret | None = Field(default=None, description="Still accepted after a rotation")

    web_processes: int = Field(default=2, ge=1, description="Processes that answer requests")
    prometheus_multiproc_dir: str | None = Field(
        default=None, description="Where several processes add up their metrics; set by `xatra-api serve`"
    )
    max_body_bytes: int = Field(default=2_000_000, gt=0, description="Longest JSON body")
    max_file_bytes: int = Field(default=25_000_000, gt=0, description="Longest uploaded file")
    max_event_streams: int = Field(default=500, gt=0, description="Event streams that one process holds open")
    caller_active_renders: int = Field(default=4, gt=0, description="Renders that one caller may be waiting for")
    address_active_renders: int = Field(
        default=16, gt=0, description="Renders that all callers of one network may be waiting for"
    )
    queue_capacity: int = Field(default=200, gt=0, description="Renders that may wait for a slot")
    file_quota_bytes: int = Field(default=200_000_000, gt=0, description="Uploaded files of one caller together")
    address_file_quota_bytes: int = Field(
        default=1_000_000_000, gt=0, description="Uploaded files of all callers of one network together"
    )
    file_quota_files: int = Field(default=1000, gt=0, description="How many those may be")

    @property
    def api_path(self) -> str:
        """Where the api's addresses begin."""
        return f"{self.base_path}/api"
