"""Settings of the auth service: what is refused, and that production is refused what is unsafe, in sentences."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from xatra_auth.settings import AuthSettings

SAFE = {
    "ALLOWED_HOSTS": "maps.example",
    "DATABASE_URL": "postgresql+psycopg://xatra_auth_login:Wm3kT9bQx7Lr2sVn@db/xatra",
    "ENVIRONMENT": "production",
    "GUEST_SECRET": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "PUBLIC_URL": "https://maps.example",
    "REDIS_URL": "redis://xatra_auth:Pz8hK4dNw6Jc1yXe@redis:6379/0",
    "SIGNING_KEY": "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SAFE.items():
        monkeypatch.setenv(name, value)


def test_production_starts_on_what_is_safe() -> None:
    assert AuthSettings().environment == "production"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("DATABASE_URL", "sqlite:///x.db", "DATABASE_URL must begin with postgresql"),
        ("DATABASE_URL", "postgresql+psycopg://x@db/x", "DATABASE_URL must name a password"),
        ("DATABASE_URL", "postgresql+psycopg://x:password@db/x", "DATABASE_URL must name a password"),
        ("REDIS_URL", "redis://redis:6379/0", "REDIS_URL must name a password"),
        ("GUEST_SECRET", "change-me-change-me-change-me-change-me", "GUEST_SECRET must be random"),
        ("GUEST_SECRET_PREVIOUS", "a" * 40, "GUEST_SECRET_PREVIOUS must be random"),
        ("SIGNING_KEY", "0" * 64, "SIGNING_KEY must be random"),
        ("SIGNING_KEY", SAFE["GUEST_SECRET"], "SIGNING_KEY and GUEST_SECRET must differ"),
        ("PUBLIC_URL", "http://maps.example", "PUBLIC_URL must be"),
        ("ALLOWED_HOSTS", "localhost", "ALLOWED_HOSTS must name"),
        ("CORS_ORIGINS", "http://friend.example", "CORS_ORIGINS must all begin with https://"),
        ("TRUSTED_PROXIES", "0.0.0.0/0", "TRUSTED_PROXIES must name"),
        ("SMTP_URL", "smtps://mail.maps.example", "MAIL_FROM must be"),
    ],
)
def test_production_is_refused_what_is_unsafe_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError, match=sentence) as refused:
        AuthSettings()
    assert value not in str(refused.value)

    monkeypatch.setenv("STRICT_MODE", "false")
    AuthSettings()
    monkeypatch.setenv("STRICT_MODE", "true")
    monkeypatch.setenv("ENVIRONMENT", "development")
    AuthSettings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SIGNING_KEY", "short"),
        ("SIGNING_KEY", "G" * 64),
        ("GUEST_SECRET", "short"),
        ("ACCESS_TOKEN_SECONDS", "901"),
        ("PASSWORD_MIN_CHARACTERS", "7"),
        ("SMTP_URL", "https://mail.maps.example"),
        ("PUBLIC_URL", "maps.example"),
        ("TRUSTED_PROXIES", "everybody"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(ValidationError, match=f"(?i){name}"):
        AuthSettings()


def test_every_secret_comes_from_a_file_where_one_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("SIGNING_KEY", "GUEST_SECRET", "DATABASE_URL", "REDIS_URL", "SMTP_URL"):
        (tmp_path / name).write_text(f"{SAFE.get(name, 'smtps://mail.maps.example')}\n")
        monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv(f"{name}_FILE", str(tmp_path / name))
    monkeypatch.setenv("MAIL_FROM", "maps@maps.example")

    settings = AuthSettings()
    assert settings.signing_key.get_secret_value() == SAFE["SIGNING_KEY"]
    assert settings.smtp_url
    assert settings.smtp_url.get_secret_value() == "smtps://mail.maps.example"


def test_the_command_says_what_to_set_and_nothing_else() -> None:
    refused = subprocess.run(
        [sys.executable, "-m", "xatra_auth", "serve"],
        env={"PATH": os.environ["PATH"], **SAFE, "SIGNING_KEY": "0" * 64, "PUBLIC_URL": "http://maps.example"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert refused.returncode == 2
    assert "PUBLIC_URL must be" in refused.stderr
    assert "SIGNING_KEY must be random" in refused.stderr
    assert "Traceback" not in refused.stderr
