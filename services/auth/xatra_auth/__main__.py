"""The command `xatra-auth`: run the service, print its OpenAPI document, make administrators and reset links."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import UTC
from getpass import getpass
from pathlib import Path

from pydantic import ValidationError

from xatra_auth.settings import AuthSettings


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="xatra-auth", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    serve_parser = commands.add_parser("serve", help="answer requests; settings come from the environment")
    serve_parser.add_argument("--bind", default="127.0.0.1:8001", help="HOST:PORT or unix:PATH (default: %(default)s)")
    commands.add_parser("openapi", help="print the OpenAPI document")
    _add_account_commands(commands)
    arguments = parser.parse_args()

    if arguments.command == "openapi":
        from xatra_auth.app import create_app  # noqa: PLC0415 - must not be imported before `serve`

        print(json.dumps(create_app(AuthSettings.model_construct()).openapi(), indent=2))
        return
    settings = _load_settings()
    if arguments.command == "serve":
        from xatra_shared.http.server import serve  # noqa: PLC0415 - gunicorn is for this command alone

        serve("xatra-auth", "xatra_auth.app:create_app", settings, arguments.bind)
    else:
        sys.exit(_tend(settings, arguments))


def tend_accounts(prog: str, load_settings: Callable[[], AuthSettings], words: Sequence[str]) -> int:
    """Do what an operator does with accounts, as another command's part, and return the exit status.

    Args:
        prog: How the command is called.
        load_settings: Returns those of the auth service; not called where help is asked for.
        words: What stands behind it: `create-admin EMAIL` or `reset-password USERNAME`, and options.
    """
    parser = argparse.ArgumentParser(prog=prog, description="Make administrators, and links to new passwords.")
    _add_account_commands(parser.add_subparsers(dest="command", required=True))
    arguments = parser.parse_args(words)
    return _tend(load_settings(), arguments)


def _add_account_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    admin_parser = commands.add_parser("create-admin", help="make an administrator, or make one of an account")
    admin_parser.add_argument("email", help="e-mail address, for which you vouch")
    admin_parser.add_argument("--username", help="of a new account (default: what stands before the @)")
    admin_parser.add_argument("--password-file", type=Path, help="of a new account (default: you are asked)")
    reset_parser = commands.add_parser("reset-password", help="print a link by which a user sets a new password")
    reset_parser.add_argument("username", help="user name, or verified e-mail address")


def _load_settings() -> AuthSettings:
    """Read the environment; what is wrong with it is said in a sentence each."""
    try:
        return AuthSettings()
    except ValidationError as error:
        for entry in error.errors(include_input=False, include_url=False):
            name = ".".join(map(str, entry["loc"])).upper()
            print(f"{name}: {entry['msg']}" if name else entry["msg"].removeprefix("Value error, "), file=sys.stderr)
        sys.exit(2)


def _tend(settings: AuthSettings, arguments: argparse.Namespace) -> int:
    """Do what an operator does with accounts, and return the exit status."""
    from sqlalchemy.exc import OperationalError  # noqa: PLC0415 - `serve` imports what it needs in its processes

    from xatra_auth import commands  # noqa: PLC0415 - see above
    from xatra_shared.database.engine import make_engine  # noqa: PLC0415 - see above
    from xatra_shared.http.problems import Problem  # noqa: PLC0415 - see above
    from xatra_shared.telemetry.logs import configure_logging  # noqa: PLC0415 - see above

    configure_logging("xatra-auth", "WARNING")
    database = make_engine(settings.database_url.get_secret_value(), application_name="xatra-auth-cli", pool_size=1)
    try:
        if arguments.command == "reset-password":
            link = commands.reset_link(database, settings, arguments.username)
            print(f"{link.url}\n\nIt works once, until {link.expires_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC.")
            return 0
        is_known = commands.find_admin_to_be(database, arguments.email) is not None
        password = None if is_known else _read_password(arguments.password_file)
        admin = commands.create_admin(
            database, settings, email=arguments.email, username=arguments.username, password=password
        )
    except Problem as problem:
        print(f"{problem.title}. {problem.occurrence or ''}".rstrip(), file=sys.stderr)
        return 1
    except OperationalError:
        print("The database does not answer: is it running, and is DATABASE_URL right?", file=sys.stderr)
        return 1
    finally:
        database.dispose()
    print(f"{admin.user.username} is {'a new' if admin.is_new else 'now an'} administrator.")
    return 0


def _read_password(path: Path | None) -> str:
    """Return a password from a file's first line, or ask for it twice; it never stands among the arguments."""
    if path is not None:
        return path.read_text(encoding="utf-8").partition("\n")[0].rstrip("\r")
    password = getpass("Password of the new administrator: ")
    if getpass("Once more: ") != password:
        print("The two differ.", file=sys.stderr)
        sys.exit(1)
    return password


if __name__ == "__main__":
    main()
