"""Settings of the api alone."""

import pytest
from pydantic import ValidationError

from xatra_api.settings import ApiSettings

REQUIRED = {
    "DATABASE_URL": "postgresql+psycopg://x:y@127.0.0.1/x",
    "REDIS_URL": "redis://127.0.0.1/0",
    "ARTEFACT_STORE_URL": "file:///srv/store",
    "GUEST_SECRET": "thirty-two characters or more ...",
    "ALLOWED_HOSTS": "xatra.example,[::1]",
    "CORS_ORIGINS": "https://friend.example",
}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in REQUIRED.items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize(
    "value",
    [
        "https://maps.example/artefacts",
        "https://maps.example;script-src",
        "null",
        "https://xatra.example",
        "https://xatra.example:8443",
        "http://[::1]:8081",
        "https://friend.example",
    ],
)
def test_the_site_of_maps_is_an_origin_apart_from_all_others(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("ARTEFACT_ORIGIN", value)

    with pytest.raises(ValidationError, match=r"(?i)artefact_origin"):
        ApiSettings()


@pytest.mark.parametrize(
    ("value", "host", "url"),
    [
        ("", None, "/xatra/api/artefacts"),
        ("https://maps.example", "maps.example", "https://maps.example/xatra/api/artefacts"),
        ("http://[::2]:8081", "[::2]", "http://[::2]:8081/xatra/api/artefacts"),
    ],
)
def test_maps_lie_on_their_site_if_they_have_one(
    monkeypatch: pytest.MonkeyPatch, value: str, host: str | None, url: str
) -> None:
    monkeypatch.setenv("ARTEFACT_ORIGIN", value)
    settings = ApiSettings()

    assert (settings.artefact_host, settings.artefacts_url) == (host, url)
