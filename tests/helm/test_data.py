"""What outlives a pod and a release: secrets, volumes, the schema."""

import base64
from urllib.parse import urlsplit

import pytest
from tests.helm.chart import NEEDS_HELM, SITE, TRIAL, Rendered, environment, rendered

from xatra_shared.database.grants import BACKUP, GRANTS, OWNER, login_of
from xatra_shared.queue.redis_users import REDIS_USERS

pytestmark = [NEEDS_HELM]


def _secret(name: str) -> dict[str, str]:
    data = rendered("trial").of_kind("Secret")[name]["data"]
    return {key: base64.b64decode(value).decode() for key, value in data.items()}


def test_every_login_has_a_password_of_its_own_which_its_address_names():
    made = _secret("postgresql")
    logins = {"backup": BACKUP, "owner": OWNER} | {group.removeprefix("xatra_"): login_of(group) for group in GRANTS}
    assert len({made[login] for login in logins.values()}) == len(logins)
    for name, login in logins.items():
        address = urlsplit(made[f"{name}_database_url"])
        assert (address.username, address.password) == (login, made[login])
        assert address.hostname == "xatra-postgresql"


def test_every_user_of_redis_has_a_password_of_its_own():
    made = _secret("redis")
    assert {f"redis_{user}" for user in (*REDIS_USERS, "xatra_monitor")} <= made.keys()
    for group in GRANTS:
        address = urlsplit(made[f"{group.removeprefix('xatra_')}_redis_url"])
        assert (address.username, address.password) == (group, made[f"redis_{group}"])


def test_secrets_are_made_anew_for_every_release_and_are_as_long_as_services_demand():
    made = _secret("secrets")
    assert len(made["guest_secret"]) == len(made["signing_key"]) == 64
    assert made["guest_secret"] != made["signing_key"]
    other = Rendered(TRIAL).of_kind("Secret")["secrets"]["data"]
    assert base64.b64decode(other["signing_key"]).decode() != made["signing_key"]


def test_what_people_keep_stays_when_the_release_goes():
    trial = rendered("trial")
    for kind in ("Secret", "PersistentVolumeClaim"):
        for name, found in trial.of_kind(kind).items():
            assert found["metadata"]["annotations"]["helm.sh/resource-policy"] == "keep", (kind, name)
    for name in ("postgresql", "redis"):
        assert trial.of_kind("StatefulSet")[name]["spec"]["volumeClaimTemplates"]


def test_no_secret_and_no_server_is_made_where_yours_are_named():
    site = rendered("site")
    assert not site.of_kind("Secret")
    assert not site.of_kind("StatefulSet")


def test_migrations_are_a_job_of_the_revision_and_before_an_upgrade_where_the_database_is_there_already():
    (job,) = [name for name in rendered("trial").of_kind("Job") if name.startswith("migrate")]
    assert job == "migrate-1"
    before = rendered("site").of_kind("Job")["migrate-before-1"]
    assert before["metadata"]["annotations"]["helm.sh/hook"] == "pre-upgrade"
    upgraded = Rendered(TRIAL, "--is-upgrade")
    assert not [found for found in upgraded.objects if "pre-upgrade" in str(found["metadata"].get("annotations"))]


def test_an_upgrade_makes_a_backup_before_it_migrates_a_database_of_somebody_elses():
    pod = rendered("backed up to a bucket").pod("migrate-before-1")
    assert [container["command"][0] for container in pod["initContainers"]] == ["xatra-backup", "sh"]
    variables = environment(pod["initContainers"][0])
    assert variables["BACKUP_STORE_URL"] == "s3://backups"
    assert variables["BACKUP_SECRET_ACCESS_KEY_FILE"] == "/run/secrets/backup_secret_access_key"


def test_backups_lie_apart_from_what_they_are_of_and_stay():
    backed_up = rendered("backed up")
    claims = backed_up.of_kind("PersistentVolumeClaim")
    assert claims["backups"]["metadata"]["annotations"]["helm.sh/resource-policy"] == "keep"
    mounts = {mount["name"]: mount for mount in backed_up.pod("backup")["containers"][0]["volumeMounts"]}
    assert mounts["backups"]["mountPath"] == "/var/lib/xatra/backups"
    assert backed_up.of_kind("Deployment")["backup"]["spec"]["strategy"] == {"type": "Recreate"}


@pytest.mark.parametrize("name", ["backed up", "backed up to a bucket"])
def test_a_restore_waits_for_somebody_to_make_a_job_of_it_and_has_what_backups_have(name: str):
    restore = rendered(name).of_kind("CronJob")["restore"]
    assert restore["spec"]["suspend"] is True
    (container,) = rendered(name).pod("restore")["containers"]
    (backup,) = rendered(name).pod("backup")["containers"]
    assert container["command"][:2] == ["xatra-backup", "restore"]
    assert environment(backup).items() - {("TELEMETRY_BIND", "0.0.0.0:9100")} <= environment(container).items()
    assert container["volumeMounts"] == backup["volumeMounts"]


def test_pods_that_share_a_volume_of_one_node_run_there_together():
    trial, label = rendered("trial"), "xatra.org/shares-volume"
    sharing = {"api", "map-data-1", "render-worker", "scheduler"}
    for kind in ("Deployment", "Job"):
        for name, found in trial.of_kind(kind).items():
            pod = found["spec"]["template"]
            assert (label in pod["metadata"]["labels"]) == (name in sharing), name
            assert ("affinity" in pod["spec"]) == (name in sharing), name
    assert not any(label in str(found) for found in rendered("site").objects)


def test_the_store_is_a_bucket_for_those_that_use_it():
    for name in ("api", "render-worker", "scheduler"):
        pod = rendered("site").pod(name)
        variables = environment(pod["containers"][0])
        assert variables["ARTEFACT_STORE_URL"] == "s3://xatra"
        assert variables["AWS_ENDPOINT_URL"] == SITE["artefacts"]["s3"]["endpoint"]
        assert variables["AWS_SECRET_ACCESS_KEY"] is None, "it comes from a Secret"
        assert pod["serviceAccountName"] == "xatra-store"
        assert not any(volume["name"] == "store" for volume in pod["volumes"])
    assert "AWS_REGION" not in environment(rendered("site").pod("auth")["containers"][0])


def test_a_cloud_may_know_the_account_of_those_that_use_the_store():
    s3 = SITE["artefacts"]["s3"] | {"existingSecret": "", "serviceAccountAnnotations": {"cloud.example/role": "store"}}
    site = Rendered(SITE | {"artefacts": {"type": "s3", "s3": s3}})
    accounts = site.of_kind("ServiceAccount")
    assert accounts["store"]["metadata"]["annotations"] == {"cloud.example/role": "store"}
    assert "annotations" not in accounts[""]["metadata"]


def test_map_data_are_read_only_for_workers_whether_of_a_volume_or_an_image():
    for name, kind in (("trial", "persistentVolumeClaim"), ("data in an image", "image")):
        pod = rendered(name).pod("render-worker")
        (volume,) = [volume for volume in pod["volumes"] if volume["name"] == "map-data"]
        assert kind in volume
        (mount,) = [mount for mount in pod["containers"][0]["volumeMounts"] if mount["name"] == "map-data"]
        assert mount["readOnly"] is True
    assert not any(name.startswith("map-data") for name in rendered("data in an image").of_kind("Job"))
