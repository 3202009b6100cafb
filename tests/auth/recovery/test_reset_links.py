"""A way back in: links that work once, from an administrator, by mail, or from the command line."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message  # noqa: TC003 - a type like any other

import pytest
from sqlalchemy import Engine, text
from tests.auth.browsing import AUTH, OTHER_PASSWORD, PASSWORD, Browser, problem_of
from tests.auth.conftest import OpenBrowser
from tests.waiting import until

from xatra_auth import commands
from xatra_auth.settings import AuthSettings


class MailServer(socketserver.ThreadingTCPServer):
    """Takes mail by SMTP (RFC 5321), as far as it must, and keeps it."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.mails: list[Message] = []


class Conversation(socketserver.StreamRequestHandler):
    """One client's."""

    server: MailServer

    def handle(self) -> None:
        self.say("220 here")
        while line := self.rfile.readline():
            command = line.split()[0].upper()
            if command == b"DATA":
                self.say("354 go on")
                lines: list[bytes] = []
                while (part := self.rfile.readline()) != b".\r\n":
                    lines.append(part)
                self.server.mails.append(message_from_bytes(b"".join(lines)))
            self.say("221 bye" if command == b"QUIT" else "250 well")
            if command == b"QUIT":
                return

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    """Run a mail server."""
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@contextmanager
def mail_settings(server: MailServer) -> Iterator[dict[str, object]]:
    yield {"smtp_url": f"smtp://127.0.0.1:{server.server_address[1]}", "mail_from": "maps@maps.example"}


def token_in(url: str) -> str:
    return url.partition("#token=")[2]


@pytest.fixture
def asha(browser: Browser) -> Browser:
    """Return the browser of somebody who is signed in."""
    browser.sign_up("asha")
    return browser


@pytest.fixture
def link(asha: Browser, database: Engine, settings: AuthSettings) -> str:
    """Return the address of a link for them, as the command line issues it."""
    return commands.reset_link(database, settings, "asha").url


def reset(browser: Browser, url: str, password: str = OTHER_PASSWORD) -> str | None:
    """Return the problem, if there is one."""
    answer = browser.post(f"{AUTH}/password/reset", {"token": token_in(url), "new_password": password})
    return None if answer.status_code == 204 else problem_of(answer)


def test_a_link_sets_a_new_password_and_ends_all_sessions(asha: Browser, link: str, open_browser: OpenBrowser) -> None:
    stranger = open_browser()

    assert link.startswith("http://localhost:8080/xatra/reset-password#token=")
    assert reset(stranger, link) is None
    until(lambda: not asha.is_signed_in(), seconds=1)
    assert asha.refresh().status_code == 401
    assert stranger.sign_in("asha").status_code == 401
    assert stranger.sign_in("asha", OTHER_PASSWORD).status_code == 200


def test_a_link_works_once(link: str, open_browser: OpenBrowser) -> None:
    assert reset(open_browser(), link) is None

    assert reset(open_browser(), link, PASSWORD) == "reset-link-invalid"


def test_a_link_stays_good_when_the_password_is_not(link: str, open_browser: OpenBrowser) -> None:
    assert reset(open_browser(), link, "short") == "password-too-short"
    assert reset(open_browser(), link, "asha-1234567890") == "password-too-common"

    assert reset(open_browser(), link) is None


def test_a_link_expires(link: str, open_browser: OpenBrowser, database: Engine) -> None:
    with database.begin() as connection:
        connection.execute(text("UPDATE auth_reset_links SET expires_at = now()"))

    assert reset(open_browser(), link) == "reset-link-invalid"


def test_only_the_last_link_is_good(
    link: str, open_browser: OpenBrowser, database: Engine, settings: AuthSettings
) -> None:
    later = commands.reset_link(database, settings, "asha").url

    assert reset(open_browser(), link) == "reset-link-invalid"
    assert reset(open_browser(), later) is None


def test_a_password_change_makes_links_useless(asha: Browser, link: str, open_browser: OpenBrowser) -> None:
    asha.write("PUT", f"{AUTH}/me/password", {"current_password": PASSWORD, "new_password": OTHER_PASSWORD})

    assert reset(open_browser(), link) == "reset-link-invalid"


def test_links_are_kept_as_digests_alone(link: str, database: Engine) -> None:
    with database.connect() as connection:
        assert token_in(link) not in str(connection.execute(text("SELECT * FROM auth_reset_links")).all())


def test_an_account_without_a_password_gets_one_by_a_link(
    link: str, open_browser: OpenBrowser, database: Engine
) -> None:
    with database.begin() as connection:
        connection.execute(text("DELETE FROM auth_credentials"))

    assert reset(open_browser(), link) is None
    assert open_browser().sign_in("asha", OTHER_PASSWORD).status_code == 200


def test_without_a_mail_server_the_service_says_so(asha: Browser, open_browser: OpenBrowser) -> None:
    stranger = open_browser()

    assert stranger.get(f"{AUTH}/ways-in").json()["mail"] is False
    assert problem_of(stranger.post(f"{AUTH}/password/forgotten", {"username": "asha"})) == "no-mail"


def test_who_forgot_gets_a_link_at_the_verified_address_alone(
    asha: Browser, serve: Callable[..., str], open_browser: OpenBrowser, mail_server: MailServer, database: Engine
) -> None:
    with mail_settings(mail_server) as settings:
        stranger = open_browser(serve(**settings))
    with database.begin() as connection:
        connection.execute(text("UPDATE hub_users SET email = 'asha@maps.example'"))
    unverified = stranger.post(f"{AUTH}/password/forgotten", {"username": "asha"})
    unknown = stranger.post(f"{AUTH}/password/forgotten", {"username": "nobody-here"})
    with database.begin() as connection:
        connection.execute(text("UPDATE hub_users SET email_verified = true"))
    verified = stranger.post(f"{AUTH}/password/forgotten", {"username": "asha"})

    assert [answer.status_code for answer in (unverified, unknown, verified)] == [202, 202, 202]
    assert unverified.content == unknown.content == verified.content
    until(lambda: mail_server.mails)
    (mail,) = mail_server.mails
    assert (mail["To"], mail["From"]) == ("asha@maps.example", "maps@maps.example")
    url = next(line for line in bytes(mail.get_payload(decode=True)).decode().splitlines() if "#token=" in line)
    assert reset(stranger, url) is None


def test_mails_are_bounded_for_a_name_and_for_a_network(
    asha: Browser, serve: Callable[..., str], open_browser: OpenBrowser, mail_server: MailServer
) -> None:
    with mail_settings(mail_server) as settings:
        stranger = open_browser(serve(**settings))
    answers = [stranger.post(f"{AUTH}/password/forgotten", {"username": "asha"}) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [202] * 5 + [429]


def test_an_administrator_hands_a_link_over_or_it_is_mailed(
    asha: Browser, serve: Callable[..., str], open_browser: OpenBrowser, mail_server: MailServer, database: Engine
) -> None:
    with mail_settings(mail_server) as settings:
        admin = open_browser(serve(**settings))
    admin.sign_up("ravi")
    with database.begin() as connection:
        connection.execute(text("UPDATE hub_users SET is_admin = true WHERE username = 'ravi'"))
    handed = admin.post(f"{AUTH}/admin/users/asha/reset-link")
    with database.begin() as connection:
        connection.execute(
            text("UPDATE hub_users SET email = 'asha@maps.example', email_verified = true WHERE username = 'asha'")
        )
    mailed = admin.post(f"{AUTH}/admin/users/asha/reset-link")

    assert (handed.status_code, handed.json()["mailed_to"]) == (201, None)
    assert mailed.json()["mailed_to"] == "asha@maps.example"
    assert len(mail_server.mails) == 1
    assert reset(open_browser(), mailed.json()["url"]) is None
