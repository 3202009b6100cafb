"""Personal API tokens, what administrators set in the api, monthly budgets of renders, and who was erased."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


# Frozen here: `database.grants` moves on with later migrations.
_GRANTS = {
    "xatra_api": {
        "auth_tokens": "SELECT (id, user_id, token_hash, scopes, expires_at, last_used_at), UPDATE (last_used_at)",
        "deleted_users": "UPDATE (erased_at)",
        "hub_users": "SELECT (token_version)",
        "render_budgets": "DELETE, INSERT, SELECT, UPDATE",
        "render_jobs": "DELETE",
        "render_waiters": "DELETE",
        "settings": "INSERT, SELECT, UPDATE",
    },
    "xatra_auth": {
        "auth_tokens": "DELETE, INSERT, SELECT, UPDATE",
    },
    "xatra_render_worker": {
        "render_budgets": "INSERT (user_id, month, spent_seconds), SELECT (user_id, month, spent_seconds), "
        "UPDATE (month, spent_seconds)",
    },
}


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "auth_tokens",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("token_hash ~ '^[0-9a-f]{64}$'", name=op.f("auth_tokens_token_hash_check")),
        sa.CheckConstraint(
            "scopes <@ ARRAY['render', 'hub:read', 'hub:write', 'admin'] AND scopes <> '{}'",
            name=op.f("auth_tokens_scopes_check"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["hub_users.id"], name=op.f("auth_tokens_user_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("auth_tokens_pkey")),
        sa.UniqueConstraint("token_hash", name=op.f("auth_tokens_token_hash_key")),
    )
    op.create_index(op.f("auth_tokens_user_id_idx"), "auth_tokens", ["user_id"], unique=False)
    op.add_column("auth_revocations", sa.Column("api_token_id", sa.BigInteger(), nullable=True))
    op.drop_constraint("auth_revocations_subject_check", "auth_revocations")
    op.create_check_constraint(
        op.f("auth_revocations_subject_check"),
        "auth_revocations",
        "num_nonnulls(session_id, user_id, api_token_id) = 1",
    )
    op.create_table(
        "settings",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("settings_pkey")),
    )
    op.create_table(
        "render_budgets",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("monthly_seconds", sa.BigInteger(), nullable=True),
        sa.Column("month", sa.Date(), nullable=True),
        sa.Column("spent_seconds", sa.Double(), server_default="0", nullable=False),
        sa.CheckConstraint("monthly_seconds >= 0", name=op.f("render_budgets_monthly_seconds_check")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("render_budgets_pkey")),
    )
    op.add_column("render_jobs", sa.Column("payer_id", sa.BigInteger(), nullable=True))
    op.create_index(
        "render_jobs_payer_id_idx",
        "render_jobs",
        ["payer_id"],
        unique=False,
        postgresql_where=sa.text("payer_id IS NOT NULL"),
    )
    op.add_column("deleted_users", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "deleted_users_waiting_idx",
        "deleted_users",
        ["deleted_at"],
        unique=False,
        postgresql_where=sa.text("erased_at IS NULL"),
    )
    for group, tables in _GRANTS.items():
        for table, privileges in tables.items():
            op.execute(f"GRANT {privileges} ON {table} TO {group}")
