"""Settings of providers: what is refused."""

import pytest
from pydantic import ValidationError
from tests.auth import test_settings as safe

from xatra_auth.settings import AuthSettings

SAFE = safe.SAFE | {
    "GITHUB_CLIENT_ID": "Iv1.8a61f9b3a7aba766",
    "GITHUB_CLIENT_SECRET": "5ac1b7f0e2d94836a7c0f1b2d3e4958677f0a1b2",
    "GOOGLE_CLIENT_ID": "1234-abcd.apps.googleusercontent.com",
}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SAFE.items():
        monkeypatch.setenv(name, value)


def test_the_providers_are_the_real_ones_unless_told_otherwise() -> None:
    settings = AuthSettings()

    assert settings.google_issuer == "https://accounts.google.com"
    assert (settings.github_url, settings.github_api_url) == ("https://github.com", "https://api.github.com")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("GOOGLE_ISSUER", "http://127.0.0.1:9000", "GOOGLE_ISSUER must begin with https://"),
        ("GITHUB_URL", "http://github.maps.example", "GITHUB_URL must begin with https://"),
        ("GITHUB_API_URL", "http://github.maps.example/api/v3", "GITHUB_API_URL must begin with https://"),
        ("GITHUB_CLIENT_SECRET", "change-me", "GITHUB_CLIENT_SECRET must be the one that GitHub"),
    ],
)
def test_production_is_refused_what_is_unsafe(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError, match=sentence):
        AuthSettings()

    monkeypatch.setenv("ENVIRONMENT", "development")
    AuthSettings()


@pytest.mark.parametrize("name", ["GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET"])
def test_half_of_github_is_refused(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "")
    monkeypatch.setenv("ENVIRONMENT", "development")

    with pytest.raises(ValidationError, match="set both or none"):
        AuthSettings()


@pytest.mark.parametrize("value", ["github.com", "https://github.com/", "https://user@github.com", "ftp://github.com"])
def test_what_is_no_address_of_a_provider_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("GITHUB_URL", value)

    with pytest.raises(ValidationError, match="without a slash at the end"):
        AuthSettings()
