"""Settings that every service reads: one typed class, filled from the environment and from secret files."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self, override
from urllib.parse import unquote, urlsplit

from pydantic import BeforeValidator, Field, SecretStr, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

# Reads `NAME=` as not set: Compose files pass on variables that way.
EmptyIsNone = BeforeValidator(lambda value: None if value == "" else value)

MIN_SECRET_CHARACTERS: Final = 32
_MIN_PASSWORD_CHARACTERS: Final = 16
_MIN_DIFFERENT_CHARACTERS: Final = 8
_PLACEHOLDERS: Final = ("change", "default", "example", "insecure", "password", "placeholder", "replace", "secret")


class SecretFileSource(PydanticBaseSettingsSource):
    """Reads a setting `NAME` from the file that the variable `NAME_FILE` names (a Docker or Kubernetes secret)."""

    @override
    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        path = os.environ.get(f"{field_name.upper()}_FILE")
        value = Path(path).read_text(encoding="utf-8").strip() if path else None
        return value, field_name, self.field_is_complex(field)

    @override
    def __call__(self) -> dict[str, Any]:
        values = {}
        for name, field in self.settings_cls.model_fields.items():
            value, key, is_complex = self.get_field_value(field, name)
            if value is not None:
                values[key] = self.prepare_field_value(name, field, value, is_complex)
        return values


class SecretSettings(BaseSettings):
    """Settings of which each may come from a file.

    Order of precedence: arguments, `NAME_FILE`, `NAME`, the default.
    """

    model_config = SettingsConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    @classmethod
    @override
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, SecretFileSource(settings_cls), env_settings


class ServiceSettings(SecretSettings):
    """What every service needs to know; each service adds its own in its `settings.py`."""

    environment: Literal["development", "production"] = "development"
    strict_mode: bool = Field(default=True, description="In production: refuse to start on settings that are unsafe")
    release: str = Field(default="development", description="What `/xatra/api/health` calls this build")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    database_url: SecretStr = Field(description="postgresql+psycopg://LOGIN:PASSWORD@HOST/DATABASE")
    redis_url: SecretStr = Field(description="redis://USER:PASSWORD@HOST:6379/0 or unix://USER:PASSWORD@/PATH?db=0")
    otel_exporter_otlp_endpoint: Annotated[str | None, EmptyIsNone] = Field(
        default=None, description="http://HOST:4318 of an OpenTelemetry collector; none: no traces"
    )
    sentry_dsn: Annotated[SecretStr | None, EmptyIsNone] = Field(
        default=None, description="https://KEY@HOST/PROJECT of a Sentry; none: errors are only logged"
    )

    def unsafe(self) -> Iterator[str]:
        """Yield a sentence for each setting that production must not have: what is wrong, and what to set."""
        yield from unsafe_server(self.database_url, "DATABASE_URL", scheme="postgresql+psycopg")
        yield from unsafe_server(self.redis_url, "REDIS_URL", scheme=None)

    @model_validator(mode="after")
    def _refuse_what_is_unsafe(self) -> Self:
        if self.environment == "production" and self.strict_mode and (sentences := list(self.unsafe())):
            raise ValueError(" ".join(sentences))
        return self


class StoreSettings(ServiceSettings):
    """What a service needs to know that reaches the artefact store."""

    artefact_store_url: str = Field(description="file:///DIRECTORY or s3://BUCKET; credentials as AWS_* variables")


def is_guessable(secret: str) -> bool:
    """Tell whether a secret is one that people write as a placeholder, or so short or uniform that it is no secret."""
    folded = secret.lower()
    return (
        len(secret) < MIN_SECRET_CHARACTERS
        or len(set(secret)) < _MIN_DIFFERENT_CHARACTERS
        or any(word in folded for word in _PLACEHOLDERS)
    )


def unsafe_server(url: SecretStr, name: str, *, scheme: str | None) -> Iterator[str]:
    """Yield a sentence for what production must not have about the address of a server that the setting `name` gives."""
    parts = urlsplit(url.get_secret_value())
    if scheme is not None and parts.scheme != scheme:
        yield f"{name} must begin with {scheme}://: production keeps its data in PostgreSQL."
    password = unquote(parts.password or "")
    if len(password) < _MIN_PASSWORD_CHARACTERS or any(word in password.lower() for word in _PLACEHOLDERS):
        yield (
            f"{name} must name a password that nobody guesses, of at least {_MIN_PASSWORD_CHARACTERS} characters: "
            "`openssl rand -hex 32` makes one."
        )
