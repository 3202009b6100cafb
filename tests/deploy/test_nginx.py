"""nginx, as configured for a machine without containers, gives requests to the services and keeps others away."""

import json
import re
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import override

import httpx2
import pytest
from tests.conftest import Standalone
from tests.stack.site import free_port
from tests.waiting import until

CONFIGURATION = Path(__file__).parents[2] / "deploy" / "nginx" / "xatra.conf"
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
_HTTP2_IS_A_LINE_SINCE = (1, 25, 1)

pytestmark = pytest.mark.skipif(not NGINX or not shutil.which("openssl"), reason="no nginx, or no openssl")

HTTP = """
pid {home}/pid;
error_log {home}/error.log;
daemon off;
events {{}}
http {{
    access_log off;
    client_body_temp_path {home}/body;
    fastcgi_temp_path {home}/fastcgi;
    proxy_temp_path {home}/proxy;
    scgi_temp_path {home}/scgi;
    uwsgi_temp_path {home}/uwsgi;
    include {home}/xatra.conf;
}}
"""


class Front:
    """nginx on ports of its own."""

    def __init__(self, home: Path, *, upstream: int) -> None:
        self.http, self.https = free_port(), free_port()
        self._certificate = home / "certificate"
        subprocess.run(
            [
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
                "-keyout", home / "key", "-out", self._certificate,
            ],
            capture_output=True, check=True,
        )  # fmt: skip
        said = subprocess.run([str(NGINX), "-v"], capture_output=True, text=True, check=True).stderr
        version = tuple(map(int, re.findall(r"nginx/([\d.]+)", said)[0].split(".")))
        text = CONFIGURATION.read_text()
        for pattern, replacement in (
            (r"server 127\.0\.0\.1:\d+", f"server 127.0.0.1:{upstream}"),
            (r".*listen \[::\].*\n", ""),
            (r"listen 80\b", f"listen 127.0.0.1:{self.http}"),
            (r"listen 443\b", f"listen 127.0.0.1:{self.https}"),
            (r"/etc/letsencrypt/live/maps\.example/fullchain\.pem", str(self._certificate)),
            (r"/etc/letsencrypt/live/maps\.example/privkey\.pem", str(home / "key")),
            (r"maps\.example", "localhost"),
            (r" *http2 on;\n", "" if version < _HTTP2_IS_A_LINE_SINCE else "http2 on;\n"),
        ):
            text, count = re.subn(pattern, replacement, text)
            assert count, pattern
        (home / "xatra.conf").write_text(text)
        (home / "nginx.conf").write_text(HTTP.format(home=home))
        self.command = [str(NGINX), "-p", str(home), "-e", str(home / "error.log"), "-c", str(home / "nginx.conf")]

    @contextmanager
    def running(self) -> Iterator["Front"]:
        """Run it until the end of a block."""
        checked = subprocess.run([*self.command, "-t"], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stderr
        assert "[warn]" not in checked.stderr
        process = subprocess.Popen(self.command)
        context = ssl.create_default_context(cafile=self._certificate)
        with httpx2.Client(base_url=f"https://localhost:{self.https}", verify=context, timeout=60) as self.client:
            try:
                until(self._answers)
                yield self
            finally:
                process.terminate()
                process.wait(10)

    def _answers(self) -> bool:
        try:
            return self.client.get("/metrics").status_code == 404
        except httpx2.TransportError:
            return False

    def plain(self, path: str, host: str) -> httpx2.Response:
        """Ask over plain HTTP."""
        return httpx2.get(f"http://127.0.0.1:{self.http}{path}", headers={"Host": host})


class _Mirror(BaseHTTPRequestHandler):
    """Answers with the headers that came."""

    def do_GET(self) -> None:
        body = json.dumps({name.lower(): value for name, value in self.headers.items()}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    @override
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def before_mirror(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """Run nginx in front of a server that answers with the headers that came."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Mirror) as mirror:
        thread = threading.Thread(target=mirror.serve_forever)
        thread.start()
        with Front(tmp_path_factory.mktemp("nginx"), upstream=mirror.server_port).running() as front:
            yield front
        mirror.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def before_site(standalone: Standalone, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """Run nginx in front of the whole service."""
    with Front(tmp_path_factory.mktemp("nginx"), upstream=standalone.port).running() as front:
        yield front


def test_what_a_client_says_of_itself_ends_here(before_mirror: Front):
    said = ("X-Forwarded-For", "X-Real-IP", "CF-Connecting-IP", "X-Forwarded-Proto")
    heard = before_mirror.client.get("/xatra/api/x", headers=dict.fromkeys(said, "198.51.100.7")).json()
    assert "198.51.100.7" not in heard.values()
    assert heard["x-forwarded-for"] == heard["x-real-ip"] == "127.0.0.1"
    assert heard["x-forwarded-proto"] == "https"
    assert heard["host"] == f"localhost:{before_mirror.https}"


def test_plain_http_leads_to_https_but_for_new_certificates(before_mirror: Front):
    answer = before_mirror.plain("/xatra/?a=b", "localhost")
    assert (answer.status_code, answer.headers["Location"]) == (308, "https://localhost/xatra/?a=b")
    assert before_mirror.plain("/.well-known/acme-challenge/x", "localhost").status_code == 404


def test_hosts_that_are_not_ours_get_no_certificate(before_mirror: Front):
    assert before_mirror.plain("/", "elsewhere.example").status_code == 421
    with (
        socket.create_connection(("127.0.0.1", before_mirror.https)) as connection,
        pytest.raises(ssl.SSLError, match="unrecognized name"),
    ):
        ssl.create_default_context().wrap_socket(connection, server_hostname="elsewhere.example")


@pytest.mark.parametrize("path", ["/metrics", "/healthz", "/readyz", "/xatra/../metrics", "/nothing"])
def test_nothing_of_the_inside_is_reached(before_mirror: Front, path: str):
    assert before_mirror.client.get(path).status_code == 404


@pytest.mark.parametrize(("path", "to"), [("/", "/xatra/"), ("/xatra", "/xatra/"), ("/xatra?a=b", "/xatra/?a=b")])
def test_short_addresses_lead_to_the_page(before_mirror: Front, path: str, to: str):
    answer = before_mirror.client.get(path)
    assert answer.status_code in {302, 308}
    assert answer.headers["Location"] == f"https://localhost:{before_mirror.https}{to}"


@pytest.mark.parametrize(("path", "size"), [("/xatra/api/files", 27_300_000), ("/xatra/api/auth/login", 2_200_000)])
def test_a_body_that_is_absurd_is_refused(before_mirror: Front, path: str, size: int):
    assert before_mirror.client.put(path, content=b"a" * size).status_code == 413


def test_every_answer_asks_for_https_from_now_on(before_mirror: Front):
    for path in ("/", "/xatra/", "/xatra/api/x", "/xatra/api/auth/x", "/metrics"):
        assert before_mirror.client.get(path).headers["Strict-Transport-Security"] == "max-age=63072000"


def test_the_page_the_api_and_auth_answer(before_site: Front):
    assert "Xatra" in before_site.client.get("/xatra/").text
    assert before_site.client.get("/xatra/api/health").json()["status"] == "ok"
    assert before_site.client.get("/xatra/api/auth/ways-in").json()["registration_open"] is True


def test_events_come_as_they_happen_and_a_map_as_it_is_stored(before_site: Front):
    program = "import time, xatra\ntime.sleep(2)\nxatra.TitleBox('behind nginx')\n"
    render = before_site.client.post("/xatra/api/renders", json={"program": program}).json()["id"]
    with before_site.client.stream("GET", f"/xatra/api/renders/{render}/events") as events:
        lines = (line for line in events.iter_lines() if line.startswith("data:"))
        first = next(lines)
        *_, last = lines
    assert '"queued"' in first or '"running"' in first
    assert '"succeeded"' in last

    artefact = before_site.client.get(f"/xatra/api/renders/{render}").json()["artefact"]
    answer = before_site.client.get(artefact["url"], headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    again = before_site.client.get(artefact["url"], headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
