"""Who may do what to which table: the one place that says so. Migrations make it true, a test compares."""

from typing import Final

OWNER: Final = "xatra_owner"  # the login role that owns the schema and runs migrations
BACKUP: Final = "xatra_backup"  # the login role that reads every table, now and later, and changes none

_READ: Final = frozenset({"SELECT"})
_WRITE: Final = frozenset({"INSERT"})
_ADD: Final = frozenset({"SELECT", "INSERT"})
_EDIT: Final = frozenset({"SELECT", "INSERT", "UPDATE"})
_CHANGE: Final = frozenset({"SELECT", "UPDATE"})
_MAKE: Final = frozenset({"SELECT", "INSERT", "DELETE"})
_PRUNE: Final = frozenset({"SELECT", "DELETE"})
_TEND: Final = frozenset({"SELECT", "UPDATE", "DELETE"})
_ALL: Final = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"})

# Group role -> table -> privileges. A service logs in as `<group>_login`, a member of its group.
GRANTS: Final[dict[str, dict[str, frozenset[str]]]] = {
    "xatra_api": {
        "alembic_version": _READ,
        "artefacts": _CHANGE,
        "auth_public_keys": _READ,
        "auth_revocations": _READ,
        "deleted_users": _READ,
        "file_owners": _ALL,
        "files": _EDIT,
        "geography_indexes": _READ,
        "guest_became_user": _READ,
        "hub_alpha_saves": _MAKE,
        "hub_artifact_names": _ALL,
        "hub_artifact_versions": _ADD,
        "hub_artifacts": _ALL,
        "hub_drafts": _ALL,
        "hub_files": _MAKE,
        "hub_imports": _MAKE,
        "hub_listed": _READ,
        "hub_map_views": _MAKE,
        "hub_reports": _EDIT,
        "hub_usernames": _READ,
        "hub_votes": _MAKE,
        "map_assets": _READ,
        "render_budgets": _ALL,
        "render_callers": _READ,
        "render_jobs": _ALL,
        "render_waiters": _ALL,
        "render_workers": _READ,
        "request_records": _ADD,
        "settings": _EDIT,
    },
    "xatra_auth": {
        "alembic_version": _READ,
        "auth_credentials": _ALL,
        "auth_events": _ADD,
        "auth_public_keys": _ALL,
        "auth_reset_links": _ALL,
        "auth_revocations": _ALL,
        "auth_switches": _EDIT,
        "auth_tokens": _ALL,
        "auth_used_id_tokens": _ALL,
        "deleted_users": _ADD,
        "guest_became_user": _ADD,
        "hub_sessions": _ALL,
        "hub_usernames": _EDIT,
        "hub_users": _ALL,
        "request_records": _WRITE,
    },
    "xatra_render_worker": {
        "alembic_version": _READ,
        "artefacts": _EDIT,
        "files": _READ,
        "geography_indexes": _MAKE,
        "map_assets": _EDIT,
        "render_callers": _EDIT,
        "render_jobs": _CHANGE,
        "render_waiters": _READ,
        "render_workers": _ALL,
    },
    "xatra_scheduler": {
        "alembic_version": _READ,
        "artefacts": _TEND,
        "auth_events": frozenset({"DELETE"}),
        "deleted_users": _READ,
        "file_owners": _PRUNE,
        "files": _TEND,
        "hub_alpha_saves": _PRUNE,
        "hub_artifact_versions": _READ,
        "hub_artifacts": _READ,
        "hub_drafts": _PRUNE,
        "hub_files": _READ,
        "hub_map_views": _PRUNE,
        "map_assets": _TEND,
        "render_budgets": _READ,
        "render_callers": _TEND,
        "render_jobs": _ALL,
        "render_waiters": _MAKE,
        "render_workers": _PRUNE,
        "request_records": _PRUNE,
        "scheduled_tasks": _EDIT,
        "scheduler_heartbeats": _ALL,
        "settings": _READ,
    },
}

# What changes of a published version, which is otherwise as it was published.
_ARTEFACT_OF_VERSION: Final = frozenset(
    {
        "artefact_due_at",
        "artefact_error",
        "artefact_sha256",
        "artefact_tries",
        "data_version",
        "engine_version",
        "job_id",
    }
)

# Group role -> table -> privilege -> the only columns for which it holds.
COLUMN_GRANTS: Final[dict[str, dict[str, dict[str, frozenset[str]]]]] = {
    "xatra_api": {
        "auth_tokens": {
            "SELECT": frozenset({"id", "user_id", "token_hash", "scopes", "expires_at", "last_used_at"}),
            "UPDATE": frozenset({"last_used_at"}),
        },
        "deleted_users": {"UPDATE": frozenset({"erased_at"})},
        "guest_became_user": {"UPDATE": frozenset({"handed_over_at"})},
        "hub_artifact_versions": {"UPDATE": _ARTEFACT_OF_VERSION},
        "hub_users": {
            "SELECT": frozenset(
                {
                    "bio",
                    "created_at",
                    "disabled_at",
                    "full_name",
                    "id",
                    "is_admin",
                    "is_trusted",
                    "token_version",
                    "username",
                }
            ),
        },
        "request_records": {"UPDATE": frozenset({"address", "country", "user_id"})},
    },
    "xatra_scheduler": {  # INSERT and the second UPDATE are for the canary of restore drills
        "auth_events": {"SELECT": frozenset({"created_at", "id"})},
        "hub_artifact_names": {"INSERT": frozenset({"artifact_id", "kind", "name"})},
        "hub_artifact_versions": {
            "INSERT": frozenset({"artifact_id", "content", "content_hash", "version", "wants_artefact"}),
            "UPDATE": _ARTEFACT_OF_VERSION,
        },
        "hub_artifacts": {
            "INSERT": frozenset(
                {
                    "alpha_content",
                    "alpha_hash",
                    "description",
                    "disassociated_at",
                    "kind",
                    "name",
                    "search_text",
                    "visibility",
                }
            ),
            "UPDATE": frozenset({"latest_version", "published_at"}),
        },
    },
    "xatra_render_worker": {
        "render_budgets": {
            "INSERT": frozenset({"user_id", "month", "spent_seconds"}),
            "SELECT": frozenset({"user_id", "month", "spent_seconds"}),
            "UPDATE": frozenset({"month", "spent_seconds"}),
        },
    },
}


def login_of(group: str) -> str:
    """Return the login role by which the service of a group role connects."""
    return f"{group}_login"
