"""What the backup store says of backups and drills."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, StringConstraints

type Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class TableDigest(BaseModel):
    """What a table held: how many rows, and the SHA-256 of all of them in the order of the primary key."""

    rows: int
    sha256: Digest


class Contents(BaseModel):
    """What a database held at one moment, by which a restored one is recognised.

    Attributes:
        revision: Of the schema.
        tables: Each table, by name.
        constraints: Foreign keys, checks and keys that hold for all rows: `table.constraint`.
    """

    revision: str
    tables: dict[str, TableDigest]
    constraints: list[str]


class StoredStream(BaseModel):
    """A file of a backup as it is stored: its length, and the SHA-256 of its bytes."""

    size_bytes: int
    sha256: Digest


class Manifest(BaseModel):
    """One backup. It is written last: without it there is no backup.

    Attributes:
        format: Of the backup.
        name: Of the backup, which is the time at which it was begun (UTC).
        release: What made it.
        taken_at: When the database was as it is in the backup.
        seconds: How long it took to make.
        key_id: Names the key by which it is encrypted; `plain`: it is not.
        contents: What the database held.
        database: Its dump.
        listing: The list of the objects that the database names.
        objects: How many those are.
        objects_bytes: What they take in the store.
        missing: Objects that were missing or damaged in the artefact store already.
    """

    format: Literal[1] = 1
    name: str
    release: str
    taken_at: datetime
    seconds: float
    key_id: str
    contents: Contents
    database: StoredStream
    listing: StoredStream
    objects: int
    objects_bytes: int
    missing: list[str]

    @property
    def size_bytes(self) -> int:
        """What the backup takes in the store; objects count whole, though backups share them."""
        return self.database.size_bytes + self.listing.size_bytes + self.objects_bytes


class DrillReport(BaseModel):
    """What became of the last drill.

    Attributes:
        verified_at: When a backup was last restored and found to be whole; None: never yet.
        verified: That backup.
        tried_at: When the last drill ended.
        tried: Its backup.
        faults: What it found: a sentence each.
    """

    verified_at: datetime | None = None
    verified: str | None = None
    tried_at: datetime | None = None
    tried: str | None = None
    faults: list[str] = []
