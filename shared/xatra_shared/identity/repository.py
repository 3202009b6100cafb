"""What everyone reads of the auth service's tables to check access tokens. Works inside the caller's transaction."""

from dataclasses import dataclass
from typing import Final

from joserfc.jwk import OKPKey
from sqlalchemy import Connection, text

from xatra_shared.identity.access_tokens import MAX_LIFE_SECONDS, Claims
from xatra_shared.identity.api_tokens import Scope, TokenHolder

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
        revoked_api_tokens: Personal API tokens that were revoked so recently that some process may still know them.
    """

    keys: dict[str, OKPKey]
    ended_sessions: frozenset[int]
    token_versions: dict[int, int]
    revoked_api_tokens: frozenset[int]

    def is_revoked(self, claims: Claims) -> bool:
        """Tell whether the token that states this is void."""
        return claims.session_id in self.ended_sessions or claims.token_version < self.token_versions.get(
            claims.user_id, 0
        )

    def is_token_revoked(self, holder: TokenHolder) -> bool:
        """Tell whether what is known of a personal API token has changed: it was revoked, or its user is another now."""
        return holder.token_id in self.revoked_api_tokens or holder.token_version < self.token_versions.get(
            holder.user_id, 0
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
            SELECT session_id, user_id, token_version, api_token_id FROM auth_revocations
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
        revoked_api_tokens=frozenset(row.api_token_id for row in revocations if row.api_token_id is not None),
    )


def use_token(connection: Connection, digest: str) -> TokenHolder | None:
    """Return who holds the personal API token with this digest, if it is good, and note that it was used.

    The note is exact to the minute, so that a busy token costs few writes.
    """
    row = connection.execute(
        text(
            """
            WITH token AS (
                SELECT token.id AS token_id, token.user_id, account.token_version, account.username, account.is_trusted,
                       token.scopes, extract(epoch FROM token.expires_at - now())::float AS seconds_left
                FROM auth_tokens token JOIN hub_users account ON account.id = token.user_id
                WHERE token.token_hash = :digest AND token.expires_at > now() AND account.disabled_at IS NULL
            ),
            used AS (
                UPDATE auth_tokens SET last_used_at = now() FROM token
                WHERE auth_tokens.id = token.token_id
                  AND (last_used_at IS NULL OR last_used_at <= now() - interval '1 minute')
            )
            SELECT * FROM token
            """
        ),
        {"digest": digest},
    ).one_or_none()
    if row is None:
        return None
    return TokenHolder(**{**row._mapping, "scopes": frozenset(map(Scope, row.scopes))})  # noqa: SLF001 - SQLAlchemy's public name for it
