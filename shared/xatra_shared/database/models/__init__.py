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
from xatra_shared.database.models.hub import (
    AlphaSave,
    Draft,
    Report,
    View,
    Vote,
    Work,
    WorkFile,
    WorkImport,
    WorkName,
    WorkVersion,
)
from xatra_shared.database.models.renders import Artefact, MapAsset, RenderCaller, RenderJob, RenderWaiter, RenderWorker
from xatra_shared.database.models.requests import RequestRecord
from xatra_shared.database.models.schedule import ScheduledTask, SchedulerHeartbeat

__all__ = [
    "AlphaSave",
    "ApiToken",
    "Artefact",
    "Base",
    "Credential",
    "DeletedUser",
    "Draft",
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
    "Report",
    "RequestRecord",
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
    "View",
    "Vote",
    "Work",
    "WorkFile",
    "WorkImport",
    "WorkName",
    "WorkVersion",
]
