"""Values: each is described, and a wrong one is refused in words."""

import json
from typing import Any

import pytest
import yaml
from tests.helm.chart import CHART, NEEDS_HELM, SITE, TRIAL, template

from xatra_api.settings import ApiSettings
from xatra_auth.settings import AuthSettings
from xatra_render_worker.settings import RenderWorkerSettings
from xatra_scheduler.settings import SchedulerSettings

pytestmark = [NEEDS_HELM]

SCHEMA: dict[str, Any] = json.loads((CHART / "values.schema.json").read_text())

# What the chart works out from other values, or gives as a file.
_GIVEN = {
    *(
        "ALLOWED_HOSTS",
        "ARTEFACT_ORIGIN",
        "ARTEFACT_STORE_URL",
        "BASE_PATH",
        "DATABASE_URL",
        "DRAIN_SECONDS",
        "ENVIRONMENT",
    ),
    *("GITHUB_CLIENT_SECRET", "GRACE_SECONDS", "GUEST_SECRET", "GUEST_SECRET_PREVIOUS", "MAP_DATA", "PRELOAD_BYTES"),
    *("PROMETHEUS_MULTIPROC_DIR", "PUBLIC_URL", "REDIS_URL", "RELEASE", "SENTRY_DSN", "SIGNING_KEY", "SLOTS"),
    *("SMTP_URL", "TELEMETRY_BIND", "TRUSTED_PROXIES"),
}


def _without_description(values: object, schema: dict[str, Any], path: str) -> list[str]:
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")] | schema
    missing = [] if schema.get("description") else [path]
    if "properties" not in schema:
        return missing
    for name, value in (values if isinstance(values, dict) else {}).items():
        missing += _without_description(value, schema["properties"].get(name, {}), f"{path}.{name}")
    return missing


def test_every_value_is_described():
    values = yaml.safe_load((CHART / "values.yaml").read_text())
    missing = _without_description(values, SCHEMA, "")
    assert missing == [""], "the root alone needs no words"


def test_the_schema_describes_no_value_that_is_not_there():
    values = yaml.safe_load((CHART / "values.yaml").read_text())
    assert set(SCHEMA["properties"]) - {"global"} == set(values)
    for name, value in values.items():
        described = SCHEMA["properties"][name].get("properties", {})
        if name != "settings":
            assert set(described) == set(value if isinstance(value, dict) else {}), name


def test_settings_are_those_of_the_services():
    services = (ApiSettings, AuthSettings, RenderWorkerSettings, SchedulerSettings)
    known = {name.upper() for service in services for name in service.model_fields}
    assert set(SCHEMA["properties"]["settings"]["properties"]) == (known - _GIVEN) | {"AUTH_WRITES_PER_MINUTE"}


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (TRIAL | {"api": {"replicas": 2}}, "api.replicas is 2, but artefacts lie on a ReadWriteOnce volume"),
        (TRIAL | {"renderWorker": {"replicas": 3}}, "set artefacts.type to s3, or artefacts.volume.accessMode to"),
        (TRIAL | {"renderWorker": {"autoscaling": {"type": "keda"}}}, "renderWorker.autoscaling needs artefacts where"),
        (TRIAL | {"renderWorker": {"autoscaling": {"minReplicas": 0}}}, "'/renderWorker/autoscaling/minReplicas'"),
        (SITE | {"renderWorker": {"autoscaling": {"minReplicas": 9, "maxReplicas": 3}}}, "greater than maxReplicas"),
        ({}, "mapData.acceptTerms must be true"),
        ({"mapData": {"type": "image"}}, "mapData.image must name the image"),
        (SITE | {"postgresql": {"builtIn": False}}, "postgresql.existingSecret must name the Secret"),
        (SITE | {"redis": {"builtIn": False, "existingSecret": "x"}}, "redis.peers must say where it is"),
        (SITE | {"artefacts": {"type": "s3", "s3": {"peers": []}}}, "artefacts.s3.bucket must name the bucket"),
        (SITE | {"backups": {"type": "s3"}}, "backups.s3.bucket must name a bucket"),
        (SITE | {"gateway": {"enabled": True}}, "gateway.parentRefs must name your Gateway"),
        (SITE | {"site": {"url": "http://maps.example"}}, "'/site/url'"),
        (SITE | {"site": {"basePath": "/xatra/"}}, "'/site/basePath'"),
        (SITE | {"settings": {"QUEUE_CAPACTY": 5}}, "'QUEUE_CAPACTY' not allowed"),
        (SITE | {"settings": {"DATABASE_URL": "x"}}, "'DATABASE_URL' not allowed"),
        (SITE | {"networkPolicy": {"ingressController": [{"cidr": "10.0.0.0/8"}]}}, "'cidr' not allowed"),
        (SITE | {"artefact": {}}, "'artefact' not allowed"),
    ],
)
def test_a_wrong_value_is_refused_in_words(values: dict[str, Any], words: str):
    result = template(values)
    assert result.returncode != 0
    assert words in result.stderr


def test_settings_reach_every_service_as_they_are():
    given = {
        "MAX_FILE_BYTES": 50_000_000,
        "IDLE_POLL_SECONDS": 0.5,
        "ENABLE_REGISTRATION": False,
        "MAIL_FROM": "a@b.example",
    }
    result = template(TRIAL | {"settings": given, "ingress": {"enabled": True}})
    objects = [found for found in yaml.safe_load_all(result.stdout) if found]
    (settings,) = [found for found in objects if found["metadata"]["name"] == "xatra-settings"]
    assert settings["data"] == {
        "MAX_FILE_BYTES": "50000000",
        "IDLE_POLL_SECONDS": "0.5",
        "ENABLE_REGISTRATION": "false",
        "MAIL_FROM": "a@b.example",
    }
    (ingress,) = [found for found in objects if found["kind"] == "Ingress"]
    assert ingress["metadata"]["annotations"]["nginx.ingress.kubernetes.io/proxy-body-size"] == "51000k"
