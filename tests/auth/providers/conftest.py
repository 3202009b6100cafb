"""An auth service to which the provider of this machine is Google and GitHub."""

from collections.abc import Callable

import pytest
from tests.auth.provider import Provider


@pytest.fixture
def auth_url(serve: Callable[..., str], provider: Provider) -> str:
    """Return the address of an auth service that both are set up for."""
    return serve(**provider.google, **provider.github)
