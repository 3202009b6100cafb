"""What the api knows of the map data, which only render workers have."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from xatra_shared.database.models.base import Base, CreatedAt


class GeographyIndex(Base):
    """The searchable index of the administrative units of one data version: see `xatra_shared.geography`."""

    __tablename__ = "geography_indexes"
    __table_args__ = (CheckConstraint("data_version ~ '^[0-9a-f]{16}$'", name="data_version"),)

    data_version: Mapped[str] = mapped_column(primary_key=True)
    format: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes]
    created_at: Mapped[CreatedAt]
