"""Errors for Sentry: what is logged as an error and what ends a process, without anything about people.

No integration of Sentry's watches requests, statements or commands; log records are all it sees.
"""

import logging
import sys
from typing import Final, override

import sentry_sdk
from sentry_sdk.integrations.atexit import AtexitIntegration
from sentry_sdk.integrations.dedupe import DedupeIntegration
from sentry_sdk.integrations.excepthook import ExcepthookIntegration
from sentry_sdk.integrations.threading import ThreadingIntegration

from xatra_shared.settings import ServiceSettings

_TAGS: Final = ("request_id", "job", "attempt", "trace_id", "logger")


def report_errors(service: str, settings: ServiceSettings) -> None:
    """Report errors of this process and of those that it forks; nothing happens without a DSN.

    Call it after `configure_logging`.

    Args:
        service: Name of the service, a tag of each event.
        settings: With the DSN, the release and the environment.
    """
    if settings.sentry_dsn is None:
        return
    sentry_sdk.init(
        dsn=settings.sentry_dsn.get_secret_value(),
        release=settings.release,
        environment=settings.environment,
        send_default_pii=False,
        include_local_variables=False,  # they may hold programs and secrets
        max_request_body_size="never",
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[
            AtexitIntegration(callback=lambda _pending, _timeout: None),
            DedupeIntegration(),
            ExcepthookIntegration(),
            ThreadingIntegration(propagate_scope=False),
        ],
    )
    sentry_sdk.get_global_scope().set_tag("service", service)
    logging.getLogger().addHandler(_ErrorHandler(logging.ERROR))


class _ErrorHandler(logging.Handler):
    """Makes an event of each record, ours through structlog or a library's."""

    @override
    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith("sentry_sdk"):
            return
        fields = record.msg if isinstance(record.msg, dict) else {}
        message = str(fields["event"]) if fields else record.getMessage()
        with sentry_sdk.new_scope() as scope:
            for name in _TAGS:
                if name in fields:
                    scope.set_tag(name, fields[name])
            error = _exception(fields.get("exc_info") or record.exc_info)
            if error is None:
                scope.capture_message(message, level="error")
            else:
                scope.set_extra("message", message)
                scope.capture_exception(error)


def _exception(given: object) -> BaseException | None:
    """Return the exception out of the forms in which `exc_info` is given."""
    if isinstance(given, BaseException):
        return given
    if isinstance(given, tuple):
        return given[1] if isinstance(given[1], BaseException) else None
    return sys.exception() if given else None
