"""Everything built in, on one node: from nothing to a site, through upgrades and crashes, away and back."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.cluster.cluster import NEEDS_CLUSTER, PREVIOUS, RELEASE, HelmRelease, get, kubectl, query
from tests.cluster.conftest import CHANGED_SETTINGS, Front
from tests.cluster.traffic import done_under_traffic
from tests.figures import FIGURES, timed
from tests.stack.site import INDIA, Site
from tests.waiting import until

pytestmark = [*NEEDS_CLUSTER]

_SLOW = f'import time\n{INDIA}time.sleep(40)\nxatra.TitleBox("Slow")\n'


@pytest.fixture(scope="module", autouse=True)
def installed(trial: HelmRelease) -> None:
    """Install the previous release."""
    FIGURES.append(f"install from nothing, until everything is ready: {trial.install(tag=PREVIOUS):.0f} s")


def test_the_site_works_as_soon_as_the_installation_has_ended(front: Front):
    assert "ok render" in front.smoke()


def test_helm_test_tries_the_site_out_from_inside(trial: HelmRelease):
    assert "ok sign-out" in trial.test()


def test_the_namespace_takes_restricted_pods_alone_and_took_all(trial: HelmRelease):
    refused = kubectl(
        "run", "root", "-n", trial.namespace, "--image=none", "--privileged", "--dry-run=server", check=False
    )
    assert not refused
    components = {pod["metadata"]["labels"]["app.kubernetes.io/component"] for pod in trial.pods()}
    assert components == {"api", "auth", "backup", "postgresql", "redis", "render-worker", "scheduler", "web"}


def test_programs_are_shut_in_by_the_kernel_although_the_pod_has_no_rights(trial: HelmRelease):
    told = trial.execute(
        "deploy/xatra-render-worker",
        "python", "-c", "import urllib.request as r; print(r.urlopen('http://127.0.0.1:9100/metrics').read().decode())",
    )  # fmt: skip
    (line,) = [line for line in told.splitlines() if line.startswith("render_sandbox_info{")]
    assert 'mode="required"' in line
    assert 'seccomp="true"' in line.lower()


def test_an_upgrade_under_traffic_fails_no_request(trial: HelmRelease, front: Front, site: Site):
    report = done_under_traffic(
        front,
        f"upgrade from {PREVIOUS} to {RELEASE}",
        lambda: trial.upgrade(tag=RELEASE, settings=CHANGED_SETTINGS),
    )
    assert site.send("GET", "/xatra/api/health").json() == {"status": "ok", "release": RELEASE}
    assert all(site.end(render)["state"] == "succeeded" for render in report.renders)


def test_a_rollback_under_traffic_fails_no_request(trial: HelmRelease, front: Front, site: Site):
    done_under_traffic(front, "rollback", trial.rollback)
    assert site.send("GET", "/xatra/api/health").json()["release"] == PREVIOUS


def test_a_render_comes_to_its_end_on_a_worker_that_is_told_to_stop(trial: HelmRelease, site: Site):
    render = site.send("POST", "/xatra/api/renders", json={"program": _SLOW}).json()["id"]
    until(lambda: site.send("GET", f"/xatra/api/renders/{render}").json()["state"] == "running", seconds=60)
    (worker,) = trial.pods("render-worker")
    kubectl("delete", "pod", "-n", trial.namespace, worker["metadata"]["name"], "--wait=false")
    assert site.end(render)["state"] == "succeeded"
    last = "SELECT attempt FROM render_jobs ORDER BY id DESC LIMIT 1"
    assert query(trial.namespace, "xatra-postgresql-0", last) == "1"


def test_every_pod_killed_in_turn_loses_no_render(trial: HelmRelease, site: Site, front: Front):
    asked: list[str] = []
    stop = threading.Event()

    def ask() -> None:
        own = front.site()
        while not stop.is_set():
            asked.append(own.ask(f"Burst {len(asked)}"))
        own.close()

    with ThreadPoolExecutor(1) as people:
        burst = people.submit(ask)
        try:
            killed = [pod["metadata"]["name"] for pod in trial.pods()]
            for name in killed:
                kubectl("delete", "pod", "-n", trial.namespace, name, "--grace-period=0", "--force")
                until(lambda: _all_are_ready(trial), seconds=180)
        finally:
            stop.set()
        burst.result()
        ends = list(people.map(site.end, asked))
    states = {end["state"] for end in ends}
    FIGURES.append(f"{len(killed)} pods killed in turn: {len(asked)} renders asked for, {states} all of them")
    assert len(asked) > len(killed)
    assert states == {"succeeded"}


def test_an_uninstallation_keeps_what_people_made_and_an_installation_finds_it(trial: HelmRelease, site: Site):
    kept_secrets = _secrets(trial)
    finished = site.ask("Kept")
    assert site.end(finished)["state"] == "succeeded"
    artefact = site.end(finished)["artefact"]["url"]
    trial.uninstall()
    until(lambda: not trial.pods(), seconds=60)
    assert len(get(trial.namespace, "persistentvolumeclaims")) == 5
    assert _secrets(trial) == kept_secrets
    seconds = trial.install(tag=RELEASE)
    FIGURES.append(f"installation again, on volumes that are there: {seconds:.0f} s")
    assert site.end(finished)["artefact"]["url"] == artefact
    assert site.send("GET", artefact).status_code == 200


def test_a_restore_brings_back_what_was_there_when_the_backup_was_made(trial: HelmRelease, site: Site):
    artefact = site.end(site.ask("Backed up"))["artefact"]["url"]
    for act in ("make", "drill"):
        trial.execute("deploy/xatra-backup", "xatra-backup", act)
    count = "SELECT count(*) FROM artefacts"
    before = query(trial.namespace, "xatra-postgresql-0", count)
    query(trial.namespace, "xatra-postgresql-0", "TRUNCATE artefacts, render_jobs CASCADE")
    with timed("restore, until everything is ready again"):
        kubectl("scale", "deploy", "-n", trial.namespace, "--all", "--replicas=0")
        until(lambda: len(trial.pods()) == len(get(trial.namespace, "statefulsets")), seconds=120)
        kubectl("create", "job", "restore", "-n", trial.namespace, "--from=cronjob/xatra-restore")
        kubectl("wait", "-n", trial.namespace, "--for=condition=complete", "--timeout=5m", "job/restore")
        trial.upgrade(tag=RELEASE)
    assert query(trial.namespace, "xatra-postgresql-0", count) == before
    assert site.send("GET", artefact).status_code == 200
    assert site.end(site.ask("After the restore"))["state"] == "succeeded"


def _all_are_ready(trial: HelmRelease) -> bool:
    found = get(trial.namespace, "deployments") + get(trial.namespace, "statefulsets")
    return all(entry["status"].get("readyReplicas", 0) == entry["spec"]["replicas"] for entry in found)


def _secrets(trial: HelmRelease) -> dict[str, dict[str, str]]:
    found = get(trial.namespace, "secrets", "--selector", "app.kubernetes.io/instance=xatra")
    return {secret["metadata"]["name"]: secret["data"] for secret in found}
