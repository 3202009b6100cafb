"""The scheduler may delete old security events, of which it sees no more than how old they are."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    op.execute("GRANT DELETE, SELECT (created_at, id) ON auth_events TO xatra_scheduler")
