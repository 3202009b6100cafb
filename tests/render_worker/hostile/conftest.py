"""One service for all attacks, once for the kernel's own version of Landlock and once for the oldest that we support."""

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.faults.service import Service, copy_program, make_home
from tests.render_worker.hostile.arena import Arena

from xatra_render_worker.sandbox.landlock import landlock_abi

_OLDEST = 4
_ABIS = [
    pytest.param(None, id="own-landlock"),
    pytest.param(_OLDEST, id=f"landlock-{_OLDEST}", marks=pytest.mark.long),
]


@pytest.fixture(scope="session", params=_ABIS if landlock_abi() > _OLDEST else _ABIS[:1])
def arena(
    request: pytest.FixtureRequest,
    servers_home: Path,
    redis_program: Path,
    map_data: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Arena]:
    """Start the service, with a victim and a neighbour, and see at the end that they are still there."""
    home = make_home(servers_home, f"h{secrets.token_hex(2)}")
    logs = tmp_path_factory.mktemp("logs")
    service = Service(
        home,
        logs=logs,
        redis_program=copy_program(redis_program, servers_home),
        map_data=map_data,
        store=tmp_path_factory.mktemp("store"),
    )
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="xatra-", dir="/tmp")))
        directory.chmod(0o777)
        stack.callback(shutil.rmtree, home)
        stack.callback(service.close)
        arena = Arena(service, directory, stack).start(landlock_abi=request.param)
        (log,) = logs.glob("xatra_render_worker*")
        assert f'"landlock_abi": "{request.param or landlock_abi()}"' in log.read_text()
        yield arena
