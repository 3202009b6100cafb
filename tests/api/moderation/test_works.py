"""Administrators hide works, with a reason that everyone is told, and feature others."""

from typing import Any

import pytest
from tests.api.conftest import API
from tests.api.hub.publishing import create, problem, publish, read
from tests.api.moderation.moderating import feature, hide, listed, report
from tests.api.users import User

REASON = "Shows where endangered birds nest."


def explored(user: User) -> list[dict[str, Any]]:
    return user.client.get(f"{API}/explore").json()["works"]


def test_a_hidden_work_is_gone_for_everyone_but_its_author(
    admin: User, asha: User, ravi: User, guest: User, rivers: str
) -> None:
    answer = hide(admin, REASON)

    assert answer.json() == {
        "kind": "map",
        "name": "rivers",
        "author": "asha",
        "visibility": "public",
        "featured": False,
        "hidden_reason": REASON,
    }
    for user in (ravi, guest):
        for path in ("", "/alpha", "/versions/1", "/info"):
            gone = user.client.get(f"{API}/hub/map/rivers{path}")
            assert problem(gone) == (410, "work-hidden")
            assert gone.json()["reason"] == REASON
        assert explored(user) == []
    assert problem(report(ravi)) == (410, "work-hidden")
    assert read(asha, rivers)["hidden_reason"] == REASON


def test_a_hidden_work_is_neither_embedded_nor_found_by_oembed(admin: User, guest: User, rivers: str) -> None:
    hide(admin, REASON)

    page = guest.client.get(f"{API}/embed/rivers")
    assert page.status_code == 410
    assert "endangered birds" in page.text
    assert "<iframe" not in page.text
    url = f"{guest.client.base_url}{API}/embed/rivers"
    assert problem(guest.client.get(f"{API}/oembed", params={"url": url})) == (410, "work-hidden")


def test_a_hidden_library_is_imported_no_more_and_importers_are_told(admin: User, asha: User, ravi: User) -> None:
    create(asha, "cores", "core = 1\n", kind="lib")
    publish(asha, "cores", kind="lib")
    program = 'from xatra import xatrahub\n\nxatrahub("/lib/cores/1")\n'
    create(ravi, "kingdoms", program)

    hide(admin, REASON, "cores", "lib")

    imported = ravi.client.get(f"{API}/hub/map/kingdoms/info").json()["imports"]
    assert [(entry["name"], entry["hidden_reason"]) for entry in imported] == [("cores", REASON)]
    resolved = ravi.client.post(f"{API}/imports/resolve", json={"program": program})
    assert problem(resolved) == (422, "import-hidden")


def test_hiding_a_work_resolves_the_open_reports_about_it(
    admin: User, asha: User, ravi: User, guest: User, rivers: str
) -> None:
    create(asha, "lakes")
    for user in (ravi, guest):
        report(user)
    report(ravi, "lakes")

    hide(admin, REASON)

    assert [entry["work"]["name"] for entry in listed(admin)] == ["lakes"]
    resolved = listed(admin, state="resolved")
    assert len(resolved) == 2
    assert {(entry["resolution"], entry["resolved_by"]) for entry in resolved} == {
        (f"The work was hidden: {REASON}", "ravi")
    }


def test_a_work_can_be_shown_again(admin: User, ravi: User, rivers: str) -> None:
    hide(admin, "first reason")
    hide(admin, REASON)
    assert ravi.client.get(f"{API}/hub/map/rivers").json()["reason"] == REASON

    assert hide(admin, None).json()["hidden_reason"] is None
    assert read(ravi, rivers)["hidden_reason"] is None
    assert [work["name"] for work in explored(ravi)] == ["rivers"]


@pytest.mark.parametrize("reason", ["", 1, [], "x" * 1001, "a\x00"])
def test_a_reason_is_a_text(admin: User, rivers: str, reason: object) -> None:
    assert problem(hide(admin, reason)) == (422, "invalid-request")


def test_a_featured_work_says_so_until_it_is_none_any_more(admin: User, ravi: User, rivers: str) -> None:
    assert feature(admin).json()["featured"] is True
    assert read(ravi, rivers)["featured"] is True
    assert feature(admin, featured=False).json()["featured"] is False
    assert read(ravi, rivers)["featured"] is False
    assert problem(feature(admin, featured="yes")) == (422, "invalid-request")


def test_there_has_to_be_a_work(admin: User) -> None:
    assert problem(hide(admin, REASON)) == (404, "work-not-found")
    assert problem(feature(admin)) == (404, "work-not-found")


def test_what_administrators_do_is_logged(admin: User, rivers: str, capfd: pytest.CaptureFixture[str]) -> None:
    hide(admin, REASON)
    feature(admin)

    lines = capfd.readouterr().out.splitlines()
    for event in ("work hidden", "work featured"):
        assert any(event in line and f"actor={admin.id}" in line for line in lines), lines
