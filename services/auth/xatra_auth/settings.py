"""What the auth service needs to know, beside what every service over HTTP does."""

import re
from collections.abc import Iterator
from typing import Annotated, Final, Self, override
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, StringConstraints, model_validator

from xatra_shared.http.settings import HttpSettings, Origin
from xatra_shared.identity.access_tokens import MAX_LIFE_SECONDS
from xatra_shared.settings import EmptyIsNone, is_guessable


def _signing_key(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[0-9a-f]{64}", value.get_secret_value()):
        raise ValueError("A signing key is 64 hexadecimal digits: `openssl rand -hex 32` makes one")
    return value


def _smtp_url(value: SecretStr | None) -> SecretStr | None:
    parts = urlsplit(value.get_secret_value()) if value else None
    if parts and (parts.scheme not in {"smtp", "smtps"} or not parts.hostname):
        raise ValueError("A mail server is smtps://USER:PASSWORD@HOST or smtp://USER:PASSWORD@HOST:587")
    return value


def _provider_url(value: str) -> str:
    if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._-]+)*", value):
        raise ValueError("A provider's address is https://HOST[:PORT][/PATH], without a slash at the end")
    return value


LowerCase = Annotated[str, StringConstraints(to_lower=True)]
ProviderUrl = Annotated[str, AfterValidator(_provider_url)]
SigningKey = Annotated[SecretStr, AfterValidator(_signing_key)]
_MINUTE: Final = 60


class AuthSettings(HttpSettings):
    """Settings of the auth service."""

    public_url: Origin = Field(
        default="http://localhost:8080", description="The site as people reach it, https://HOST, for links in mails"
    )
    signing_key: SigningKey = Field(description="Signs access tokens; no other service has it")

    enable_registration: bool = Field(default=True, description="Whether strangers may sign up")
    password_min_characters: int = Field(default=15, ge=8, le=64, description="Of a password that is chosen now")
    password_hashes_at_once: int = Field(
        default=2, ge=1, description="Passwords that one process hashes at once; each takes 32 MiB"
    )

    access_token_seconds: int = Field(
        default=10 * _MINUTE, ge=1, le=MAX_LIFE_SECONDS, description="How long an access token is good"
    )
    session_idle_hours: int = Field(default=14 * 24, ge=1, description="After how long without use a session ends")
    session_days: int = Field(default=30, ge=1, description="After how long a session ends, whatever happens")
    reset_link_hours: int = Field(default=24, ge=1, description="How long a link to a new password is good")

    sign_ups_per_hour: int = Field(default=5, ge=1, description="From one network")
    sign_ins_per_ten_minutes: int = Field(default=20, ge=1, description="From one network, failed ones included")
    sign_ins_per_account: int = Field(
        default=100, ge=1, description="To one account within an hour, from all unknown networks together"
    )
    password_changes_per_half_hour: int = Field(default=6, ge=1, description="Of one account, failed ones included")
    writes_per_minute: int = Field(default=120, ge=1, description="From one network")

    smtp_url: Annotated[SecretStr | None, EmptyIsNone, AfterValidator(_smtp_url)] = Field(
        default=None, description="smtps://USER:PASSWORD@HOST; none: the service sends no mail"
    )
    mail_from: str = Field(default="xatra@localhost", description="Whom mails come from")

    google_client_id: Annotated[str | None, EmptyIsNone] = Field(
        default=None, description="What Google calls this site; none: nobody signs in with Google"
    )
    google_hd: Annotated[LowerCase | None, EmptyIsNone] = Field(
        default=None, description="The Google Workspace whose accounts alone come in; none: all"
    )
    google_issuer: ProviderUrl = Field(
        default="https://accounts.google.com", description="Google's name, below which its configuration lies"
    )

    github_client_id: Annotated[str | None, EmptyIsNone] = Field(
        default=None, description="What GitHub calls this site; none: nobody signs in with GitHub"
    )
    github_client_secret: Annotated[SecretStr | None, EmptyIsNone] = Field(
        default=None, description="By which GitHub knows this site"
    )
    github_url: ProviderUrl = Field(default="https://github.com", description="Where people allow it")
    github_api_url: ProviderUrl = Field(default="https://api.github.com", description="Where GitHub tells who they are")

    @property
    def auth_path(self) -> str:
        """Where the addresses of this service begin."""
        return f"{self.api_path}/auth"

    @model_validator(mode="after")
    def _refuse_half_of_github(self) -> Self:
        if (self.github_client_id is None) != (self.github_client_secret is None):
            raise ValueError("GITHUB_CLIENT_ID and GITHUB_CLIENT_SECRET belong together: set both or none.")
        return self

    @override
    def unsafe(self) -> Iterator[str]:
        yield from super().unsafe()
        if not self.public_url.startswith("https://"):
            yield "PUBLIC_URL must be the site's address as people reach it, beginning with https://."
        if is_guessable(self.signing_key.get_secret_value()):
            yield "SIGNING_KEY must be random: `openssl rand -hex 32` makes one."
        if self.signing_key.get_secret_value() == self.guest_secret.get_secret_value():
            yield "SIGNING_KEY and GUEST_SECRET must differ: other services know the latter."
        if self.smtp_url and self.mail_from.endswith("@localhost"):
            yield "MAIL_FROM must be an address of yours, since SMTP_URL is set."
        for name in ("google_issuer", "github_url", "github_api_url"):
            if not getattr(self, name).startswith("https://"):
                yield f"{name.upper()} must begin with https://."
        if self.github_client_secret and is_guessable(self.github_client_secret.get_secret_value()):
            yield "GITHUB_CLIENT_SECRET must be the one that GitHub has made for this site."
