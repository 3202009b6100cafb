"""Where renders come from: the request and the trace that made a job."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    op.add_column("render_jobs", sa.Column("request_id", sa.Text(), nullable=True))
    op.add_column("render_jobs", sa.Column("traceparent", sa.Text(), nullable=True))
