"""Prometheus understands its configuration, and each alert is tried out, told of well, and has a runbook."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from tests.monitoring.rules import CHECKOUT, RULES, TESTS, alerts, command, run

PROMTOOL = command("promtool", "prometheus")

needs_promtool = pytest.mark.skipif(not PROMTOOL, reason="no promtool, nor the image of Prometheus")


def headings(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    titles = re.findall(r"^#+ (.*)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^a-z0-9 -]", "", title.lower()).replace(" ", "-") for title in titles}


@needs_promtool
def test_prometheus_understands_its_configuration_and_rules():
    for words in (
        ["check", "config", "--syntax-only", str(CHECKOUT / "compose/prometheus/prometheus.yml")],
        ["check", "rules", *map(str, RULES)],
    ):
        result = run([*(PROMTOOL or ()), *words])
        assert result.returncode == 0, result.stdout + result.stderr


@needs_promtool
@pytest.mark.timeout(600)
@pytest.mark.parametrize("tests", TESTS, ids=lambda path: path.name)
def test_alerts_fire_and_stay_silent_where_they_should(tests: Path):
    result = run([*(PROMTOOL or ()), "test", "rules", str(tests)])

    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("fires", [True, False], ids=["fires", "stays silent"])
def test_every_alert_is_tried_out(*, fires: bool):
    cases = [case for path in TESTS for case in yaml.safe_load(path.read_text())["tests"]]
    tried = {
        trial["alertname"]
        for case in cases
        for trial in case["alert_rule_test"]
        if bool(trial.get("exp_alerts")) is fires
    }

    assert {rule["alert"] for rule in alerts()} == tried


def test_every_alert_says_how_urgent_it_is_what_happened_and_what_to_do_first():
    for rule in alerts():
        assert rule["labels"]["severity"] in {"page", "ticket"}, rule
        assert rule["annotations"].keys() == {"summary", "description", "runbook_url"}, rule
        assert "irst" in rule["annotations"]["description"], rule


def test_every_alert_has_a_runbook():
    anchors = headings(CHECKOUT / "docs/operate.md")

    for rule in alerts():
        page, _, anchor = rule["annotations"]["runbook_url"].partition("#")
        assert (page, anchor) == ("docs/operate.md", rule["alert"].lower())
        assert anchor in anchors


def names_of(words: Sequence[str]) -> set[str]:
    return {name for word in words for name in re.findall(r"[A-Z]\w+", word)}


def test_alertmanager_knows_alerts_by_names_that_there_are():
    config = yaml.safe_load((CHECKOUT / "compose/alertmanager/alertmanager.yml").read_text())
    matchers = [
        matcher
        for rule in config["inhibit_rules"]
        for matcher in (*rule["source_matchers"], *rule["target_matchers"])
        if matcher.startswith("alertname")
    ]

    assert names_of(matchers) <= {rule["alert"] for rule in alerts()}
    assert {route["receiver"] for route in config["route"]["routes"]} | {config["route"]["receiver"]} == {
        rule["labels"]["severity"] for rule in alerts()
    }
