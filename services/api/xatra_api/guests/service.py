"""Who guests are, and how what was a guest's is handed over to the user whom the guest became."""

from collections import OrderedDict
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from xatra_api.drafts import repository as drafts
from xatra_api.guests import repository
from xatra_shared.http.callers import challenge
from xatra_shared.http.problems import Problem
from xatra_shared.identity.access_tokens import Claims
from xatra_shared.identity.callers import Caller

_MAX_SESSIONS: Final = 10_000


class GuestCookieMissing(Problem):
    """Nothing is known of the caller but an address, which is nobody in particular."""

    status = 401
    slug = "guest-cookie-missing"
    title = "This needs a guest's cookie, or an account"


def require_known(caller: Caller) -> None:
    """Refuse a caller who is neither a user nor a guest with a cookie.

    Raises:
        GuestCookieMissing: It is.
    """
    if caller.id.startswith("address:"):
        raise GuestCookieMissing("Get one from /auth/csrf, or sign in.", headers=challenge())


class HandOver:
    """Looks once in each session, as one process sees them: guests become users when a session begins."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._done: OrderedDict[int, None] = OrderedDict()

    async def to(self, claims: Claims) -> None:
        """Let whoever is signed in have what was theirs as a guest; does nothing the second time."""
        if claims.session_id in self._done:
            return
        async with self._engine.begin() as connection:
            await connection.run_sync(_hand_over, claims.user_id)
        self._done[claims.session_id] = None
        if len(self._done) > _MAX_SESSIONS:
            self._done.popitem(last=False)


def _hand_over(connection: Connection, user_id: int) -> None:
    for guest_id in repository.waiting_for(connection, user_id):
        repository.hand_over_renders(connection, f"guest:{guest_id}", f"user:{user_id}")
        repository.hand_over_files(connection, f"guest:{guest_id}", f"user:{user_id}")
        drafts.lock_owner(connection, f"user:{user_id}")
        repository.hand_over_draft(connection, f"guest:{guest_id}", f"user:{user_id}", set_aside_as=guest_id)
        repository.mark_handed_over(connection, guest_id)
