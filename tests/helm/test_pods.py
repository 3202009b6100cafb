"""What holds for every pod: walls, secrets, probes, places, ends."""

import re
from typing import Any

import pytest
from tests.helm.chart import MATRIX, NEEDS_HELM, SITE, TRIAL, Rendered, containers, environment, rendered

from xatra_shared.database.roles import LOGINS

pytestmark = [NEEDS_HELM]

_SERVICES = ("api", "auth", "render-worker", "scheduler")
_LONGEST_RENDER_SECONDS = 180  # TRUSTED_RENDER_SECONDS
_REQUESTS_SECONDS = 30  # GRACE_SECONDS of the services over HTTP

# Every file of a secret that a pod may read: what it does not need, it does not have.
_SECRETS = {
    "api": {"api_database_url", "api_redis_url", "guest_secret", "sentry_dsn"},
    "auth": {
        *("auth_database_url", "auth_redis_url", "github_client_secret", "guest_secret", "sentry_dsn", "signing_key"),
        "smtp_url",
    },
    "map-data-1": set(),
    "migrate-1": {"admin_database_url", "owner_database_url", *LOGINS},
    "postgresql": {"postgres", "xatra_admin", "xatra_monitor"},
    "redis": {
        *("redis_xatra_api", "redis_xatra_auth", "redis_xatra_monitor", "redis_xatra_operator"),
        *("redis_xatra_render_worker", "redis_xatra_scheduler"),
    },
    "render-worker": {"render_worker_database_url", "render_worker_redis_url"},
    "scheduler": {"scheduler_database_url", "scheduler_redis_url", "sentry_dsn"},
    "smoke": set(),
    "web": set(),
}


@pytest.mark.parametrize("name", MATRIX)
def test_every_pod_keeps_the_level_restricted(name: str):
    for pod_name, pod in rendered(name).pods():
        context = pod["securityContext"]
        assert context["runAsNonRoot"] is True, pod_name
        assert context["runAsUser"] == context["fsGroup"] == 10001, pod_name
        assert context["seccompProfile"] == {"type": "RuntimeDefault"}, pod_name
        assert not {"hostNetwork", "hostPID", "hostIPC"} & pod.keys(), pod_name
        assert not any("hostPath" in volume for volume in pod.get("volumes", [])), pod_name
        for container in containers(pod):
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "capabilities": {"drop": ["ALL"]},
                "readOnlyRootFilesystem": True,
            }, (pod_name, container["name"])


@pytest.mark.parametrize("name", MATRIX)
def test_no_pod_can_ask_the_kubernetes_api(name: str):
    for pod_name, pod in rendered(name).pods():
        assert pod["automountServiceAccountToken"] is False, pod_name
        assert pod["enableServiceLinks"] is False, pod_name
        assert pod["serviceAccountName"] in {"xatra", "xatra-store"}, pod_name
    assert not {"Role", "RoleBinding", "ClusterRole"} & {found["kind"] for found in rendered(name).objects}


@pytest.mark.parametrize("name", MATRIX)
def test_every_container_has_bounds_on_memory(name: str):
    for pod_name, pod in rendered(name).pods():
        for container in containers(pod):
            assert container["resources"]["limits"]["memory"], (pod_name, container["name"])
            assert container["resources"]["requests"]["memory"], (pod_name, container["name"])


def test_a_pod_reads_the_secrets_that_it_needs_and_no_other():
    for name, pod in rendered("trial").pods():
        read = {
            item["key"]
            for volume in pod.get("volumes", [])
            for source in volume.get("projected", {"sources": []})["sources"]
            for item in source["secret"]["items"]
        }
        assert read == _SECRETS[name], name


@pytest.mark.parametrize("name", MATRIX)
def test_no_secret_stands_in_a_configmap_or_a_variable(name: str):
    for found in rendered(name).objects:
        if found["kind"] == "ConfigMap":
            assert not re.search(
                r"[0-9a-f]{64}|://[^/\s]*:[^/\s]*@[a-z]", str(found["data"] or "").replace("USER:PASSWORD", "")
            )
    for pod_name, pod in rendered(name).pods():
        for container in containers(pod):
            for variable, value in environment(container).items():
                if value is not None and re.search("SECRET|KEY|PASSWORD|TOKEN|DSN|DATABASE_URL|REDIS_URL", variable):
                    assert variable.endswith("_FILE"), (pod_name, variable)
                    assert value.startswith("/run/secrets/"), (pod_name, variable)


def test_services_wait_for_the_schema_of_their_release():
    for name in _SERVICES:
        pod = rendered("trial").pod(name)
        first = pod["initContainers"][0]
        assert first["command"][-1] == "/scripts/wait_for_schema.py"
        assert first["image"] == pod["containers"][0]["image"]


def test_balancers_ask_whether_a_service_drains_and_restarts_ask_nothing_else_than_life():
    for name in ("api", "auth"):
        (container,) = rendered("trial").pod(name)["containers"]
        assert container["readinessProbe"]["httpGet"]["path"] == "/healthz?draining"
        assert container["livenessProbe"]["httpGet"]["path"] == "/healthz"
    for name in ("render-worker", "scheduler"):
        (container,) = rendered("trial").pod(name)["containers"]
        assert container["livenessProbe"]["httpGet"] == {"path": "/healthz", "port": "metrics"}


def test_requests_come_to_their_end_when_a_pod_is_told_to_stop():
    for name in ("api", "auth", "web"):
        pod = rendered("site").pod(name)
        drains = pod["containers"][0]["lifecycle"]["preStop"]["sleep"]["seconds"]
        assert drains >= 5
        assert pod["terminationGracePeriodSeconds"] > drains + (0 if name == "web" else _REQUESTS_SECONDS)


def test_a_render_comes_to_its_end_when_a_worker_is_told_to_stop():
    pod = rendered("site").pod("render-worker")
    grace = int(environment(pod["containers"][0])["GRACE_SECONDS"])
    assert grace > _LONGEST_RENDER_SECONDS
    assert pod["terminationGracePeriodSeconds"] > grace


def test_updates_start_a_new_pod_before_they_stop_an_old_one():
    for name, deployment in rendered("site").of_kind("Deployment").items():
        assert deployment["spec"]["strategy"]["rollingUpdate"] == {"maxSurge": 1, "maxUnavailable": 0}, name


def test_pods_start_anew_when_settings_change():
    def annotations(values: dict[str, Any]) -> dict[str, str]:
        deployments = Rendered(values).of_kind("Deployment")
        return {
            name: str(found["spec"]["template"]["metadata"].get("annotations")) for name, found in deployments.items()
        }

    before, after = annotations(TRIAL), annotations(TRIAL | {"settings": {"QUEUE_CAPACITY": 7}})
    assert {name for name in before if before[name] != after[name]} == set(_SERVICES)


def test_a_drain_of_a_node_takes_one_pod_of_a_service_at_a_time():
    site = rendered("site")
    budgets = site.of_kind("PodDisruptionBudget")
    assert set(budgets) == set(site.of_kind("Deployment"))
    for budget in budgets.values():
        assert budget["spec"]["maxUnavailable"] == 1
        assert budget["spec"]["unhealthyPodEvictionPolicy"] == "AlwaysAllow"


def test_replicas_are_spread_over_zones_and_nodes():
    for name in rendered("site").of_kind("Deployment"):
        spread = rendered("site").pod(name)["topologySpreadConstraints"]
        assert [entry["topologyKey"] for entry in spread] == ["topology.kubernetes.io/zone", "kubernetes.io/hostname"]


def test_render_workers_have_a_pool_of_nodes_of_their_own():
    pod = rendered("site").pod("render-worker")
    assert pod["nodeSelector"] == SITE["renderWorker"]["nodeSelector"]
    assert pod["tolerations"] == SITE["renderWorker"]["tolerations"]
    assert rendered("hpa").pod("render-worker")["runtimeClassName"] == "gvisor"
    assert "nodeSelector" not in rendered("site").pod("api")


def test_a_render_worker_has_the_memory_that_it_asks_for_at_its_start():
    for slots, preload in ((1, 0), (2, 512), (8, 2048)):
        (container,) = Rendered(SITE | {"renderWorker": {"slots": slots, "preloadMebibytes": preload}}).pod(
            "render-worker"
        )["containers"]
        assert int(container["resources"]["limits"]["memory"].removesuffix("Mi")) >= slots * 1024 + 2 * preload + 256
        assert environment(container)["PRELOAD_BYTES"] == str(preload << 20)
