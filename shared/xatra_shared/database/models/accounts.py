"""Who people are: accounts, their sessions and what proves them, names, and the record of what was done."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, func, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Text

from xatra_shared.database.models.base import SHA256, Base, CreatedAt
from xatra_shared.identity.api_tokens import Scope

_NAME = "~ '^[a-z0-9_.-]{1,200}$'"


class User(Base):
    """An account."""

    __tablename__ = "hub_users"
    __table_args__ = (
        CheckConstraint(f"username {_NAME}", name="username"),
        CheckConstraint("email IS NOT NULL OR NOT email_verified", name="email_verified"),
        Index(
            "hub_users_verified_email_key",
            func.lower(text("email")),
            unique=True,
            postgresql_where=text("email_verified"),
        ),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    full_name: Mapped[str] = mapped_column(server_default="")
    bio: Mapped[str] = mapped_column(server_default="")
    email: Mapped[str | None]
    email_verified: Mapped[bool] = mapped_column(server_default=text("false"))
    google_sub: Mapped[str | None] = mapped_column(unique=True)
    github_id: Mapped[int | None] = mapped_column(unique=True)
    is_trusted: Mapped[bool] = mapped_column(server_default=text("false"))
    is_admin: Mapped[bool] = mapped_column(server_default=text("false"))
    disabled_at: Mapped[datetime | None]
    token_version: Mapped[int] = mapped_column(server_default="1")  # access tokens that state a lower one are void
    created_at: Mapped[CreatedAt]


class Username(Base):
    """A name that somebody has or had: it is never given to anyone else, and leads to whoever has it."""

    __tablename__ = "hub_usernames"
    __table_args__ = (CheckConstraint(f"username {_NAME}", name="username"),)

    username: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("hub_users.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[CreatedAt]


class Credential(Base):
    """An account's password, hashed. Nobody but the auth service reads it."""

    __tablename__ = "auth_credentials"
    __table_args__ = (
        Index(  # tells at once whether there are any hashes of the predecessor's left
            "auth_credentials_predecessors_idx",
            "user_id",
            postgresql_where=text("left(password_hash, 6) = 'pbkdf2'"),
        ),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("hub_users.id", ondelete="CASCADE"), primary_key=True)
    password_hash: Mapped[str]
    changed_at: Mapped[CreatedAt]


class Session(Base):
    """A browser that is signed in. Its refresh token changes at every use; only digests of it are kept."""

    __tablename__ = "hub_sessions"
    __table_args__ = (
        CheckConstraint(f"token_hash {SHA256}", name="token_hash"),
        CheckConstraint(f"family_hash {SHA256}", name="family_hash"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("hub_users.id", ondelete="CASCADE"), index=True)
    family_hash: Mapped[str] = mapped_column(unique=True)  # of the part that all refresh tokens of a session share
    token_hash: Mapped[str] = mapped_column(unique=True)  # of the refresh token that is good now
    previous_token_hash: Mapped[str | None]
    rotation_salt: Mapped[str | None]  # with which the token that is good now was made from the previous one
    created_at: Mapped[CreatedAt]
    refreshed_at: Mapped[CreatedAt]
    expires_at: Mapped[datetime]  # whatever happens
    ended_at: Mapped[datetime | None]
    address: Mapped[str]
    user_agent: Mapped[str]


class PublicKey(Base):
    """A key by which everyone checks access tokens."""

    __tablename__ = "auth_public_keys"

    kid: Mapped[str] = mapped_column(primary_key=True)
    jwk: Mapped[dict[str, Any]]
    created_at: Mapped[CreatedAt]
    retired_at: Mapped[datetime | None]  # when another one began to sign


class Revocation(Base):
    """Tokens that are void before they expire: those of a session, those of a user below a version, or an API token."""

    __tablename__ = "auth_revocations"
    __table_args__ = (CheckConstraint("num_nonnulls(session_id, user_id, api_token_id) = 1", name="subject"),)

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    session_id: Mapped[int | None]
    user_id: Mapped[int | None]
    token_version: Mapped[int | None]
    api_token_id: Mapped[int | None]
    created_at: Mapped[CreatedAt] = mapped_column(index=True)


class ApiToken(Base):
    """A personal API token. Only its digest is kept, and the beginning by which its owner knows it again."""

    __tablename__ = "auth_tokens"
    __table_args__ = (
        CheckConstraint(f"token_hash {SHA256}", name="token_hash"),
        CheckConstraint(f"scopes <@ ARRAY{[scope.value for scope in Scope]} AND scopes <> '{{}}'", name="scopes"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("hub_users.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    prefix: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text()))
    created_at: Mapped[CreatedAt]
    expires_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]  # to the minute


class ResetLink(Base):
    """A link by which somebody sets a new password, once."""

    __tablename__ = "auth_reset_links"
    __table_args__ = (CheckConstraint(f"token_hash {SHA256}", name="token_hash"),)

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("hub_users.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[CreatedAt]
    expires_at: Mapped[datetime]


class UsedIdToken(Base):
    """An ID token that somebody has signed in with: it proves nothing a second time."""

    __tablename__ = "auth_used_id_tokens"
    __table_args__ = (CheckConstraint(f"token_hash {SHA256}", name="token_hash"),)

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)  # when nobody accepts it any more


class SecurityEvent(Base):
    """Something that matters to security. Rows never change; users are named by number, which outlives them."""

    __tablename__ = "auth_events"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    created_at: Mapped[CreatedAt]
    event: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(index=True)  # whom it is about
    actor_id: Mapped[int | None]  # who did it, where that is somebody else
    address: Mapped[str | None]
    details: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))


class Switch(Base):
    """Something that administrators turn on and off."""

    __tablename__ = "auth_switches"

    name: Mapped[str] = mapped_column(primary_key=True)
    is_on: Mapped[bool]


class GuestBecameUser(Base):
    """A guest who signed in: what was the guest's is the user's, as soon as its owner has handed it over."""

    __tablename__ = "guest_became_user"
    __table_args__ = (
        CheckConstraint("guest_id ~ '^[0-9a-f]{32}$'", name="guest_id"),
        Index("guest_became_user_waiting_idx", "user_id", postgresql_where=text("handed_over_at IS NULL")),
    )

    guest_id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("hub_users.id", ondelete="CASCADE"))
    created_at: Mapped[CreatedAt]
    handed_over_at: Mapped[datetime | None]


class DeletedUser(Base):
    """An account that is no more: what other services still hold of it is to be erased."""

    __tablename__ = "deleted_users"
    __table_args__ = (Index("deleted_users_waiting_idx", "deleted_at", postgresql_where=text("erased_at IS NULL")),)

    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    deleted_at: Mapped[CreatedAt]
    erased_at: Mapped[datetime | None]  # when the api had erased renders, files and budget
