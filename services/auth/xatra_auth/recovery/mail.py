"""Sends mail, where the operator has named a mail server."""

import smtplib
import ssl
from email.message import EmailMessage
from typing import Final
from urllib.parse import unquote, urlsplit

from xatra_auth.settings import AuthSettings

_TIMEOUT_SECONDS: Final = 20


class MailNotSentError(Exception):
    """The mail server did not take a mail."""


class Mailer:
    """Sends mail through one server; never without encryption, unless the server is this machine."""

    def __init__(self, url: str, *, sender: str) -> None:
        """Take the server.

        Args:
            url: `smtps://USER:PASSWORD@HOST:PORT`, or `smtp://…`, which asks for STARTTLS.
            sender: Whom mails come from.
        """
        self._url = urlsplit(url)
        self._sender = sender

    def send(self, recipient: str, subject: str, text: str) -> None:
        """Send a mail of plain text.

        Raises:
            MailNotSentError: The server cannot be reached or does not take it.
        """
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = recipient
        message["Subject"] = subject
        message.set_content(text)
        try:
            with self._connect() as server:
                if self._url.username:
                    server.login(unquote(self._url.username), unquote(self._url.password or ""))
                server.send_message(message)
        except (smtplib.SMTPException, OSError) as error:
            raise MailNotSentError(type(error).__name__) from error

    def _connect(self) -> smtplib.SMTP:
        host = self._url.hostname or ""
        context = ssl.create_default_context()
        if self._url.scheme == "smtps":
            return smtplib.SMTP_SSL(host, self._url.port or 465, timeout=_TIMEOUT_SECONDS, context=context)
        server = smtplib.SMTP(host, self._url.port or 587, timeout=_TIMEOUT_SECONDS)
        if host not in {"localhost", "127.0.0.1", "::1"}:
            server.starttls(context=context)
        return server


def open_mailer(settings: AuthSettings) -> Mailer | None:
    """Return what sends mail as the settings say, if anything does."""
    if settings.smtp_url is None:
        return None
    return Mailer(settings.smtp_url.get_secret_value(), sender=settings.mail_from)
