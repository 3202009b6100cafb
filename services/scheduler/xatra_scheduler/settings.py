"""What the scheduler reads from its environment."""

from pydantic import Field

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
        default=86_400, gt=0, description="How often the artefact store is searched for objects that nothing names"
    )

    artefact_days: int = Field(default=30, ge=1, description="How long a map is kept that nobody looks at")
    file_days: int = Field(default=30, ge=1, description="How long an uploaded file is kept that nothing uses")
    job_days: int = Field(default=7, ge=1, description="How long a render can be looked up")
    guest_draft_days: int = Field(default=180, ge=1, description="How long a draft is kept that a guest has left")
    alpha_save_days: int = Field(
        default=90, ge=1, description="How long it is kept what an alpha said before, as the base of merges"
    )
    grace_hours: int = Field(
        default=48, ge=1, description="How long what was found unused is kept on; longer than a backup takes"
    )
