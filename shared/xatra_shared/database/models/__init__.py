"""Every table, declared once: Alembic compares the database with these."""

from xatra_shared.database.models.accounts import (
    ApiToken,
    Credential,
    DeletedUser,
    GuestBecameUser,
    PublicKey,
    ResetLink,
    Revocation,
    SecurityEvent,
    Session,
    Switch,
    UsedIdToken,
    User,
    Username,
)
from xatra_shared.database.models.administration import RenderBudget, Setting
from xatra_shared.database.models.base import Base
from xatra_shared.database.models.files import File, FileOwner
from xatra_shared.database.models.geography import GeographyIndex
from xatra_shared.database.models.renders import Artefact, MapAsset, RenderCaller, RenderJob, RenderWaiter, RenderWorker
from xatra_shared.database.models.schedule import ScheduledTask, SchedulerHeartbeat

__all__ = [
    "ApiToken",
    "Artefact",
    "Base",
    "Credential",
    "DeletedUser",
    "File",
    "FileOwner",
    "GeographyIndex",
    "GuestBecameUser",
    "MapAsset",
    "PublicKey",
    "RenderBudget",
    "RenderCaller",
    "RenderJob",
    "RenderWaiter",
    "RenderWorker",
    "ResetLink",
    "Revocation",
    "ScheduledTask",
    "SchedulerHeartbeat",
    "SecurityEvent",
    "Session",
    "Setting",
    "Switch",
    "UsedIdToken",
    "User",
    "Username",
]
