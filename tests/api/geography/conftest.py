"""Indexes in the database, as render workers put them there."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from sqlalchemy import create_engine

from xatra_render_worker.data.index_repository import add_index
from xatra_shared.geography.building import build_index
from xatra_shared.geography.units import Unit

INDIA = Unit("IND", "India", (), "IND", 0, None, (), None)
STATE = replace(INDIA, level=1, parent="IND", within=("India",), type="State")
UNITS = (
    Unit("FRA", "France", (), "FRA", 0, None, (), None),
    INDIA,
    Unit("FRA.8", "Île-de-France", (), "FRA", 1, "FRA", ("France",), "Region"),
    replace(STATE, id="IND.5", name="Bihar", variants=("बिहार",)),
    replace(STATE, id="IND.31", name="TamilNadu", variants=("Madras",)),
    Unit("IND.31.2", "Coimbatore", (), "IND", 2, "IND.31", ("India", "TamilNadu"), "District"),
)

Publish = Callable[..., None]


@pytest.fixture
def publish(database_urls: dict[str, str]) -> Publish:
    """Return what puts an index of units into the database."""

    def publish_index(data_version: str = "a" * 16, units: Sequence[Unit] = UNITS) -> None:
        engine = create_engine(database_urls["xatra_render_worker"])
        with engine.begin() as connection:
            add_index(connection, data_version, build_index(units))
        engine.dispose()

    return publish_index
