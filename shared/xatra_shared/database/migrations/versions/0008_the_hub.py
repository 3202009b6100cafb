"""The hub: works, their names, versions, imports and files, votes, views, drafts and reports."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


_ARTEFACT_OF_VERSION = (
    "job_id, artefact_due_at, artefact_tries, engine_version, data_version, artefact_sha256, artefact_error"
)

# Frozen here: `database.grants` moves on with later migrations.
_GRANTS = {
    "xatra_api": {
        "hub_alpha_saves": "DELETE, INSERT, SELECT",
        "hub_artifact_names": "DELETE, INSERT, SELECT, UPDATE",
        "hub_artifact_versions": f"INSERT, SELECT, UPDATE ({_ARTEFACT_OF_VERSION})",
        "hub_artifacts": "DELETE, INSERT, SELECT, UPDATE",
        "hub_drafts": "DELETE, INSERT, SELECT, UPDATE",
        "hub_files": "DELETE, INSERT, SELECT",
        "hub_imports": "DELETE, INSERT, SELECT",
        "hub_listed": "SELECT",
        "hub_map_views": "DELETE, INSERT, SELECT",
        "hub_reports": "INSERT, SELECT, UPDATE",
        "hub_users": "SELECT (bio, created_at, full_name)",
        "hub_votes": "DELETE, INSERT, SELECT",
    },
    "xatra_scheduler": {
        "hub_alpha_saves": "DELETE, SELECT",
        "hub_artifact_versions": f"SELECT, UPDATE ({_ARTEFACT_OF_VERSION})",
        "hub_artifacts": "SELECT",
        "hub_drafts": "DELETE, SELECT",
        "hub_files": "SELECT",
        "hub_map_views": "DELETE, SELECT",
        "render_budgets": "SELECT",
        "render_jobs": "INSERT",
        "render_waiters": "INSERT",
        "settings": "SELECT",
    },
}

# One of 64 bits for the first letters of each word that has so many. A word that begins with another has all bits of it.
# By MD5, which every PostgreSQL computes alike: the bits are kept, and outlive the server that wrote them.
_BEGINNINGS = """
    CREATE FUNCTION hub_beginnings(words text[], letters integer) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT coalesce(bit_or(1::bigint << (('x' || left(md5(left(word, letters)), 2))::bit(8)::integer & 63)), 0)
        FROM unnest(words) word WHERE length(word) >= letters
    $$
"""
# By the rights of the schema's owner: nobody else writes the table.
_LIST_WORK = """
    CREATE FUNCTION hub_list_artifact() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
        words text[] = array_remove(string_to_array(NEW.search_text, ' '), '');
    BEGIN
        IF NEW.listed THEN
            INSERT INTO hub_listed (
                id, user_id, kind, featured, votes, views, published_at, search, two_letters, four_letters)
            VALUES (
                NEW.id, NEW.user_id, NEW.kind, NEW.featured, NEW.votes, NEW.views, NEW.published_at,
                array_to_tsvector(words), hub_beginnings(words, 2), hub_beginnings(words, 4)
            )
            ON CONFLICT (id) DO UPDATE SET
                user_id = excluded.user_id, kind = excluded.kind, featured = excluded.featured,
                votes = excluded.votes, views = excluded.views, published_at = excluded.published_at,
                search = excluded.search, two_letters = excluded.two_letters, four_letters = excluded.four_letters;
        ELSE
            DELETE FROM hub_listed WHERE id = NEW.id;
        END IF;
        RETURN NULL;
    END $$
"""
_LIST_WORKS = """
    CREATE TRIGGER hub_artifacts_list AFTER INSERT OR UPDATE OF
        user_id, kind, visibility, featured, latest_version, published_at, hidden_at, votes, views, search_text
    ON hub_artifacts FOR EACH ROW EXECUTE FUNCTION hub_list_artifact()
"""


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "hub_drafts",
        sa.Column("owner_key", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), server_default="current", nullable=False),
        sa.Column("project", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("file_sha256s", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("network", sa.Text(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("owner_key", "id", name=op.f("hub_drafts_pkey")),
    )
    op.create_index("hub_drafts_files_idx", "hub_drafts", ["file_sha256s"], unique=False, postgresql_using="gin")
    op.create_index(op.f("hub_drafts_network_idx"), "hub_drafts", ["network"], unique=False)
    op.create_index(op.f("hub_drafts_updated_at_idx"), "hub_drafts", ["updated_at"], unique=False)
    op.create_table(
        "hub_artifacts",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("visibility", sa.Text(), server_default="public", nullable=False),
        sa.Column("featured", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("display_type", sa.Text(), server_default="", nullable=False),
        sa.Column("thumbnail_sha256", sa.Text(), nullable=True),
        sa.Column("alpha_content", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "alpha_files", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False
        ),
        sa.Column(
            "alpha_metadata", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False
        ),
        sa.Column("alpha_hash", sa.Text(), nullable=False),
        sa.Column("alpha_version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("alpha_updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("library_id", sa.BigInteger(), nullable=True),
        sa.Column("theme_id", sa.BigInteger(), nullable=True),
        sa.Column("forked_from_id", sa.BigInteger(), nullable=True),
        sa.Column("forked_from_version", sa.BigInteger(), nullable=True),
        sa.Column("latest_version", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disassociated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_reason", sa.Text(), nullable=True),
        sa.Column("votes", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("views", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column(
            "listed",
            sa.Boolean(),
            sa.Computed("visibility = 'public' AND latest_version > 0 AND hidden_at IS NULL", persisted=True),
            nullable=False,
        ),
        sa.CheckConstraint("alpha_hash ~ '^[0-9a-f]{64}$'", name=op.f("hub_artifacts_alpha_hash_check")),
        sa.CheckConstraint(
            "kind = 'map' OR num_nonnulls(library_id, theme_id) = 0", name=op.f("hub_artifacts_parts_check")
        ),
        sa.CheckConstraint("kind IN ('map', 'lib', 'css')", name=op.f("hub_artifacts_kind_check")),
        sa.CheckConstraint("name ~ '^[a-z0-9_.]{1,200}$'", name=op.f("hub_artifacts_name_check")),
        sa.CheckConstraint(
            "visibility IN ('public', 'unlisted', 'private')", name=op.f("hub_artifacts_visibility_check")
        ),
        sa.CheckConstraint(
            "(hidden_at IS NULL) = (hidden_reason IS NULL)", name=op.f("hub_artifacts_hidden_reason_check")
        ),
        sa.CheckConstraint(
            "(latest_version = 0) = (published_at IS NULL)", name=op.f("hub_artifacts_published_at_check")
        ),
        sa.CheckConstraint(
            "votes >= 0 AND views >= 0 AND latest_version >= 0", name=op.f("hub_artifacts_counts_check")
        ),
        sa.ForeignKeyConstraint(
            ["forked_from_id"],
            ["hub_artifacts.id"],
            name=op.f("hub_artifacts_forked_from_id_fkey"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["library_id"], ["hub_artifacts.id"], name=op.f("hub_artifacts_library_id_fkey"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["hub_artifacts.id"], name=op.f("hub_artifacts_theme_id_fkey"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["thumbnail_sha256"], ["files.sha256"], name=op.f("hub_artifacts_thumbnail_sha256_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["hub_users.id"], name=op.f("hub_artifacts_user_id_fkey"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("hub_artifacts_pkey")),
        sa.UniqueConstraint("kind", "name", name=op.f("hub_artifacts_kind_name_key")),
    )
    op.create_index(
        "hub_artifacts_author_idx",
        "hub_artifacts",
        ["user_id", "kind", sa.literal_column("updated_at DESC"), sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_index(op.f("hub_artifacts_forked_from_id_idx"), "hub_artifacts", ["forked_from_id"], unique=False)
    op.create_index(op.f("hub_artifacts_library_id_idx"), "hub_artifacts", ["library_id"], unique=False)
    op.create_index(
        "hub_artifacts_ownerless_idx",
        "hub_artifacts",
        ["id"],
        unique=False,
        postgresql_where=sa.text("user_id IS NULL AND disassociated_at IS NULL"),
    )
    op.create_index(op.f("hub_artifacts_theme_id_idx"), "hub_artifacts", ["theme_id"], unique=False)
    op.create_index(op.f("hub_artifacts_thumbnail_sha256_idx"), "hub_artifacts", ["thumbnail_sha256"], unique=False)
    op.create_table(
        "hub_listed",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("featured", sa.Boolean(), nullable=False),
        sa.Column("votes", sa.BigInteger(), nullable=False),
        sa.Column("views", sa.BigInteger(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("search", postgresql.TSVECTOR(), nullable=False),
        sa.Column("two_letters", sa.BigInteger(), nullable=False),
        sa.Column("four_letters", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["hub_artifacts.id"], name=op.f("hub_listed_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("hub_listed_pkey")),
    )
    op.create_index(
        "hub_listed_featured_idx",
        "hub_listed",
        [
            "kind",
            sa.literal_column("featured DESC"),
            sa.literal_column("votes DESC"),
            sa.literal_column("views DESC"),
            sa.literal_column("published_at DESC"),
            sa.literal_column("id DESC"),
        ],
        unique=False,
        postgresql_include=["user_id", "two_letters", "four_letters"],
    )
    op.create_index(
        "hub_listed_recency_idx",
        "hub_listed",
        ["kind", sa.literal_column("published_at DESC"), sa.literal_column("id DESC")],
        unique=False,
        postgresql_include=["user_id", "two_letters", "four_letters"],
    )
    op.create_index(
        "hub_listed_search_idx",
        "hub_listed",
        ["search"],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index(
        "hub_listed_user_id_idx",
        "hub_listed",
        ["user_id", "kind", sa.literal_column("published_at DESC"), sa.literal_column("id DESC")],
        unique=False,
        postgresql_include=["views"],
    )
    op.create_index(
        "hub_listed_views_idx",
        "hub_listed",
        ["kind", sa.literal_column("views DESC"), sa.literal_column("id DESC")],
        unique=False,
        postgresql_include=["user_id", "two_letters", "four_letters"],
    )
    op.create_index(
        "hub_listed_votes_idx",
        "hub_listed",
        ["kind", sa.literal_column("votes DESC"), sa.literal_column("id DESC")],
        unique=False,
        postgresql_include=["user_id", "two_letters", "four_letters"],
    )
    # Pages that hold none but rows known to all are read from indexes alone: only vacuum finds out which those are.
    op.execute("ALTER TABLE hub_listed SET (autovacuum_vacuum_scale_factor = 0.02)")
    op.execute(_BEGINNINGS)
    op.execute(_LIST_WORK)
    op.execute(_LIST_WORKS)
    op.create_table(
        "hub_alpha_saves",
        sa.Column("artifact_id", sa.BigInteger(), nullable=False),
        sa.Column("alpha_version", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["artifact_id"], ["hub_artifacts.id"], name=op.f("hub_alpha_saves_artifact_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("artifact_id", "alpha_version", name=op.f("hub_alpha_saves_pkey")),
    )
    op.create_index(op.f("hub_alpha_saves_saved_at_idx"), "hub_alpha_saves", ["saved_at"], unique=False)
    op.create_table(
        "hub_artifact_names",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("artifact_id", sa.BigInteger(), nullable=True),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("public_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("kind IN ('map', 'lib', 'css')", name=op.f("hub_artifact_names_kind_check")),
        sa.CheckConstraint("name ~ '^[a-z0-9_.]{1,200}$'", name=op.f("hub_artifact_names_name_check")),
        sa.ForeignKeyConstraint(
            ["artifact_id"], ["hub_artifacts.id"], name=op.f("hub_artifact_names_artifact_id_fkey"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["hub_users.id"], name=op.f("hub_artifact_names_user_id_fkey"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("kind", "name", name=op.f("hub_artifact_names_pkey")),
    )
    op.create_index(op.f("hub_artifact_names_artifact_id_idx"), "hub_artifact_names", ["artifact_id"], unique=False)
    op.create_index(
        "hub_artifact_names_prefix_idx",
        "hub_artifact_names",
        ["kind", "name"],
        unique=False,
        postgresql_ops={"name": "text_pattern_ops"},
    )
    op.create_index(op.f("hub_artifact_names_user_id_idx"), "hub_artifact_names", ["user_id"], unique=False)
    op.create_foreign_key(
        "hub_artifacts_kind_name_fkey",
        "hub_artifacts",
        "hub_artifact_names",
        ["kind", "name"],
        ["kind", "name"],
        initially="DEFERRED",
        deferrable=True,
    )
    op.create_table(
        "hub_artifact_versions",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("artifact_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column(
            "previous_version", sa.BigInteger(), sa.Computed("nullif(version - 1, 0)", persisted=True), nullable=True
        ),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("files", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("metadata", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("library_version_id", sa.BigInteger(), nullable=True),
        sa.Column("theme_version_id", sa.BigInteger(), nullable=True),
        sa.Column("bundle", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("wants_artefact", sa.Boolean(), nullable=False),
        sa.Column("job_id", sa.BigInteger(), nullable=True),
        sa.Column("artefact_due_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("artefact_tries", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("engine_version", sa.Text(), nullable=True),
        sa.Column("data_version", sa.Text(), nullable=True),
        sa.Column("artefact_sha256", sa.Text(), nullable=True),
        sa.Column("artefact_error", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.CheckConstraint("content_hash ~ '^[0-9a-f]{64}$'", name=op.f("hub_artifact_versions_content_hash_check")),
        sa.CheckConstraint(
            "num_nonnulls(artefact_sha256, artefact_error) <= 1", name=op.f("hub_artifact_versions_artefact_check")
        ),
        sa.CheckConstraint("version > 0", name=op.f("hub_artifact_versions_version_check")),
        sa.ForeignKeyConstraint(
            ["artefact_sha256"], ["artefacts.sha256"], name=op.f("hub_artifact_versions_artefact_sha256_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["artifact_id", "previous_version"],
            ["hub_artifact_versions.artifact_id", "hub_artifact_versions.version"],
            name="hub_artifact_versions_previous_version_fkey",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["artifact_id"],
            ["hub_artifacts.id"],
            name=op.f("hub_artifact_versions_artifact_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["job_id"], ["render_jobs.id"], name=op.f("hub_artifact_versions_job_id_fkey"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["library_version_id"],
            ["hub_artifact_versions.id"],
            name=op.f("hub_artifact_versions_library_version_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["theme_version_id"], ["hub_artifact_versions.id"], name=op.f("hub_artifact_versions_theme_version_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("hub_artifact_versions_pkey")),
        sa.UniqueConstraint("artifact_id", "version", name=op.f("hub_artifact_versions_artifact_id_version_key")),
    )
    op.create_index(
        op.f("hub_artifact_versions_artefact_sha256_idx"), "hub_artifact_versions", ["artefact_sha256"], unique=False
    )
    op.create_index(
        "hub_artifact_versions_job_id_idx",
        "hub_artifact_versions",
        ["job_id"],
        unique=False,
        postgresql_where=sa.text("job_id IS NOT NULL"),
    )
    op.create_index(
        op.f("hub_artifact_versions_library_version_id_idx"),
        "hub_artifact_versions",
        ["library_version_id"],
        unique=False,
    )
    op.create_index(
        "hub_artifact_versions_pending_idx",
        "hub_artifact_versions",
        ["artefact_due_at"],
        unique=False,
        postgresql_where=sa.text(
            "wants_artefact AND artefact_sha256 IS NULL AND artefact_error IS NULL AND job_id IS NULL"
        ),
    )
    op.create_index(
        op.f("hub_artifact_versions_theme_version_id_idx"), "hub_artifact_versions", ["theme_version_id"], unique=False
    )
    op.create_table(
        "hub_files",
        sa.Column("artifact_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["artifact_id"], ["hub_artifacts.id"], name=op.f("hub_files_artifact_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["sha256"], ["files.sha256"], name=op.f("hub_files_sha256_fkey")),
        sa.PrimaryKeyConstraint("artifact_id", "version", "sha256", name=op.f("hub_files_pkey")),
    )
    op.create_index(op.f("hub_files_sha256_idx"), "hub_files", ["sha256"], unique=False)
    op.create_table(
        "hub_imports",
        sa.Column("artifact_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("imported_id", sa.BigInteger(), nullable=False),
        sa.Column("imported_version", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("(imported_version > 0) IS NOT FALSE", name=op.f("hub_imports_imported_version_check")),
        sa.ForeignKeyConstraint(
            ["artifact_id"], ["hub_artifacts.id"], name=op.f("hub_imports_artifact_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["imported_id"], ["hub_artifacts.id"], name=op.f("hub_imports_imported_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("artifact_id", "version", "path", name=op.f("hub_imports_pkey")),
    )
    op.create_index("hub_imports_imported_idx", "hub_imports", ["imported_id", "imported_version"], unique=False)
    op.create_table(
        "hub_map_views",
        sa.Column("artifact_id", sa.BigInteger(), nullable=False),
        sa.Column("viewer_key", sa.Text(), nullable=False),
        sa.Column("viewed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["artifact_id"], ["hub_artifacts.id"], name=op.f("hub_map_views_artifact_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("artifact_id", "viewer_key", name=op.f("hub_map_views_pkey")),
    )
    op.create_index(op.f("hub_map_views_viewer_key_idx"), "hub_map_views", ["viewer_key"], unique=False)
    op.create_table(
        "hub_reports",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("artifact_id", sa.BigInteger(), nullable=False),
        sa.Column("reporter", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolution", sa.Text(), nullable=True),
        sa.Column("resolved_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "reason IN ('unlawful', 'hateful', 'harmful', 'copyright', 'misleading', 'spam', 'other')",
            name=op.f("hub_reports_reason_check"),
        ),
        sa.CheckConstraint("(resolved_at IS NULL) = (resolution IS NULL)", name=op.f("hub_reports_resolution_check")),
        sa.ForeignKeyConstraint(
            ["artifact_id"], ["hub_artifacts.id"], name=op.f("hub_reports_artifact_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("hub_reports_pkey")),
    )
    op.create_index(op.f("hub_reports_artifact_id_idx"), "hub_reports", ["artifact_id"], unique=False)
    op.create_index(
        "hub_reports_open_idx", "hub_reports", ["id"], unique=False, postgresql_where=sa.text("resolved_at IS NULL")
    )
    op.create_index(
        "hub_reports_open_key",
        "hub_reports",
        ["artifact_id", "reporter"],
        unique=True,
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
    op.create_index(op.f("hub_reports_reporter_idx"), "hub_reports", ["reporter"], unique=False)
    op.create_table(
        "hub_votes",
        sa.Column("artifact_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["artifact_id"], ["hub_artifacts.id"], name=op.f("hub_votes_artifact_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("artifact_id", "user_id", name=op.f("hub_votes_pkey")),
    )
    op.create_index(op.f("hub_votes_user_id_idx"), "hub_votes", ["user_id"], unique=False)
    for table in ("artefacts", "files"):
        op.create_index(
            f"{table}_marked_at_idx",
            table,
            ["marked_at"],
            unique=False,
            postgresql_where=sa.text("marked_at IS NOT NULL"),
        )
    for group, tables in _GRANTS.items():
        for table, privileges in tables.items():
            op.execute(f"GRANT {privileges} ON {table} TO {group}")
