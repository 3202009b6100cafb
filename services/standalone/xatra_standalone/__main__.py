"""The command `xatra-web`: render maps on a running service, or run the whole of it on one machine."""

import sys

import typer

from xatra_standalone.commands.failures import CommandFailedError, ExitCode
from xatra_standalone.commands.lazy import lazy_app

app = lazy_app(
    "Make and publish historical maps.",
    {
        "render": "Render a map program on a running service and save the map.",
        "serve": "Run everything on this machine: servers, workers, api and page.",
        "accounts": "Make an administrator, or a link to a new password, on the service of this machine.",
        "data": "Install, check and show the map data.",
        "migrate": "Bring the database's schema to this release's version.",
        "size": "Say how large the machine has to be, by what Prometheus measured.",
        "import-sqlite": "Move the predecessor's database into an empty hub.",
        "roles": "Make the database and its roles, or bring them up to date.",
    },
)


def main() -> None:
    """Run the command line."""
    try:
        status = app(prog_name="xatra-web", standalone_mode=False)
    except typer.TyperException as error:
        if sentence := error.format_message():  # where help was shown instead, there is none
            typer.secho(sentence, fg="red", err=True)
        status = error.exit_code if isinstance(error, CommandFailedError) else ExitCode.USAGE
    sys.exit(status)


if __name__ == "__main__":
    main()
