"""The queue as the api and as a worker reach it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy import Engine as Database

from xatra_shared.queue import admission, claim_repository, repository
from xatra_shared.queue.model import Asker, Engine, Job, Limits, Render, RenderRequest, Result, State

ENGINE = Engine("1", "1")


@dataclass
class Queue:
    """Short words for what tests do to the queue; each call is a transaction of its own."""

    api: Database
    worker: Database
    policy: admission.Policy = field(default_factory=lambda: admission.Policy(5, 8, 10))

    def ask(self, program: str, caller: str = "guest:a", address: str = "192.0.2.1/32", **options: object) -> UUID:
        with self.api.begin() as connection:
            return self.ask_in(connection, program, caller, address, **options).waiter_id

    def ask_in(
        self, connection: Connection, program: str, caller: str, address: str, **options: object
    ) -> admission.Admitted:
        settings: dict[str, Any] = {"limits": Limits(), "policy": self.policy, "engine": ENGINE, **options}
        return admission.admit(connection, RenderRequest(program), Asker(caller, address), **settings)

    def claim(self, lease_seconds: float = 15, engine: Engine = ENGINE) -> Job:
        with self.worker.begin() as connection:
            job = claim_repository.claim(connection, "worker", engine, lease_seconds)
        assert job
        return job

    def has_work(self) -> bool:
        with self.worker.begin() as connection:
            return claim_repository.claim(connection, "worker", ENGINE, 15) is not None

    def start(self, program: str) -> Job:
        """Ask for a render and claim it."""
        self.ask(program)
        return self.claim()

    def finish(self, job: Job, result: Result | None = None) -> bool:
        with self.worker.begin() as connection:
            if result is None:
                sha256 = job.request.digest
                claim_repository.add_artefact(connection, sha256, size_bytes=1, stored_bytes=1, asset_names=[])
                result = Result(State.SUCCEEDED, artefact_sha256=sha256)
            return claim_repository.finish(connection, job.id, job.attempt, result)

    def look(self, waiter_id: UUID) -> Render:
        with self.api.begin() as connection:
            render = repository.get_render(connection, waiter_id)
        assert render
        return render

    def cancel(self, waiter_id: UUID) -> None:
        with self.api.begin() as connection:
            repository.detach(connection, waiter_id)

    def positions(self) -> list[int]:
        """Return the queued jobs in the order in which they are said to come."""
        with self.api.begin() as connection:
            places = repository.measure_load(connection).positions
        return sorted(places, key=places.__getitem__)

    def count(self, condition: str) -> int:
        with self.api.begin() as connection:
            return connection.execute(text(f"SELECT count(*) FROM render_jobs WHERE {condition}")).scalar_one()


@pytest.fixture
def queue(database_urls: dict[str, str]) -> Iterator[Queue]:
    """Return an empty queue."""
    api, worker = (create_engine(database_urls[group]) for group in ("xatra_api", "xatra_render_worker"))
    yield Queue(api, worker)
    api.dispose()
    worker.dispose()
