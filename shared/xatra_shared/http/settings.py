"""What every service that answers browsers needs to know, beside what every service does."""

import re
from collections.abc import Iterator
from typing import Annotated, Final, override

from pydantic import AfterValidator, BeforeValidator, Field, IPvAnyNetwork, SecretStr
from pydantic_settings import NoDecode

from xatra_shared.settings import MIN_SECRET_CHARACTERS, EmptyIsNone, ServiceSettings, is_guessable

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
    if len(value.get_secret_value()) < MIN_SECRET_CHARACTERS:
        raise ValueError(f"A secret has at least {MIN_SECRET_CHARACTERS} characters: `openssl rand -hex 32` makes one")
    return value


_LOCAL_HOSTS: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})

Secret = Annotated[SecretStr, AfterValidator(_long_secret)]
Origin = Annotated[str, AfterValidator(_origin)]
Host = Annotated[str, AfterValidator(_host)]


class HttpSettings(ServiceSettings):
    """Settings of a service over HTTP, read from the environment: `ALLOWED_HOSTS` fills `allowed_hosts`, and so on."""

    base_path: str = Field(default="/xatra", pattern=r"^(/[A-Za-z0-9._-]+)*$", description="Where the site begins")
    allowed_hosts: Annotated[tuple[Host, ...], NoDecode, BeforeValidator(_split)] = Field(
        default=("localhost", "127.0.0.1", "[::1]"), description="Host names that are served, without port"
    )
    cors_origins: Annotated[tuple[Origin, ...], NoDecode, BeforeValidator(_split)] = Field(
        default=(), description="Origins of other sites' pages that may call the service"
    )
    trusted_proxies: Annotated[tuple[IPvAnyNetwork, ...], NoDecode, BeforeValidator(_split)] = Field(
        default=(),
        description="Addresses or networks of proxies, whose CF-Connecting-IP, X-Real-IP and X-Forwarded-* count",
    )

    country_header: Annotated[Annotated[str, Field(pattern=r"^[A-Za-z0-9-]+$")] | None, EmptyIsNone] = Field(
        default=None,
        description="Header in which TRUSTED_PROXIES tell the client's country, such as CF-IPCountry; none: nobody does",
    )
    slow_request_milliseconds: int = Field(
        default=1000, gt=0, description="From when on a request is kept for administrators as slow"
    )
    request_sample: float = Field(
        default=0.05, ge=0, le=1, description="Part of the other requests, server errors apart, that is kept for them"
    )

    guest_secret: Secret = Field(description="Signs the cookies of guests, and all CSRF tokens")
    guest_secret_previous: Secret | None = Field(default=None, description="Still accepted after a rotation")

    web_processes: int = Field(default=2, ge=1, description="Processes that answer requests")
    drain_seconds: float = Field(
        default=0, ge=0, le=5, description="How long a stopping process takes requests, so that balancers notice"
    )
    prometheus_multiproc_dir: str | None = Field(
        default=None, description="Where several processes add up their metrics; set by the server that starts them"
    )
    max_body_bytes: int = Field(default=2_000_000, gt=0, description="Longest JSON body")

    @property
    def api_path(self) -> str:
        """Where the addresses of all services begin."""
        return f"{self.base_path}/api"

    @override
    def unsafe(self) -> Iterator[str]:
        yield from super().unsafe()
        for name in ("guest_secret", "guest_secret_previous"):
            secret: SecretStr | None = getattr(self, name)
            if secret is not None and is_guessable(secret.get_secret_value()):
                yield f"{name.upper()} must be random: `openssl rand -hex 32` makes one."
        if not set(self.allowed_hosts) - _LOCAL_HOSTS:
            yield "ALLOWED_HOSTS must name the host by which people reach the service, such as maps.example."
        if any(origin.startswith("http:") for origin in self.cors_origins):
            yield "CORS_ORIGINS must all begin with https://."
        if any(network.prefixlen == 0 for network in self.trusted_proxies):
            yield "TRUSTED_PROXIES must name your proxies' addresses or networks, not everybody's."
