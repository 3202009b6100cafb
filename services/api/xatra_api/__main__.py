"""The command `xatra-api`: run the service, or print its OpenAPI document."""

import argparse
import json

from xatra_api.settings import ApiSettings


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="xatra-api", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    serve_parser = commands.add_parser("serve", help="answer requests; settings come from the environment")
    serve_parser.add_argument("--bind", default="127.0.0.1:8000", help="HOST:PORT or unix:PATH (default: %(default)s)")
    commands.add_parser("openapi", help="print the OpenAPI document")
    arguments = parser.parse_args()

    if arguments.command == "serve":
        from xatra_shared.http.server import serve  # noqa: PLC0415 - gunicorn is for this command alone

        serve("xatra-api", "xatra_api.app:create_app", ApiSettings(), arguments.bind)
    else:
        from xatra_api.app import create_app  # noqa: PLC0415 - must not be imported before `serve`

        print(json.dumps(create_app(ApiSettings.model_construct()).openapi(), indent=2))


if __name__ == "__main__":
    main()
