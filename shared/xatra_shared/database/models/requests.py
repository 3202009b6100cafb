"""How requests went, as administrators look at them."""

from datetime import datetime

from sqlalchemy import Double, Identity, Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from xatra_shared.database.models.base import Base


class RequestRecord(Base):
    """A request that was kept: an error of ours, a slow one, or one of a sample; see `telemetry.repository`."""

    __tablename__ = "request_records"
    __table_args__ = (
        Index("request_records_error_idx", "id", postgresql_where=text("status >= 400")),
        Index("request_records_slow_idx", "id", postgresql_where=text("is_slow")),
        Index("request_records_user_id_idx", "user_id", "id", postgresql_where=text("user_id IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    started_at: Mapped[datetime] = mapped_column(index=True)
    service: Mapped[str]
    request_id: Mapped[str | None]
    method: Mapped[str]
    route: Mapped[str]
    query_names: Mapped[list[str]] = mapped_column(ARRAY(Text()))
    status: Mapped[int]
    milliseconds: Mapped[float] = mapped_column(Double())
    is_slow: Mapped[bool]
    stands_for: Mapped[float] = mapped_column(Double())
    user_id: Mapped[int | None]  # no foreign key: auth, which adds rows, need not look accounts up
    address: Mapped[str | None]
    country: Mapped[str | None]
