"""Short words for what readers and administrators do over HTTP."""

from typing import Any

import httpx2
from tests.api.conftest import API
from tests.api.users import User

ADMIN_REPORTS = f"{API}/admin/reports"


def report(user: User, name: str = "rivers", **fields: object) -> httpx2.Response:
    """Report a map, as spam unless a reason is given."""
    return user.client.post(f"{API}/hub/map/{name}/reports", json={"reason": "spam", **fields})


def listed(admin: User, state: str = "open") -> list[dict[str, Any]]:
    """Return the first page of reports."""
    answer = admin.client.get(ADMIN_REPORTS, params={"state": state})
    assert answer.status_code == 200, answer.text
    return answer.json()["reports"]


def resolve(admin: User, report_id: int, resolution: object = "It is fine.") -> httpx2.Response:
    """Say what came of a report."""
    return admin.client.put(f"{ADMIN_REPORTS}/{report_id}", json={"resolution": resolution})


def hide(admin: User, reason: object, name: str = "rivers", kind: str = "map") -> httpx2.Response:
    """Hide a work; no reason: show it again."""
    return admin.client.put(f"{API}/admin/works/{kind}/{name}/hidden", json={"reason": reason})


def feature(admin: User, name: str = "rivers", *, featured: object = True) -> httpx2.Response:
    """Feature a map, or no longer."""
    return admin.client.put(f"{API}/admin/works/map/{name}/featured", json={"featured": featured})
