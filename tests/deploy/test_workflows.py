"""The workflows are such that GitHub understands, and take no more than they need."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

_CHECKOUT = Path(__file__).parents[2]
_WORKFLOWS = sorted((_CHECKOUT / ".github" / "workflows").glob("*.yml"))
_TARGETS = (_CHECKOUT / "Makefile").read_text()


def read(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text())


def jobs(path: Path) -> dict[str, dict[str, Any]]:
    return {name: job for name, job in read(path)["jobs"].items() if "uses" not in job}


@pytest.mark.skipif(not shutil.which("actionlint"), reason="no actionlint to read them with")
def test_actionlint_finds_nothing():
    result = subprocess.run(["actionlint"], cwd=_CHECKOUT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.skipif(not shutil.which("gitleaks"), reason="no gitleaks to look with")
@pytest.mark.timeout(300)
def test_no_secret_is_in_the_history():
    words = ["gitleaks", "git", "--redact", "--no-banner", "."]
    result = subprocess.run(words, cwd=_CHECKOUT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("path", _WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_read_the_source_and_no_more_unless_a_job_says_so(path: Path):
    assert read(path)["permissions"] == {"contents": "read"}


@pytest.mark.parametrize("path", _WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_does_not_run_twice_at_once_and_no_job_for_ever(path: Path):
    assert read(path)["concurrency"]["group"]
    assert all(job["timeout-minutes"] <= 90 for job in jobs(path).values())


@pytest.mark.parametrize("path", _WORKFLOWS, ids=lambda path: path.stem)
def test_an_action_is_of_a_version_and_a_checkout_keeps_no_token(path: Path):
    for job in jobs(path).values():
        for step in job["steps"]:
            name, _, version = step.get("uses", "none@v0").partition("@")
            assert version.startswith("v"), name
            assert name != "actions/checkout" or step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("path", _WORKFLOWS, ids=lambda path: path.stem)
def test_what_make_is_asked_for_is_there(path: Path):
    for job in jobs(path).values():
        for line in "\n".join(step.get("run", "") for step in job["steps"]).splitlines():
            if line.strip().startswith("make "):
                assert all(f"\n{target}: " in _TARGETS for target in line.split()[1:]), line


def test_only_the_images_of_a_tag_are_published_and_released():
    on = read(_CHECKOUT / ".github" / "workflows" / "release.yml")[True]  # YAML's word `on`
    assert on.keys() == {"push"}
    assert on["push"].keys() == {"tags"}


def test_every_image_of_ours_is_scanned_signed_and_verified():
    compose = (_CHECKOUT / "docker-compose.prod.yml").read_text()
    ours = sorted(set(re.findall(r"image: \$\{IMAGES:-xatra\}/([a-z-]+):", compose)))
    listed = re.findall(r"for image in (.+); do", (_CHECKOUT / ".github" / "workflows" / "release.yml").read_text())
    assert [words.split() for words in listed] == [ours] * 3
