"""An auth service to which the provider of this machine is Google."""

from collections.abc import Callable

import pytest
from tests.auth.provider import Provider


@pytest.fixture
def auth_url(serve: Callable[..., str], provider: Provider) -> str:
    """Return the address of an auth service that Google is set up for."""
    return serve(**provider.google)
