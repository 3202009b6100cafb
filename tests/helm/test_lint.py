"""The chart is one that Helm takes, and every object one that Kubernetes takes."""

import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
import yaml
from tests.helm.chart import CHART, CHECKOUT, MATRIX, NEEDS_HELM, SITE, Rendered, helm, rendered

pytestmark = [NEEDS_HELM]


def test_helm_finds_nothing_wrong():
    result = helm("lint", "--strict", str(CHART), f"--values={CHART / 'values-production.yaml'}")
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("name", MATRIX)
def test_everything_is_named_and_labelled(name: str):
    seen = set()
    for found in rendered(name).objects:
        identity = (found["apiVersion"], found["kind"], found["metadata"]["name"])
        assert identity not in seen
        seen.add(identity)
        assert found["metadata"]["labels"]["app.kubernetes.io/instance"] == "xatra", identity
        assert found["metadata"]["labels"]["app.kubernetes.io/component"], identity


@pytest.mark.skipif(not shutil.which("kubeconform"), reason="needs kubeconform: https://github.com/yannh/kubeconform")
@pytest.mark.skipif(
    "KUBERNETES_SCHEMAS" not in os.environ,
    reason="KUBERNETES_SCHEMAS does not say where Kubernetes' schemas are (`default`: on the internet)",
)
def test_objects_follow_the_schemas_of_kubernetes():
    result = subprocess.run(
        ["kubeconform", "-strict", "-ignore-missing-schemas", "-kubernetes-version=1.34.0",
         f"-schema-location={os.environ['KUBERNETES_SCHEMAS']}", "-"],
        input=yaml.safe_dump_all(found for name in MATRIX for found in rendered(name).objects),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout


def test_names_stay_short_under_a_long_release_name():
    result = helm(
        "template", "--kube-version=1.34", "r" * 53, str(CHART), f"--values={CHART / 'values-production.yaml'}"
    )
    names = [found["metadata"]["name"] for found in yaml.safe_load_all(result.stdout) if found]
    assert names
    assert max(map(len, names)) <= 63


def test_rules_dashboards_and_scripts_are_those_of_the_compose_stack(tmp_path: Path):
    assert helm("package", str(CHART), f"--destination={tmp_path}").returncode == 0
    (package,) = tmp_path.iterdir()
    with tarfile.open(package) as archive:
        packed = {
            member.name.removeprefix("xatra/files/"): archive.extractfile(member).read()
            for member in archive
            if member.name.startswith("xatra/files/")
        }
    for pattern in (
        "compose/prometheus/rules/*.yml",
        "compose/grafana/dashboards/*.json",
        "compose/redis/*",
        "scripts/*.py",
    ):
        for path in CHECKOUT.glob(pattern):
            assert packed[str(path.relative_to(CHECKOUT))] == path.read_bytes(), path


def test_monitoring_gets_every_rule_and_dashboard():
    monitored = rendered("monitored")
    rules = {path.stem: yaml.safe_load(path.read_text()) for path in CHECKOUT.glob("compose/prometheus/rules/*.yml")}
    assert {name: found["spec"] for name, found in monitored.of_kind("PrometheusRule").items()} == rules
    dashboards = {path.name: path.read_text() for path in CHECKOUT.glob("compose/grafana/dashboards/*.json")}
    assert (monitored.of_kind("ConfigMap")["dashboards"]["data"] or {}) == dashboards


def test_objects_of_operators_are_there_only_where_the_cluster_knows_them():
    assert not Rendered(SITE).of_kind("ServiceMonitor")
    knowing = Rendered(SITE, "--api-versions=monitoring.coreos.com/v1/ServiceMonitor")
    assert knowing.of_kind("ServiceMonitor")
    assert not knowing.of_kind("PrometheusRule")


def test_prometheus_knows_services_by_the_names_of_the_compose_stack():
    (monitor,) = rendered("monitored").of_kind("ServiceMonitor").values()
    assert monitor["spec"]["jobLabel"] == "app.kubernetes.io/component"
    (among,) = monitor["spec"]["selector"]["matchExpressions"]
    jobs = yaml.safe_load((CHECKOUT / "compose/prometheus/prometheus.yml").read_text())["scrape_configs"]
    assert set(among["values"]) <= {job["job_name"] for job in jobs}
    services = rendered("monitored").of_kind("Service")
    assert {services[name]["metadata"]["labels"]["app.kubernetes.io/component"] for name in among["values"]} == set(
        among["values"]
    )
