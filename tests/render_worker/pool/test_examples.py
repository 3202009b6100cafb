"""Every example map renders shut in, at the oldest version of Landlock that is supported and at the kernel's own."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from tests.render_worker.pool.conftest import Worker

from xatra_render_worker.sandbox.landlock import landlock_abi
from xatra_shared.queue.model import State
from xatra_standalone.gallery import Example, load_examples

EXAMPLES = load_examples()


@pytest.fixture(scope="module", params=sorted({4, landlock_abi()}))
def capped(
    request: pytest.FixtureRequest,
    start_pool: Callable[..., AbstractContextManager[Worker]],
    spared_tables: set[str],
) -> Iterator[Worker]:
    spared_tables.add("render_workers")
    with start_pool(slots=1, landlock_max_abi=request.param) as worker:
        yield worker
    spared_tables.clear()


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.name for example in EXAMPLES])
def test_an_example_renders_shut_in(capped: Worker, database_urls: dict[str, str], store_url: str, example: Example):
    files = {name: stored(store_url, path.read_bytes()) for name, path in example.files.items()}
    render = capped.render(example.program, files=files)
    assert (render.state, render.error, render.warnings) == (State.SUCCEEDED, None, [])


def stored(store_url: str, content: bytes) -> str:
    sha256 = hashlib.sha256(content).hexdigest()
    path = Path(store_url.removeprefix("file://"), "files", sha256[:2], sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return sha256
