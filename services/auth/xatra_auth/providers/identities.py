"""Who somebody is elsewhere, as a provider vouches for it, and why it may not."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final

from pydantic import BeforeValidator, StringConstraints

from xatra_shared.http.problems import Problem

_MAX_NAME_CHARACTERS: Final = 100
_RETRY_AFTER_SECONDS: Final = 10


class Provider(StrEnum):
    """Who vouches."""

    GOOGLE = "google"
    GITHUB = "github"


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody's account elsewhere, proved a moment ago.

    Attributes:
        provider: Where.
        subject: The provider's own number of the account, which never changes and is never given to anyone else.
        email: The address, verified by the provider.
        username_hint: What a user name of ours may be made of.
        full_name: What the account calls itself; may be empty.
    """

    provider: Provider
    subject: str | int
    email: str
    username_hint: str
    full_name: str


class ProviderNotConfigured(Problem):
    """The operator has not set this provider up."""

    status = 404
    slug = "provider-not-configured"
    title = "This service is not set up for this provider"


class ProviderUnavailable(Problem):
    """The provider does not answer, or not in a form that we know."""

    status = 503
    slug = "provider-unavailable"
    title = "The provider does not answer"

    def __init__(self) -> None:
        super().__init__(
            f"Try again in {_RETRY_AFTER_SECONDS} seconds, or come in another way.",
            headers={"Retry-After": str(_RETRY_AFTER_SECONDS)},
        )


class EmailNotVerified(Problem):
    """The provider does not vouch for the account's e-mail address."""

    status = 403
    slug = "email-not-verified"
    title = "The provider has not verified the e-mail address of this account"


def _line(value: object) -> object:
    """Keep of a text that strangers chose what fits into a full name of ours."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    return "".join(character for character in value if character.isprintable())[:_MAX_NAME_CHARACTERS].strip()


# Of what providers answer.
FullName = Annotated[str, BeforeValidator(_line)]
Email = Annotated[str, StringConstraints(max_length=320, pattern=r"^[^\x00-\x20\x7f@]+@[^\x00-\x20\x7f@]+$")]
