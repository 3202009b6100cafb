"""The canary: a map that restore drills render, which the scheduler may publish where no other will do."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    op.execute("GRANT INSERT (artifact_id, kind, name) ON hub_artifact_names TO xatra_scheduler")
    op.execute(
        "GRANT INSERT (artifact_id, content, content_hash, version, wants_artefact) ON hub_artifact_versions"
        " TO xatra_scheduler"
    )
    op.execute(
        "GRANT INSERT (alpha_content, alpha_hash, description, disassociated_at, kind, name, search_text, visibility),"
        " UPDATE (latest_version, published_at) ON hub_artifacts TO xatra_scheduler"
    )
