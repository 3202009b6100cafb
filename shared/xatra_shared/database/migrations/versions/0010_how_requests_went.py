"""How requests went, as administrators look at them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


# Frozen here: `database.grants` moves on with later migrations.
_GRANTS = {
    "xatra_api": "INSERT, SELECT, UPDATE (address, country, user_id)",
    "xatra_auth": "INSERT",
    "xatra_scheduler": "DELETE, SELECT",
}


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "request_records",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=True),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("query_names", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("status", sa.BigInteger(), nullable=False),
        sa.Column("milliseconds", sa.Double(), nullable=False),
        sa.Column("is_slow", sa.Boolean(), nullable=False),
        sa.Column("stands_for", sa.Double(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("request_records_pkey")),
    )
    op.create_index(op.f("request_records_started_at_idx"), "request_records", ["started_at"], unique=False)
    for name, columns, condition in (
        ("error", ["id"], "status >= 400"),
        ("slow", ["id"], "is_slow"),
        ("user_id", ["user_id", "id"], "user_id IS NOT NULL"),
    ):
        op.create_index(
            f"request_records_{name}_idx",
            "request_records",
            columns,
            unique=False,
            postgresql_where=sa.text(condition),
        )
    for group, privileges in _GRANTS.items():
        op.execute(f"GRANT {privileges} ON request_records TO {group}")
