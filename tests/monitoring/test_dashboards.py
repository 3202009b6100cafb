"""Dashboards have the form that Grafana's provisioning takes, and their queries that of Prometheus."""

import json
import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.monitoring.rules import CHECKOUT, RULES

GRAFANA = CHECKOUT / "compose/grafana"
FILES = tuple(sorted((GRAFANA / "dashboards").glob("*.json")))
_COLUMNS = 24
_VARIABLES = {"datasource", "__rate_interval"}


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def file(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture
def dashboard(file: Path) -> dict[str, Any]:
    return json.loads(file.read_text())


def panels() -> Iterator[dict[str, Any]]:
    for path in FILES:
        yield from json.loads(path.read_text())["panels"]


def test_a_dashboard_is_found_by_the_name_of_its_file(file: Path, dashboard: dict[str, Any]):
    assert dashboard["uid"] == file.stem
    assert re.fullmatch(r"[a-z-]{1,40}", dashboard["uid"])
    assert dashboard["title"]
    assert dashboard["schemaVersion"] >= 39
    assert "id" not in dashboard  # Grafana gives it


def test_no_panel_lies_on_another_or_sticks_out(dashboard: dict[str, Any]):
    places = [panel["gridPos"] for panel in dashboard["panels"]]
    assert all(place["x"] + place["w"] <= _COLUMNS for place in places)
    for one, other in combinations(places, 2):
        beside = one["x"] + one["w"] <= other["x"] or other["x"] + other["w"] <= one["x"]
        assert beside or one["y"] + one["h"] <= other["y"] or other["y"] + other["h"] <= one["y"]


def test_every_panel_can_be_told_from_others_and_asks_the_data_source_that_is_chosen(dashboard: dict[str, Any]):
    assert [variable["name"] for variable in dashboard["templating"]["list"]] == ["datasource"]
    assert len({panel["id"] for panel in dashboard["panels"]}) == len(dashboard["panels"])
    for panel in dashboard["panels"]:
        assert panel["type"] in {"stat", "table", "timeseries"}, panel["title"]
        assert panel["fieldConfig"]["defaults"]["unit"], panel["title"]
        references = [target["refId"] for target in panel["targets"]]
        assert len(set(references)) == len(references) > 0, panel["title"]
        assert {target["datasource"]["uid"] for target in (*panel["targets"], panel)} == {"${datasource}"}


def test_queries_use_no_variable_that_nobody_sets():
    for panel in panels():
        for target in panel["targets"]:
            assert set(re.findall(r"\$\{?(\w+)", target["expr"])) <= _VARIABLES, panel["title"]


def test_titles_differ():
    assert len({json.loads(path.read_text())["title"] for path in FILES}) == len(FILES)


def test_what_rules_record_is_known_by_the_names_by_which_dashboards_ask():
    recorded = {
        rule["record"]
        for path in RULES
        for group in yaml.safe_load(path.read_text())["groups"]
        for rule in group["rules"]
        if "record" in rule
    }
    asked = {
        name
        for panel in panels()
        for target in panel["targets"]
        for name in re.findall(r"[a-z_]+:[a-z0-9_:]+", target["expr"])
    }
    assert asked <= recorded


def test_grafana_loads_them_from_where_the_stack_mounts_them():
    [provider] = yaml.safe_load((GRAFANA / "provisioning/dashboards/xatra.yml").read_text())["providers"]
    mounts = yaml.safe_load((CHECKOUT / "docker-compose.prod.yml").read_text())["services"]["grafana"]["volumes"]

    assert f"./compose/grafana/dashboards:{provider['options']['path']}:ro" in mounts
