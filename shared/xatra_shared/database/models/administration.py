"""What administrators set in the api: the site's face, and how much users may render in a month."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Date, Double
from sqlalchemy.orm import Mapped, mapped_column

from xatra_shared.database.models.base import Base, CreatedAt


class Setting(Base):
    """Something that administrators set, under a name."""

    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[dict[str, Any]]
    changed_at: Mapped[CreatedAt]


class RenderBudget(Base):
    """What a user has rendered in a month (UTC), and may. Without a row: nothing, and what all may."""

    __tablename__ = "render_budgets"
    __table_args__ = (CheckConstraint("monthly_seconds >= 0", name="monthly_seconds"),)

    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    monthly_seconds: Mapped[int | None]  # none: what all users of this kind may
    month: Mapped[date | None] = mapped_column(Date())  # its first day; `spent_seconds` counts for no other
    spent_seconds: Mapped[float] = mapped_column(Double(), server_default="0")
