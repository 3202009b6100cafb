"""The render queue and what it makes: jobs, the callers who wait for them, workers and artefacts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Double, ForeignKey, Identity, Index, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Text

from xatra_shared.database.models.base import SHA256, Base, CreatedAt

STATES = ("queued", "running", "succeeded", "failed", "timed_out", "cancelled")


class Artefact(Base):
    """A rendered map, immutable, in the artefact store under the digest of its HTML."""

    __tablename__ = "artefacts"
    __table_args__ = (
        CheckConstraint(f"sha256 {SHA256}", name="sha256"),
        Index("artefacts_marked_at_idx", "marked_at", postgresql_where=text("marked_at IS NOT NULL")),
    )

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size_bytes: Mapped[int]
    stored_bytes: Mapped[int]
    asset_names: Mapped[list[str]] = mapped_column(ARRAY(Text()))  # `map_assets` that the page loads
    created_at: Mapped[CreatedAt]
    last_used_at: Mapped[CreatedAt]
    marked_at: Mapped[datetime | None]  # when retention first found it unused


class MapAsset(Base):
    """A script, style sheet, font or picture that artefacts load; in the artefact store under its name."""

    __tablename__ = "map_assets"

    name: Mapped[str] = mapped_column(primary_key=True)  # <sha256>.<extension>
    media_type: Mapped[str]
    size_bytes: Mapped[int]
    created_at: Mapped[CreatedAt]
    last_used_at: Mapped[CreatedAt]  # when a worker last said that its maps load it
    marked_at: Mapped[datetime | None]  # when retention first found it unused


class RenderJob(Base):
    """One render of one program. The row is the job: messages only say that there is work."""

    __tablename__ = "render_jobs"
    __table_args__ = (
        CheckConstraint(f"key {SHA256}", name="key"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint("(state = 'running') = (lease_expires_at IS NOT NULL)", name="lease"),
        CheckConstraint("(state = 'running') = (leased_by IS NOT NULL)", name="leased_by"),
        CheckConstraint("(state = 'succeeded') = (artefact_sha256 IS NOT NULL)", name="artefact"),
        CheckConstraint("(state IN ('queued', 'running')) = (finished_at IS NULL)", name="finished_at"),
        # Single flight: one live job for a key and limits. A job that is being cancelled no longer stands in the way.
        Index(
            "render_jobs_single_flight_key",
            "key",
            "wall_seconds",
            "cpu_seconds",
            "memory_bytes",
            "output_bytes",
            unique=True,
            postgresql_where=text("state IN ('queued', 'running') AND cancel_requested_at IS NULL"),
        ),
        Index("render_jobs_live_idx", "state", "id", postgresql_where=text("state IN ('queued', 'running')")),
        Index(
            "render_jobs_results_idx",
            "key",
            "finished_at",
            postgresql_where=text("state IN ('succeeded', 'failed')"),
        ),
        Index("render_jobs_finished_at_idx", "finished_at"),
        Index("render_jobs_shape_idx", "shape", "finished_at"),
        Index("render_jobs_payer_id_idx", "payer_id", postgresql_where=text("payer_id IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    key: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="queued")
    version: Mapped[int] = mapped_column(server_default="1")  # grows with every change that a waiter can see

    program: Mapped[str]
    bundle: Mapped[dict[str, Any]]
    files: Mapped[dict[str, str]]
    engine_version: Mapped[str]
    data_version: Mapped[str]
    wall_seconds: Mapped[int]
    cpu_seconds: Mapped[int]
    memory_bytes: Mapped[int]
    output_bytes: Mapped[int]

    request_id: Mapped[str | None]  # of the request that made the job, for the logs
    traceparent: Mapped[str | None]  # its place in a trace (W3C Trace Context)

    payer_id: Mapped[int | None]  # the user against whose budget it counts

    shape: Mapped[str]  # what programs that take about as long have in common
    predicted_run_seconds: Mapped[float] = mapped_column(Double())

    created_at: Mapped[CreatedAt]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    cancel_requested_at: Mapped[datetime | None]

    attempt: Mapped[int] = mapped_column(server_default="0")  # the fencing token: grows with every claim
    lost_attempts: Mapped[int] = mapped_column(server_default="0")  # attempts whose worker vanished
    leased_by: Mapped[str | None]
    lease_expires_at: Mapped[datetime | None]

    artefact_sha256: Mapped[str | None] = mapped_column(ForeignKey("artefacts.sha256"), index=True)
    error: Mapped[dict[str, Any] | None]
    warnings: Mapped[list[Any]] = mapped_column(server_default=text("'[]'"))
    output: Mapped[str] = mapped_column(server_default="")
    timings: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))


class RenderWaiter(Base):
    """One caller's interest in a job. Its id is all that the caller ever holds: 128 random bits."""

    __tablename__ = "render_waiters"
    __table_args__ = (
        Index(
            "render_waiters_idempotency_key",
            "caller",
            "idempotency_key",
            unique=True,
            postgresql_where=text("idempotency_key IS NOT NULL"),
        ),
        Index("render_waiters_attached_idx", "caller", postgresql_where=text("detached_at IS NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("render_jobs.id", ondelete="CASCADE"), index=True)
    caller: Mapped[str]
    address: Mapped[str]  # the network that the caller came from: /32 or /64
    cached: Mapped[bool]  # the answer was known when this caller asked
    idempotency_key: Mapped[str | None]
    request_digest: Mapped[str]
    predicted_start_at: Mapped[datetime | None]  # what this caller was told
    created_at: Mapped[CreatedAt]
    detached_at: Mapped[datetime | None]


class RenderCaller(Base):
    """When a caller was last served: who waited longest goes first."""

    __tablename__ = "render_callers"

    caller: Mapped[str] = mapped_column(primary_key=True)
    last_served_at: Mapped[datetime]


class RenderWorker(Base):
    """A worker process and the proof that it consumes."""

    __tablename__ = "render_workers"

    id: Mapped[str] = mapped_column(primary_key=True)
    engine_version: Mapped[str]
    data_version: Mapped[str]
    slots: Mapped[int]
    started_at: Mapped[CreatedAt]
    last_seen_at: Mapped[CreatedAt]
