"""Users of the api, each with a personal API token: the auth service itself is not here."""

from dataclasses import dataclass

import httpx2
from sqlalchemy import create_engine, text

from xatra_shared.identity.api_tokens import Scope, digest_of, new_token, prefix_of


@dataclass(frozen=True, slots=True)
class User:
    """A user, and a client that calls as them."""

    id: int
    username: str
    client: httpx2.Client


def make_user(
    auth_database_url: str,
    client: httpx2.Client,
    username: str,
    *,
    scopes: tuple[str, ...] = tuple(Scope),
    is_trusted: bool = False,
    is_admin: bool = False,
) -> User:
    """Make an account with a token, as the auth service does, and return it with a client of its own."""
    token = new_token()
    engine = create_engine(auth_database_url)
    with engine.begin() as connection:
        user_id = connection.execute(
            text(
                """
                INSERT INTO hub_users (username, is_trusted, is_admin) VALUES (:username, :is_trusted, :is_admin)
                RETURNING id
                """
            ),
            {"username": username, "is_trusted": is_trusted, "is_admin": is_admin},
        ).scalar_one()
        connection.execute(
            text(
                """
                INSERT INTO auth_tokens (user_id, name, prefix, token_hash, scopes, expires_at)
                VALUES (:user_id, 'test', :prefix, :token_hash, :scopes, now() + interval '1 day')
                """
            ),
            {
                "user_id": user_id,
                "prefix": prefix_of(token),
                "token_hash": digest_of(token),
                "scopes": list(scopes),
            },
        )
    engine.dispose()
    own = httpx2.Client(base_url=client.base_url, timeout=60, headers={"Authorization": f"Bearer {token}"})
    return User(user_id, username, own)
