"""Installs the full data set (every country, every level, Natural Earth's rivers) with the library's own program."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from xatra_render_worker.data.disk import alone_in, disk_errors, require_space
from xatra_render_worker.data.errors import DataError
from xatra_render_worker.data.manifest import CACHE_PATH, DATA_PATH, MANIFEST_NAME, Manifest, describe, save_manifest

FULL_SOURCE = "xatra-install-data"

STAGING_PATH = Path("full.part")
FULL_SIZE_BYTES = 3_000_000_000  # what the library announces ("~3 GB")


def _nothing(_directory: Path) -> tuple[Path, ...]:
    return ()


def install_full(data_home: Path, prepare: Callable[[Path], tuple[Path, ...]] = _nothing) -> Manifest:
    """Run `xatra-install-data`, and put what it fetched in the place of the data that are there.

    The library's program does nothing where it finds data, so it works in a directory of its own, and the data that
    are there serve until it is done. An interrupted run continues where it stopped.

    Args:
        data_home: The data directory.
        prepare: Called with the directory that has what was fetched, before it takes the place of what is there;
            returns the files that it made, which come along.

    Returns:
        The manifest of what is installed now.

    Raises:
        DataError: The library's program failed; it has printed why.
        DiskError: The disk is full, or the directory cannot be written.
    """
    staging = data_home / STAGING_PATH
    with alone_in(data_home):
        fetched_bytes = sum(path.stat().st_size for path in staging.rglob("*") if path.is_file())
        require_space(staging, FULL_SIZE_BYTES - fetched_bytes)
        with disk_errors(staging):
            staging.mkdir(exist_ok=True)
            # The cache comes last. Where an interrupted run left some of it, the program would take all for installed.
            shutil.rmtree(staging / CACHE_PATH, ignore_errors=True)
        _run_library_installer(staging)
        return adopt(staging, data_home, prepare)


def _run_library_installer(home: Path) -> None:
    program = Path(sys.executable).with_name("xatra-install-data")
    # The library warns that data are missing, whoever imports it.
    environment = {**os.environ, "HOME": str(home), "PYTHONWARNINGS": "ignore::UserWarning"}
    if subprocess.run([program], env=environment, check=False).returncode:  # noqa: S603 - the library's own program
        raise DataError(
            "The full data set could not be fetched from huggingface.co; the reason stands above. "
            "Run `make data-full` again when it is gone: it continues where it stopped."
        )


def adopt(staging: Path, data_home: Path, prepare: Callable[[Path], tuple[Path, ...]] = _nothing) -> Manifest:
    """Put data that were fetched elsewhere in the place of those that are there.

    Pickles that came with them are left out: they are code to whoever loads them, and the library does without.

    Args:
        staging: A directory laid out like a data directory, on the same disk; it is gone afterwards.
        data_home: The data directory.
        prepare: As for `install_full`.

    Returns:
        The manifest of what is installed now.

    Raises:
        DiskError: The data directory cannot be written.
    """
    with disk_errors(data_home):
        shutil.rmtree(staging / CACHE_PATH, ignore_errors=True)
        (staging / CACHE_PATH).mkdir()
        for pickle in (staging / DATA_PATH).rglob("*.pickle"):
            pickle.unlink()
        manifest = describe(staging, FULL_SOURCE)
        save_manifest(staging, manifest)
        made = prepare(staging)

        library_root = DATA_PATH.parent
        if (data_home / library_root).exists():
            (data_home / library_root).rename(staging / "former")
        (staging / library_root).rename(data_home / library_root)
        for path in (*made, staging / MANIFEST_NAME):
            path.replace(data_home / path.name)
        shutil.rmtree(staging)
    return manifest
