"""Whatever is sent to the auth service, its answer is one that was foreseen."""

from collections.abc import Mapping
from itertools import count

import pytest
from sqlalchemy import Engine, text
from tests.auth.browsing import AUTH, OTHER_PASSWORD, PASSWORD
from tests.auth.conftest import OpenBrowser
from tests.shared.http.fuzzing import find_unforeseen


@pytest.mark.timeout(240)
def test_no_request_is_answered_by_500(open_browser: OpenBrowser, auth_url: str, database: Engine) -> None:
    open_browser().sign_up("ravi")
    numbers = count()

    def sign_in() -> Mapping[str, str]:
        """Become another administrator, since the one before may have deleted the account."""
        browser = open_browser()
        assert browser.sign_up(f"maker{next(numbers)}").status_code == 201
        with database.begin() as connection:
            connection.execute(text("UPDATE hub_users SET is_admin = true, disabled_at = NULL"))
        return {"Authorization": f"Bearer {browser.cookies['xatra_access']}"}

    known: dict[str, list[object]] = {
        "username": ["ravi", "maker0", "uma"],
        "session_id": ["1", "2", "3"],
        "token_id": ["1", "2", "3"],
        "password": [PASSWORD],
        "current_password": [PASSWORD],
        "new_password": [OTHER_PASSWORD],
        "scopes": [["render"]],
    }
    assert find_unforeseen(f"{auth_url}{AUTH}/openapi.json", sign_in=sign_in, known=known, examples=12) == []
