"""Reports: readers tell administrators of works that should not be here, who say what came of it."""

from typing import Any

import httpx2
import pytest
from tests.api.admin.conftest import MakeUser
from tests.api.conftest import API, become_guest
from tests.api.hub.publishing import change, create, problem
from tests.api.moderation.moderating import ADMIN_REPORTS, listed, report, resolve
from tests.api.users import User

REASONS = ["unlawful", "hateful", "harmful", "copyright", "misleading", "spam", "other"]


def test_administrators_see_what_readers_report(admin: User, ravi: User, guest: User, rivers: str) -> None:
    by_user = report(ravi, reason="copyright", details="Mine.\nAll of it.")
    report(guest)

    assert by_user.status_code == 201
    first, second = listed(admin)
    assert first == {
        **by_user.json(),
        "work": {
            "kind": "map",
            "name": "rivers",
            "author": "asha",
            "visibility": "public",
            "featured": False,
            "hidden_reason": None,
        },
        "reason": "copyright",
        "details": "Mine.\nAll of it.",
        "reporter": "mira",
        "resolved_at": None,
        "resolution": None,
        "resolved_by": None,
    }
    assert (second["reason"], second["details"], second["reporter"]) == ("spam", "", None)


def test_each_reason_can_be_given_and_no_other(make: MakeUser, rivers: str) -> None:
    readers = [make(f"reader{number}") for number in range(len(REASONS))]

    assert [report(reader, reason=reason).status_code for reader, reason in zip(readers, REASONS, strict=True)] == [
        201
    ] * len(REASONS)
    for fields in ({"reason": "ugly"}, {"details": "x" * 2001}, {"details": "\x00"}, {"other": 1}, {"reason": None}):
        assert problem(report(readers[0], **fields)) == (422, "invalid-request")


def test_a_reader_has_one_open_report_about_a_work(admin: User, ravi: User, guest: User, rivers: str) -> None:
    for reader in (ravi, guest):
        first = report(reader)
        assert first.status_code == 201
        assert problem(report(reader, reason="hateful")) == (409, "already-reported")
        resolve(admin, first.json()["id"])
        assert report(reader, reason="hateful").status_code == 201


def test_nobody_in_particular_reports_nothing(api: httpx2.Client, rivers: str) -> None:
    assert problem(report(User(0, "", api))) == (401, "guest-cookie-missing")


def test_a_report_needs_the_proof_that_a_page_of_ours_sent_it(api: httpx2.Client, rivers: str) -> None:
    become_guest(api)

    assert problem(report(User(0, "", api))) == (403, "csrf")


def test_what_one_may_not_see_one_does_not_report(asha: User, ravi: User, guest: User, rivers: str) -> None:
    create(asha, "lakes", visibility="private")

    for name in ("lakes", "seas"):
        assert problem(report(ravi, name)) == (404, "work-not-found")
        assert problem(report(guest, name)) == (404, "work-not-found")
    change(asha, "lakes", visibility="unlisted")
    assert report(ravi, "lakes").status_code == 201


def test_reports_are_limited(ravi: User, rivers: str) -> None:
    answers = [report(ravi) for _ in range(21)]

    assert problem(answers[-1]) == (429, "too-many-requests")


def test_a_resolved_report_is_open_no_more(admin: User, ravi: User, guest: User, rivers: str) -> None:
    first, second = report(ravi).json()["id"], report(guest).json()["id"]

    answer = resolve(admin, first, "Warned the author.")

    assert answer.status_code == 200
    assert (answer.json()["resolution"], answer.json()["resolved_by"]) == ("Warned the author.", "ravi")
    assert listed(admin, state="resolved") == [answer.json()]
    assert [entry["id"] for entry in listed(admin, state="open")] == [second]
    again = resolve(admin, first, "Warned the author twice.").json()
    assert again == {**answer.json(), "resolution": "Warned the author twice."}


@pytest.mark.parametrize("resolution", ["", None, 1, "x" * 1001, "a\x00"])
def test_a_resolution_is_a_text(admin: User, resolution: object) -> None:
    assert problem(resolve(admin, 1, resolution)) == (422, "invalid-request")


def test_what_was_not_reported_cannot_be_resolved(admin: User) -> None:
    assert problem(resolve(admin, 1)) == (404, "report-not-found")


def test_reports_come_in_pages(admin: User, make: MakeUser, rivers: str) -> None:
    ids = [report(make(f"reader{number}")).json()["id"] for number in range(5)]
    for report_id in ids[:2]:
        resolve(admin, report_id)

    for state, expected in (("open", ids[2:]), ("resolved", ids[1::-1])):
        seen: list[int] = []
        query: dict[str, Any] = {"state": state, "limit": 1}
        while True:
            page = admin.client.get(ADMIN_REPORTS, params=query).json()
            seen += [entry["id"] for entry in page["reports"]]
            if page["next_cursor"] is None:
                break
            query["cursor"] = page["next_cursor"]
        assert seen == expected


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/admin/reports", None),
        ("PUT", "/admin/reports/1", {"resolution": "x"}),
        ("PUT", "/admin/works/map/rivers/hidden", {"reason": "x"}),
        ("PUT", "/admin/works/map/rivers/featured", {"featured": True}),
    ],
)
def test_only_administrators_moderate(
    asha: User, guest: User, rivers: str, method: str, path: str, body: object
) -> None:
    assert problem(asha.client.request(method, f"{API}{path}", json=body)) == (403, "admins-only")
    assert problem(guest.client.request(method, f"{API}{path}", json=body)) == (401, "not-signed-in")
