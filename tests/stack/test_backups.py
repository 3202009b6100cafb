"""A stack that lost everything but its backups comes back by `make restore` as the same hub; drills find damage."""

from collections.abc import Iterator

import pytest
from tests.figures import timed
from tests.stack.engine import NEEDS_ENGINE, docker
from tests.stack.site import HOST, Site, Stack, brought_up
from tests.waiting import until

pytestmark = list(NEEDS_ENGINE)

_ROWS = "SELECT kind, name, latest_version, visibility FROM hub_artifacts ORDER BY name"
_USERS = "SELECT id, username FROM hub_users ORDER BY id"
_MAP = 'import xatra\nxatra.TitleBox("Backed up")\nxatra.Point("Pataliputra", [25.61, 85.14])\n'


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, stack: Stack) -> Iterator[Stack]:
    """Start a stack of one's own, by the images that the tests' stack has built."""
    home = tmp_path_factory.mktemp("backups")
    with brought_up(Stack("xatra-test-backups", home, EDGE_NETWORK="172.29.249"), "start") as running:
        yield running


def ask(stack: Stack, query: str) -> str:
    return docker(
        "exec", f"{stack.name}-postgres-1", "psql", "--username=postgres", "--csv", "--command", query, "xatra"
    )


def publish(stack: Stack) -> None:
    """Publish a map as the smoke test does, and see it rendered."""
    stack.make(
        "smoke", f"URL=https://{HOST}/xatra/", f"CONNECT_TO=127.0.0.1:{stack.https_port}",
        f"CA_FILE={stack.secrets}/tls_certificate",
    )  # fmt: skip
    rendered = "SELECT count(*) FROM hub_artifact_versions WHERE artefact_sha256 IS NOT NULL"
    until(lambda: int(ask(stack, rendered).splitlines()[1]) > 0, seconds=60)


def shown(stack: Stack) -> dict[str, bytes]:
    """Return every map of the hub as the site serves it."""
    site = Site(stack)
    digests = ask(stack, "SELECT artefact_sha256 FROM hub_artifact_versions ORDER BY id").splitlines()[1:]
    found = {digest: site.send("GET", f"/xatra/api/artefacts/{digest}").content for digest in digests}
    site.close()
    return found


def test_after_a_wipe_a_restore_brings_the_same_hub_back(own: Stack):
    publish(own)
    with timed("make backup"):
        made = own.make("backup").stdout.strip().splitlines()[-1]
    assert " MB, " in made
    before = (ask(own, _ROWS), ask(own, _USERS), shown(own))
    own.make("down")
    docker("volume", "rm", *(f"{own.name}_{volume}" for volume in ("postgres", "redis", "store")))
    with timed("make restore, volumes gone, until the site works"):
        restored = own.make("restore").stdout
    assert "is restored" in restored
    assert (ask(own, _ROWS), ask(own, _USERS), shown(own)) == before
    site = Site(own)
    assert site.end(site.ask("after the restore"))["state"] == "succeeded"
    site.close()


def test_a_stack_with_data_is_not_replaced_unasked(own: Stack):
    refused = own.make("restore", check=False)
    assert refused.returncode != 0
    assert f"CONFIRM={own.name}" in refused.stderr + refused.stdout
    assert own.is_well("api-blue")


def test_a_drill_verifies_a_whole_backup_and_tells_prometheus(own: Stack):
    own.make("backup")
    assert "is whole: it can be restored" in own.make("drill").stdout
    ask_it = "import urllib.request; print(urllib.request.urlopen('http://127.0.0.1:9100/metrics').read().decode())"

    def verified() -> bool:
        page = own.execute("backup", "python", "-c", ask_it).stdout
        values = [
            float(line.split()[1]) for line in page.splitlines() if line.startswith("last_verified_restore_timestamp ")
        ]
        return bool(values and values[0] > 0)

    until(verified, seconds=120)


def test_a_drill_finds_a_backup_that_was_damaged(own: Stack):
    name = own.make("backup").stdout.strip().splitlines()[-1].split()[1]
    flip = (
        f"path = '/var/lib/xatra/backups/{name}/database.dump'; content = bytearray(open(path, 'rb').read());"
        "content[len(content) // 2] ^= 1; open(path, 'wb').write(content)"
    )
    assert own.execute("backup", "python", "-c", flip).returncode == 0
    found = own.make("drill", check=False)
    assert found.returncode != 0
    assert f"{name}/database.dump was changed since it was written" in found.stderr + found.stdout
    assert "was changed since it was written" in own.make("backups").stdout
