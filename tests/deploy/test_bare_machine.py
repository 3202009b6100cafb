"""The way to a service without containers, as its page describes it, gone step by step on a machine with systemd."""

import re
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.stack.engine import CHECKOUT, NEEDS_ENGINE, docker
from tests.waiting import until

pytestmark = [
    *NEEDS_ENGINE,
    pytest.mark.skipif(not (CHECKOUT / "services/web/dist").exists(), reason="the studio is not built: make web"),
]

PAGE = (CHECKOUT / "docs" / "bare-machine.md").read_text()
SERVICES = ("api", "auth", "render-worker", "scheduler")
_PROGRAMS = "xatra-test/programs:test"
_IMAGE = "xatra-test/machine:test"
_CERTIFICATE = "/etc/letsencrypt/live/maps.example"


def step(mark: str) -> str:
    """Return the one block of commands that has something in it."""
    (block,) = (block for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) if mark in block)
    return block


class Machine:
    """A container in which systemd runs."""

    def __init__(self, map_data: Path) -> None:
        self.name = f"xatra-test-machine-{uuid.uuid4().hex[:8]}"
        docker(
            "run", "--detach", "--name", self.name, "--cap-add=SYS_ADMIN", "--cap-add=NET_ADMIN", "--security-opt=seccomp=unconfined", "--security-opt=apparmor=unconfined", "--cgroupns=private",
            "--tmpfs=/run:mode=755", "--tmpfs=/tmp:mode=1777,exec",
            f"--volume={CHECKOUT}:/usr/local/src/xatra-web:ro", f"--volume={map_data}:/map-data:ro", _IMAGE,
        )  # fmt: skip

    def run(self, commands: str, *, check: bool = True) -> str:
        """Run commands as root, in the source."""
        result = subprocess.run(
            ["docker", "exec", "--interactive", "--workdir=/usr/local/src/xatra-web", self.name, "bash", "-euo", "pipefail"],
            input=commands, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert result.returncode == 0 or not check, f"{commands}\n{result.stdout[-3000:]}{result.stderr[-3000:]}"
        return result.stdout.strip()

    def is_active(self, service: str) -> bool:
        return self.run(f"systemctl is-active xatra-{service}", check=False) == "active"


@pytest.fixture(scope="module")
def machine(map_data: Path) -> Iterator[Machine]:
    """Set a machine up by the commands of the page; instead of the network it has copies."""
    docker(
        "build",
        "--tag",
        _PROGRAMS,
        "--file=services/Dockerfile",
        "--build-arg=PACKAGE=xatra-standalone",
        ".",
        cwd=CHECKOUT,
    )
    docker(
        "build",
        "--tag",
        _IMAGE,
        "--file=tests/deploy/machine.Dockerfile",
        f"--build-arg=PROGRAMS={_PROGRAMS}",
        "tests/deploy",
        cwd=CHECKOUT,
    )
    machine = Machine(map_data)
    try:
        until(lambda: machine.run("systemctl is-system-running", check=False) in {"running", "degraded"}, seconds=60)
        machine.run(
            step("systemd-sysusers") + "\nprintf '%s\\n' PRELOAD_BYTES=0 SIGN_UPS_PER_HOUR=1000 >>/etc/xatra/xatra.env"
        )
        machine.run(step("write_redis_users.py"))
        machine.run("cp -r /map-data/. /var/lib/xatra/map-data/ && chown -R xatra-data: /var/lib/xatra/map-data")
        machine.run("systemd-tmpfiles --create xatra.conf")
        machine.run(step("install_map_data.py").replace("env DATA=", "env ACCEPT_DATA_TERMS=yes DATA="))
        machine.run(
            f"mkdir -p {_CERTIFICATE} && cd {_CERTIFICATE} && openssl req -x509 -newkey ec -pkeyopt "
            "ec_paramgen_curve:prime256v1 -nodes -subj /CN=maps.example -addext subjectAltName=DNS:maps.example "
            "-keyout privkey.pem -out fullchain.pem 2>/dev/null"
        )
        lines = step("certbot certonly").replace("YOUR.HOST", "maps.example").splitlines()
        machine.run("\n".join(line for line in lines if "certbot" not in line and not line.startswith("make smoke")))
        until(lambda: all(map(machine.is_active, SERVICES)), seconds=60)
        yield machine
    finally:
        docker("rm", "--force", "--volumes", machine.name)


def smoke(machine: Machine) -> str:
    """Try the site out, once it answers."""
    tried = (
        "python scripts/smoke.py https://maps.example/xatra/ --connect-to 127.0.0.1:443 "
        f"--ca-file {_CERTIFICATE}/fullchain.pem"
    )
    until(lambda: "ok health" in machine.run(tried, check=False), seconds=60)
    return machine.run(tried)


def test_the_site_works(machine: Machine):
    assert "ok sign-out" in smoke(machine)


def test_programs_are_shut_in(machine: Machine):
    asked = "from urllib.request import urlopen; print(urlopen('http://127.0.0.1:9100/readyz').read().decode())"
    assert '"sandbox":true' in machine.run(f'python -c "{asked}"').replace(" ", "")


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_has_its_own_user_and_reads_no_others_secrets(machine: Machine, service: str):
    pid = machine.run(f"systemctl show --property=MainPID --value xatra-{service}")
    assert machine.run(f"stat --format=%U /proc/{pid}") == f"xatra-{service}"
    others = " ".join(f"/run/credentials/xatra-{other}.service/*" for other in SERVICES if other != service)
    tried = f"runuser -u xatra-{service} -- sh -c 'cat /etc/xatra/secrets/* {others}'"
    assert machine.run(f"{tried} 2>/dev/null || true") == ""


def test_a_service_that_crashes_comes_back(machine: Machine):
    for service in SERVICES:
        machine.run(f"systemctl kill --kill-whom=main --signal=KILL xatra-{service}")
    until(lambda: all(map(machine.is_active, SERVICES)), seconds=30)
    assert "ok sign-out" in smoke(machine)


def test_the_first_administrator_is_made(machine: Machine):
    command = step("create-admin").replace("you@maps.example", "you@maps.example --password-file /tmp/password")
    machine.run("echo correct-horse-battery-staple-9 >/tmp/password")
    assert "you" in machine.run(command)


def test_bringing_the_roles_up_to_date_starts_all_anew(machine: Machine):
    before = [machine.run(f"systemctl show --property=MainPID --value xatra-{service}") for service in SERVICES]
    machine.run("systemctl restart xatra-roles")
    until(lambda: all(map(machine.is_active, SERVICES)), seconds=60)
    after = [machine.run(f"systemctl show --property=MainPID --value xatra-{service}") for service in SERVICES]
    assert set(before) & set(after) == set()
    assert "ok sign-out" in smoke(machine)
