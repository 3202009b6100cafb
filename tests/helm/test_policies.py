"""Who reaches whom, as docs/architecture.md draws it."""

from typing import Any

import pytest
from tests.helm.chart import MATRIX, NEEDS_HELM, OUR_PODS, SITE, Rendered, rendered

pytestmark = [NEEDS_HELM]

# Among the pods of one release.
_EDGES = {
    ("api", "postgresql", 5432), ("api", "redis", 6379),
    ("auth", "postgresql", 5432), ("auth", "redis", 6379),
    ("migrate", "postgresql", 5432),
    ("render-worker", "postgresql", 5432), ("render-worker", "redis", 6379),
    ("scheduler", "postgresql", 5432), ("scheduler", "redis", 6379),
}  # fmt: skip


def _component(peer: dict[str, Any]) -> str:
    return peer.get("podSelector", {}).get("matchLabels", {}).get("app.kubernetes.io/component", "")


def _edges(policies: dict[str, dict[str, Any]], direction: str) -> set[tuple[str, str, int]]:
    peers = "to" if direction == "egress" else "from"
    return {
        (name, _component(peer), port["port"])
        for name, policy in policies.items()
        for rule in policy["spec"][direction]
        for peer in rule.get(peers, [])
        for port in rule["ports"]
        if _component(peer)
    }


@pytest.mark.parametrize("name", [name for name in MATRIX if name != "no policies"])
def test_nothing_is_open_that_is_not_named(name: str):
    policies = rendered(name).of_kind("NetworkPolicy")
    assert set(policies) - {"backup"} == set(OUR_PODS)
    assert ("backup" in policies) == name.startswith("backed up")
    for component, policy in policies.items():
        assert policy["spec"]["policyTypes"] == ["Ingress", "Egress"], component
        assert policy["spec"]["podSelector"]["matchLabels"]["app.kubernetes.io/component"] == component
        assert all(rule.get("ports") for rule in policy["spec"]["ingress"] + policy["spec"]["egress"]), component


def test_every_pod_has_a_policy():
    components = {
        found["spec"]["template"]["metadata"]["labels"]["app.kubernetes.io/component"]
        for found in rendered("trial").objects
        if found["kind"] in {"Deployment", "StatefulSet", "Job"}
    }
    assert components == set(rendered("trial").of_kind("NetworkPolicy"))


def test_pods_reach_each_other_along_the_edges_of_the_architecture_alone():
    policies = rendered("trial").of_kind("NetworkPolicy")
    assert _edges(policies, "egress") == _EDGES
    assert {(peer, name, port) for name, peer, port in _edges(policies, "ingress")} == _EDGES


def test_a_render_worker_reaches_the_database_redis_the_store_and_names_and_nothing_else():
    egress = rendered("site").of_kind("NetworkPolicy")["render-worker"]["spec"]["egress"]
    reached = {(str(rule["to"]), port["port"]) for rule in egress for port in rule["ports"]}
    dns = str([{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}}}])
    assert reached == {
        (dns, 53),
        (str(SITE["postgresql"]["peers"]), 5432),
        (str(SITE["redis"]["peers"]), 6379),
        (str(SITE["artefacts"]["s3"]["peers"]), 443),
    }


def test_nobody_asks_a_render_worker_but_monitoring():
    (rule,) = rendered("site").of_kind("NetworkPolicy")["render-worker"]["spec"]["ingress"]
    assert rule == {"from": SITE["networkPolicy"]["monitoring"], "ports": [{"port": 9100}]}


def test_the_ingress_controller_alone_reaches_the_site_where_it_is_named():
    policies = rendered("site").of_kind("NetworkPolicy")
    controller, monitoring = SITE["networkPolicy"]["ingressController"], SITE["networkPolicy"]["monitoring"]
    assert policies["web"]["spec"]["ingress"] == [{"from": controller, "ports": [{"port": 8080}]}]
    assert policies["api"]["spec"]["ingress"] == [{"from": controller + monitoring, "ports": [{"port": 8000}]}]


def test_more_ways_out_are_for_api_auth_and_scheduler_never_for_render_workers():
    rule = {"to": [{"ipBlock": {"cidr": "10.0.0.8/32"}}], "ports": [{"port": 4318}]}
    policies = Rendered(SITE | {"networkPolicy": {"extraEgress": [rule], "ingressController": []}}).of_kind(
        "NetworkPolicy"
    )
    assert {name for name, policy in policies.items() if rule in policy["spec"]["egress"]} == {
        "api",
        "auth",
        "scheduler",
    }


def test_the_way_to_the_internet_leads_to_nobodys_inside():
    policies = rendered("trial").of_kind("NetworkPolicy")
    blocks = {
        (name, block["cidr"]): block["except"]
        for name, policy in policies.items()
        for rule in policy["spec"]["egress"]
        for peer in rule.get("to", [])
        if (block := peer.get("ipBlock"))
    }
    assert {name for name, _ in blocks} == {"auth", "map-data"}
    assert all("169.254.0.0/16" in left_out for (_, cidr), left_out in blocks.items() if cidr == "0.0.0.0/0")
