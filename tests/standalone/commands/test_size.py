"""`xatra-web size`: what it says where no Prometheus answers. tests/stack asks a real one."""

import pytest
from tests.standalone.commands.conftest import CommandLine


def test_where_nobody_answers_it_says_how_to_reach_prometheus(xatra_web: CommandLine):
    result = xatra_web.run("size", "--prometheus", "http://127.0.0.1:1")

    assert result.returncode == 2
    assert "No Prometheus answers at http://127.0.0.1:1/api/v1/query" in result.stderr


@pytest.mark.parametrize("address", ["localhost:9090", "ftp://localhost", "http://"])
def test_what_is_no_address_is_refused(xatra_web: CommandLine, address: str):
    result = xatra_web.run("size", "--prometheus", address)

    assert result.returncode == 64
    assert "is no address of a Prometheus" in result.stderr


def test_another_service_is_not_taken_for_prometheus(xatra_web: CommandLine, url: str):
    result = xatra_web.run("size", "--prometheus", url)

    assert result.returncode == 1
    assert "is no Prometheus" in result.stderr
