"""The schedule: when each task was last sent, who consumes, and marks on map assets."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


# Frozen here: `database.grants` moves on with later migrations.
_GRANTS = {
    "xatra_render_worker": {
        "map_assets": "UPDATE",
    },
    "xatra_scheduler": {
        "map_assets": "UPDATE",
        "render_callers": "UPDATE",
        "scheduled_tasks": "INSERT, SELECT, UPDATE",
        "scheduler_heartbeats": "DELETE, INSERT, SELECT, UPDATE",
    },
}


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "scheduled_tasks",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("last_run_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("scheduled_tasks_pkey")),
    )
    op.create_table(
        "scheduler_heartbeats",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("last_consumed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("scheduler_heartbeats_pkey")),
    )
    op.add_column(
        "map_assets",
        sa.Column("last_used_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
    )
    op.add_column("map_assets", sa.Column("marked_at", sa.DateTime(timezone=True), nullable=True))
    for group, tables in _GRANTS.items():
        for table, privileges in tables.items():
            op.execute(f"GRANT {privileges} ON {table} TO {group}")
