"""How people reach the site: by an Ingress, or by a Gateway."""

from typing import Any

from tests.helm.chart import NEEDS_HELM, rendered

pytestmark = [NEEDS_HELM]


def _paths(rule: dict[str, Any]) -> dict[str, str]:
    return {path["path"]: path["backend"]["service"]["name"] for path in rule["http"]["paths"]}


def test_an_ingress_leads_to_the_three_services_of_the_site():
    (ingress,) = rendered("site").of_kind("Ingress").values()
    (rule,) = ingress["spec"]["rules"]
    assert rule["host"] == "maps.example"
    assert _paths(rule) == {"/xatra/api/auth": "xatra-auth", "/xatra/api": "xatra-api", "/xatra": "xatra-web"}
    assert ingress["spec"]["tls"] == [{"secretName": "xatra-tls", "hosts": ["maps.example"]}]


def test_the_site_of_maps_alone_is_served_by_the_api_alone():
    (ingress,) = rendered("root path").of_kind("Ingress").values()
    site, artefacts = ingress["spec"]["rules"]
    assert _paths(site) == {"/api/auth": "xatra-auth", "/api": "xatra-api", "/": "xatra-web"}
    assert artefacts["host"] == "maps.other.example"
    assert _paths(artefacts) == {"/api": "xatra-api"}


def test_a_gateway_leads_there_too_and_keeps_browsers_to_https():
    (route,) = rendered("gateway").of_kind("HTTPRoute").values()
    ways = {rule["matches"][0]["path"]["value"]: rule for rule in route["spec"]["rules"]}
    assert {path: rule["backendRefs"][0]["name"] for path, rule in ways.items()} == {
        "/xatra/api/auth": "xatra-auth",
        "/xatra/api": "xatra-api",
        "/xatra": "xatra-web",
    }
    for rule in ways.values():
        (header,) = rule["filters"][0]["responseHeaderModifier"]["set"]
        assert header["name"] == "Strict-Transport-Security"


def test_streams_are_given_an_hour_and_everything_else_a_minute():
    (route,) = rendered("gateway").of_kind("HTTPRoute").values()
    limits = {rule["backendRefs"][0]["name"]: rule["timeouts"]["request"] for rule in route["spec"]["rules"]}
    assert limits == {"xatra-auth": "60s", "xatra-api": "1h", "xatra-web": "60s"}
    (ingress,) = rendered("site").of_kind("Ingress").values()
    assert ingress["metadata"]["annotations"]["nginx.ingress.kubernetes.io/proxy-read-timeout"] == "3600"
