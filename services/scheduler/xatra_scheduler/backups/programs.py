"""PostgreSQL's own programs, by which a database is dumped and restored."""

import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final, Self

from sqlalchemy.engine import make_url

from xatra_scheduler.backups.encryption import Target

_CHUNK_BYTES: Final = 1 << 20
_LOCK_SECONDS: Final = 60
# With what was there before. In the end the schema stands as in a new database.
_EMPTY: Final = (
    "DROP SCHEMA public CASCADE",
    "CREATE SCHEMA public",
    "ALTER SCHEMA public OWNER TO pg_database_owner",
    "GRANT USAGE ON SCHEMA public TO PUBLIC",
)


class ProgramFailedError(Exception):
    """A program of PostgreSQL's failed; the text has what it said."""


@contextmanager
def dumping(programs: Path, url: str, *, snapshot: str) -> Iterator[IO[bytes]]:
    """Dump a database in pg_dump's custom format.

    Args:
        programs: Directory of the programs.
        url: The database, as SQLAlchemy writes it.
        snapshot: What another transaction exported, which is still open.

    Yields:
        The dump, to be read to its end.

    Raises:
        ProgramFailedError: What was read is no dump. Raised at the end of the block.
    """
    words = ["--format=custom", f"--snapshot={snapshot}"]
    with _Program(programs / "pg_dump", words, stdin=subprocess.DEVNULL, environment=_environment(url)) as pg_dump:
        yield pg_dump.stdout
        pg_dump.check()


def restore(programs: Path, url: str, read: Callable[[Target], None]) -> None:
    """Replace all that a database holds by a dump, in one transaction.

    Args:
        programs: Directory of the programs.
        url: The database as its owner reaches it, as SQLAlchemy writes it.
        read: Writes the dump to what it is given, and raises where the dump is damaged.

    Raises:
        ProgramFailedError: The dump cannot be restored. The database is as it was.
        Exception: What `read` raised. The database is as it was.
    """
    words = ["--no-psqlrc", "--quiet", "--output=/dev/null", "--set=ON_ERROR_STOP=1", "--single-transaction"]
    words += [f"--command={statement}" for statement in _EMPTY]
    options = f"-c lock_timeout={_LOCK_SECONDS}s -c client_min_messages=warning"
    with (
        _Program(
            programs / "psql", [*words, "--file=-"], environment=_environment(url) | {"PGOPTIONS": options}
        ) as psql,
        _Program(programs / "pg_restore", ["--no-owner", "--file=-"]) as pg_restore,
    ):
        feeder = _Feeder(read, pg_restore.stdin)
        try:
            while chunk := pg_restore.stdout.read(_CHUNK_BYTES):
                psql.stdin.write(chunk)
        except BrokenPipeError:
            psql.check()
        feeder.finish()
        pg_restore.check()
        # psql takes the end of its input for the end of the transaction: it sees one only after all went well.
        with suppress(BrokenPipeError):
            psql.stdin.close()
        psql.check()


class _Program:
    """A program that runs beside a block, and no longer than it."""

    def __init__(
        self,
        path: Path,
        words: Sequence[str],
        *,
        stdin: int = subprocess.PIPE,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._path = path
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own command line
                [str(path), *words], stdin=stdin, stdout=subprocess.PIPE, stderr=self._said, env=environment
            )
        except FileNotFoundError:
            self._said.close()
            raise ProgramFailedError(
                f"{path} is missing: install PostgreSQL's programs, or name their directory by POSTGRES_PROGRAMS."
            ) from None

    @property
    def stdin(self) -> IO[bytes]:
        assert self._process.stdin is not None  # noqa: S101 - for the type checker
        return self._process.stdin

    @property
    def stdout(self) -> IO[bytes]:
        assert self._process.stdout is not None  # noqa: S101 - for the type checker
        return self._process.stdout

    def check(self) -> None:
        """Wait for the program's end, and raise if it is none in order."""
        if code := self._process.wait():
            self._said.seek(0)
            said = self._said.read().decode(errors="replace").strip().replace("\n", " ")
            raise ProgramFailedError(said or f"{self._path.name} ended with status {code}.")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self._said.close()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(BrokenPipeError):
                if pipe is not None:
                    pipe.close()


class _Feeder:
    """Has a dump written to a program that may stop listening; the dump is read to its end all the same, and judged."""

    def __init__(self, read: Callable[[Target], None], program: IO[bytes]) -> None:
        self._read = read
        self._program = program
        self._failure: Exception | None = None
        self._thread = threading.Thread(target=self._feed, name="dump", daemon=True)
        self._thread.start()

    def write(self, data: bytes, /) -> int:
        with suppress(BrokenPipeError):
            self._program.write(data)
        return len(data)

    def flush(self) -> None:
        with suppress(BrokenPipeError):
            self._program.flush()

    def finish(self) -> None:
        """Wait until all is written, and raise what was raised meanwhile."""
        self._thread.join()
        if self._failure is not None:
            raise self._failure

    def _feed(self) -> None:
        try:
            self._read(self)
        except Exception as error:  # noqa: BLE001 - raised again by `finish`
            self._failure = error
        finally:
            with suppress(BrokenPipeError):
                self._program.close()


def _environment(url: str) -> dict[str, str]:
    """Return where the database is, for libpq: on a command line everyone could read the password."""
    parts = make_url(url)
    values = {
        "PGAPPNAME": "xatra-backup",
        "PGCONNECT_TIMEOUT": "10",
        "PGDATABASE": parts.database,
        "PGHOST": parts.query.get("host", parts.host),
        "PGPASSWORD": parts.password,
        "PGPORT": parts.port,
        "PGUSER": parts.username,
    }
    return {name: str(value) for name, value in values.items() if value is not None}
