"""Who may do what to which table: the one place that says so. Migrations make it true, a test compares."""

from typing import Final

OWNER: Final = "xatra_owner"  # the login role that owns the schema and runs migrations

_READ: Final = frozenset({"SELECT"})
_EDIT: Final = frozenset({"SELECT", "INSERT", "UPDATE"})
_CHANGE: Final = frozenset({"SELECT", "UPDATE"})
_PRUNE: Final = frozenset({"SELECT", "DELETE"})
_TEND: Final = frozenset({"SELECT", "UPDATE", "DELETE"})
_ALL: Final = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"})

# Group role -> table -> privileges. A service logs in as `<group>_login`, a member of its group.
GRANTS: Final[dict[str, dict[str, frozenset[str]]]] = {
    "xatra_api": {
        "alembic_version": _READ,
        "artefacts": _CHANGE,
        "file_owners": _ALL,
        "files": _EDIT,
        "map_assets": _READ,
        "render_callers": _READ,
        "render_jobs": _EDIT,
        "render_waiters": _EDIT,
        "render_workers": _READ,
    },
    "xatra_render_worker": {
        "alembic_version": _READ,
        "artefacts": _EDIT,
        "files": _READ,
        "map_assets": _EDIT,
        "render_callers": _EDIT,
        "render_jobs": _CHANGE,
        "render_waiters": _READ,
        "render_workers": _ALL,
    },
    "xatra_scheduler": {
        "alembic_version": _READ,
        "artefacts": _TEND,
        "file_owners": _PRUNE,
        "files": _TEND,
        "map_assets": _TEND,
        "render_callers": _TEND,
        "render_jobs": _TEND,
        "render_waiters": _PRUNE,
        "render_workers": _PRUNE,
        "scheduled_tasks": _EDIT,
        "scheduler_heartbeats": _ALL,
    },
}


def login_of(group: str) -> str:
    """Return the login role by which the service of a group role connects."""
    return f"{group}_login"
