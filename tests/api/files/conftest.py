"""Uploads go to a store of the test's own."""

from pathlib import Path

import pytest


@pytest.fixture
def store_url(tmp_path: Path) -> str:
    """Return the URL of an empty store."""
    return f"file://{tmp_path}/store"
