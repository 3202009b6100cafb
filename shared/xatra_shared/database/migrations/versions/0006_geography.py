"""The geography: indexes of the map data's units, which render workers make and the api searches."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


# Frozen here: `database.grants` moves on with later migrations.
_GRANTS = {
    "xatra_api": "SELECT",
    "xatra_render_worker": "DELETE, INSERT, SELECT",
}


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "geography_indexes",
        sa.Column("data_version", sa.Text(), nullable=False),
        sa.Column("format", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("data_version ~ '^[0-9a-f]{16}$'", name=op.f("geography_indexes_data_version_check")),
        sa.PrimaryKeyConstraint("data_version", "format", name=op.f("geography_indexes_pkey")),
    )
    for group, privileges in _GRANTS.items():
        op.execute(f"GRANT {privileges} ON geography_indexes TO {group}")
