"""The chart as Helm renders it, without a cluster."""

import functools
import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

CHECKOUT = Path(__file__).parents[2]
CHART = CHECKOUT / "helm" / "xatra"

NEEDS_HELM = pytest.mark.skipif(not shutil.which("helm"), reason="needs Helm: https://helm.sh/docs/intro/install/")

TRIAL: dict[str, Any] = {"mapData": {"acceptTerms": True}}
"""Values of an installation to try out: everything built in."""

SITE: dict[str, Any] = yaml.safe_load((CHART / "values-production.yaml").read_text())
"""Values of a site on servers of its own."""

MATRIX: dict[str, dict[str, Any]] = {
    "trial": TRIAL,
    "site": SITE,
    "backed up": TRIAL | {"backups": {"type": "volume"}},
    "backed up to a bucket": SITE
    | {"backups": {"type": "s3", "s3": {"bucket": "backups", "peers": [{"ipBlock": {"cidr": "10.0.0.9/32"}}]}}},
    "data in an image": {"mapData": {"type": "image", "image": "registry.example/map-data:1"}},
    "root path": TRIAL
    | {"site": {"basePath": "", "artefactOrigin": "https://maps.other.example"}, "ingress": {"enabled": True}},
    "gateway": SITE | {"ingress": {"enabled": False}, "gateway": {"enabled": True, "parentRefs": [{"name": "front"}]}},
    "keda": SITE | {"renderWorker": {"autoscaling": {"type": "keda"}}},
    "hpa": SITE | {"renderWorker": {"autoscaling": {"type": "hpa"}, "runtimeClassName": "gvisor"}},
    "monitored": TRIAL
    | {"monitoring": {"serviceMonitor": "always", "prometheusRule": "always", "dashboards": "always"}},
    "no policies": TRIAL | {"networkPolicy": {"enabled": False}},
}
"""Values under which everything is rendered that can be."""

OUR_PODS = ("api", "auth", "map-data", "migrate", "postgresql", "redis", "render-worker", "scheduler", "web")


def helm(*words: str) -> subprocess.CompletedProcess[str]:
    """Run Helm."""
    return subprocess.run(["helm", *words], capture_output=True, text=True, check=False)


def template(values: Mapping[str, Any], *words: str) -> subprocess.CompletedProcess[str]:
    """Have Helm render the chart under the release name `xatra`."""
    sets = [word for name, value in values.items() for word in ("--set-json", f"{name}={json.dumps(value)}")]
    return helm("template", "--kube-version=1.34", "--namespace=maps", "xatra", str(CHART), *sets, *words)


class Rendered:
    """The objects that come of values."""

    def __init__(self, values: Mapping[str, Any], *words: str) -> None:
        result = template(values, *words)
        assert result.returncode == 0, result.stderr
        self.objects: list[dict[str, Any]] = [found for found in yaml.safe_load_all(result.stdout) if found]

    def of_kind(self, kind: str) -> dict[str, dict[str, Any]]:
        """Return all objects of a kind by their names, which are cut short by the release's."""
        return {
            found["metadata"]["name"].removeprefix("xatra").removeprefix("-"): found
            for found in self.objects
            if found["kind"] == kind
        }

    def pods(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the name and the specification of every pod."""
        for found in self.objects:
            if found["kind"] in {"Deployment", "StatefulSet", "Job"}:
                yield found["metadata"]["name"].removeprefix("xatra-"), found["spec"]["template"]["spec"]
            elif found["kind"] == "CronJob":
                template = found["spec"]["jobTemplate"]["spec"]["template"]
                yield found["metadata"]["name"].removeprefix("xatra-"), template["spec"]
            elif found["kind"] == "Pod":
                yield found["metadata"]["name"].removeprefix("xatra-"), found["spec"]

    def pod(self, name: str) -> dict[str, Any]:
        """Return the specification of one pod."""
        return dict(self.pods())[name]


def containers(pod: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a pod's containers, those that run first included."""
    return [*pod.get("initContainers", []), *pod["containers"]]


def environment(container: Mapping[str, Any]) -> dict[str, Any]:
    """Return the variables that a container is given by value."""
    return {variable["name"]: variable.get("value") for variable in container.get("env", [])}


@functools.cache
def rendered(name: str) -> Rendered:
    """Return what comes of one entry of the matrix."""
    return Rendered(MATRIX[name])
