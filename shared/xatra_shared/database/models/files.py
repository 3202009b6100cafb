"""Files that map programs read by name: stored once by content, counted against everyone who uploaded them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from xatra_shared.database.models.base import SHA256, Base, CreatedAt


class File(Base):
    """An uploaded file; its bytes are in the artefact store under its digest."""

    __tablename__ = "files"
    __table_args__ = (
        CheckConstraint(f"sha256 {SHA256}", name="sha256"),
        CheckConstraint("size_bytes >= 0", name="size_bytes"),
        Index("files_marked_at_idx", "marked_at", postgresql_where=text("marked_at IS NOT NULL")),
    )

    sha256: Mapped[str] = mapped_column(primary_key=True)
    media_type: Mapped[str]
    size_bytes: Mapped[int]
    created_at: Mapped[CreatedAt]
    last_used_at: Mapped[CreatedAt]
    marked_at: Mapped[datetime | None]  # when retention first found it unused


class FileOwner(Base):
    """Who uploaded a file: its size counts against each of their quotas."""

    __tablename__ = "file_owners"

    caller: Mapped[str] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(index=True)  # the network that it was uploaded from
    sha256: Mapped[str] = mapped_column(ForeignKey("files.sha256", ondelete="CASCADE"), primary_key=True, index=True)
    created_at: Mapped[CreatedAt]
