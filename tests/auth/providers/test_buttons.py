"""Which buttons a sign-in page shows."""

from collections.abc import Callable

from tests.auth.browsing import AUTH
from tests.auth.conftest import OpenBrowser
from tests.auth.provider import CLIENT_ID, Provider


def test_a_page_learns_which_providers_are_set_up_and_no_secret(
    serve: Callable[..., str], open_browser: OpenBrowser, provider: Provider
) -> None:
    def buttons(**settings: str) -> object:
        return open_browser(serve(**settings)).get(f"{AUTH}/providers").json()

    google = {"client_id": CLIENT_ID, "hosted_domain": None}
    assert buttons() == {"google": None, "github": False}
    assert buttons(google_client_id="", github_client_id="", github_client_secret="") == buttons()
    assert buttons(**provider.google) == {"google": google, "github": False}
    assert buttons(**provider.github) == {"google": None, "github": True}
    assert buttons(**provider.google, **provider.github, google_hd="maps.example") == {
        "google": {**google, "hosted_domain": "maps.example"},
        "github": True,
    }
