"""An author, readers, an administrator, and published maps whose artefacts are as far as tests say."""

from collections.abc import Callable

import pytest
from psycopg.types.json import Jsonb
from sqlalchemy import Engine, text
from tests.api.moderation.conftest import admin, asha, guest, make, ravi, rivers

from xatra_shared.queue.claim_repository import add_artefact

__all__ = ["admin", "asha", "guest", "make", "ravi", "rivers"]

type SetArtefact = Callable[..., None]

SHA256 = "ab" * 32


@pytest.fixture
def set_artefact(owner: Engine) -> SetArtefact:
    """Return what lets the artefacts of all versions be ready, or have failed."""

    def set_one(sha256: str | None = SHA256, error: dict[str, object] | None = None) -> None:
        with owner.begin() as connection:
            if sha256 is not None:
                add_artefact(connection, sha256, size_bytes=1, stored_bytes=1, asset_names=[])
            connection.execute(
                text("UPDATE hub_artifact_versions SET artefact_sha256 = :sha256, artefact_error = :error"),
                {"sha256": sha256, "error": error and Jsonb(error)},
            )

    return set_one
