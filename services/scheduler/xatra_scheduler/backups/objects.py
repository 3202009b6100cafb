"""The objects of a backup: copied where they are not there yet, and known by their content."""

import gzip
import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from xatra_scheduler.backups.encryption import DamagedError
from xatra_scheduler.backups.repository import NamedObject
from xatra_scheduler.backups.store import BackupStore
from xatra_shared.artifacts.store import ArtefactStore, ObjectMissing

_AT_ONCE: Final = 8


@dataclass(frozen=True, slots=True)
class Copied:
    """What became of the objects that a database names.

    Attributes:
        sizes: Key of each that the backup store holds now -> bytes.
        added: How many of those are new there.
        missing: Keys of those that the artefact store lacks, or holds damaged, although they should be there.
    """

    sizes: dict[str, int]
    added: int
    missing: list[str]


def back_up(named: list[NamedObject], store: ArtefactStore, backups: BackupStore) -> Copied:
    """Copy those objects that the backup store lacks.

    One whose row bears a mark may be gone by now, and is not missed: nothing uses it.
    """
    there = backups.stored_objects()
    sizes = {item.key: there[item.key] for item in named if item.key in there}
    wanted = [item for item in named if item.key not in there]

    def copy(item: NamedObject) -> int | None:
        try:
            content = store.get_object(item.key)
        except ObjectMissing:
            return None
        return backups.put_object(item.key, content) if is_whole(item.key, content) else None

    added = 0
    missing = []
    for item, size in zip(wanted, _all_at_once(copy, wanted), strict=True):
        if size is not None:
            sizes[item.key] = size
            added += 1
        elif not item.is_marked:
            missing.append(item.key)
    return Copied(sizes, added, missing)


def put_back(keys: Iterable[str], backups: BackupStore, store: ArtefactStore) -> list[str]:
    """Copy objects of a backup into the artefact store, where they are not there; return a sentence for each that cannot be."""

    def copy(key: str) -> str | None:
        content, fault = _read(backups, key)
        if content is not None:
            store.put_object(key, content)
        return fault

    return [fault for fault in _all_at_once(copy, keys) if fault]


def examine(keys: Iterable[str], backups: BackupStore) -> list[str]:
    """Read objects of a backup, and return a sentence for each that is not there or not whole."""
    return [fault for fault in _all_at_once(lambda key: _read(backups, key)[1], keys) if fault]


def is_whole(key: str, content: bytes) -> bool:
    """Tell whether content is what its key says: maps are named by the digest of their HTML, all else by its own."""
    kind, _, rest = key.partition("/")
    if kind == "artefacts":
        try:
            content = gzip.decompress(content)
        except (EOFError, OSError, zlib.error):
            return False
    digest = rest.rpartition("/")[2].partition(".")[0]
    return hashlib.sha256(content).hexdigest() == digest


def _read(backups: BackupStore, key: str) -> tuple[bytes | None, str | None]:
    """Return an object, or a sentence that says why there is none."""
    try:
        content = backups.get_object(key)
    except ObjectMissing:
        return None, f"Object {key} is missing."
    except DamagedError:
        return None, f"Object {key} is damaged."
    return (content, None) if is_whole(key, content) else (None, f"Object {key} is damaged.")


def _all_at_once[Item, Outcome](act: Callable[[Item], Outcome], items: Iterable[Item]) -> Iterator[Outcome]:
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="objects") as threads:
        yield from threads.map(act, items)
