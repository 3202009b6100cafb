"""What everyone reads of the auth service's tables to check access tokens. Works inside the caller's transaction."""

from dataclasses import dataclass
from typing import Final

from joserfc.jwk import OKPKey
from sqlalchemy import Connection, text

from xatra_shared.identity.access_tokens import MAX_LIFE_SECONDS, Claims

# A retired key stays good for its last tokens, and while processes with the old key are still being replaced.
RETIRED_KEY_SECONDS: Final = 3600
_REVOCATION_SECONDS: Final = MAX_LIFE_SECONDS + 60


@dataclass(frozen=True)
class TokenState:
    """What decides on access tokens besides the tokens themselves.

    Attributes:
        keys: Public keys by their id.
        ended_sessions: Sessions that ended so recently that a token of theirs may not have expired.
        token_versions: Users whose tokens below this version are void, and may not have expired.
    """

    keys: dict[str, OKPKey]
    ended_sessions: frozenset[int]
    token_versions: dict[int, int]

    def is_revoked(self, claims: Claims) -> bool:
        """Tell whether the token that states this is void."""
        return claims.session_id in self.ended_sessions or claims.token_version < self.token_versions.get(
            claims.user_id, 0
        )


def load_token_state(connection: Connection) -> TokenState:
    """Return what holds now."""
    keys = connection.execute(
        text(
            """
            SELECT kid, jwk FROM auth_public_keys
            WHERE retired_at IS NULL OR retired_at > now() - make_interval(secs => :seconds)
            """
        ),
        {"seconds": RETIRED_KEY_SECONDS},
    )
    revocations = connection.execute(
        text(
            """
            SELECT session_id, user_id, token_version FROM auth_revocations
            WHERE created_at > now() - make_interval(secs => :seconds)
            ORDER BY token_version
            """
        ),
        {"seconds": _REVOCATION_SECONDS},
    ).all()
    return TokenState(
        keys={row.kid: OKPKey.import_key(row.jwk) for row in keys},
        ended_sessions=frozenset(row.session_id for row in revocations if row.session_id is not None),
        token_versions={row.user_id: row.token_version for row in revocations if row.user_id is not None},
    )
