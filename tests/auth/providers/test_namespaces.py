"""Providers do not speak for each other."""

from collections.abc import Callable

from tests.auth.browsing import AUTH
from tests.auth.conftest import OpenBrowser
from tests.auth.github.conftest import sign_in
from tests.auth.provider import Provider


def test_one_number_at_two_providers_leads_to_two_accounts(
    serve: Callable[..., str], open_browser: OpenBrowser, provider: Provider
) -> None:
    url = serve(**provider.google, **provider.github)
    by_github, by_google = open_browser(url), open_browser(url)
    sign_in(by_github)
    token = provider.id_token(sub=str(provider.user["id"]), email="somebody.else@maps.example")

    answer = by_google.post(f"{AUTH}/google", {"credential": token})
    assert answer.status_code == 200
    assert answer.json()["user"]["id"] != by_github.get(f"{AUTH}/me").json()["id"]
