"""What the scheduler reads from its environment."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, override

from pydantic import Field, SecretStr

from xatra_shared.settings import EmptyIsNone, unsafe_server
from xatra_shared.telemetry.settings import MonitoredSettings


class SchedulerSettings(MonitoredSettings):
    """Settings of one scheduler process; two that run side by side are given the same."""

    watchdog_every_seconds: float = Field(
        default=5, gt=0, le=30, description="How often expired leases and lost wake-ups are looked for"
    )
    wake_up_after_seconds: float = Field(
        default=10, gt=0, description="How long a job may wait beside an idle slot before workers are woken again"
    )
    publications_every_seconds: float = Field(
        default=5, gt=0, le=30, description="How often published versions are looked for that wait for their artefact"
    )
    trusted_render_seconds: int = Field(
        default=180, gt=0, description="How long one render of a trusted user may take, and of a published version"
    )
    heartbeat_every_seconds: float = Field(
        default=10, gt=0, le=30, description="How often each scheduler proves that it consumes"
    )
    retention_every_seconds: float = Field(
        default=3600, gt=0, description="How often retention looks for what to delete"
    )
    sweep_every_seconds: float = Field(
        default=86_400,
        gt=0,
        description="How often all views are gone through, and the artefact store, for objects that nothing names",
    )

    artefact_days: int = Field(default=30, ge=1, description="How long a map is kept that nobody looks at")
    file_days: int = Field(default=30, ge=1, description="How long an uploaded file is kept that nothing uses")
    job_days: int = Field(default=7, ge=1, description="How long a render can be looked up")
    request_days: int = Field(
        default=14, ge=1, description="How long it is kept how requests went, with addresses and users"
    )
    security_event_days: int = Field(
        default=365, ge=1, description="How long sign-ins and what else matters to security is kept, with addresses"
    )
    guest_draft_days: int = Field(default=180, ge=1, description="How long a draft is kept that a guest has left")
    guest_view_days: int = Field(
        default=365, ge=1, description="How long it is kept which guest, or address, looked at which work"
    )
    alpha_save_days: int = Field(
        default=90, ge=1, description="How long it is kept what an alpha said before, as the base of merges"
    )
    grace_hours: int = Field(
        default=48, ge=1, description="How long what was found unused is kept on; longer than a backup takes"
    )


class BackupSettings(SchedulerSettings):
    """Settings of what makes, tries and restores backups."""

    backup_database_url: SecretStr = Field(description="The database as `xatra_backup` reaches it, who reads all of it")
    backup_store_url: str = Field(
        default="file:///var/lib/xatra/backups",
        description="file:///DIRECTORY or s3://BUCKET[/PREFIX], of this service alone",
    )
    backup_endpoint: Annotated[str | None, EmptyIsNone] = Field(
        default=None, description="https://HOST of an S3-compatible server; none: Amazon's"
    )
    backup_region: Annotated[str | None, EmptyIsNone] = None
    backup_access_key_id: Annotated[SecretStr | None, EmptyIsNone] = None
    backup_secret_access_key: Annotated[SecretStr | None, EmptyIsNone] = None
    backup_key: Annotated[SecretStr | None, EmptyIsNone] = Field(
        default=None, description="AGE-SECRET-KEY-…, by which backups are encrypted; none: they are not"
    )
    backup_every_hours: float = Field(default=12, gt=0, description="How often a backup is made")
    backup_keep_days: int = Field(default=7, ge=1, description="For how many days the last backup of a day is kept")
    backup_keep_weeks: int = Field(default=5, ge=0, description="For how many weeks the last backup of a week is kept")
    drill_every_days: float = Field(default=7, gt=0, description="How often the newest backup is restored to try it")
    drill_objects: int = Field(
        default=5000, ge=1, description="How many objects a drill reads; of more, that many by chance"
    )
    drill_directory: Path = Field(
        default=Path("/var/lib/xatra/drill"), description="Where the database of a drill lies: as large as the real one"
    )
    postgres_programs: Path = Field(
        default=Path("/usr/lib/postgresql/17/bin"), description="Directory of pg_dump, psql, initdb and the like"
    )
    owner_database_url: Annotated[SecretStr | None, EmptyIsNone] = Field(
        default=None, description="The database as the role that owns its schema reaches it, to restore"
    )
    stack: str = Field(default="xatra", description="What is typed to confirm that a restore replaces what is there")

    @override
    def unsafe(self) -> Iterator[str]:
        yield from super().unsafe()
        yield from unsafe_server(self.backup_database_url, "BACKUP_DATABASE_URL", scheme="postgresql+psycopg")
