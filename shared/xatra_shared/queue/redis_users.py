"""Who may do what in Redis: one user for each service."""

import hashlib
from collections.abc import Mapping
from typing import Final

CELERY_PREFIX: Final = "xatra:celery:"  # every key of Celery's lies below it
EVENTS_CHANNEL: Final = "xatra:renders"  # word that a render changed

_CELERY: Final = f"~{CELERY_PREFIX}*"
_EVENTS: Final = f"&{EVENTS_CHANNEL}"
_HARMLESS: Final = "+@all -@admin -@dangerous +info +client|setinfo +client|setname"

# User -> the keys and channels it may touch, and the commands.
REDIS_USERS: Final[dict[str, str]] = {
    "xatra_api": f"{_CELERY} ~xatra:limits:* ~xatra:sessions:* {_EVENTS} {_HARMLESS}",
    "xatra_auth": f"~xatra:limits:* ~xatra:sessions:* {_HARMLESS}",
    "xatra_render_worker": f"{_CELERY} {_EVENTS} {_HARMLESS}",
    "xatra_scheduler": f"{_CELERY} {_EVENTS} {_HARMLESS}",
    "xatra_operator": "~* &* +@all",
}


def acl_file(passwords: Mapping[str, str]) -> str:
    """Return Redis' ACL file; passwords stand in it as digests only.

    Raises:
        KeyError: A user has no password.
    """
    lines = ["user default off"]
    for user, rights in REDIS_USERS.items():
        digest = hashlib.sha256(passwords[user].encode()).hexdigest()
        lines.append(f"user {user} on #{digest} resetkeys resetchannels {rights}")
    return "\n".join(lines) + "\n"
