"""A service of its own for every module, since the module breaks it."""

import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.faults.service import Service, copy_program, make_home


@pytest.fixture(scope="module")
def store_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where artefacts go."""
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="module")
def service(
    servers_home: Path,
    redis_program: Path,
    map_data: Path,
    store_directory: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Service]:
    """Start PostgreSQL, Redis, the api and two render workers with one slot each."""
    home = make_home(servers_home, f"f{secrets.token_hex(2)}")
    running = Service(
        home,
        logs=tmp_path_factory.mktemp("logs"),
        redis_program=copy_program(redis_program, servers_home),
        map_data=map_data,
        store=store_directory,
    )
    try:
        running.start()
        yield running
    finally:
        running.close()
        shutil.rmtree(home)
