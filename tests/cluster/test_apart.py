"""PostgreSQL, Redis and a bucket of somebody else's, and several of every service."""

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import httpx2
import pytest
from tests.cluster.cluster import (
    NEEDS_CLUSTER,
    PREVIOUS,
    RELEASE,
    HelmRelease,
    get,
    kubectl,
    port_forward,
    query,
)
from tests.cluster.conftest import CHANGED_SETTINGS, VALUES, Front
from tests.cluster.traffic import done_under_traffic
from tests.figures import FIGURES
from tests.stack.site import HOST, INDIA, Site
from tests.waiting import until

pytestmark = [*NEEDS_CLUSTER]

_QUEUED = 40
_WRITES_PER_MINUTE = 30
_LEADER_LOCK = 0x7861747261626561  # of xatra_scheduler.repository
_LEADERS = (
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted "
    f"AND (classid::bigint << 32 | objid::bigint) = {_LEADER_LOCK}"
)
_LAST_RUN = "SELECT max(last_run_at) FROM scheduled_tasks"
_SCHEDULERS = "SELECT count(*) FROM scheduler_heartbeats WHERE last_consumed_at > now() - interval '30 s'"


@pytest.fixture(scope="module", autouse=True)
def installed(apart: HelmRelease) -> None:
    """Install the previous release."""
    seconds = apart.install(tag=PREVIOUS)
    FIGURES.append(f"install on servers of somebody else's, two of each service: {seconds:.0f} s")


@pytest.fixture
def apis(apart: HelmRelease) -> Iterator[list[httpx2.Client]]:
    """Return a client of each api pod, past what stands in front."""
    with ExitStack() as stack:
        clients = []
        for pod in apart.pods("api"):
            port = stack.enter_context(port_forward(apart.namespace, f"pod/{pod['metadata']['name']}", 8000))
            client = httpx2.Client(base_url=f"http://127.0.0.1:{port}/xatra/api", headers={"Host": HOST}, timeout=60)
            clients.append(stack.enter_context(client))
        yield clients


def test_the_site_works(front: Front):
    assert "ok render" in front.smoke()


def test_nothing_of_the_release_keeps_anything(apart: HelmRelease):
    claims = {claim["metadata"]["name"] for claim in get(apart.namespace, "persistentvolumeclaims")}
    assert claims == {"xatra-map-data"}
    assert not get(apart.namespace, "statefulsets")


def test_an_upgrade_migrates_first_and_old_and_new_pods_serve_one_schema(apart: HelmRelease, front: Front):
    done_under_traffic(
        front,
        f"upgrade of two of each service from {PREVIOUS} to {RELEASE}",
        lambda: apart.upgrade(tag=RELEASE, settings=CHANGED_SETTINGS),
    )
    events = kubectl("get", "events", "-n", apart.namespace, "--field-selector=reason=Completed", "-o", "name")
    assert "xatra-migrate-before-2" in events


def test_a_render_asked_of_one_api_is_followed_and_cancelled_by_another(apis: list[httpx2.Client]):
    one, other = apis
    program = f'import time\n{INDIA}time.sleep(50)\nxatra.TitleBox("Followed")\n'
    render = one.post("/renders", json={"program": program}).json()["id"]
    states = []
    with other.stream("GET", f"/renders/{render}/events") as stream:
        for line in stream.iter_lines():
            if line.startswith("data:"):
                states.append(json.loads(line.removeprefix("data:"))["state"])
            if states[-1:] == ["running"] and line.startswith("data:"):
                assert one.delete(f"/renders/{render}").status_code == 200
    assert states[-1] == "cancelled"
    assert one.get(f"/renders/{render}").json()["state"] == "cancelled"


def test_a_finished_render_wakes_who_waits_at_another_api(apis: list[httpx2.Client]):
    one, other = apis
    render = one.post("/renders", json={"program": f'{INDIA}xatra.TitleBox("Waited for")\n'}).json()["id"]
    answer = other.get(f"/renders/{render}", headers={"Prefer": "wait=30"})
    assert answer.json()["state"] == "succeeded"
    assert other.get(answer.json()["artefact"]["url"].removeprefix("/xatra/api")).status_code == 200


def test_of_two_schedulers_one_acts_and_the_other_follows(apart: HelmRelease):
    until(lambda: _ask(_SCHEDULERS) == "2", seconds=60)
    assert _ask(_LEADERS) == "1"
    for pod in apart.pods("scheduler"):
        ran = _ask(_LAST_RUN)
        kubectl("delete", "pod", "-n", apart.namespace, pod["metadata"]["name"], "--grace-period=0", "--force")
        _await_a_run_after(ran)
        assert _ask(_LEADERS) == "1"
        until(lambda: len(apart.pods("scheduler")) == 2, seconds=60)


def test_more_workers_and_fewer_cut_no_render_and_claim_each_once(apart: HelmRelease, site: Site):
    last = int(_ask("SELECT max(id) FROM render_jobs"))
    asked = [site.ask(f"Queue {number}") for number in range(_QUEUED)]
    up = apart.upgrade(tag=RELEASE, renderWorker=VALUES["renderWorker"] | {"replicas": 3})
    asked += [site.ask(f"Queue {number}") for number in range(_QUEUED, 2 * _QUEUED)]
    until(lambda: all(_rendered(apart, pod) > 0 for pod in apart.pods("render-worker")), seconds=120)
    down = apart.upgrade(tag=RELEASE, renderWorker=VALUES["renderWorker"])
    assert {site.end(render)["state"] for render in asked} == {"succeeded"}
    claims = _ask(f"SELECT count(*), max(attempt) FROM render_jobs WHERE id > {last}")
    FIGURES.append(
        f"1 to 3 render workers: {up:.0f} s, back to 1: {down:.0f} s; {len(asked)} renders, each claimed once"
    )
    assert claims == f"{len(asked)}|1"


def test_all_apis_count_one_limit(apart: HelmRelease, apis: list[httpx2.Client]):
    for client in apis:
        client.close()
    settings = VALUES["settings"] | {"WRITES_PER_MINUTE": _WRITES_PER_MINUTE}
    apart.upgrade(tag=RELEASE, settings=settings)
    until(lambda: len(apart.pods("api")) == 2, seconds=120)
    with ExitStack() as stack:
        accepted = 0
        for pod in apart.pods("api"):
            port = stack.enter_context(port_forward(apart.namespace, f"pod/{pod['metadata']['name']}", 8000))
            with httpx2.Client(base_url=f"http://127.0.0.1:{port}/xatra/api", headers={"Host": HOST}) as client:
                answers = [client.post("/renders", json={"program": "x = 1"}) for _ in range(_WRITES_PER_MINUTE)]
            accepted += sum(answer.status_code != 429 for answer in answers)
    assert _WRITES_PER_MINUTE <= accepted < 1.5 * _WRITES_PER_MINUTE


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"renderWorker": {"autoscaling": {"type": "hpa"}}}, None),
        ({"renderWorker": {"autoscaling": {"type": "keda"}}}, "scaledobjects.keda.sh"),
        ({"gateway": {"enabled": True, "parentRefs": [{"name": "front"}]}}, "httproutes.gateway.networking.k8s.io"),
        ({"monitoring": {"serviceMonitor": "always"}}, "servicemonitors.monitoring.coreos.com"),
        ({"monitoring": {"prometheusRule": "always"}}, "prometheusrules.monitoring.coreos.com"),
        ({"monitoring": {"dashboards": "always"}}, None),
    ],
)
def test_the_cluster_takes_everything_else_too(apart: HelmRelease, values: dict[str, Any], kind: str | None):
    if kind and kind not in kubectl("get", "customresourcedefinitions", "-o", "jsonpath={.items[*].metadata.name}"):
        pytest.skip(f"the cluster knows no {kind}")
    result = apart.dry_run(**values)
    assert result.returncode == 0, result.stderr


def _ask(statement: str) -> str:
    return query("xatra-servers", "postgres-0", statement)


def _await_a_run_after(moment: str) -> None:
    until(lambda: _ask(_LAST_RUN) > moment, seconds=60)


def _rendered(release: HelmRelease, pod: dict[str, Any]) -> float:
    """Return how many renders a worker has ended."""
    ask = "import urllib.request as r; print(r.urlopen('http://127.0.0.1:9100/metrics').read().decode())"
    told = release.execute(pod["metadata"]["name"], "python", "-c", ask)
    return sum(float(count) for count in re.findall(r"^render_duration_seconds_count\{.*\} (\S+)$", told, re.MULTILINE))
