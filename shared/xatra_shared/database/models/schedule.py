"""What happens by the clock: when each task was last sent, and who consumes them."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from xatra_shared.database.models.base import Base


class ScheduledTask(Base):
    """When a task was last sent, by whichever scheduler then led."""

    __tablename__ = "scheduled_tasks"

    name: Mapped[str] = mapped_column(primary_key=True)
    last_run_at: Mapped[datetime]


class SchedulerHeartbeat(Base):
    """A scheduler process and the proof that it consumes: the way from its clock through Redis to this row."""

    __tablename__ = "scheduler_heartbeats"

    id: Mapped[str] = mapped_column(primary_key=True)
    last_consumed_at: Mapped[datetime]
