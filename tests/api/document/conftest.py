"""What the tests of documents over HTTP begin with."""

from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from tests.api.conftest import API

type Json = dict[str, Any]


@pytest.fixture
def to_program(api: httpx2.Client) -> Callable[[Json], httpx2.Response]:
    """Return what asks for the program of a document."""
    return lambda document: api.post(f"{API}/document/program", json={"document": document})


@pytest.fixture
def to_document(api: httpx2.Client) -> Callable[[str], httpx2.Response]:
    """Return what asks for the document of a program."""
    return lambda program: api.post(f"{API}/document/parse", json={"program": program})
