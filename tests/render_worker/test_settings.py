"""A render worker does not start on settings that are unsafe."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from xatra_render_worker.settings import RenderWorkerSettings

PASSWORD = "0c1d0f4d3b2a59687e"
SAFE: dict[str, object] = {
    "artefact_store_url": "file:///store",
    "database_url": f"postgresql+psycopg://worker:{PASSWORD}@database/xatra",
    "environment": "production",
    "map_data": Path("/map-data"),
    "redis_url": f"redis://worker:{PASSWORD}@redis/0",
}


def test_production_starts_with_the_sandbox_that_is_the_default():
    assert RenderWorkerSettings.model_validate(SAFE).sandbox == "required"


def test_production_starts_under_gvisor():
    assert RenderWorkerSettings.model_validate({**SAFE, "sandbox": "gvisor"}).sandbox == "gvisor"


def test_production_refuses_to_start_without_sandbox():
    with pytest.raises(ValidationError, match="SANDBOX must be required"):
        RenderWorkerSettings.model_validate({**SAFE, "sandbox": "off"})


def test_an_empty_cap_is_none():
    assert RenderWorkerSettings.model_validate({**SAFE, "landlock_max_abi": ""}).landlock_max_abi is None
