"""Authors of works, and readers."""

from tests.api.admin.conftest import asha, make
from tests.api.hub.conftest import guest, ravi

__all__ = ["asha", "guest", "make", "ravi"]
