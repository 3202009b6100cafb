"""Every table, declared once: Alembic compares the database with these."""

from xatra_shared.database.models.base import Base
from xatra_shared.database.models.files import File, FileOwner
from xatra_shared.database.models.renders import Artefact, MapAsset, RenderCaller, RenderJob, RenderWaiter, RenderWorker
from xatra_shared.database.models.schedule import ScheduledTask, SchedulerHeartbeat

__all__ = [
    "Artefact",
    "Base",
    "File",
    "FileOwner",
    "MapAsset",
    "RenderCaller",
    "RenderJob",
    "RenderWaiter",
    "RenderWorker",
    "ScheduledTask",
    "SchedulerHeartbeat",
]
