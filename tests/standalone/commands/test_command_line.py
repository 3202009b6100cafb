"""What all commands have in common: help that is there at once, completion, exit codes."""

import json
import subprocess
from pathlib import Path

import pytest
from tests.standalone.commands.conftest import CommandLine

HEAVY = ("alembic", "celery", "fastapi", "numpy", "psycopg", "shapely", "sqlalchemy", "xatra_api")


def imported(ended: subprocess.CompletedProcess[str]) -> set[str]:
    """Return the packages that a command run with `-X importtime` imported."""
    lines = [line for line in ended.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["render", "--help"], ["render", "-", "-o", "x.html", "--url", "http://127.0.0.1:9"]],
)
def test_help_and_render_import_nothing_of_the_services(xatra_web: CommandLine, arguments: list[str]) -> None:
    packages = imported(xatra_web.run(*arguments, python=("-X", "importtime")))
    assert "typer" in packages
    assert packages.isdisjoint(HEAVY)


def test_help_lists_every_command(xatra_web: CommandLine) -> None:
    ended = xatra_web.run("--help")
    assert ended.returncode == 0
    for command in ("render", "serve", "data", "import-sqlite", "migrate", "roles"):
        assert f" {command} " in ended.stdout


@pytest.mark.parametrize("command", ["render", "serve", "data", "import-sqlite", "migrate", "roles"])
def test_every_command_has_help_of_its_own(xatra_web: CommandLine, command: str) -> None:
    ended = xatra_web.run(command, "--help")
    assert ended.returncode == 0
    assert f"Usage: xatra-web {command} " in ended.stdout


@pytest.mark.parametrize(("arguments", "said"), [(["sreve"], "Did you mean 'serve'?"), (["serve", "--prot"], "--port")])
def test_a_wrong_word_is_exit_code_64_and_a_guess(xatra_web: CommandLine, arguments: list[str], said: str) -> None:
    ended = xatra_web.run(*arguments)
    assert (ended.returncode, ended.stdout) == (64, "")
    assert said in ended.stderr


@pytest.mark.parametrize(
    ("shell", "line"),
    [("bash", "complete -o default -F"), ("zsh", "#compdef xatra-web"), ("fish", "complete --command xatra-web")],
)
def test_a_completion_script_is_printed_for_every_shell(xatra_web: CommandLine, shell: str, line: str) -> None:
    ended = xatra_web.run(environment={"_XATRA_WEB_COMPLETE": f"source_{shell}"})
    assert ended.returncode == 0
    assert line in ended.stdout


def test_the_shell_that_asks_is_known(xatra_web: CommandLine) -> None:
    script = f"{xatra_web.program} --show-completion; exit $?"  # more than one command, or bash makes itself the first
    ended = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert "complete -o default -F _xatra_web_completion xatra-web" in ended.stdout


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("xatra-web ", {"accounts", "render", "serve", "data", "import-sqlite", "migrate", "roles", "size"}),
        ("xatra-web render --st", {"--standalone"}),
        ("xatra-web data ", {"add-river", "install", "full", "verify", "show"}),
    ],
)
def test_bash_completes_commands_and_their_options(xatra_web: CommandLine, words: str, completed: set[str]) -> None:
    ended = xatra_web.run(
        environment={
            "_XATRA_WEB_COMPLETE": "complete_bash",
            "COMP_WORDS": words,
            "COMP_CWORD": str(words.count(" ")),
        }
    )
    assert set(ended.stdout.split()) == completed


def test_data_are_where_serve_looks_for_them(xatra_web: CommandLine, map_data: Path) -> None:
    shown = [
        xatra_web.run("data", "show", "--json", environment=environment)
        for environment in ({"XATRA_HOME": str(map_data.parent)}, {"XATRA_DATA_HOME": str(map_data)})
    ]
    assert shown[0].stdout == shown[1].stdout
    assert "IND" in json.loads(shown[0].stdout)["countries"]


def test_data_that_are_missing_are_a_sentence_and_exit_code_1(xatra_web: CommandLine) -> None:
    ended = xatra_web.run("data", "verify", environment={"XATRA_HOME": str(xatra_web.directory)})
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "make data" in ended.stderr
