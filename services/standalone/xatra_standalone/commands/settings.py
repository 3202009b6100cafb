"""What commands read from their environment: where the database is, with passwords in it."""

import os
from typing import Annotated, Self

import psycopg
from psycopg.conninfo import conninfo_to_dict
from pydantic import AfterValidator, Field, SecretStr, ValidationError
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from xatra_shared.settings import SecretSettings
from xatra_standalone.commands.failures import CommandFailedError, ExitCode


class _CommandSettings(SecretSettings):
    """Settings whose absence a command explains."""

    @classmethod
    def load(cls) -> Self:
        """Read the environment.

        Raises:
            CommandFailedError: A setting is missing or malformed, or its file cannot be read.
        """
        try:
            return cls()
        except ValidationError as error:
            name = str(error.errors(include_input=False)[0]["loc"][0])
            raise CommandFailedError(
                f"{name.upper()}, or the file that {name.upper()}_FILE names, must say where the database is: "
                f"{cls.model_fields[name].description}",
                ExitCode.USAGE,
            ) from None
        except OSError as error:
            raise CommandFailedError(f"{error.filename} cannot be read: {error.strerror}.", ExitCode.USAGE) from None


def _sqlalchemy_url(value: SecretStr) -> SecretStr:
    try:
        url = make_url(value.get_secret_value())
    except ArgumentError as error:
        raise ValueError(str(error)) from None
    if url.drivername not in ("postgresql", "postgresql+psycopg"):
        raise ValueError("another kind of database")
    return value


def _libpq_address(value: SecretStr) -> SecretStr:
    """Return the address as libpq takes it, which knows no name of a driver."""
    address = value.get_secret_value().replace("postgresql+psycopg://", "postgresql://", 1)
    try:
        conninfo_to_dict(address)
    except psycopg.ProgrammingError as error:
        raise ValueError(str(error)) from None
    return SecretStr(address)


class OwnerSettings(_CommandSettings):
    """What `migrate` needs."""

    database_url: Annotated[SecretStr, AfterValidator(_sqlalchemy_url)] = Field(
        description="postgresql+psycopg://xatra_owner:PASSWORD@HOST/DATABASE"
    )


class HubSettings(OwnerSettings):
    """What `import-sqlite` needs where the hub is not the one on this machine."""

    artefact_store_url: str = Field(default="", description="Where files go that maps read")

    @classmethod
    def load_if_named(cls) -> Self | None:
        """Read the environment, if it names a database."""
        return cls.load() if any(os.environ.get(name) for name in ("DATABASE_URL", "DATABASE_URL_FILE")) else None


class AdminSettings(_CommandSettings):
    """What `roles` needs."""

    admin_database_url: Annotated[SecretStr, AfterValidator(_libpq_address)] = Field(
        description="postgresql://ADMIN:PASSWORD@HOST/postgres"
    )
