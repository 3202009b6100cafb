"""Published versions that wait for their artefacts, and a worker that makes them."""

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Engine
from tests.scheduler.conftest import Database
from tests.shared.hub.works import Works
from tests.shared.queue.conftest import ENGINE, Queue

from xatra_scheduler.publications import tasks
from xatra_scheduler.resources import Resources
from xatra_shared.queue import claim_repository
from xatra_shared.queue.model import Result, State


@dataclass
class Press:
    """Short words for what becomes of published versions."""

    resources: Resources
    works: Works
    queue: Queue
    database: Database

    def register(self, *, slots: int = 1) -> None:
        """Let a worker be known."""
        with self.queue.worker.begin() as connection:
            claim_repository.register_worker(connection, "worker", ENGINE, slots)

    def tend(self) -> None:
        """Do what the clock does every few seconds."""
        tasks.make_artefacts(self.resources)

    def jobs(self, condition: str = "state = 'queued'") -> int:
        return self.queue.count(condition)

    def render(self, result: Result | None = None) -> None:
        """Let the next render end, with a map if nothing else is said."""
        assert self.queue.finish(self.queue.claim(), result)

    def fail(self, by: str, state: State = State.FAILED) -> dict[str, Any]:
        """Let the next render fail, and return what is said of it."""
        error = {"by": by, "type": "E", "message": "why", "line": 3, "traceback": "where"}
        self.render(Result(state, error=error))
        return error

    def wait_is_over(self) -> None:
        """Let every version be due again."""
        self.database.do("UPDATE hub_artifact_versions SET artefact_due_at = now() WHERE artefact_due_at > now()")


@pytest.fixture
def press(resources: Resources, queue: Queue, database: Database, owner: Engine) -> Press:
    """Return an empty hub and queue, with a worker that has one slot and does nothing by itself."""
    press = Press(resources, Works(owner), queue, database)
    press.register()
    return press
