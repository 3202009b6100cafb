"""What commands that change the database say where it does not answer, or refuses."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.exc import DBAPIError

from xatra_standalone.commands.failures import CommandFailedError, ExitCode


@contextmanager
def foreseen() -> Iterator[None]:
    """End the command in words where the database does not answer, or refuses.

    Raises:
        CommandFailedError: It did.
    """
    try:
        yield
    except (DBAPIError, psycopg.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        is_away = isinstance(cause, psycopg.OperationalError)
        sentence = f"The database did not do it: {str(cause).strip() or type(cause).__name__}"
        raise CommandFailedError(sentence, ExitCode.UNAVAILABLE if is_away else ExitCode.FAILED) from None
