"""Settings that every service reads: one typed class, filled from the environment and from secret files."""

import os
from pathlib import Path
from typing import Annotated, Any, Literal, override

from pydantic import BeforeValidator, Field, SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

# Reads `NAME=` as not set: Compose files pass on variables that way.
EmptyIsNone = BeforeValidator(lambda value: None if value == "" else value)


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
    release: str = Field(default="development", description="What `/xatra/api/health` calls this build")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    database_url: SecretStr = Field(description="postgresql+psycopg://LOGIN:PASSWORD@HOST/DATABASE")
    redis_url: SecretStr = Field(description="redis://USER:PASSWORD@HOST:6379/0 or unix://USER:PASSWORD@/PATH?db=0")
    artefact_store_url: str = Field(description="file:///DIRECTORY or s3://BUCKET; credentials as AWS_* variables")
    otel_exporter_otlp_endpoint: Annotated[str | None, EmptyIsNone] = Field(
        default=None, description="http://HOST:4318 of an OpenTelemetry collector; none: no traces"
    )
    sentry_dsn: Annotated[SecretStr | None, EmptyIsNone] = Field(
        default=None, description="https://KEY@HOST/PROJECT of a Sentry; none: errors are only logged"
    )
