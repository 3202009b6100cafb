"""The user data for a fresh machine are such that cloud-init understands, and settings that there are."""

import re
import shutil
import subprocess
import textwrap
from itertools import dropwhile, takewhile
from pathlib import Path

import pytest
from tests.stack.test_settings import SHOWN

CHECKOUT = Path(__file__).parents[2]
USER_DATA = CHECKOUT / "deploy" / "cloud-init.yaml"


def block(opening: str) -> str:
    """Return the text that a line with a bar at its end opens."""
    lines = iter(USER_DATA.read_text().split(opening)[1].splitlines())
    first = next(line for line in dropwhile(lambda line: not line.endswith("|"), lines) if not line.endswith("|"))
    indent = " " * (len(first) - len(first.lstrip()))
    return textwrap.dedent("\n".join([first, *takewhile(lambda line: not line or line.startswith(indent), lines)]))


@pytest.mark.skipif(not shutil.which("cloud-init"), reason="no cloud-init to read it with")
def test_cloud_init_understands_it():
    result = subprocess.run(
        ["cloud-init", "schema", "--config-file", USER_DATA], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_setting_is_one_that_the_stack_explains():
    names = re.findall(r"^([A-Z_]+)=", block("path: /etc/xatra/env.prod"), re.MULTILINE)
    assert names
    assert set(names) <= SHOWN.keys()


def test_what_it_runs_is_a_script_that_ends_at_the_first_failure():
    script = block("runcmd:")
    assert script.startswith("set -eu\n")
    subprocess.run(["sh", "-n"], input=script, text=True, check=True)
    (made,) = re.findall(r"^make (.+)$", script, re.MULTILINE)
    makefile = (CHECKOUT / "Makefile").read_text()
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in made.split())


def test_nothing_is_open_but_ssh_and_what_the_stack_publishes():
    script = block("runcmd:")
    assert re.findall(r"^ufw (.+)$", script, re.MULTILINE) == [
        "default deny incoming",
        "limit 22/tcp",
        "--force enable",
    ]
