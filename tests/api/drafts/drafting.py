"""Short words for what people do with drafts over HTTP."""

from typing import Any

import httpx2
from tests.api.conftest import API

CURRENT = f"{API}/drafts/current"
MAP = 'import xatra\n\nxatra.Flag("India", core)\n'
LIBRARY = 'from xatra import gadm\n\ncore = gadm("IND")\n'
THEME = 'import xatra\n\nxatra.CSS(".flag { color: red; }")\n'


class Drafter:
    """Somebody who has drafts."""

    def __init__(self, client: httpx2.Client) -> None:
        self.client = client

    def create(self, **fields: object) -> httpx2.Response:
        """Save a draft where there is none."""
        return self.client.put(CURRENT, json=fields, headers={"If-None-Match": "*"})

    def save(self, version: int, **fields: object) -> httpx2.Response:
        """Save the draft on the basis of a version."""
        return self.client.put(CURRENT, json=fields, headers={"If-Match": f'"{version}"'})

    def read(self) -> dict[str, Any]:
        """Return the current draft, which has to be there."""
        answer = self.client.get(CURRENT)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def list(self) -> list[dict[str, Any]]:
        """Return all drafts without what they say."""
        return self.client.get(f"{API}/drafts").json()["drafts"]

    def delete(self, draft_id: str = "current", **headers: str) -> httpx2.Response:
        """Delete a draft."""
        return self.client.delete(f"{API}/drafts/{draft_id}", headers=headers)

    def promote(self, name: str, *, headers: dict[str, str] | None = None, **fields: object) -> httpx2.Response:
        """Make works of the current draft."""
        return self.client.post(f"{CURRENT}/promote", json={"name": name, **fields}, headers=headers)
