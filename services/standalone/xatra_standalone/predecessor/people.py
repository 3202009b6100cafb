"""The rules for accounts: who moves, and under which name."""

import re
from collections.abc import Mapping
from typing import Any, Final

from xatra_auth.accounts.usernames import UsernameNotAllowed, check_username
from xatra_shared.text import fold
from xatra_standalone.predecessor.cleaning import clean, date_of, plain_line, plain_text, text_of, whole_number
from xatra_standalone.predecessor.ledger import Ledger
from xatra_standalone.predecessor.repository import Repository
from xatra_standalone.predecessor.rules import Rule

_TABLE: Final = "hub_users"
_STAND_INS: Final = frozenset({"anonymous", "guest", "localuser", "new_user"})
_FITS: Final = re.compile(r"[a-z0-9_.-]{1,200}", re.ASCII)
_MAX_MENDED_CHARACTERS: Final = 100
_HASH: Final = re.compile(r"pbkdf2_sha256\$[^$\x00]{1,200}\$[0-9a-f]{64}", re.ASCII)


def move_people(repository: Repository, ledger: Ledger, moved_at: str) -> None:
    """Work out which accounts there will be.

    Args:
        repository: The copy.
        ledger: The account of what was done.
        moved_at: The date for what has none.
    """
    taken = {name for row in repository.rows(_TABLE) if _FITS.fullmatch(name := text_of(row.get("username")))}
    for row in repository.rows(_TABLE):
        ledger.seen(_TABLE)
        _move(repository, ledger, row, taken, moved_at)


def _move(repository: Repository, ledger: Ledger, row: Mapping[str, Any], taken: set[str], moved_at: str) -> None:
    user_id = int(row["id"])
    old_name = text_of(row.get("username"))
    password_hash = text_of(row.get("password_hash"))
    if old_name.strip().lower() in _STAND_INS and not password_hash:
        ledger.note(_TABLE, old_name, Rule.STAND_IN)
        return
    username = old_name if _FITS.fullmatch(old_name) else free_name(old_name, user_id, "user", taken, "_.-")
    if username != old_name:
        ledger.note(_TABLE, old_name, Rule.USER_NAME, f"is now {username}")
    try:
        check_username(username)
    except UsernameNotAllowed as problem:
        ledger.note(_TABLE, username, Rule.OLD_USER_NAME, problem.occurrence or "")
    if not password_hash:
        ledger.note(_TABLE, username, Rule.NO_PASSWORD)
    elif not _HASH.fullmatch(password_hash):
        ledger.note(_TABLE, username, Rule.PASSWORD)
        password_hash = ""
    is_admin = bool(whole_number(row.get("is_admin")))
    if is_admin:
        ledger.note(_TABLE, username, Rule.ADMINISTRATOR)
    full_name, bio = text_of(row.get("full_name")), text_of(row.get("bio"))
    if clean(full_name + bio) != full_name + bio:
        ledger.note(_TABLE, username, Rule.CHARACTERS, "of the profile")
    created_at = date_of(row.get("created_at"))
    if created_at is None:
        ledger.note(_TABLE, username, Rule.DATE, text_of(row.get("created_at")))
    repository.add_user(
        {
            "id": user_id,
            "username": username,
            "full_name": plain_line(full_name, 100),
            "bio": plain_text(bio, 5000),
            "password_hash": password_hash or None,
            "is_trusted": bool(whole_number(row.get("is_trusted"))),
            "is_admin": is_admin,
            "created_at": created_at.isoformat() if created_at else moved_at,
        }
    )


def free_name(old_name: str, number: int, stem: str, taken: set[str], marks: str) -> str:
    """Return a name that nobody has, as near to an old one as may be, and take it.

    Args:
        old_name: The old one.
        number: Of the row: what is put behind a name that another has.
        stem: Of the name of something whose old one has nothing that can stay.
        taken: The names that are not free.
        marks: What a name may have beside letters and digits.
    """
    folded = re.sub(rf"[^a-z0-9{re.escape(marks)}]+", "_", fold(clean(old_name)).strip(), flags=re.ASCII)
    name = folded[:_MAX_MENDED_CHARACTERS].strip("_") or f"{stem}_{number}"
    while name in taken:
        name = f"{name}_{number}"
    taken.add(name)
    return name
