"""Accounts: people, their names, sessions and credentials, keys, revocations and the record of events."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


# Frozen here: `database.grants` moves on with later migrations.
_GRANTS = {
    "xatra_api": {
        "auth_public_keys": "SELECT",
        "auth_revocations": "SELECT",
        "deleted_users": "SELECT",
        "guest_became_user": "SELECT, UPDATE (handed_over_at)",
        "hub_usernames": "SELECT",
        "hub_users": "SELECT (id, username, is_trusted, is_admin, disabled_at)",
    },
    "xatra_auth": {
        "alembic_version": "SELECT",
        "auth_credentials": "DELETE, INSERT, SELECT, UPDATE",
        "auth_events": "INSERT, SELECT",
        "auth_public_keys": "DELETE, INSERT, SELECT, UPDATE",
        "auth_reset_links": "DELETE, INSERT, SELECT, UPDATE",
        "auth_revocations": "DELETE, INSERT, SELECT, UPDATE",
        "auth_switches": "INSERT, SELECT, UPDATE",
        "deleted_users": "INSERT, SELECT",
        "guest_became_user": "INSERT, SELECT",
        "hub_sessions": "DELETE, INSERT, SELECT, UPDATE",
        "hub_usernames": "INSERT, SELECT, UPDATE",
        "hub_users": "DELETE, INSERT, SELECT, UPDATE",
    },
    "xatra_scheduler": {
        "deleted_users": "SELECT",
    },
}


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "auth_events",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("auth_events_pkey")),
    )
    op.create_index(op.f("auth_events_user_id_idx"), "auth_events", ["user_id"], unique=False)
    op.create_table(
        "auth_public_keys",
        sa.Column("kid", sa.Text(), nullable=False),
        sa.Column("jwk", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("kid", name=op.f("auth_public_keys_pkey")),
    )
    op.create_table(
        "auth_revocations",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=True),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("token_version", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(session_id IS NULL) = (user_id IS NOT NULL)", name=op.f("auth_revocations_subject_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("auth_revocations_pkey")),
    )
    op.create_index(op.f("auth_revocations_created_at_idx"), "auth_revocations", ["created_at"], unique=False)
    op.create_table(
        "auth_switches",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("auth_switches_pkey")),
    )
    op.create_table(
        "deleted_users",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name=op.f("deleted_users_pkey")),
    )
    op.create_table(
        "hub_users",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("full_name", sa.Text(), server_default="", nullable=False),
        sa.Column("bio", sa.Text(), server_default="", nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_verified", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("google_sub", sa.Text(), nullable=True),
        sa.Column("is_trusted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("is_admin", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("token_version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("username ~ '^[a-z0-9_.-]{1,200}$'", name=op.f("hub_users_username_check")),
        sa.CheckConstraint("email IS NOT NULL OR NOT email_verified", name=op.f("hub_users_email_verified_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("hub_users_pkey")),
        sa.UniqueConstraint("google_sub", name=op.f("hub_users_google_sub_key")),
        sa.UniqueConstraint("username", name=op.f("hub_users_username_key")),
    )
    op.create_index(
        "hub_users_verified_email_key",
        "hub_users",
        [sa.literal_column("lower(email)")],
        unique=True,
        postgresql_where=sa.text("email_verified"),
    )
    op.create_table(
        "auth_credentials",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["hub_users.id"], name=op.f("auth_credentials_user_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("auth_credentials_pkey")),
    )
    op.create_index(
        "auth_credentials_predecessors_idx",
        "auth_credentials",
        ["user_id"],
        unique=False,
        postgresql_where=sa.text("left(password_hash, 6) = 'pbkdf2'"),
    )
    op.create_table(
        "auth_reset_links",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("token_hash ~ '^[0-9a-f]{64}$'", name=op.f("auth_reset_links_token_hash_check")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["hub_users.id"], name=op.f("auth_reset_links_user_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("auth_reset_links_pkey")),
    )
    op.create_index(op.f("auth_reset_links_user_id_idx"), "auth_reset_links", ["user_id"], unique=False)
    op.create_table(
        "guest_became_user",
        sa.Column("guest_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("guest_id ~ '^[0-9a-f]{32}$'", name=op.f("guest_became_user_guest_id_check")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["hub_users.id"], name=op.f("guest_became_user_user_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("guest_id", name=op.f("guest_became_user_pkey")),
    )
    op.create_index(
        "guest_became_user_waiting_idx",
        "guest_became_user",
        ["user_id"],
        unique=False,
        postgresql_where=sa.text("handed_over_at IS NULL"),
    )
    op.create_table(
        "hub_sessions",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("family_hash", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("previous_token_hash", sa.Text(), nullable=True),
        sa.Column("rotation_salt", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("refreshed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("user_agent", sa.Text(), nullable=False),
        sa.CheckConstraint("family_hash ~ '^[0-9a-f]{64}$'", name=op.f("hub_sessions_family_hash_check")),
        sa.CheckConstraint("token_hash ~ '^[0-9a-f]{64}$'", name=op.f("hub_sessions_token_hash_check")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["hub_users.id"], name=op.f("hub_sessions_user_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("hub_sessions_pkey")),
        sa.UniqueConstraint("family_hash", name=op.f("hub_sessions_family_hash_key")),
        sa.UniqueConstraint("token_hash", name=op.f("hub_sessions_token_hash_key")),
    )
    op.create_index(op.f("hub_sessions_user_id_idx"), "hub_sessions", ["user_id"], unique=False)
    op.create_table(
        "hub_usernames",
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("username ~ '^[a-z0-9_.-]{1,200}$'", name=op.f("hub_usernames_username_check")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["hub_users.id"], name=op.f("hub_usernames_user_id_fkey"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("username", name=op.f("hub_usernames_pkey")),
    )
    op.create_index(op.f("hub_usernames_user_id_idx"), "hub_usernames", ["user_id"], unique=False)
    for group, tables in _GRANTS.items():
        op.execute(f"GRANT USAGE ON SCHEMA public TO {group}")
        for table, privileges in tables.items():
            op.execute(f"GRANT {privileges} ON {table} TO {group}")
