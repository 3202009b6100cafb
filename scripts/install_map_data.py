"""Installs the map data that `DATA` names where they are not there yet, and works out what maps need of them.

Workers that run take them up by themselves when this is done.
"""

import os
import sys
from pathlib import Path
from typing import Final

from xatra_render_worker.data.disk import write_file
from xatra_render_worker.data.download import index_url_from
from xatra_render_worker.data.errors import DataError
from xatra_render_worker.data.full import FULL_SOURCE, install_full
from xatra_render_worker.data.manifest import DataMissingError, Manifest, read_manifest
from xatra_render_worker.data.progress import Progress
from xatra_render_worker.data.sample import ALL, DEFAULT_COUNTRIES, install_sample
from xatra_render_worker.data.terms import TERMS
from xatra_render_worker.renderer.store import STORE_NAME, StoreError, build_store, open_store

_SIZES: Final = {
    "sample": "ten countries around India; 27 MB to download, a minute, 70 MB on disk",
    "asia": "the seventy countries of the sample; 27 MB to download, some minutes, 300 MB on disk",
    "full": "every country; 3 GB to download, an hour or more, 6 GB on disk meanwhile",
}


class _Tenths:
    """Says every tenth of a step on a line of its own: logs are no terminal."""

    def __init__(self) -> None:
        self._said = ("", -1)

    def __call__(self, label: str, done: int, total: int) -> None:
        step = (label, 10 * done // max(total, 1))
        if step != self._said:
            self._said = step
            print(f"{label}: {10 * step[1]} %", flush=True)


def main() -> None:
    """Install what is missing; refuse where nobody has accepted the terms of the data."""
    home, wanted = Path(os.environ["MAP_DATA"]), os.environ.get("DATA") or "sample"
    if wanted not in _SIZES:
        sys.exit(f"DATA must be one of {', '.join(_SIZES)}, not {wanted!r}.")
    progress = _Tenths()
    try:
        _accept_terms(home, wanted)
        manifest = _install(home, wanted, progress)
        for name in ("empty", "matplotlib"):  # workers look for them here and cannot make them
            (home / name).mkdir(exist_ok=True)
        if open_store(home) is None:
            build_store(home, progress)
    except (DataError, StoreError) as error:
        sys.exit(str(error))
    print(f"Map data {manifest.version}: {len(manifest.countries)} countries, {manifest.size_bytes / 1e6:.0f} MB.")


def _accept_terms(home: Path, wanted: str) -> None:
    """Show terms, size and time, and ask who sits here; the data directory remembers what was accepted."""
    accepted = home / f"accepted-{wanted}"
    if accepted.exists():
        return
    print(f"{TERMS}\nDATA={wanted}: {_SIZES[wanted]}.", flush=True)
    if os.environ.get("ACCEPT_DATA_TERMS") != "yes":
        if not sys.stdin.isatty():
            sys.exit("To accept the terms, set ACCEPT_DATA_TERMS=yes.")
        if input("Accept these terms, and install? [yes/no] ").strip().lower() != "yes":
            sys.exit("Then nothing is installed.")
    write_file(accepted, TERMS.encode())


def _install(home: Path, wanted: str, progress: Progress) -> Manifest:
    if wanted != "full":
        countries = [ALL] if wanted == "asia" else DEFAULT_COUNTRIES
        return install_sample(home, countries, progress, index_url=index_url_from())

    def prepare(directory: Path) -> tuple[Path, ...]:
        build_store(directory, progress)
        return (directory / STORE_NAME,)

    try:
        installed = read_manifest(home)
    except DataMissingError:
        return install_full(home, prepare)
    return installed if installed.source == FULL_SOURCE else install_full(home, prepare)


if __name__ == "__main__":
    main()
