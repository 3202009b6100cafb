"""What the production stack can be told is what its services read, and its example file says all of it."""

import re
from enum import Enum
from pathlib import Path

import pytest
from pydantic.fields import FieldInfo

from xatra_api.settings import ApiSettings
from xatra_auth.settings import AuthSettings
from xatra_render_worker.settings import RenderWorkerSettings
from xatra_scheduler.settings import BackupSettings, SchedulerSettings

_CHECKOUT = Path(__file__).parents[2]
_COMPOSE = "\n".join(
    path.read_text() for path in (_CHECKOUT / "docker-compose.prod.yml", *(_CHECKOUT / "compose").rglob("*.yml"))
)
_EXAMPLE = (_CHECKOUT / ".env.prod.example").read_text()
_CLASSES = (ApiSettings, AuthSettings, BackupSettings, RenderWorkerSettings, SchedulerSettings)

SHOWN = dict(re.findall(r"^(?:# )?([A-Z_]+)=(.*)$", _EXAMPLE, re.MULTILINE))
SET_BY_THE_STACK = {name.removesuffix("_FILE") for name in re.findall(r"^ +([A-Z_]+): ", _COMPOSE, re.MULTILINE)}
ASKED_BY_THE_STACK = set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", _COMPOSE))
SET_BY_THE_SERVER = {"PROMETHEUS_MULTIPROC_DIR"}
# The same name in two services, of which the file has one under another.
RENAMED = {("AuthSettings", "WRITES_PER_MINUTE"): "AUTH_WRITES_PER_MINUTE"}


def settings() -> dict[str, FieldInfo]:
    """Return every setting of every service by the name that the file has for it."""
    return {
        RENAMED.get((cls.__name__, name.upper()), name.upper()): field
        for cls in _CLASSES
        for name, field in cls.model_fields.items()
    }


def test_every_setting_is_shown_or_set_by_the_stack():
    assert settings().keys() - SHOWN.keys() - SET_BY_THE_STACK - SET_BY_THE_SERVER == set()


def test_nothing_is_shown_that_nothing_reads():
    given_by_make = {"COMPOSE_PROFILES"}
    assert SHOWN.keys() - settings().keys() - ASKED_BY_THE_STACK - given_by_make == set()


def test_what_the_stack_asks_for_is_shown():
    given_by_make = {"COMPOSE_PROJECT_NAME", "ENV_FILE", "RELEASE", "REVISION", "SECRETS"}
    assert ASKED_BY_THE_STACK - SHOWN.keys() - given_by_make == set()


# Half of what a single service has by default: there are two of each.
OF_EACH_COLOUR = {"WEB_PROCESSES": str(ApiSettings.model_fields["web_processes"].default // 2)}


@pytest.mark.parametrize("name", sorted(name for name in settings() if f"# {name}=" in _EXAMPLE))
def test_a_commented_line_shows_the_default(name: str):
    default = settings()[name].default
    if isinstance(default, Enum):
        default = default.value
    expected = {None: "", (): "", True: "true", False: "false"}.get(default, str(default))
    assert SHOWN[name] == OF_EACH_COLOUR.get(name, expected)


@pytest.mark.parametrize(("name", "shown"), [pair for pair in SHOWN.items() if f"# {pair[0]}=" in _EXAMPLE])
def test_what_the_stack_falls_back_on_is_the_default_that_is_shown(name: str, shown: str):
    fallbacks = set(re.findall(rf"\$\{{{name}:?-([^}}]*)\}}", _COMPOSE))
    if name in {"HTTP_PORT", "TRUSTED_PROXIES"}:  # as `TLS` says
        fallbacks.discard("8888")
    assert fallbacks <= {shown}


def test_every_line_has_a_comment_above_it():
    for paragraph in _EXAMPLE.split("\n\n")[1:]:
        first, *_ = paragraph.strip().splitlines()
        assert re.match(r"# .*[^=]$", first), paragraph
        assert not re.match(r"(# )?[A-Z_]+=", first), paragraph


def test_no_secret_is_asked_for_outside_of_files():
    assert not [name for name in SHOWN if re.search(r"SECRET$|PASSWORD$|_KEY$|_DSN$|SMTP_URL", name)]
