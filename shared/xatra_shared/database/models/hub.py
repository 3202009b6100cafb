"""What people make: works, their versions and names, what imports what, drafts, and what readers think of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Computed,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    UniqueConstraint,
    desc,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Text

from xatra_shared.database.models.base import SHA256, Base, CreatedAt

KINDS = ("map", "lib", "css")
VISIBILITIES = ("public", "unlisted", "private")
REPORT_REASONS = ("unlawful", "hateful", "harmful", "copyright", "misleading", "spam", "other")

_NAME = "~ '^[a-z0-9_.]{1,200}$'"
_TELLING = ["user_id", "two_letters", "four_letters"]


class Work(Base):
    """A map, territory library (`lib`) or theme (`css`): one alpha that its author changes, and published versions."""

    __tablename__ = "hub_artifacts"
    __table_args__ = (
        CheckConstraint(f"kind IN {KINDS}", name="kind"),
        CheckConstraint(f"name {_NAME}", name="name"),
        CheckConstraint(f"visibility IN {VISIBILITIES}", name="visibility"),
        CheckConstraint(f"alpha_hash {SHA256}", name="alpha_hash"),
        CheckConstraint("kind = 'map' OR num_nonnulls(library_id, theme_id) = 0", name="parts"),
        CheckConstraint("votes >= 0 AND views >= 0 AND latest_version >= 0", name="counts"),
        CheckConstraint("(latest_version = 0) = (published_at IS NULL)", name="published_at"),
        CheckConstraint("(hidden_at IS NULL) = (hidden_reason IS NULL)", name="hidden_reason"),
        UniqueConstraint("kind", "name"),
        ForeignKeyConstraint(
            ["kind", "name"],
            ["hub_artifact_names.kind", "hub_artifact_names.name"],
            name="hub_artifacts_kind_name_fkey",
            use_alter=True,
            deferrable=True,
            initially="DEFERRED",
        ),
        Index("hub_artifacts_author_idx", "user_id", "kind", desc("updated_at"), desc("id")),
        Index(
            "hub_artifacts_ownerless_idx",
            "id",
            postgresql_where=text("user_id IS NULL AND disassociated_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    # None: disassociated, or the account is no more.
    user_id: Mapped[int | None] = mapped_column(ForeignKey("hub_users.id", ondelete="SET NULL"))
    kind: Mapped[str]
    name: Mapped[str]
    visibility: Mapped[str] = mapped_column(server_default="public")
    featured: Mapped[bool] = mapped_column(server_default=text("false"))
    description: Mapped[str] = mapped_column(server_default="")
    display_type: Mapped[str] = mapped_column(server_default="")
    thumbnail_sha256: Mapped[str | None] = mapped_column(ForeignKey("files.sha256"), index=True)

    alpha_content: Mapped[str] = mapped_column(server_default="")
    alpha_files: Mapped[dict[str, str]] = mapped_column(server_default=text("'{}'"))  # name -> sha256
    alpha_metadata: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    alpha_hash: Mapped[str]  # of content and files
    alpha_version: Mapped[int] = mapped_column(server_default="1")  # grows with every save: the entity tag
    alpha_updated_at: Mapped[CreatedAt]

    # The works whose names and styles a map's own program uses without importing them.
    library_id: Mapped[int | None] = mapped_column(ForeignKey("hub_artifacts.id", ondelete="SET NULL"), index=True)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("hub_artifacts.id", ondelete="SET NULL"), index=True)

    forked_from_id: Mapped[int | None] = mapped_column(ForeignKey("hub_artifacts.id", ondelete="SET NULL"), index=True)
    forked_from_version: Mapped[int | None]  # None: its alpha

    latest_version: Mapped[int] = mapped_column(server_default="0")  # 0: never published
    published_at: Mapped[datetime | None]  # when the latest version was
    disassociated_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    hidden_reason: Mapped[str | None]

    votes: Mapped[int] = mapped_column(server_default="0")
    views: Mapped[int] = mapped_column(server_default="0")

    created_at: Mapped[CreatedAt]
    updated_at: Mapped[CreatedAt]

    search_text: Mapped[str]  # the words of name and description, folded, with a space between two of them
    listed: Mapped[bool] = mapped_column(
        Computed("visibility = 'public' AND latest_version > 0 AND hidden_at IS NULL", persisted=True)
    )


class ListedWork(Base):
    """What lists of works are found and sorted by, of the works that everyone finds.

    A trigger of `hub_artifacts` keeps it so, whoever changes a work. Its rows are a tenth as long, so that lists read
    little; and votes and views, which come all the time, change no index of `hub_artifacts`.
    """

    __tablename__ = "hub_listed"
    __table_args__ = (
        Index(
            "hub_listed_search_idx",
            "search",
            postgresql_using="gin",
            postgresql_with={"fastupdate": "off"},  # or every search reads all that was added lately
        ),
        Index(
            "hub_listed_featured_idx",
            "kind",
            desc("featured"),
            desc("votes"),
            desc("views"),
            desc("published_at"),
            desc("id"),
            postgresql_include=_TELLING,
        ),
        Index("hub_listed_votes_idx", "kind", desc("votes"), desc("id"), postgresql_include=_TELLING),
        Index("hub_listed_views_idx", "kind", desc("views"), desc("id"), postgresql_include=_TELLING),
        Index(
            "hub_listed_recency_idx",
            "kind",
            desc("published_at"),
            desc("id"),
            postgresql_include=_TELLING,
        ),
        Index(
            "hub_listed_user_id_idx",
            "user_id",
            "kind",
            desc("published_at"),
            desc("id"),
            postgresql_include=["views"],
        ),
    )

    id: Mapped[int] = mapped_column(ForeignKey("hub_artifacts.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int | None]
    kind: Mapped[str]
    featured: Mapped[bool]
    votes: Mapped[int]
    views: Mapped[int]
    published_at: Mapped[datetime]
    search: Mapped[Any] = mapped_column(TSVECTOR)  # the words of `search_text`
    # `hub_beginnings` of the words: tells of most works that they lack a word, from an index alone.
    two_letters: Mapped[int]
    four_letters: Mapped[int]


class WorkName(Base):
    """A name that a work has or had. One that was ever public is never given to anyone else: others import it."""

    __tablename__ = "hub_artifact_names"
    __table_args__ = (
        CheckConstraint(f"kind IN {KINDS}", name="kind"),
        CheckConstraint(f"name {_NAME}", name="name"),
        Index("hub_artifact_names_prefix_idx", "kind", "name", postgresql_ops={"name": "text_pattern_ops"}),
    )

    kind: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    # What it leads to; None: the work is deleted.
    artifact_id: Mapped[int | None] = mapped_column(ForeignKey("hub_artifacts.id", ondelete="SET NULL"), index=True)
    # Who may use it again then; None: nobody.
    user_id: Mapped[int | None] = mapped_column(ForeignKey("hub_users.id", ondelete="SET NULL"), index=True)
    public_at: Mapped[datetime | None]  # since when others may have seen it; None: never yet
    created_at: Mapped[CreatedAt]


class WorkVersion(Base):
    """A published version. What it says never changes; how far its artefact is does."""

    __tablename__ = "hub_artifact_versions"
    __table_args__ = (
        CheckConstraint("version > 0", name="version"),
        CheckConstraint(f"content_hash {SHA256}", name="content_hash"),
        CheckConstraint("num_nonnulls(artefact_sha256, artefact_error) <= 1", name="artefact"),
        UniqueConstraint("artifact_id", "version"),
        # No number without the one before it.
        ForeignKeyConstraint(
            ["artifact_id", "previous_version"],
            ["hub_artifact_versions.artifact_id", "hub_artifact_versions.version"],
            name="hub_artifact_versions_previous_version_fkey",
            deferrable=True,
            initially="DEFERRED",
        ),
        Index(
            "hub_artifact_versions_pending_idx",
            "artefact_due_at",
            postgresql_where=text(
                "wants_artefact AND artefact_sha256 IS NULL AND artefact_error IS NULL AND job_id IS NULL"
            ),
        ),
        Index("hub_artifact_versions_job_id_idx", "job_id", postgresql_where=text("job_id IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    artifact_id: Mapped[int] = mapped_column(ForeignKey("hub_artifacts.id", ondelete="CASCADE"))
    version: Mapped[int]
    previous_version: Mapped[int | None] = mapped_column(Computed("nullif(version - 1, 0)", persisted=True))
    content: Mapped[str]
    content_hash: Mapped[str]  # of content, files, library and theme: publishing the same again is no change
    files: Mapped[dict[str, str]] = mapped_column(server_default=text("'{}'"))  # name -> sha256
    meta: Mapped[dict[str, Any]] = mapped_column("metadata", server_default=text("'{}'"))
    library_version_id: Mapped[int | None] = mapped_column(ForeignKey("hub_artifact_versions.id"), index=True)
    theme_version_id: Mapped[int | None] = mapped_column(ForeignKey("hub_artifact_versions.id"), index=True)
    bundle: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))  # all that it imports, exactly
    created_at: Mapped[CreatedAt]

    wants_artefact: Mapped[bool]  # a map
    # Which makes the artefact now; None: none does yet, or any more.
    job_id: Mapped[int | None] = mapped_column(ForeignKey("render_jobs.id", ondelete="SET NULL"))
    artefact_due_at: Mapped[CreatedAt]  # not to be asked for before
    artefact_tries: Mapped[int] = mapped_column(server_default="0")  # that failed, and not by the author's fault
    engine_version: Mapped[str | None]  # of what made the artefact
    data_version: Mapped[str | None]
    artefact_sha256: Mapped[str | None] = mapped_column(ForeignKey("artefacts.sha256"), index=True)
    artefact_error: Mapped[dict[str, Any] | None]  # why there will be none


class WorkFile(Base):
    """A file that an alpha (version 0) or a published version reads: kept as long as it does."""

    __tablename__ = "hub_files"

    artifact_id: Mapped[int] = mapped_column(ForeignKey("hub_artifacts.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("files.sha256"), primary_key=True, index=True)


class WorkImport(Base):
    """What an alpha (version 0) or a published version imports."""

    __tablename__ = "hub_imports"
    __table_args__ = (
        CheckConstraint("(imported_version > 0) IS NOT FALSE", name="imported_version"),
        Index("hub_imports_imported_idx", "imported_id", "imported_version"),
    )

    artifact_id: Mapped[int] = mapped_column(ForeignKey("hub_artifacts.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(primary_key=True)  # as it is written
    imported_id: Mapped[int] = mapped_column(ForeignKey("hub_artifacts.id", ondelete="CASCADE"))
    imported_version: Mapped[int | None]  # None: the latest, or the alpha


class AlphaSave(Base):
    """An alpha as it was at an earlier save: the base of a merge."""

    __tablename__ = "hub_alpha_saves"

    artifact_id: Mapped[int] = mapped_column(ForeignKey("hub_artifacts.id", ondelete="CASCADE"), primary_key=True)
    alpha_version: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[str]
    saved_at: Mapped[CreatedAt] = mapped_column(index=True)  # when the next save took its place


class Vote(Base):
    """Somebody likes a work; users are named by number, which outlives them."""

    __tablename__ = "hub_votes"

    artifact_id: Mapped[int] = mapped_column(ForeignKey("hub_artifacts.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True, index=True)
    created_at: Mapped[CreatedAt]


class View(Base):
    """Somebody has looked at a work; each viewer counts once."""

    __tablename__ = "hub_map_views"

    artifact_id: Mapped[int] = mapped_column(ForeignKey("hub_artifacts.id", ondelete="CASCADE"), primary_key=True)
    viewer_key: Mapped[str] = mapped_column(primary_key=True, index=True)  # a caller's id
    viewed_at: Mapped[CreatedAt]


class Draft(Base):
    """A map that has no name yet: each guest and user has one; those of guests who became users may lie beside it."""

    __tablename__ = "hub_drafts"
    __table_args__ = (Index("hub_drafts_files_idx", "file_sha256s", postgresql_using="gin"),)

    owner_key: Mapped[str] = mapped_column(primary_key=True)  # a caller's id
    id: Mapped[str] = mapped_column(primary_key=True, server_default="current")  # of what was set aside: 32 hex digits
    project: Mapped[dict[str, Any]]  # by field; `state`, the client's own, as the text of its JSON
    file_sha256s: Mapped[list[str]] = mapped_column(ARRAY(Text()), server_default="{}")  # kept as long as the draft
    size_bytes: Mapped[int] = mapped_column(server_default="0")
    network: Mapped[str | None] = mapped_column(index=True)  # that a guest's was saved from: guests' count together
    version: Mapped[int] = mapped_column(server_default="1")  # grows with every save: the entity tag
    updated_at: Mapped[CreatedAt] = mapped_column(index=True)


class Report(Base):
    """A reader finds that a work should not be here."""

    __tablename__ = "hub_reports"
    __table_args__ = (
        CheckConstraint(f"reason IN {REPORT_REASONS}", name="reason"),
        CheckConstraint("(resolved_at IS NULL) = (resolution IS NULL)", name="resolution"),
        Index(  # one of each reader at a time
            "hub_reports_open_key",
            "artifact_id",
            "reporter",
            unique=True,
            postgresql_where=text("resolved_at IS NULL"),
        ),
        Index("hub_reports_open_idx", "id", postgresql_where=text("resolved_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    artifact_id: Mapped[int] = mapped_column(ForeignKey("hub_artifacts.id", ondelete="CASCADE"), index=True)
    reporter: Mapped[str] = mapped_column(index=True)  # a caller's id, until their account is no more
    reason: Mapped[str]
    details: Mapped[str] = mapped_column(server_default="")
    created_at: Mapped[CreatedAt]
    resolved_at: Mapped[datetime | None]
    resolution: Mapped[str | None]
    resolved_by: Mapped[int | None]  # an administrator's number
