"""Names the engine that renders: two artefacts of one engine version and one data version are the same bytes."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

import shapely

_PACKAGES = ("shapely", "numpy", "pandas", "matplotlib", "orjson", "jinja2")


@cache
def engine_version() -> str:
    """Return the library's version and a hash over everything of ours and others that shapes an artefact.

    For example `2.16.2+3f9a1c22b0d4`. The version comes from the package's metadata: `xatra.__version__` is wrong.
    """
    digest = hashlib.sha256(f"GEOS {shapely.geos_version_string}".encode())
    for package in _PACKAGES:
        digest.update(f"{package} {version(package)}".encode())
    here = Path(__file__).parent
    for path in sorted(path for path in here.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
        digest.update(str(path.relative_to(here)).encode())
        digest.update(path.read_bytes())
    return f"{version('xatra')}+{digest.hexdigest()[:12]}"
