"""Installs the uv program, pinned by hash, from the package index: `python3 get_uv.py PATH`.

Runs before there is an environment, so on any Python from 3.6 on, with nothing but its standard library.
"""

import hashlib
import html.parser
import http.client
import io
import os
import platform
import sys
import sysconfig
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path, PurePosixPath

VERSION = "0.13.9"
WHEELS = {
    ("Linux", "x86_64"): (
        "manylinux_2_17_x86_64.manylinux2014_x86_64",
        "d7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19",
    ),
    ("Linux with musl", "x86_64"): (
        "musllinux_1_1_x86_64",
        "2c45530751517d6c3bbc69a19473f6effe47cce047bede01ffd8af7ea7b36b25",
    ),
    ("Linux", "aarch64"): (
        "manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64",
        "5435c5ce14a56431208ca0996416d310f1598e8c2c8ba707688985a16bb82dbe",
    ),
    ("Darwin", "x86_64"): (
        "macosx_10_12_x86_64",
        "c16ed11e013557536b3e60065f1b912f6407bd6518e041b961e23ef9e6b4fbf5",
    ),
    ("Darwin", "arm64"): (
        "macosx_11_0_arm64",
        "66c512266d633bef48384a1f53003f41f2a8e7b36fe6e7fbfd3e0fd52d96fa63",
    ),
}
WHEELS["Linux with musl", "aarch64"] = WHEELS["Linux", "aarch64"]

INDEX_VARIABLES = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL")
DEFAULT_INDEX_URL = "https://pypi.org/simple"
ATTEMPTS = 4
TIMEOUT_SECONDS = 30


class InstallError(Exception):
    """A failure whose text is one sentence for the person at the keyboard."""


def main() -> None:
    """Install uv at the path that is the only argument."""
    if len(sys.argv) != 2:  # noqa: PLR2004 - the program's name and one argument
        sys.exit("usage: python3 get_uv.py PATH")
    target = Path(sys.argv[1])
    try:
        install(target)
    except InstallError as error:
        sys.exit(str(error))
    except OSError as error:
        sys.exit(f"uv could not be written to {target}: {error.strerror or error}.")


def install(target: Path) -> None:
    """Download, check and unpack uv; it appears at its path whole or not at all."""
    tags, sha256 = this_platform()
    filename = f"uv-{VERSION}-py3-none-{tags}.whl"
    print(f"Downloading uv {VERSION} ...", file=sys.stderr)
    content = download(filename)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise InstallError(f"{filename} is not the file that was pinned (its hash is wrong): not installed.")

    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as wheel:
            part.write_bytes(wheel.read(f"uv-{VERSION}.data/scripts/uv"))
        part.chmod(0o755)
        part.replace(target)
    except BaseException:
        if part.exists():
            part.unlink()
        raise


def this_platform() -> "tuple[str, str]":
    """Return the platform tags of the wheel that runs here, and its hash."""
    system, machine = platform.system(), platform.machine()
    if system == "Linux" and "musl" in str(sysconfig.get_config_var("HOST_GNU_TYPE")):
        system = "Linux with musl"
    try:
        return WHEELS[system, machine]
    except KeyError:
        raise InstallError(
            f"There is no pinned uv for {system} on {machine}: install uv {VERSION} yourself "
            f"(https://docs.astral.sh/uv/) and put it on the PATH."
        ) from None


def download(filename: str) -> bytes:
    """Return a file of the project uv in the package index, which may be a mirror with a login."""
    index_url = next((os.environ[name] for name in INDEX_VARIABLES if os.environ.get(name)), DEFAULT_INDEX_URL)
    parts = urllib.parse.urlsplit(index_url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InstallError("The package index must be an address that begins with https:// or http://.")
    page_url = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path.rstrip('/')}/uv/"
    opener = opener_with_login(parts, page_url)

    attempt = 0
    while True:
        attempt += 1
        try:
            return read_from_index(opener, page_url, filename)
        except (OSError, http.client.HTTPException) as error:
            status = getattr(error, "code", None)
            will_not_pass = status is not None and status < 500 and status != 429  # noqa: PLR2004 - HTTP
            if will_not_pass or attempt == ATTEMPTS:
                reason = f"it answered {error}" if status else getattr(error, "reason", error)
                raise InstallError(
                    f"{filename} could not be downloaded from {parts.hostname}: {reason}. "
                    f"Check the network, or name a mirror in {INDEX_VARIABLES[0]}, and run it again."
                ) from error
            time.sleep(2 ** (attempt - 1))


def read_from_index(opener: urllib.request.OpenerDirector, page_url: str, filename: str) -> bytes:
    """Look a file up in a project's page, and return its content."""
    with opener.open(page_url, timeout=TIMEOUT_SECONDS) as page:
        links = Links(page.read().decode("utf-8", "replace"))
    with opener.open(links.address_of(filename, page_url), timeout=TIMEOUT_SECONDS) as response:
        content: bytes = response.read()
    return content


def opener_with_login(parts: urllib.parse.SplitResult, url: str) -> urllib.request.OpenerDirector:
    """Open addresses, with the login that an index URL carries sent to that index alone."""
    logins = urllib.request.HTTPPasswordMgrWithPriorAuth()
    if parts.username is not None:
        unquote = urllib.parse.unquote
        root = urllib.parse.urljoin(url, "/")
        logins.add_password(None, root, unquote(parts.username), unquote(parts.password or ""), is_authenticated=True)
    return urllib.request.build_opener(urllib.request.HTTPBasicAuthHandler(logins))


class Links(html.parser.HTMLParser):
    """The addresses that a page links to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self._hrefs: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: "list[tuple[str, str | None]]") -> None:
        """Note the address of a link."""
        if tag == "a":
            self._hrefs.extend(value for name, value in attrs if name == "href" and value)

    def address_of(self, filename: str, page_url: str) -> str:
        """Return the address of the file with this name."""
        for href in self._hrefs:
            path = urllib.parse.unquote(urllib.parse.urlsplit(href).path)
            if PurePosixPath(path).name == filename:
                return urllib.parse.urljoin(page_url, href)
        raise InstallError(f"The package index does not list {filename}: name another in {INDEX_VARIABLES[0]}.")


if __name__ == "__main__":
    main()
