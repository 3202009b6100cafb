"""What tests on a cluster share: something in front, servers of somebody else's, figures at the end."""

import secrets
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.cluster.cluster import CHECKOUT, HelmRelease, apply, kubectl, namespace, port_forward
from tests.stack.site import GENEROUS, HOST, Site

from xatra_shared.queue.redis_users import REDIS_USERS, acl_file

_PRIVATE_NETWORKS = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")

VALUES: dict[str, Any] = {
    "site": {"trustedProxies": list(_PRIVATE_NETWORKS)},
    "mapData": {"acceptTerms": True},
    "settings": dict(GENEROUS),
    "renderWorker": {
        "preloadMebibytes": 0,
        "resources": {"requests": {"cpu": "50m", "memory": "256Mi"}, "limits": {"memory": "1792Mi"}},
    },
    "ingress": {"enabled": True, "className": "xatra-front", "tlsSecret": "site-tls"},
    "smokeTest": {"connectTo": "traefik.xatra-front:443", "caSecret": "site-tls"},
}


# Has every service start anew, even where there is but one release to upgrade to.
CHANGED_SETTINGS: dict[str, Any] = VALUES["settings"] | {"QUEUE_CAPACITY": 199}


@dataclass(frozen=True)
class Front:
    """What leads from this machine to the sites of a cluster."""

    name: str
    secrets: Path
    http_port: int
    https_port: int

    def site(self) -> Site:
        """Return the site as one browser reaches it."""
        return Site(self)

    def smoke(self) -> str:
        """Try everything out from outside, and return what was said."""
        result = subprocess.run(
            ["python3", "scripts/smoke.py", f"https://{HOST}/xatra/", f"--connect-to=127.0.0.1:{self.https_port}",
             f"--ca-file={self.secrets / 'tls_certificate'}"],
            cwd=CHECKOUT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a certificate for the site, which tests alone trust."""
    home = tmp_path_factory.mktemp("certificate")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days=2",
         f"-subj=/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}",
         f"-keyout={home / 'tls_key'}", f"-out={home / 'tls_certificate'}"],
        check=True, capture_output=True,
    )  # fmt: skip
    return home


@pytest.fixture(scope="session")
def front(certificate: Path) -> Iterator[Front]:
    """Put an ingress controller in front."""
    with namespace("xatra-front"):
        apply((Path(__file__).parent / "front.yaml").read_text())
        kubectl("rollout", "status", "-n", "xatra-front", "deployment/traefik", "--timeout=5m")
        try:
            with port_forward("xatra-front", "service/traefik", 443) as port:
                yield Front(secrets.token_hex(4), certificate, http_port=0, https_port=port)
        finally:
            for kind in ("clusterrolebinding", "clusterrole", "ingressclass"):
                kubectl("delete", kind, "xatra-front", "--ignore-not-found")


@pytest.fixture(scope="module")
def site(front: Front) -> Iterator[Site]:
    """Return the site that the module's release serves."""
    reached = front.site()
    yield reached
    reached.close()


@pytest.fixture(scope="session")
def helm_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where values of releases are written down."""
    return tmp_path_factory.mktemp("helm")


def make_tls_secret(name: str, certificate: Path) -> None:
    """Make the Secret of the site's certificate in a namespace."""
    kubectl(
        "create", "secret", "generic", "site-tls", "-n", name, "--type=kubernetes.io/tls",
        f"--from-file=tls.crt={certificate / 'tls_certificate'}", f"--from-file=tls.key={certificate / 'tls_key'}",
        f"--from-file=ca.crt={certificate / 'tls_certificate'}",
    )  # fmt: skip


@pytest.fixture(scope="module")
def trial(front: Front, certificate: Path, helm_home: Path) -> Iterator[HelmRelease]:
    """Return a release with everything built in, not installed yet, in a namespace that takes `restricted` pods alone."""
    with namespace("xatra-trial", **{"pod-security.kubernetes.io/enforce": "restricted"}) as name:
        make_tls_secret(name, certificate)
        yield HelmRelease(name, VALUES | {"backups": {"type": "volume"}}, home=helm_home)


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Run PostgreSQL, Redis and an S3 server in a namespace of theirs; return the directory of all secrets."""
    home = tmp_path_factory.mktemp("servers")
    subprocess.run(
        ["python3", "scripts/make_secrets.py", str(home), "--postgres=postgres.xatra-servers",
         "--redis=redis.xatra-servers", f"--user={home.stat().st_uid}"],
        cwd=CHECKOUT, env={"PYTHONPATH": "shared", "PATH": "/usr/bin:/bin"}, check=True, capture_output=True,
    )  # fmt: skip
    password = (home / "postgres").read_text()
    (home / "admin_database_url").write_text(f"postgresql://postgres:{password}@postgres.xatra-servers/postgres")
    theirs = tmp_path_factory.mktemp("theirs")
    (theirs / "postgres").write_text(password)
    (theirs / "users.acl").write_text(acl_file({user: (home / f"redis_{user}").read_text() for user in REDIS_USERS}))
    (theirs / "access_key_id").write_text("xatra")
    (theirs / "secret_access_key").write_text(secrets.token_hex(20))
    with namespace("xatra-servers") as name:
        kubectl("create", "secret", "generic", "servers", "-n", name, f"--from-file={theirs}")
        kubectl("apply", "-n", name, "-f", str(Path(__file__).parent / "servers.yaml"))
        for server in ("postgres", "redis", "s3"):
            kubectl("rollout", "status", "-n", name, f"statefulset/{server}", "--timeout=5m")
        (home / "s3").mkdir()
        for key in ("access_key_id", "secret_access_key"):
            (home / "s3" / key).write_text((theirs / key).read_text())
        yield home


@pytest.fixture(scope="module")
def apart(front: Front, certificate: Path, servers: Path, helm_home: Path) -> Iterator[HelmRelease]:
    """Return a release on servers of somebody else's, several of each service, not installed yet."""
    with namespace("xatra-apart", **{"pod-security.kubernetes.io/enforce": "restricted"}) as name:
        make_tls_secret(name, certificate)
        files = [f"--from-file={path}" for path in sorted(servers.iterdir()) if path.is_file()]
        kubectl("create", "secret", "generic", "xatra", "-n", name, *files)
        kubectl("create", "secret", "generic", "xatra-s3", "-n", name, f"--from-file={servers / 's3'}")
        peers = [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "xatra-servers"}}}]
        values = VALUES | {
            "secrets": {"existingSecret": "xatra"},
            "postgresql": {"builtIn": False, "existingSecret": "xatra", "createRoles": True, "peers": peers},
            "redis": {"builtIn": False, "existingSecret": "xatra", "peers": peers},
            "artefacts": {
                "type": "s3",
                "s3": {
                    "bucket": "xatra",
                    "endpoint": "http://s3.xatra-servers:7070",
                    "existingSecret": "xatra-s3",
                    "peers": peers,
                    "port": 7070,
                },
            },
            "api": {"replicas": 2},
            "auth": {"replicas": 2},
            "scheduler": {"replicas": 2},
        }
        yield HelmRelease(name, values, home=helm_home)
