"""What Traefik gives requests to is there in every stack under the names by which it knows it."""

import re
from pathlib import Path

import pytest
import yaml

_CHECKOUT = Path(__file__).parents[2]
_SERVERS = set(re.findall(r'"([a-z]+-(?:blue|green))"', (_CHECKOUT / "compose/traefik/site.yml").read_text()))


@pytest.mark.parametrize("stack", ["docker-compose.yml", "docker-compose.prod.yml"])
def test_every_server_of_the_routes_has_its_name(stack: str):
    services = yaml.safe_load((_CHECKOUT / stack).read_text())["services"]
    networks = [service["networks"] for service in services.values() if isinstance(service.get("networks"), dict)]
    aliases = {name for each in networks for network in each.values() for name in (network or {}).get("aliases", [])}
    assert len(_SERVERS) == 6
    assert services.keys() | aliases >= _SERVERS
