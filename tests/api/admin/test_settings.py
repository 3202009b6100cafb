"""The site's face: everyone sees it, administrators set it."""

from collections.abc import Callable

import httpx2
import pytest
from tests.api.conftest import API
from tests.api.users import User

FACE = {
    "site_name": "Deccan Maps",
    "tagline": "Maps of the Deccan",
    "notice": "Closed on Sunday.\nAll day.",
    "accent_colour": "#8a2be2",
    "logo_url": "/logo.svg",
    "links": [{"label": "Terms", "url": "https://maps.example/terms"}, {"label": "Mail", "url": "mailto:a@b.example"}],
}


def test_a_new_site_has_a_plain_face(api: httpx2.Client) -> None:
    assert api.get(f"{API}/settings").json() == {
        "site_name": "Xatra",
        "tagline": "",
        "notice": "",
        "accent_colour": None,
        "logo_url": None,
        "links": [],
    }


def test_what_administrators_set_everyone_sees(api: httpx2.Client, admin: User) -> None:
    assert admin.client.put(f"{API}/settings", json=FACE).json() == FACE
    assert api.get(f"{API}/settings").json() == FACE
    admin.client.put(f"{API}/settings", json={"site_name": "Maps"})
    assert api.get(f"{API}/settings").json()["links"] == []


@pytest.mark.parametrize(
    "request_line",
    [
        "PUT /settings",
        "GET /admin/render-budgets",
        "PUT /admin/render-budgets",
        "GET /admin/render-budgets/asha",
        "PUT /admin/render-budgets/asha",
    ],
)
def test_only_administrators_do_this(api: httpx2.Client, asha: User, request_line: str) -> None:
    method, path = request_line.split()
    body = {"monthly_seconds": 1} if path.endswith("asha") else {}
    by_user = asha.client.request(method, f"{API}{path}", json=body)
    by_guest = api.request(method, f"{API}{path}", json=body)

    assert (by_user.status_code, by_user.json()["type"]) == (403, "urn:xatra:problem:admins-only")
    assert (by_guest.status_code, by_guest.json()["type"]) == (401, "urn:xatra:problem:not-signed-in")


def test_what_a_face_cannot_have_is_refused(api: httpx2.Client, admin: User) -> None:
    wrong: list[dict[str, object]] = [
        {"site_name": ""},
        {"site_name": "a\x00b"},
        {"notice": "x" * 2001},
        {"accent_colour": "red"},
        {"logo_url": "javascript:alert(1)"},
        {"logo_url": "//elsewhere.example/x"},
        {"links": [{"label": "x", "url": "http://a.example"}]},
        {"links": [{"label": "x", "url": "/"}] * 9},
        {"colour": "#000000"},
    ]
    for face in wrong:
        assert admin.client.put(f"{API}/settings", json=face).status_code == 422, face
    assert api.get(f"{API}/settings").json()["site_name"] == "Xatra"


def test_all_processes_show_the_same_face(serve: Callable[..., httpx2.Client], admin: User) -> None:
    admin.client.put(f"{API}/settings", json=FACE)

    assert serve().get(f"{API}/settings").json() == FACE
