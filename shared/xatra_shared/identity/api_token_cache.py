"""Whose a personal API token is, as one process knows it: Postgres says so, and is asked again after a minute.

Between two looks a token ends as sessions do: what `TokenWatch` hears of revocations holds for it at once.
"""

import time
from collections import OrderedDict
from typing import Final

from sqlalchemy.ext.asyncio import AsyncEngine

from xatra_shared.identity.access_tokens import TokenInvalidError
from xatra_shared.identity.api_tokens import TokenHolder, digest_of, is_well_formed
from xatra_shared.identity.repository import TokenState, use_token

_KNOWN_SECONDS: Final = 60  # so the last use is written once a minute; shorter than revocations are remembered
_MAX_KNOWN: Final = 10_000


class ApiTokenCache:
    """The holders of tokens that were used lately."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._known: OrderedDict[str, tuple[TokenHolder, float]] = OrderedDict()  # digest -> holder, until when

    async def holder_of(self, token: str, state: TokenState) -> TokenHolder:
        """Return who holds a token.

        Args:
            token: As it was sent.
            state: What has been revoked lately.

        Raises:
            TokenInvalidError: It is mistyped, unknown, revoked or expired, or its account is disabled.
        """
        if not is_well_formed(token):
            raise TokenInvalidError
        digest = digest_of(token)
        holder, known_until = self._known.get(digest, (None, 0.0))
        if holder is not None and time.monotonic() < known_until and not state.is_token_revoked(holder):
            return holder
        self._known.pop(digest, None)
        asked_at = time.monotonic()
        async with self._engine.begin() as connection:
            holder = await connection.run_sync(use_token, digest)
        if holder is None:
            raise TokenInvalidError
        self._known[digest] = (holder, asked_at + min(_KNOWN_SECONDS, holder.seconds_left))
        if len(self._known) > _MAX_KNOWN:
            self._known.popitem(last=False)
        return holder
