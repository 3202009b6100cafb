"""A package index on this machine, and sample data of three small countries."""

import hashlib
import subprocess
import sys
import threading
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest

from xatra_render_worker.data import download
from xatra_render_worker.data.download import Wheel
from xatra_render_worker.data.sample import WHEEL, install_sample

CONTENT = bytes(range(256)) * 4096  # 1 MiB: several chunks
PACKAGE = Wheel("a-project", "a_project-1+local-py3-none-any.whl", hashlib.sha256(CONTENT).hexdigest(), len(CONTENT))
COUNTRIES = ("BTN", "LKA", "PAK")


@dataclass
class Index:
    """A package index that lists one file, and how it is to behave."""

    url: str = ""
    project: str = PACKAGE.project
    filename: str = PACKAGE.filename
    content: bytes = CONTENT
    cut_after_bytes: list[int] = field(default_factory=list)  # for each answer with the file, until exhausted
    failures: list[int] = field(default_factory=list)  # statuses to answer with first
    honours_ranges: bool = True
    login: str | None = None
    requests: list[tuple[str, str | None]] = field(default_factory=list)  # path and range


class _Handler(BaseHTTPRequestHandler):
    index: Index

    def do_GET(self) -> None:
        self.index.requests.append((self.path, self.headers["Range"]))
        if self.index.failures:
            self.send_error(self.index.failures.pop(0))
        elif self.index.login and not self._has_login(self.index.login):
            self.send_error(401)
        elif self.path == f"/simple/{self.index.project}/":
            self._answer(200, f'<a href="../../files/{quote(self.index.filename)}#sha256=00">it</a>'.encode())
        elif self.path == f"/files/{quote(self.index.filename)}":
            self._send_file()
        else:
            self.send_error(404)

    def _has_login(self, login: str) -> bool:
        return b64decode(self.headers.get("Authorization", "Basic ").removeprefix("Basic ")).decode() == login

    def _has_range(self) -> bool:
        return self.index.honours_ranges and "Range" in self.headers

    def _send_file(self) -> None:
        start = int(self.headers["Range"].removeprefix("bytes=").rstrip("-")) if self._has_range() else 0
        cut = self.index.cut_after_bytes.pop(0) if self.index.cut_after_bytes else None
        self._answer(206 if self._has_range() else 200, self.index.content[start:], cut)

    def _answer(self, status: int, body: bytes, cut: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[:cut])

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch) -> Iterator[Index]:
    """Serve an index; retries follow at once."""
    monkeypatch.setattr(download, "BACKOFF_SECONDS", 0)
    index = Index()
    with ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"index": index})) as server:
        index.url = f"http://127.0.0.1:{server.server_port}/simple/"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield index
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def wheel_directory(downloads: Path) -> Path:
    """Return a directory that holds the wheel of the sample data; a process of its own downloads it."""
    if not (downloads / WHEEL.filename).exists():
        program = (
            "import sys; from pathlib import Path\n"
            "from xatra_render_worker.data.download import fetch, index_url_from\n"
            "from xatra_render_worker.data.sample import WHEEL\n"
            "fetch(WHEEL, Path(sys.argv[1]), index_url=index_url_from())"
        )
        subprocess.run([sys.executable, "-c", program, downloads], check=True)
    return downloads


@pytest.fixture(scope="session")
def installed(wheel_directory: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data directory with three small countries, not to be changed."""
    data_home = tmp_path_factory.mktemp("installed")
    install_sample(data_home, COUNTRIES, downloads=wheel_directory)
    return data_home
