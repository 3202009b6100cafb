"""Renders, files and artefacts: the queue, who waits in it, what it makes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


# Frozen here: `database.grants` moves on with later migrations.
_GRANTS = {
    "xatra_api": {
        "alembic_version": "SELECT",
        "artefacts": "SELECT, UPDATE",
        "file_owners": "DELETE, INSERT, SELECT, UPDATE",
        "files": "INSERT, SELECT, UPDATE",
        "map_assets": "SELECT",
        "render_callers": "SELECT",
        "render_jobs": "INSERT, SELECT, UPDATE",
        "render_waiters": "INSERT, SELECT, UPDATE",
        "render_workers": "SELECT",
    },
    "xatra_render_worker": {
        "alembic_version": "SELECT",
        "artefacts": "INSERT, SELECT, UPDATE",
        "files": "SELECT",
        "map_assets": "INSERT, SELECT",
        "render_callers": "INSERT, SELECT, UPDATE",
        "render_jobs": "SELECT, UPDATE",
        "render_waiters": "SELECT",
        "render_workers": "DELETE, INSERT, SELECT, UPDATE",
    },
    "xatra_scheduler": {
        "alembic_version": "SELECT",
        "artefacts": "DELETE, SELECT, UPDATE",
        "file_owners": "DELETE, SELECT",
        "files": "DELETE, SELECT, UPDATE",
        "map_assets": "DELETE, SELECT",
        "render_callers": "DELETE, SELECT",
        "render_jobs": "DELETE, SELECT, UPDATE",
        "render_waiters": "DELETE, SELECT",
        "render_workers": "DELETE, SELECT",
    },
}


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "artefacts",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("stored_bytes", sa.BigInteger(), nullable=False),
        sa.Column("asset_names", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name=op.f("artefacts_sha256_check")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("artefacts_pkey")),
    )
    op.create_table(
        "files",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name=op.f("files_sha256_check")),
        sa.CheckConstraint("size_bytes >= 0", name=op.f("files_size_bytes_check")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("files_pkey")),
    )
    op.create_table(
        "map_assets",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("map_assets_pkey")),
    )
    op.create_table(
        "render_callers",
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("last_served_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("caller", name=op.f("render_callers_pkey")),
    )
    op.create_table(
        "render_workers",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("engine_version", sa.Text(), nullable=False),
        sa.Column("data_version", sa.Text(), nullable=False),
        sa.Column("slots", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("render_workers_pkey")),
    )
    op.create_table(
        "file_owners",
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["files.sha256"], name=op.f("file_owners_sha256_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("caller", "sha256", name=op.f("file_owners_pkey")),
    )
    op.create_index(op.f("file_owners_address_idx"), "file_owners", ["address"], unique=False)
    op.create_index(op.f("file_owners_sha256_idx"), "file_owners", ["sha256"], unique=False)
    op.create_table(
        "render_jobs",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="queued", nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("bundle", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("files", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("engine_version", sa.Text(), nullable=False),
        sa.Column("data_version", sa.Text(), nullable=False),
        sa.Column("wall_seconds", sa.BigInteger(), nullable=False),
        sa.Column("cpu_seconds", sa.BigInteger(), nullable=False),
        sa.Column("memory_bytes", sa.BigInteger(), nullable=False),
        sa.Column("output_bytes", sa.BigInteger(), nullable=False),
        sa.Column("shape", sa.Text(), nullable=False),
        sa.Column("predicted_run_seconds", sa.Double(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_requested_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempt", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("lost_attempts", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("leased_by", sa.Text(), nullable=True),
        sa.Column("lease_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("artefact_sha256", sa.Text(), nullable=True),
        sa.Column("error", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("warnings", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("output", sa.Text(), server_default="", nullable=False),
        sa.Column("timings", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.CheckConstraint(
            "(state = 'running') = (lease_expires_at IS NOT NULL)", name=op.f("render_jobs_lease_check")
        ),
        sa.CheckConstraint("(state = 'running') = (leased_by IS NOT NULL)", name=op.f("render_jobs_leased_by_check")),
        sa.CheckConstraint(
            "(state = 'succeeded') = (artefact_sha256 IS NOT NULL)", name=op.f("render_jobs_artefact_check")
        ),
        sa.CheckConstraint(
            "(state IN ('queued', 'running')) = (finished_at IS NULL)", name=op.f("render_jobs_finished_at_check")
        ),
        sa.CheckConstraint("key ~ '^[0-9a-f]{64}$'", name=op.f("render_jobs_key_check")),
        sa.CheckConstraint(
            "state IN ('queued', 'running', 'succeeded', 'failed', 'timed_out', 'cancelled')",
            name=op.f("render_jobs_state_check"),
        ),
        sa.ForeignKeyConstraint(
            ["artefact_sha256"], ["artefacts.sha256"], name=op.f("render_jobs_artefact_sha256_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("render_jobs_pkey")),
    )
    op.create_index(op.f("render_jobs_artefact_sha256_idx"), "render_jobs", ["artefact_sha256"], unique=False)
    op.create_index("render_jobs_finished_at_idx", "render_jobs", ["finished_at"], unique=False)
    op.create_index("render_jobs_shape_idx", "render_jobs", ["shape", "finished_at"], unique=False)
    op.create_index(
        "render_jobs_live_idx",
        "render_jobs",
        ["state", "id"],
        unique=False,
        postgresql_where=sa.text("state IN ('queued', 'running')"),
    )
    op.create_index(
        "render_jobs_results_idx",
        "render_jobs",
        ["key", "finished_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('succeeded', 'failed')"),
    )
    op.create_index(
        "render_jobs_single_flight_key",
        "render_jobs",
        ["key", "wall_seconds", "cpu_seconds", "memory_bytes", "output_bytes"],
        unique=True,
        postgresql_where=sa.text("state IN ('queued', 'running') AND cancel_requested_at IS NULL"),
    )
    op.create_table(
        "render_waiters",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.BigInteger(), nullable=False),
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("cached", sa.Boolean(), nullable=False),
        sa.Column("idempotency_key", sa.Text(), nullable=True),
        sa.Column("request_digest", sa.Text(), nullable=False),
        sa.Column("predicted_start_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("detached_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["job_id"], ["render_jobs.id"], name=op.f("render_waiters_job_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("render_waiters_pkey")),
    )
    op.create_index(
        "render_waiters_attached_idx",
        "render_waiters",
        ["caller"],
        unique=False,
        postgresql_where=sa.text("detached_at IS NULL"),
    )
    op.create_index(
        "render_waiters_idempotency_key",
        "render_waiters",
        ["caller", "idempotency_key"],
        unique=True,
        postgresql_where=sa.text("idempotency_key IS NOT NULL"),
    )
    op.create_index(op.f("render_waiters_job_id_idx"), "render_waiters", ["job_id"], unique=False)
    for group, tables in _GRANTS.items():
        op.execute(f"GRANT USAGE ON SCHEMA public TO {group}")
        for table, privileges in tables.items():
            op.execute(f"GRANT {privileges} ON {table} TO {group}")
