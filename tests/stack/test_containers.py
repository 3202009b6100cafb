"""What every container of the stack is made of and may do, as the files say, without starting one."""

import json
import shutil
from typing import Any

import pytest
from tests.stack.engine import CHECKOUT, docker

from xatra_shared.http.server import GRACE_SECONDS

pytestmark = pytest.mark.skipif(not shutil.which("docker"), reason="no Docker to read Compose files with")

_LONGEST_ANSWER_SECONDS = 25  # by `xatra_shared.http.server`
ONCE = {"alert-receivers", "data", "migrate", "redis-users", "restore", "roles", "routes", "volumes"}


@pytest.fixture(scope="module")
def services() -> dict[str, dict[str, Any]]:
    """Return the services of the production stack as Compose understands them."""
    words = ("--env-file", ".env.prod.example", "--file", "docker-compose.prod.yml", "--profile", "*")
    environment = {
        "ENV_FILE": ".env.prod.example",
        "ACME_EMAIL": "you@maps.example",
        "PATH": "/usr/local/bin:/usr/bin:/bin",
    }
    described = docker("compose", *words, "config", "--format", "json", cwd=CHECKOUT, env=environment)
    return json.loads(described)["services"]


def test_no_container_has_a_privilege_or_writes_to_its_image(services: dict[str, dict[str, Any]]):
    for name, service in services.items():
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["read_only"] is True, name
        assert "privileged" not in service, name


def test_every_container_is_an_ordinary_user_but_the_one_that_gives_volumes_away(services: dict[str, dict[str, Any]]):
    others = {name: service["user"] for name, service in services.items() if service["user"] != "10001:10001"}
    assert others == {"volumes": "0:0"}
    assert {name for name, service in services.items() if service.get("cap_add")} == {"volumes"}
    assert services["volumes"]["cap_add"] == ["CHOWN"]
    assert services["volumes"]["network_mode"] == "none"


def test_nobody_gets_the_engines_socket(services: dict[str, dict[str, Any]]):
    sources = {mount["source"] for service in services.values() for mount in service.get("volumes", [])}
    assert not [source for source in sources if "docker.sock" in source]


def test_only_traefik_publishes_ports(services: dict[str, dict[str, Any]]):
    assert {name for name, service in services.items() if service.get("ports")} == {"traefik"}


def test_every_container_that_stays_is_bounded_and_comes_back(services: dict[str, dict[str, Any]]):
    for name in services.keys() - ONCE:
        limits = services[name]["deploy"]["resources"]["limits"]
        assert {"memory", "pids"} <= limits.keys(), name
        assert services[name]["restart"] == "unless-stopped", name


def test_every_container_that_can_tell_how_it_fares_is_asked(services: dict[str, dict[str, Any]]):
    mute = {"postgres-exporter", "redis-exporter"}  # nothing but one program is in their images
    assert {name for name, service in services.items() if "healthcheck" not in service} == ONCE | mute


def test_logs_are_rotated(services: dict[str, dict[str, Any]]):
    assert all(int(service["logging"]["options"]["max-file"]) > 1 for service in services.values())


def test_render_workers_are_in_the_network_without_a_way_out_alone(services: dict[str, dict[str, Any]]):
    assert services["render-worker"]["networks"].keys() == {"render"}
    companions = {name for name, service in services.items() if "render" in (service.get("networks") or {})}
    assert companions == {"render-worker", "postgres", "redis", "prometheus"}


def test_secrets_go_where_they_are_needed(services: dict[str, dict[str, Any]]):
    holders: dict[str, set[str]] = {}
    for name, service in services.items():
        for secret in service.get("secrets", []):
            holders.setdefault(secret["source"], set()).add(name)
    assert holders["signing_key"] == {"auth-blue", "auth-green"}
    assert holders["guest_secret"] == {"api-blue", "api-green", "auth-blue", "auth-green"}
    assert holders["postgres"] == {"postgres"}
    assert holders["owner_database_url"] == {"migrate", "restore"}
    assert {secret for secret, names in holders.items() if "render-worker" in names} == {
        "render_worker_database_url",
        "render_worker_redis_url",
    }


def test_nothing_that_waits_for_what_a_release_replaces_is_a_server(services: dict[str, dict[str, Any]]):
    ours = {name for name, service in services.items() if service["image"].endswith(":local")}
    waiting = {name for name, service in services.items() if ours & {*service.get("depends_on", {})}}
    assert waiting - ours == {"traefik"}
    assert not {"migrate", "redis-users"} & services["traefik"]["depends_on"].keys()


def test_of_what_people_reach_there_are_two_alike_by_one_name(services: dict[str, dict[str, Any]]):
    for name in ("api", "auth", "web"):
        assert services[f"{name}-blue"] == services[f"{name}-green"]
        aliases = [network["aliases"] for network in services[f"{name}-blue"]["networks"].values() if network]
        assert aliases == [[name]]


def test_what_stops_is_given_the_time_to_drain_and_to_end_what_it_is_at(services: dict[str, dict[str, Any]]):
    for name in ("api-blue", "auth-blue"):
        drain_seconds = float(services[name]["environment"]["DRAIN_SECONDS"])
        assert drain_seconds + _LONGEST_ANSWER_SECONDS <= GRACE_SECONDS
        assert int(services[name]["stop_grace_period"].removesuffix("s")) > GRACE_SECONDS


def test_traefik_waits_for_no_new_connection_longer_than_services_keep_one(services: dict[str, dict[str, Any]]):
    kept_seconds = 75  # by gunicorn, in `xatra_shared.http.server`
    idle = services["traefik"]["environment"]["TRAEFIK_SERVERSTRANSPORT_FORWARDINGTIMEOUTS_IDLECONNTIMEOUT"]
    assert int(idle.removesuffix("s")) < kept_seconds


@pytest.mark.parametrize("tls", ["letsencrypt", "files", "upstream"])
def test_each_way_of_tls_is_a_stack_that_compose_understands(tls: str):
    environment = {
        "ACME_EMAIL": "you@maps.example",
        "ENV_FILE": ".env.prod.example",
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "TLS": tls,
        "TRUSTED_PROXIES": "172.29.250.1",
    }
    words = ("--env-file", ".env.prod.example", "--file", "docker-compose.prod.yml")
    described = json.loads(docker("compose", *words, "config", "--format", "json", cwd=CHECKOUT, env=environment))
    ports = {port["published"] for port in described["services"]["traefik"]["ports"]}
    assert ports == ({"8888"} if tls == "upstream" else {"80", "443"})
