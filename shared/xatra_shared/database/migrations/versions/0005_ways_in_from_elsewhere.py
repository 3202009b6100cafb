"""Ways in from elsewhere: accounts of GitHub, and the ID tokens of Google that were used."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    op.add_column("hub_users", sa.Column("github_id", sa.BigInteger(), nullable=True))
    op.create_unique_constraint(op.f("hub_users_github_id_key"), "hub_users", ["github_id"])
    op.create_table(
        "auth_used_id_tokens",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("token_hash ~ '^[0-9a-f]{64}$'", name=op.f("auth_used_id_tokens_token_hash_check")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("auth_used_id_tokens_pkey")),
    )
    op.create_index(op.f("auth_used_id_tokens_expires_at_idx"), "auth_used_id_tokens", ["expires_at"], unique=False)
    op.execute("GRANT DELETE, INSERT, SELECT, UPDATE ON auth_used_id_tokens TO xatra_auth")
