"""Authors of works, and readers."""

from tests.api.imports.conftest import asha, guest, make, ravi

__all__ = ["asha", "guest", "make", "ravi"]
