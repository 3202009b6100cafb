"""Maps, files and assets with their rows and objects, and time that passes for all of them."""

import asyncio
import hashlib
import io
import os
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import DateTime
from tests.scheduler.conftest import Database
from tests.shared.queue.conftest import ENGINE, Queue

from xatra_api.files import repository as files
from xatra_scheduler.resources import Resources
from xatra_scheduler.retention import tasks
from xatra_shared.database.models import Base
from xatra_shared.identity.callers import Caller
from xatra_shared.queue import claim_repository
from xatra_shared.queue import repository as renders
from xatra_shared.queue.model import Limits, Origin, RenderRequest

CALLER = Caller("guest:a", "192.0.2.1/32")


@dataclass
class Kept:
    """Short words for what is kept, and for how long."""

    resources: Resources
    queue: Queue
    database: Database
    directory: Path

    def render(self, program: str, *, assets: list[str] | None = None) -> str:
        """Render a program, and return its map's digest."""
        self.queue.ask(program)
        job = self.queue.claim()
        sha256 = job.request.digest
        self.resources.store.put_artefact(sha256, b"map")
        self.queue.finish(job)
        self.database.do("UPDATE artefacts SET asset_names = :names", names=assets or [])
        return sha256

    def upload(self, content: bytes, caller: Caller = CALLER) -> str:
        """Upload a file, and return its digest."""
        sha256 = hashlib.sha256(content).hexdigest()
        asyncio.run(self.resources.store.put_file(sha256, io.BytesIO(content)))
        with self.queue.api.begin() as connection:
            files.add(connection, sha256, "text/csv", len(content))
            files.own(connection, caller, sha256)
        return sha256

    def ask_with_file(self, sha256: str) -> None:
        """Queue a render that reads a file."""
        with self.queue.api.begin() as connection:
            files.missing(connection, [sha256])
            request = RenderRequest("x", files={"data.csv": sha256})
            waiter = renders.Waiter(uuid4(), "guest:a", "192.0.2.1/32", None, request.digest)
            job_id = renders.add_job(connection, request, Limits(), ENGINE, Origin(), waiter)
        assert job_id

    def publish(self, content: str) -> str:
        """Store an asset as a worker does when it starts, and return its name."""
        name = f"{hashlib.sha256(content.encode()).hexdigest()}.css"
        self.resources.store.put_asset(name, content.encode())
        with self.queue.worker.begin() as connection:
            claim_repository.add_map_asset(connection, name, "text/css", len(content))
        return name

    def register(self, worker_id: str) -> None:
        """Let a worker start, or give a sign of life."""
        with self.queue.worker.begin() as connection:
            claim_repository.register_worker(connection, worker_id, ENGINE, 1)

    def pass_time(self, *, days: int) -> None:
        """Let everything in database and store have happened so many days earlier."""
        for table in Base.metadata.sorted_tables:
            columns = [column.name for column in table.columns if isinstance(column.type, DateTime)]
            if columns:
                changes = ", ".join(f"{name} = {name} - make_interval(days => :days)" for name in columns)
                self.database.do(f"UPDATE {table.name} SET {changes}", days=days)
        for path in self.directory.rglob("*"):
            then = path.stat().st_mtime - days * 86_400
            os.utime(path, (then, then))

    def tend(self) -> None:
        """Do what retention does every hour."""
        tasks.forget_renders(self.resources)
        tasks.forget_beginnings(self.resources)
        tasks.forget_requests(self.resources)
        tasks.forget_security_events(self.resources)
        tasks.delete_unused_objects(self.resources)

    def sweep(self) -> None:
        """Do what retention does every day."""
        tasks.forget_views(self.resources)
        tasks.sweep_store(self.resources)

    def marked(self, table: str) -> int:
        return len(self.database.all(f"SELECT 1 FROM {table} WHERE marked_at IS NOT NULL"))

    def count(self, table: str) -> int:
        return self.database.all(f"SELECT count(*) FROM {table}")[0]

    def objects(self) -> int:
        return len([path for path in self.directory.rglob("*") if path.is_file()])


@pytest.fixture
def kept(resources: Resources, queue: Queue, database: Database, tmp_path: Path) -> Kept:
    """Return an empty database and store."""
    return Kept(resources, queue, database, tmp_path / "store")
