"""The backup store: a directory, or an S3-compatible bucket.

    NAME/manifest.json      what the backup is; written last
    NAME/database.dump      pg_dump's custom format
    NAME/objects.txt        keys of the objects that the database names
    objects/KEY-ID/…        the objects of all backups, as they lie in the artefact store
    drill.json              what became of the last drill

What is encrypted ends in `.age`. Manifests, lists and keys of objects, which are digests, are not.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import obstore
from pydantic import ValidationError

from xatra_scheduler.backups.encryption import Cipher, DamagedError, Source, Target
from xatra_scheduler.backups.schemas import DrillReport, Manifest, StoredStream
from xatra_scheduler.settings import BackupSettings
from xatra_shared.artifacts.store import ObjectMissing, StoreUnavailable, connect, store_errors

if TYPE_CHECKING:
    from obstore.store import S3Config

_TIMEOUT_SECONDS: Final = 300  # 10 MiB at a time over a slow line
_NAME: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{6}Z", re.ASCII)
_OBJECTS: Final = "objects/"
_DRILL: Final = "drill.json"


class BackupStore:
    """Everything in the store; methods raise StoreUnavailable, and those that read ObjectMissing."""

    def __init__(self, settings: BackupSettings) -> None:
        """Describe the store; nothing is read yet.

        Raises:
            ValueError: Its address is none.
            WrongKeyError: The key is none.
        """
        key = settings.backup_key
        self.cipher = Cipher(None if key is None else key.get_secret_value())
        self.address = settings.backup_store_url
        self._store, self._directory = connect(
            settings.backup_store_url, timeout_seconds=_TIMEOUT_SECONDS, **_s3_options(settings)
        )

    # --- backups ---

    def manifests(self) -> list[Manifest]:
        """Return all backups, the newest first."""
        found = []
        for name in sorted(self.names(), reverse=True):
            try:
                found.append(self.manifest(name))
            except ObjectMissing:
                continue  # it was never finished
        return found

    def names(self) -> list[str]:
        """Return the names of all backups, also of those that were never finished."""
        with store_errors():
            prefixes = obstore.list_with_delimiter(self._store)["common_prefixes"]
        return [prefix.rstrip("/") for prefix in prefixes if _NAME.fullmatch(prefix.rstrip("/"))]

    def manifest(self, name: str) -> Manifest:
        """Return one backup's manifest.

        Raises:
            DamagedError: It cannot be read.
        """
        try:
            return Manifest.model_validate_json(self._get(f"{name}/manifest.json"))
        except ValidationError as error:
            raise DamagedError(f"{name}/manifest.json cannot be read: {error.errors()[0]['msg']}.") from None

    def finish(self, manifest: Manifest, listing: bytes) -> None:
        """Write the list of a backup's objects, and with its manifest the backup is there."""
        self._put(f"{manifest.name}/objects.txt", listing)
        self._flush()  # nothing that a manifest names shall be younger on the disk than it
        self._put(f"{manifest.name}/manifest.json", manifest.model_dump_json(indent=1).encode())
        self._flush()

    def object_keys(self, manifest: Manifest) -> list[str]:
        """Return the keys of the objects that a backup names.

        Raises:
            DamagedError: The list is not the one that was written.
        """
        try:
            content = self._get(f"{manifest.name}/objects.txt")
        except ObjectMissing:
            raise DamagedError(f"{manifest.name}/objects.txt is missing.") from None
        if hashlib.sha256(content).hexdigest() != manifest.listing.sha256:
            raise DamagedError(f"{manifest.name}/objects.txt was changed since it was written.")
        return content.decode().split()

    def delete(self, name: str) -> None:
        """Delete a backup, but not its objects."""
        # The manifest first: what is left is none.
        for key in (f"{name}/manifest.json", *(key for key, _ in self._list(f"{name}/"))):
            self._delete(key)

    # --- databases ---

    def write_database(self, name: str, source: Source) -> StoredStream:
        """Store a dump as it comes."""
        with store_errors(), obstore.open_writer(self._store, self._database_key(name)) as target:
            written = _Measured(target)
            self.cipher.encrypt_stream(source, written)
        return written.measured

    def read_database(self, manifest: Manifest, target: Target) -> None:
        """Write a dump to `target`.

        Raises:
            DamagedError: It is not the one that was stored; part of it has been written by then.
        """
        key = self._database_key(manifest.name)
        try:
            with store_errors():
                source = _Measured(obstore.open_reader(self._store, key))
            self.cipher.decrypt_stream(source, target)
        except ObjectMissing:
            raise DamagedError(f"{key} is missing.") from None
        except DamagedError as error:
            if source.failure is not None:
                raise source.failure from None
            raise DamagedError(f"{key} was changed since it was written: {error}.") from None
        if source.measured != manifest.database:
            raise DamagedError(f"{key} was changed since it was written: it has another SHA-256.")

    def _database_key(self, name: str) -> str:
        return f"{name}/database.dump{self.cipher.suffix}"

    # --- objects ---

    def stored_objects(self) -> dict[str, int]:
        """Return what the store holds of objects under this key: key in the artefact store -> bytes."""
        prefix = self._stored_key("").removesuffix(self.cipher.suffix)
        return {key.removeprefix(prefix).removesuffix(self.cipher.suffix): size for key, size in self._list(prefix)}

    def put_object(self, key: str, content: bytes) -> int:
        """Store an object, and return the bytes that it takes."""
        stored = self.cipher.encrypt(content)
        self._put(self._stored_key(key), stored)
        return len(stored)

    def get_object(self, key: str) -> bytes:
        """Return an object.

        Raises:
            DamagedError: It is not what was stored.
        """
        return self.cipher.decrypt(self._get(self._stored_key(key)))

    def delete_objects_but(self, kept: dict[str, set[str]]) -> int:
        """Delete all objects but these, and return how many.

        Args:
            kept: Id of a key -> keys of the objects that backups name that are encrypted by it.
        """
        deleted = 0
        for stored_key, _ in self._list(_OBJECTS):
            key_id, _, key = stored_key.removeprefix(_OBJECTS).partition("/")
            if key.removesuffix(".age") not in kept.get(key_id, ()):
                self._delete(stored_key)
                deleted += 1
        return deleted

    def _stored_key(self, key: str) -> str:
        return f"{_OBJECTS}{self.cipher.key_id}/{key}{self.cipher.suffix}"

    # --- drills ---

    def drill_report(self) -> DrillReport:
        """Return what became of the last drill."""
        try:
            return DrillReport.model_validate_json(self._get(_DRILL))
        except (ObjectMissing, ValidationError):
            return DrillReport()

    def report_drill(self, report: DrillReport) -> None:
        """Write down what became of a drill."""
        self._put(_DRILL, report.model_dump_json(indent=1).encode())

    # --- bytes ---

    def _get(self, key: str) -> bytes:
        with store_errors():
            return obstore.get(self._store, key).bytes().to_bytes()

    def _put(self, key: str, content: bytes) -> None:
        with store_errors():
            obstore.put(self._store, key, content)

    def _delete(self, key: str) -> None:
        try:
            with store_errors():
                obstore.delete(self._store, key)
        except ObjectMissing:
            pass

    def _list(self, prefix: str) -> Iterator[tuple[str, int]]:
        with store_errors():
            for page in obstore.list(self._store, prefix):
                yield from ((meta["path"], meta["size"]) for meta in page)

    def _flush(self) -> None:
        if self._directory is not None:
            os.sync()


class _Measured:
    """Passes on what is read from a file or written to one, and measures it."""

    def __init__(self, file: Any) -> None:  # noqa: ANN401 - obstore's reader or writer, which are known to type checkers alone
        self._file = file
        self._sha256 = hashlib.sha256()
        self._size_bytes = 0
        self.failure: StoreUnavailable | None = None
        """What kept the file from being read; who decrypts it would call that damage."""

    @property
    def measured(self) -> StoredStream:
        """What has passed until now."""
        return StoredStream(size_bytes=self._size_bytes, sha256=self._sha256.hexdigest())

    def read(self, size: int = -1, /) -> bytes:
        try:
            with store_errors():
                data: bytes = self._file.read(size).to_bytes()
        except StoreUnavailable as error:
            self.failure = error
            raise
        self._measure(data)
        return data

    def write(self, data: bytes, /) -> int:
        self._measure(data)
        self._file.write(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is held back here, and the file is flushed when it is closed."""

    def _measure(self, data: bytes) -> None:
        self._sha256.update(data)
        self._size_bytes += len(data)


def _s3_options(settings: BackupSettings) -> "S3Config":
    """Return what the settings say of the bucket; the rest is the environment's, as for the artefact store."""
    options: S3Config = {}
    if settings.backup_endpoint:
        options["endpoint"] = settings.backup_endpoint
    if settings.backup_region:
        options["region"] = settings.backup_region
    if settings.backup_access_key_id:
        options["access_key_id"] = settings.backup_access_key_id.get_secret_value()
    if settings.backup_secret_access_key:
        options["secret_access_key"] = settings.backup_secret_access_key.get_secret_value()
    return options if settings.backup_store_url.startswith("s3:") else {}
