"""A browser, as far as accounts are concerned: it keeps cookies and sends the token that proves that it meant a write."""

from typing import Self

import httpx2

AUTH = "/xatra/api/auth"
API = "/xatra/api"
PASSWORD = "seven lamps by the river"
OTHER_PASSWORD = "eleven boats on a dry lake"


class Browser:
    """One browser on a site whose services answer at different ports of one host, which share its cookies."""

    def __init__(self, auth_url: str, api_url: str | None = None, **headers: str) -> None:
        self.urls = {AUTH: auth_url, API: api_url}
        self.client = httpx2.Client(timeout=60, headers=headers)
        self.csrf_token: str | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    @property
    def cookies(self) -> dict[str, str]:
        """The cookies that the browser has, by name."""
        return {cookie.name: cookie.value or "" for cookie in self.client.cookies.jar}

    def set_cookie(self, name: str, value: str, path: str) -> None:
        """Put a cookie into the jar."""
        self.client.cookies.set(name, value, domain="127.0.0.1", path=path)

    def get(self, path: str, **headers: str) -> httpx2.Response:
        """Read an address, given below the host."""
        return self.client.get(self.address(path), headers=headers)

    def write(
        self, method: str, path: str, body: object = None, *, headers: dict[str, str] | None = None
    ) -> httpx2.Response:
        """Write to an address, with the token if the browser has one."""
        proof = {"X-CSRF-Token": self.csrf_token} if self.csrf_token else {}
        answer = self.client.request(method, self.address(path), headers={**proof, **(headers or {})}, json=body)
        if answer.content and answer.headers["content-type"] == "application/json" and isinstance(answer.json(), dict):
            self.csrf_token = answer.json().get("csrf_token", self.csrf_token)
        return answer

    def post(self, path: str, body: object = None) -> httpx2.Response:
        """Post to an address."""
        return self.write("POST", path, body)

    def become_guest(self) -> None:
        """Open the page as somebody who never was here."""
        self.csrf_token = self.get(f"{AUTH}/csrf").json()["csrf_token"]

    def sign_up(self, username: str, password: str = PASSWORD) -> httpx2.Response:
        """Make an account."""
        return self.post(f"{AUTH}/signup", {"username": username, "password": password})

    def sign_in(self, username: str, password: str = PASSWORD) -> httpx2.Response:
        """Sign in."""
        return self.post(f"{AUTH}/login", {"username": username, "password": password})

    def refresh(self) -> httpx2.Response:
        """Go on with the session."""
        return self.post(f"{AUTH}/refresh")

    def is_signed_in(self) -> bool:
        """Tell whether the auth service knows who this is."""
        return self.get(f"{AUTH}/me").status_code == 200

    def problem(self, path: str) -> str:
        """Return the type of the problem that an address answers."""
        return problem_of(self.get(path))

    def address(self, path: str) -> str:
        """Return the whole address of a path, on the service that answers it."""
        service = AUTH if path.startswith((f"{AUTH}/", "/readyz", "/healthz", "/metrics")) else API
        return f"{self.urls[service]}{path}"


def problem_of(answer: httpx2.Response) -> str:
    """Return the last part of a problem's type; fail if the answer is none."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return answer.json()["type"].removeprefix("urn:xatra:problem:")
