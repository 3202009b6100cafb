"""`xatra-web accounts`: what an operator does with accounts, on the service of this machine."""

import typer

from xatra_auth.__main__ import tend_accounts
from xatra_auth.settings import AuthSettings
from xatra_standalone.commands.failures import CommandFailedError, ExitCode
from xatra_standalone.settings import StandaloneSettings
from xatra_standalone.stack import Stack

app = typer.Typer(add_completion=False)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True}, add_help_option=False)
def accounts(context: typer.Context) -> int:
    """Make an administrator (`create-admin EMAIL`), or a link to a new password (`reset-password USERNAME`)."""
    return tend_accounts("xatra-web accounts", _settings, context.args)


def _settings() -> AuthSettings:
    settings = StandaloneSettings()
    if not (settings.home / "secrets").exists():
        raise CommandFailedError(
            f"Nothing has run on {settings.home} yet: start it with `make demo`, or set XATRA_HOME.", ExitCode.FAILED
        )
    return Stack(settings).auth_settings
