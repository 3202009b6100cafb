"""What the documentation says about accounts is shown by tests that exist."""

import re
from pathlib import Path

TESTS = Path(__file__).parent
DOCUMENT = TESTS.parents[1] / "docs" / "security.md"


def test_every_test_that_the_security_page_names_exists() -> None:
    named = re.findall(r"`([a-z_/]+\.py)::(test_\w+)`", DOCUMENT.read_text(encoding="utf-8"))

    assert len(named) > 50
    assert [(path, name) for path, name in named if f"\ndef {name}(" not in (TESTS / path).read_text()] == []
