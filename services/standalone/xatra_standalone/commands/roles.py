"""`xatra-web roles`: makes the database and the roles by which the services log in."""

from pathlib import Path
from typing import Annotated

import typer

from xatra_shared.database.roles import LOGINS, ensure_roles
from xatra_standalone.commands.database import foreseen
from xatra_standalone.commands.failures import CommandFailedError, ExitCode
from xatra_standalone.commands.settings import AdminSettings

app = typer.Typer(add_completion=False)


@app.command()
def roles(
    secrets: Annotated[
        Path, typer.Option(exists=True, file_okay=False, help="Directory with a file for each login: its password.")
    ],
    database: Annotated[str, typer.Option(help="Name of the database.")] = "xatra",
) -> None:
    """Make the database and its roles, or bring them up to date; running it again changes nothing else.

    Logs in by ADMIN_DATABASE_URL, or the file that ADMIN_DATABASE_URL_FILE names, as a role that may create roles and
    databases. Run it before `migrate`, before a restore, and after a password has changed.
    """
    passwords = {login: _password(secrets / login) for login in LOGINS}
    address = AdminSettings.load().admin_database_url.get_secret_value()
    with foreseen():
        ensure_roles(address, database=database, passwords=passwords)
    typer.echo(f"Database {database} and its roles are as this release needs them: {', '.join(LOGINS)}.")


def _password(path: Path) -> str:
    try:
        password = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandFailedError(f"{path} cannot be read: {error}.", ExitCode.USAGE) from None
    if not password:
        raise CommandFailedError(f"{path} is empty: a login needs a password.", ExitCode.USAGE)
    return password
