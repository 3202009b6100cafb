"""Downloads one pinned file from a Python package index: resumable, retried, checked by its hash."""

import hashlib
import os
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from io import BufferedRandom
from pathlib import Path, PurePosixPath
from urllib.error import HTTPError, URLError
from urllib.parse import SplitResult, unquote, urljoin, urlsplit, urlunsplit
from urllib.request import (
    HTTPBasicAuthHandler,
    HTTPPasswordMgrWithPriorAuth,
    OpenerDirector,
    Request,
    build_opener,
)

from xatra_render_worker.data.disk import PART_SUFFIX, DiskError, alone_in, disk_errors, require_space
from xatra_render_worker.data.errors import DataError
from xatra_render_worker.data.progress import Progress, silent

DEFAULT_INDEX_URL = "https://pypi.org/simple"
INDEX_VARIABLES = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL")

ATTEMPTS = 4
BACKOFF_SECONDS = 1.0
TIMEOUT_SECONDS = 30.0
CHUNK_BYTES = 1 << 17

_TRANSIENT_STATUSES = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}


class DownloadError(DataError):
    """A file could not be had: no network, not in the index, not the pinned file, or no room for it."""


@dataclass(frozen=True)
class Wheel:
    """One file of a package index, pinned by its hash.

    Attributes:
        project: The project's name, normalised as PEP 503 says.
        filename: The file's name in the index.
        sha256: The hash of its bytes, in hexadecimal.
        size_bytes: How many bytes it has.
    """

    project: str
    filename: str
    sha256: str
    size_bytes: int


def index_url_from(environment: Mapping[str, str] = os.environ) -> str:
    """Return the address of the package index that uv and pip would use here.

    Args:
        environment: Where `UV_DEFAULT_INDEX`, `UV_INDEX_URL` and `PIP_INDEX_URL` are looked up, in this order.

    Returns:
        The address of a simple index (PEP 503).
    """
    return next((environment[name] for name in INDEX_VARIABLES if environment.get(name)), DEFAULT_INDEX_URL)


def fetch(
    package: Wheel,
    destination: Path,
    progress: Progress = silent,
    index_url: str = DEFAULT_INDEX_URL,
) -> Path:
    """Download a file, or go on with a download that was interrupted.

    The file appears under its name only when its hash is right; until then what has come is kept beside it as
    `.part`. A file that is there already is checked and returned at once, without the network. Two processes may ask
    for the same file: the second waits for the first. Proxies and `SSL_CERT_FILE` are honoured.

    Args:
        package: Which file.
        destination: The directory that receives it; made when missing.
        progress: Told about the bytes that have come.
        index_url: A simple index (PEP 503); it may carry a user and password.

    Returns:
        The file's path.

    Raises:
        DownloadError: It could not be had; the text says why and what to do.
    """
    target = destination / package.filename
    try:
        with alone_in(destination):
            if not _is_intact(target, package):
                part = target.with_name(target.name + PART_SUFFIX)
                with disk_errors(part), part.open("a+b") as handle:
                    _complete(handle, package, destination, progress, _Index(index_url))
                    part.replace(target)
    except DiskError as error:
        raise DownloadError(str(error)) from error
    return target


def _is_intact(path: Path, package: Wheel) -> bool:
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest() == package.sha256
    except OSError:
        return False


def _complete(handle: BufferedRandom, package: Wheel, destination: Path, progress: Progress, index: "_Index") -> None:
    """Append to a file until it is the package."""
    have_bytes = handle.seek(0, os.SEEK_END)
    require_space(destination, package.size_bytes - have_bytes)
    failures = 0
    while have_bytes < package.size_bytes:
        try:
            for chunk in index.read(package, handle):
                handle.write(chunk)
                progress(f"Downloading {package.filename}", handle.tell(), package.size_bytes)
        except _ConnectionFailedError as error:
            got_further = handle.tell() > have_bytes
            failures = 1 if got_further else failures + 1
            if failures == ATTEMPTS:
                raise DownloadError(
                    f"{package.filename} could not be downloaded from {index.host}: {error}. Check the network, or "
                    f"name a mirror in {INDEX_VARIABLES[0]}, and run it again: it continues where it stopped."
                ) from error
            time.sleep(BACKOFF_SECONDS * 2 ** (failures - 1))
        have_bytes = handle.seek(0, os.SEEK_END)

    handle.seek(0)
    if hashlib.file_digest(handle, "sha256").hexdigest() != package.sha256:
        handle.truncate(0)
        raise DownloadError(
            f"What {index.host} sent as {package.filename} is not the file that was pinned (its hash is wrong), and "
            f"was discarded. Run it again; if that does not help, do not trust this index."
        )


class _ConnectionFailedError(Exception):
    """The network, or the server, failed in a way that may pass."""


class _Index:
    """A simple index (PEP 503)."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise DownloadError("The package index must be an address that begins with https:// or http://.")
        self.host = parts.hostname
        self._url = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])).rstrip("/")
        self._opener = _opener_with_login(parts, self._url)

    def read(self, package: Wheel, handle: BufferedRandom) -> Iterator[bytes]:
        """Yield what a file still lacks, after cutting it back to where the server begins."""
        have_bytes = handle.tell()
        with self._open(self._find(package), {"Range": f"bytes={have_bytes}-"}) as response:
            if response.status != HTTPStatus.PARTIAL_CONTENT:
                have_bytes = handle.truncate(handle.seek(0))
            while have_bytes < package.size_bytes:
                with _network_errors():
                    chunk = response.read(CHUNK_BYTES)
                if not chunk:
                    raise _ConnectionFailedError("the connection was closed early")
                have_bytes += len(chunk)
                yield chunk

    def _find(self, package: Wheel) -> str:
        page_url = f"{self._url}/{package.project}/"
        with self._open(page_url, {"Accept": "text/html"}) as response, _network_errors():
            page = response.read().decode("utf-8", "replace")
        links = _Links()
        links.feed(page)
        for href in links.hrefs:
            if PurePosixPath(unquote(urlsplit(href).path)).name == package.filename:
                return urljoin(page_url, href)
        raise DownloadError(
            f"The package index at {self.host} does not list {package.filename}. "
            f"Name another index in {INDEX_VARIABLES[0]} and run it again."
        )

    def _open(self, url: str, headers: dict[str, str]) -> HTTPResponse:
        with _network_errors():
            try:
                response: HTTPResponse = self._opener.open(Request(url, headers=headers), timeout=TIMEOUT_SECONDS)  # noqa: S310 - http or https, by __init__
            except HTTPError as error:
                error.close()
                reason = f"it answered {error.code} {error.reason}"
                if error.code in _TRANSIENT_STATUSES or error.code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                    raise _ConnectionFailedError(reason) from error
                raise DownloadError(
                    f"{urlsplit(url).hostname} did not give {urlsplit(url).path}: {reason}. "
                    f"Name another index in {INDEX_VARIABLES[0]} and run it again."
                ) from error
        return response


def _opener_with_login(parts: SplitResult, url: str) -> OpenerDirector:
    """Open addresses, with the login that an index URL carries sent to that index alone."""
    logins = HTTPPasswordMgrWithPriorAuth()
    if parts.username is not None:
        root = urljoin(url, "/")
        logins.add_password(None, root, unquote(parts.username), unquote(parts.password or ""), is_authenticated=True)
    return build_opener(HTTPBasicAuthHandler(logins))


@contextmanager
def _network_errors() -> Iterator[None]:
    try:
        yield
    except URLError as error:
        raise _ConnectionFailedError(_reason(error.reason)) from error
    except (OSError, HTTPException) as error:
        raise _ConnectionFailedError(_reason(error)) from error


def _reason(cause: str | BaseException) -> str:
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror
    return re.sub(r"[\s.]+$", "", str(cause)) or type(cause).__name__


class _Links(HTMLParser):
    """Collects the addresses that a page links to."""

    def __init__(self) -> None:
        super().__init__()
        self.hrefs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.hrefs.extend(value for name, value in attrs if name == "href" and value)
