"""What containers can reach of each other, and what they hold."""

import json

import pytest
from tests.stack.engine import NEEDS_ENGINE, NEEDS_ROOT, docker, inspect
from tests.stack.site import Stack
from tests.waiting import until

pytestmark = list(NEEDS_ENGINE)

_CONNECT = "import socket, sys; socket.create_connection((sys.argv[1], int(sys.argv[2])), 3)"
_LOGIN = "import psycopg, sys; psycopg.connect(sys.argv[1], connect_timeout=3)"


def reaches(stack: Stack, service: str, host: str, port: int) -> bool:
    return stack.execute(service, "python", "-c", _CONNECT, host, str(port)).returncode == 0


@pytest.mark.parametrize(("host", "port"), [("postgres", 5432), ("redis", 6379)])
def test_a_render_worker_reaches_the_database_and_redis(stack: Stack, host: str, port: int):
    assert reaches(stack, "render-worker", host, port)


@pytest.mark.parametrize(
    ("host", "port"),
    [
        ("api", 8000),
        ("auth", 8001),
        ("scheduler", 9100),
        ("backup", 9100),
        ("traefik", 8082),
        ("web", 8080),
        ("api-green", 8000),
        ("alertmanager", 9093),
        ("prometheus", 9090),
        ("postgres-exporter", 9187),
        ("redis-exporter", 9121),
        ("1.1.1.1", 443),
        ("pypi.org", 443),
    ],
)
def test_a_render_worker_reaches_nothing_else(stack: Stack, host: str, port: int):
    assert not reaches(stack, "render-worker", host, port)


def test_a_render_worker_does_not_reach_others_by_their_addresses(stack: Stack):
    for service, port in {"api-blue": 8000, "auth-blue": 8001, "prometheus": 9090, "traefik": 8082}.items():
        for network in stack.container(service)["NetworkSettings"]["Networks"].values():
            assert not reaches(stack, "render-worker", network["IPAddress"], port), service


@pytest.mark.parametrize("service", ["api-blue", "auth-blue", "render-worker", "scheduler"])
def test_nobody_logs_in_as_postgresqls_superuser_over_the_network(stack: Stack, secrets: dict[str, str], service: str):
    address = f"postgresql://postgres:{secrets['postgres']}@postgres/postgres"
    refused = stack.execute(service, "python", "-c", _LOGIN, address)
    assert "pg_hba.conf rejects connection" in refused.stderr


def test_a_render_worker_cannot_read_accounts(stack: Stack, secrets: dict[str, str]):
    address = secrets["render_worker_database_url"].replace("+psycopg", "")
    query = "import psycopg, sys; psycopg.connect(sys.argv[1]).execute('SELECT * FROM auth_credentials')"
    assert "InsufficientPrivilege" in stack.execute("render-worker", "python", "-c", query, address).stderr


def test_a_render_worker_cannot_touch_sessions_in_redis(stack: Stack, secrets: dict[str, str]):
    query = "import redis, sys; redis.Redis.from_url(sys.argv[1]).set('xatra:sessions:1', '1')"
    refused = stack.execute("render-worker", "python", "-c", query, secrets["render_worker_redis_url"])
    assert "NoPermission" in refused.stderr


def test_redis_takes_nobody_without_a_name(stack: Stack):
    refused = stack.execute("api-blue", "python", "-c", "import redis; redis.Redis('redis').ping()")
    assert "AuthenticationError" in refused.stderr


def test_data_and_render_networks_have_no_way_out(stack: Stack):
    for name in ("data", "render"):
        assert inspect(f"{stack.name}_{name}")[0]["Internal"] is True


def test_containers_see_their_own_secrets_alone(stack: Stack):
    listed = stack.execute("render-worker", "ls", "/run/secrets").stdout.split()
    assert listed == ["render_worker_database_url", "render_worker_redis_url"]
    assert "signing_key" not in stack.execute("api-blue", "ls", "/run/secrets").stdout


@NEEDS_ROOT
def test_secrets_are_files_of_our_user_alone(stack: Stack):
    for path in stack.secrets.iterdir():
        status = path.stat()
        expected = (10001, 0o444) if path.name == "tls_certificate" else (10001, 0o400)
        assert (status.st_uid, status.st_mode & 0o777) == expected, path.name


@NEEDS_ROOT
def test_no_secret_is_in_an_environment_an_image_or_a_log(stack: Stack, secrets: dict[str, str]):
    values = [value for name, value in secrets.items() if value and name != "tls_certificate"]
    assert values
    containers = stack.containers()
    images = sorted({container["Image"] for container in containers})
    texts = [
        json.dumps([[container["Config"]["Env"], container["Config"]["Cmd"]] for container in containers]),
        json.dumps(inspect(*images)),
        *(docker("history", "--no-trunc", image) for image in images),
        *(docker("logs", container["Id"]) for container in containers),
    ]
    assert not [value[:4] for value in values for text in texts if value in text]


def test_processes_have_no_capability_and_gain_none(stack: Stack):
    for service in ("api-blue", "auth-blue", "postgres", "redis", "render-worker", "scheduler", "traefik", "web-blue"):
        status = stack.execute(service, "cat", "/proc/1/status").stdout
        fields = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
        assert int(fields["CapEff"], 16) == int(fields["CapBnd"], 16) == 0, service
        assert fields["NoNewPrivs"] == "1", service
        assert fields["Uid"].split() == ["10001"] * 4, service


def test_programs_are_shut_in_by_landlock_and_seccomp(stack: Stack):
    log = docker("logs", f"{stack.name}-render-worker-1")
    said = stack.execute("render-worker", "python", "-IS", "/healthy.py", "9100", "/readyz")
    assert said.returncode == 0, log


def test_only_the_render_worker_has_the_map_library(stack: Stack):
    for service in ("api-blue", "auth-blue", "scheduler"):
        assert stack.execute(service, "python", "-c", "import xatra").returncode == 1, service
    assert stack.execute("render-worker", "python", "-c", "import xatra").returncode == 0


def test_prometheus_reaches_every_service(stack: Stack):
    query = ["promtool", "query", "instant", "--format=json", "http://prometheus-inside:9090", "up"]

    def all_up() -> bool:
        found = json.loads(stack.execute("prometheus", *query).stdout or "[]")
        jobs = {series["metric"]["job"] for series in found}
        return {series["value"][1] for series in found} == {"1"} and len(jobs) == 10

    until(all_up, seconds=90)


def test_postgresql_checks_its_pages(stack: Stack):
    said = stack.execute("postgres", "psql", "--username=postgres", "--tuples-only", "--command=SHOW data_checksums")
    assert said.stdout.strip() == "on"
