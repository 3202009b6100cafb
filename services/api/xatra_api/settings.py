"""What the api needs to know, beside what every service does."""

from typing import Annotated, Final, Self

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import NoDecode

from xatra_shared.settings import ServiceSettings

_MIN_SECRET_CHARACTERS: Final = 32


def _split(value: object) -> object:
    """Return the parts of `a, b, c`, which is how lists are written in the environment."""
    return [part for part in (part.strip() for part in value.split(",")) if part] if isinstance(value, str) else value


def _origin(value: str) -> str:
    scheme, separator, host = value.partition("://")
    if scheme not in {"http", "https"} or not separator or not host or set(host) & set("/*?#@ "):
        raise ValueError(f"An origin is https://HOST[:PORT], not {value!r}")
    return value.lower()


def _host(value: str) -> str:
    if not value or set(value) & set("/*?#@ "):
        raise ValueError(f"A host is a name or an address without port, not {value!r}")
    return value.lower()


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
    trusted_proxies: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)] = Field(
        default=(), description="Addresses or networks whose X-Forwarded-For and X-Forwarded-Proto count"
    )
    artefact_origin: Origin | None = Field(
        default=None, description="Another site that serves /artefacts and /assets; none: the api's own"
    )

    guest_secret: SecretStr = Field(description="Signs the cookies of guests")
    guest_secret_previous: SecretStr | None = Field(default=None, description="Still accepted after a rotation")

    web_processes: int = Field(default=2, ge=1, description="Processes that answer requests")
    max_body_bytes: int = Field(default=2_000_000, gt=0, description="Longest JSON body")
    max_file_bytes: int = Field(default=25_000_000, gt=0, description="Longest uploaded file")
    max_event_streams: int = Field(default=500, gt=0, description="Event streams that one process holds open")
    caller_active_renders: int = Field(default=4, gt=0, description="Renders that one caller may be waiting for")
    address_active_renders: int = Field(
        default=16, gt=0, description="Renders that all callers of one network may be waiting for"
    )
    queue_capacity: int = Field(default=200, gt=0, description="Renders that may wait for a slot")
    file_quota_bytes: int = Field(default=200_000_000, gt=0, description="Uploaded files of one caller together")
    file_quota_files: int = Field(default=1000, gt=0, description="How many those may be")

    @property
    def api_path(self) -> str:
        """Where the api's addresses begin."""
        return f"{self.base_path}/api"

    @model_validator(mode="after")
    def _secrets_are_long(self) -> Self:
        for secret in (self.guest_secret, self.guest_secret_previous):
            if secret is not None and len(secret.get_secret_value()) < _MIN_SECRET_CHARACTERS:
                raise ValueError(
                    f"GUEST_SECRET needs at least {_MIN_SECRET_CHARACTERS} characters, such as `openssl rand -hex 32`"
                )
        return self
