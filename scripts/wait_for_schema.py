"""Waits until the database's schema is at least what this release needs: services that start together with it do first."""

import os
import sys
import time
from pathlib import Path
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from xatra_shared.database.engine import make_engine
from xatra_shared.database.migrate import schema_is_current

_EVERY_SECONDS: Final = 1


def main() -> None:
    """Look every second, by the login of the file that DATABASE_URL_FILE names; say once why it takes longer."""
    url = Path(os.environ["DATABASE_URL_FILE"]).read_text(encoding="ascii").strip()
    engine = make_engine(url, application_name="wait-for-schema", pool_size=1)
    said = ""
    while obstacle := _obstacle(engine):
        if obstacle != said:
            said = obstacle
            print(f"Waiting: {obstacle}", file=sys.stderr, flush=True)
        time.sleep(_EVERY_SECONDS)
    engine.dispose()


def _obstacle(engine: Engine) -> str:
    """Say why services cannot start yet; nothing if they can."""
    try:
        with engine.connect() as connection:
            return "" if schema_is_current(connection) else "the schema is older than this release."
    except SQLAlchemyError as error:
        return str(error).partition("\n")[0]


if __name__ == "__main__":
    main()
