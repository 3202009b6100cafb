"""A Kubernetes that KUBECONFIG leads to, and what tests ask of it."""

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).parents[2]
CHART = CHECKOUT / "helm" / "xatra"

# Which images: what a registry has, or what was loaded into the cluster. `make cluster-test` sets them.
IMAGES = os.environ.get("IMAGES", "xatra")
RELEASE = os.environ.get("RELEASE", "local")
PREVIOUS = os.environ.get("PREVIOUS", RELEASE)


def kubectl(*words: str, check: bool = True, stdin: str | None = None) -> str:
    """Run kubectl and return what it says."""
    result = subprocess.run(["kubectl", *words], input=stdin, capture_output=True, text=True, check=False)
    assert result.returncode == 0 or not check, (
        f"kubectl {' '.join(words)}\n{result.stdout[-3000:]}{result.stderr[-3000:]}"
    )
    return result.stdout


def get(namespace: str, *words: str) -> list[dict[str, Any]]:
    """Return objects of a namespace."""
    found: list[dict[str, Any]] = json.loads(kubectl("get", "-n", namespace, *words, "-o", "json"))["items"]
    return found


def apply(manifest: str) -> None:
    """Have the cluster make objects true."""
    kubectl("apply", "-f", "-", stdin=manifest)


@contextmanager
def namespace(name: str, **labels: str) -> Iterator[str]:
    """Make a namespace, empty, and remove it."""
    kubectl("delete", "namespace", name, "--ignore-not-found", "--wait")
    kubectl("create", "namespace", name)
    if labels:
        kubectl("label", "namespace", name, *(f"{key.replace('__', '/')}={value}" for key, value in labels.items()))
    try:
        yield name
    finally:
        kubectl("delete", "namespace", name, "--wait=false")


@contextmanager
def port_forward(namespace: str, target: str, port: int) -> Iterator[int]:
    """Lead a port of this machine to a pod, or to one of a Service's; a pod's is followed only as long as it lives."""
    process = subprocess.Popen(
        ["kubectl", "port-forward", "-n", namespace, target, f":{port}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        line = process.stdout.readline()
        found = re.search(r"127\.0\.0\.1:(\d+)", line)
        assert found, f"no way to {target}: {line}"
        yield int(found[1])
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


def query(namespace: str, pod: str, statement: str) -> str:
    """Ask the database of a PostgreSQL in a pod something, as its superuser."""
    command = ("psql", "--username=postgres", "--tuples-only", "--no-align", f"--command={statement}", "xatra")
    return kubectl("exec", "-n", namespace, pod, "--", *command).strip()


class HelmRelease:
    """One installation of the chart, under the name `xatra`."""

    def __init__(self, namespace: str, values: Mapping[str, Any], *, home: Path) -> None:
        self.namespace = namespace
        self._values = dict(values)
        self._file = home / f"{namespace}.json"

    def install(self, *, tag: str) -> float:
        """Install it, or bring it up to date, and wait until everything is ready; return the seconds that it took."""
        return self._helm("upgrade", "--install", "xatra", str(CHART), *self._options(tag))

    def upgrade(self, *, tag: str, **values: Any) -> float:  # noqa: ANN401 - values of whatever kind
        """Bring it up to date with some values changed; return the seconds that it took."""
        self._values |= values
        return self._helm("upgrade", "xatra", str(CHART), *self._options(tag))

    def rollback(self) -> float:
        """Go back to the revision before; return the seconds that it took."""
        return self._helm("rollback", "xatra", "--wait", "--timeout=15m")

    def uninstall(self) -> None:
        """Take it away, and wait until its pods are gone."""
        self._helm("uninstall", "xatra", "--wait", "--timeout=10m")

    def test(self) -> str:
        """Run `helm test` and return its log."""
        return self._run("test", "xatra", "--logs", "--timeout=5m").stdout

    def dry_run(self, **values: Any) -> subprocess.CompletedProcess[str]:  # noqa: ANN401 - likewise
        """Have the cluster say what it thinks of all objects with some values changed; nothing comes of it."""
        self._file.write_text(json.dumps(self._values | values))
        rendered = self._run("template", "xatra", str(CHART), f"--values={self._file}", "--validate").stdout
        command = ["kubectl", "apply", "--namespace", self.namespace, "--dry-run=server", "--filename=-"]
        return subprocess.run(command, input=rendered, capture_output=True, text=True, check=False)

    def pods(self, component: str | None = None) -> list[dict[str, Any]]:
        """Return its pods that run, and are not being stopped."""
        selector = "app.kubernetes.io/instance=xatra" + (
            f",app.kubernetes.io/component={component}" if component else ""
        )
        return [
            pod
            for pod in get(self.namespace, "pods", "--selector", selector)
            if pod["status"]["phase"] == "Running" and "deletionTimestamp" not in pod["metadata"]
        ]

    def execute(self, target: str, *words: str) -> str:
        """Run a command in a container."""
        return kubectl("exec", "-n", self.namespace, target, "--", *words)

    def _options(self, tag: str) -> Sequence[str]:
        self._values["images"] = {"prefix": IMAGES, "tag": tag}
        self._file.write_text(json.dumps(self._values))
        return (f"--values={self._file}", "--wait", "--timeout=15m")

    def _helm(self, *words: str) -> float:
        started = time.monotonic()
        self._run(*words)
        return time.monotonic() - started

    def _run(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = ["helm", *words, "--namespace", self.namespace]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        if result.returncode != 0:
            state = kubectl("get", "pods", "-n", self.namespace, "-o", "wide", check=False)
            pytest.fail(f"{' '.join(command)}\n{result.stdout[-2000:]}{result.stderr[-2000:]}\n{state}")
        return result


def _answers() -> bool:
    if not (shutil.which("kubectl") and shutil.which("helm") and os.environ.get("KUBECONFIG")):
        return False
    command = ["kubectl", "get", "--raw", "/readyz", "--request-timeout=10s"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


NEEDS_CLUSTER: Sequence[pytest.MarkDecorator] = (
    pytest.mark.long,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(not _answers(), reason="no Kubernetes answers (KUBECONFIG), or no kubectl or Helm is here"),
)
"""Marks of a module whose tests install the chart: they take minutes."""
