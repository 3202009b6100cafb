"""Hands what was a guest's over to the user whom the guest became."""

from collections import OrderedDict
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from xatra_api.guests import repository
from xatra_shared.identity.access_tokens import Claims

_MAX_SESSIONS: Final = 10_000


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
        repository.mark_handed_over(connection, guest_id)
