"""The terms of those who made the map data, shown once to whoever installs them."""

from collections.abc import Callable
from pathlib import Path

from xatra_render_worker.data.disk import write_file

TERMS = """\
Terms of the map data
  Administrative units: GADM 4.1 (https://gadm.org/license.html). Free for academic use and other non-commercial use;
  neither redistribution nor commercial use without GADM's prior permission. Maps made with Xatra carry its outlines.
  Rivers: © OpenStreetMap contributors, Open Database License (https://www.openstreetmap.org/copyright); maps that
  show them must say so.
The data are downloaded to this machine for you; they are no part of Xatra Web and not covered by its licence.
"""

SHOWN_NAME = "terms-shown"


def show_terms_once(data_home: Path, show: Callable[[str], object]) -> None:
    """Show the terms, unless they were shown for this data directory before.

    Args:
        data_home: The data directory, where a marker file remembers it.
        show: Called with the text.

    Raises:
        DiskError: The directory cannot be written.
    """
    marker = data_home / SHOWN_NAME
    if not marker.exists():
        show(TERMS)
        write_file(marker, TERMS.encode())
