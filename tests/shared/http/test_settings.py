"""Settings of services over HTTP: how they are written, and what is refused."""

import pytest
from pydantic import ValidationError

from xatra_shared.http.settings import HttpSettings

REQUIRED = {
    "DATABASE_URL": "postgresql+psycopg://x:y@127.0.0.1/x",
    "REDIS_URL": "redis://127.0.0.1/0",
    "ARTEFACT_STORE_URL": "file:///srv/store",
    "GUEST_SECRET": "thirty-two characters or more ...",
}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in REQUIRED.items():
        monkeypatch.setenv(name, value)


def test_lists_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", "Maps.Example, 127.0.0.1,")
    monkeypatch.setenv("CORS_ORIGINS", "https://friend.example,http://localhost:5173")

    settings = HttpSettings()
    assert settings.allowed_hosts == ("maps.example", "127.0.0.1")
    assert settings.cors_origins == ("https://friend.example", "http://localhost:5173")
    assert settings.api_path == "/xatra/api"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CORS_ORIGINS", "*"),
        ("CORS_ORIGINS", "null"),
        ("CORS_ORIGINS", "https://*.example"),
        ("CORS_ORIGINS", "https://friend.example/"),
        ("CORS_ORIGINS", "friend.example"),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "https://maps.example"),
        ("ALLOWED_HOSTS", "maps.example:8080"),
        ("ALLOWED_HOSTS", "::1"),
        ("TRUSTED_PROXIES", "10.0.0.1/8"),
        ("TRUSTED_PROXIES", "proxy"),
        ("BASE_PATH", "xatra"),
        ("BASE_PATH", "/xatra/"),
        ("GUEST_SECRET", "short"),
        ("GUEST_SECRET_PREVIOUS", "short"),
        ("WEB_PROCESSES", "0"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(ValidationError, match=f"(?i){name}") as refused:
        HttpSettings()
    for secret in ("short", REQUIRED["DATABASE_URL"]):
        assert secret not in str(refused.value)
