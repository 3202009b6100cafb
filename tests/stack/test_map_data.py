"""Map data are installed for whoever has accepted their terms."""

import os
import pty
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from tests.stack.engine import CHECKOUT

from xatra_render_worker.data.manifest import data_version

_SCRIPT = str(CHECKOUT / "scripts" / "install_map_data.py")


@pytest.fixture
def home(map_data: Path, tmp_path: Path) -> Path:
    """Return a copy of installed data for which nobody has accepted any terms."""
    return shutil.copytree(map_data, tmp_path / "home", ignore=shutil.ignore_patterns("accepted-*"))


def environment(home: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "MAP_DATA": str(home), "UV_DEFAULT_INDEX": "http://127.0.0.1:9/simple", **more}


def install(home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Install what is there already, as a script does."""
    return subprocess.run(
        [sys.executable, _SCRIPT], env=environment(home, **more), stdin=subprocess.DEVNULL, capture_output=True,
        text=True, check=False,
    )  # fmt: skip


def install_as_a_person(home: Path, answer: str) -> tuple[int, str]:
    """Install at a terminal; return the exit status and what was said."""
    ours, theirs = pty.openpty()
    command = [sys.executable, _SCRIPT]
    process = subprocess.Popen(command, env=environment(home), stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    os.write(ours, f"{answer}\n".encode())
    said = b""
    with suppress(OSError):  # it has ended, and the terminal with it
        while chunk := os.read(ours, 4096):
            said += chunk
    os.close(ours)
    return process.wait(), said.decode()


def test_without_acceptance_terms_size_and_time_are_shown_and_nothing_is_installed(home: Path):
    refused = install(home)
    assert refused.returncode == 1
    for said in ("neither redistribution nor commercial use", "27 MB to download, a minute", "DATA=sample"):
        assert said in refused.stdout
    assert "ACCEPT_DATA_TERMS=yes" in refused.stderr
    assert list(home.glob("accepted-*")) == []


def test_a_script_accepts_by_a_setting_once(home: Path):
    accepted, again = install(home, ACCEPT_DATA_TERMS="yes"), install(home)
    assert (accepted.returncode, again.returncode) == (0, 0), accepted.stderr + again.stderr
    assert "commercial use" in accepted.stdout
    assert "commercial use" not in again.stdout
    assert data_version(home) in again.stdout


def test_acceptance_of_little_is_none_of_much(home: Path):
    install(home, ACCEPT_DATA_TERMS="yes")
    refused = install(home, DATA="full")
    assert refused.returncode == 1
    assert "3 GB to download" in refused.stdout


@pytest.mark.parametrize(("answer", "status"), [("yes", 0), ("no", 1), ("", 1)])
def test_a_person_is_asked(home: Path, answer: str, status: int):
    ended, said = install_as_a_person(home, answer)
    assert ended == status, said
    assert (home / "accepted-sample").exists() is (status == 0)
    assert ("Then nothing is installed." in said) is (status == 1)


def test_data_that_there_are_not_are_refused_by_name(home: Path):
    refused = install(home, DATA="europe")
    assert refused.stderr.strip() == "DATA must be one of sample, asia, full, not 'europe'."
