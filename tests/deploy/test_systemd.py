"""The units for a machine without containers start what there is, with settings and secrets that there are."""

import re
import shutil
import subprocess
import sys
from collections import defaultdict
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from tests.stack.test_settings import SHOWN

from xatra_api.settings import ApiSettings
from xatra_auth.settings import AuthSettings
from xatra_render_worker.settings import RenderWorkerSettings
from xatra_scheduler.settings import BackupSettings, SchedulerSettings

CHECKOUT = Path(__file__).parents[2]
UNITS = CHECKOUT / "deploy" / "systemd"
PROGRAMS = "/opt/xatra/bin"
SERVICES = {
    "api": ApiSettings,
    "auth": AuthSettings,
    "backup": BackupSettings,
    "render-worker": RenderWorkerSettings,
    "scheduler": SchedulerSettings,
}
_NEEDS_SYSTEMD = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd to read units with")


def lines(service: str) -> dict[str, list[str]]:
    """Return what a unit says, by the name before the sign of equality."""
    found = defaultdict(list)
    for line in (UNITS / f"xatra-{service}.service").read_text().splitlines():
        name, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found[name].append(value)
    return found


def environment(service: str) -> set[str]:
    """Return the names of the settings that a unit sets."""
    return {value.partition("=")[0].removesuffix("_FILE") for value in lines(service)["Environment"]}


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """Return a copy of all units, for programs that are here."""
    units = shutil.copytree(UNITS, tmp_path / "units")
    for path in units.glob("*.service"):
        path.write_text(path.read_text().replace(PROGRAMS, str(Path(sys.executable).parent)))
    return units


@_NEEDS_SYSTEMD
def test_systemd_understands_every_line(installed: Path):
    units = sorted(map(str, installed.glob("*.service")))
    result = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")


@_NEEDS_SYSTEMD
@pytest.mark.parametrize("service", [*SERVICES, "migrate", "roles"])
def test_every_service_is_shut_in(installed: Path, service: str):
    command = ["systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager"]  # of 100
    result = subprocess.run(
        [*command, installed / f"xatra-{service}.service"], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("service", [*SERVICES, "migrate", "roles"])
def test_every_unit_starts_a_program_that_there_is(service: str):
    programs = {entry.name for entry in entry_points(group="console_scripts") if entry.module.startswith("xatra_")}
    (command,) = lines(service)["ExecStart"]
    path, _, arguments = command.partition(" ")
    assert path.removeprefix(f"{PROGRAMS}/") in programs
    if arguments:
        name = Path(path).name
        said = subprocess.run(
            [Path(sys.executable).with_name(name), "--help"], capture_output=True, text=True, check=True
        )
        assert arguments.split()[0] in said.stdout


@pytest.mark.parametrize(("service", "settings"), SERVICES.items())
def test_every_unit_sets_what_its_service_reads(service: str, settings: type[ApiSettings]):
    known = {name.upper() for name in settings.model_fields}
    assert environment(service) - known == set()
    needed = {name.upper() for name, field in settings.model_fields.items() if field.is_required()}
    assert needed - environment(service) == set()


def test_what_all_services_read_is_explained():
    common = re.findall(r"^([A-Z_]+)=", (UNITS / "xatra.env").read_text(), re.MULTILINE)
    assert set(common) - SHOWN.keys() == {"ENVIRONMENT"}


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_gets_the_secrets_that_it_gets_in_the_stack(service: str):
    stack = (CHECKOUT / "docker-compose.prod.yml").read_text()
    (listed,) = re.findall(
        rf"^  {service}(?:-blue: &{service})?:?\n(?:    .*\n)*?    secrets: \[(.*)\]$", stack, re.MULTILINE
    )
    given = {value.partition(":")[0] for value in lines(service)["LoadCredential"]}
    assert given == set(listed.split(", ")) - {"guest_secret_previous"}


def test_credentials_are_the_files_that_make_secrets_makes():
    for unit in UNITS.glob("*.service"):
        for name, path in re.findall(r"^LoadCredential=(.+):(.+)$", unit.read_text(), re.MULTILINE):
            assert path == f"/etc/xatra/secrets/{name}", unit.name


@pytest.mark.skipif(not shutil.which("systemd-sysusers"), reason="no systemd to make users with")
def test_every_user_of_a_unit_is_made(tmp_path: Path):
    declared = (UNITS / "xatra.sysusers.conf").read_text()
    made = set(re.findall(r"^u (\S+)", declared, re.MULTILINE))
    wanted = {
        user for unit in UNITS.glob("*.service") for user in re.findall(r"^User=(.+)$", unit.read_text(), re.MULTILINE)
    }
    assert wanted - made == {"postgres"}
    (tmp_path / "etc").mkdir()
    subprocess.run(["systemd-sysusers", f"--root={tmp_path}", UNITS / "xatra.sysusers.conf"], check=True)
    assert all(f"{user}:x:" in (tmp_path / "etc" / "passwd").read_text() for user in made)
