"""The provider's keys: fetched when needed, changed without a stop, kept while the provider is down, but not for ever."""

import asyncio
from collections.abc import Callable, Iterator

import httpx2
import pytest
from starlette.responses import JSONResponse, Response
from tests.auth.browsing import AUTH, Browser, problem_of
from tests.auth.conftest import OpenBrowser
from tests.auth.provider import Provider, key

from xatra_auth.google.keys import ProviderKeys, UnknownKeyError
from xatra_auth.providers.identities import ProviderUnavailable

DISCOVERY = "/.well-known/openid-configuration"
HOUR = 3600
DAY = 24 * HOUR


class Process:
    """What one process knows of the provider's keys, on a clock that tests set."""

    def __init__(self, provider: Provider) -> None:
        self.seconds = 0.0
        self.runner = asyncio.Runner()
        self.client = httpx2.AsyncClient()
        self.keys = ProviderKeys(self.client, provider.url, clock=lambda: self.seconds)

    def find(self, kid: str) -> str:
        """Return the id of the key that is found."""
        return str(self.runner.run(self.keys.find(kid)).kid)

    def close(self) -> None:
        """Close connections."""
        self.runner.run(self.client.aclose())
        self.runner.close()


@pytest.fixture
def process(provider: Provider) -> Iterator[Process]:
    process = Process(provider)
    yield process
    process.close()


def test_keys_are_fetched_once_while_they_are_fresh(process: Process, provider: Provider) -> None:
    found = [process.find("first") for _ in range(5)]
    process.seconds = HOUR - 1

    assert [*found, process.find("first")] == ["first"] * 6
    assert provider.asked == [DISCOVERY, "/keys"]


@pytest.mark.parametrize(
    ("said", "fresh_seconds"),
    [("public, max-age=21600, must-revalidate", 6 * HOUR), ("max-age=0", 300), ("max-age=999999999", DAY), ("", HOUR)],
)
def test_the_provider_says_how_long_they_are_fresh_within_bounds(
    process: Process, provider: Provider, said: str, fresh_seconds: int
) -> None:
    provider.headers = {"Cache-Control": said}
    process.find("first")
    process.seconds = fresh_seconds - 1
    process.find("first")
    assert len(provider.asked) == 2
    process.seconds = fresh_seconds + 1
    process.find("first")

    assert len(provider.asked) == 4


def test_a_new_key_is_known_at_its_first_use_and_a_withdrawn_one_no_more(process: Process, provider: Provider) -> None:
    process.find("first")
    provider.key_ids = ["second"]
    process.seconds = 31

    assert process.find("second") == "second"
    with pytest.raises(UnknownKeyError):
        process.find("first")


def test_names_of_keys_that_do_not_exist_make_us_ask_twice_a_minute_at_most(
    process: Process, provider: Provider
) -> None:
    process.find("first")
    for second in range(61):
        process.seconds = second
        with pytest.raises(UnknownKeyError):
            process.find(f"made-up-{second}")

    assert provider.asked.count("/keys") == 2


def test_while_the_provider_is_down_old_keys_are_good_for_a_day(process: Process, provider: Provider) -> None:
    process.find("first")
    provider.stop()

    process.seconds = HOUR + DAY - 1
    assert process.find("first") == "first"
    with pytest.raises(ProviderUnavailable):
        process.find("second")
    process.seconds = HOUR + DAY + 1
    with pytest.raises(ProviderUnavailable):
        process.find("first")


def test_a_provider_that_is_back_is_asked_again(process: Process, provider: Provider) -> None:
    provider.answers[DISCOVERY] = Response("overloaded", 503)
    with pytest.raises(ProviderUnavailable):
        process.find("first")
    provider.answers.clear()
    with pytest.raises(ProviderUnavailable):
        process.find("first")
    process.seconds = 31

    assert process.find("first") == "first"


def test_many_who_come_at_once_ask_once(process: Process, provider: Provider) -> None:
    async def find_many() -> int:
        return len(await asyncio.gather(*(process.keys.find("first") for _ in range(20))))

    assert process.runner.run(find_many()) == 20
    assert provider.asked == [DISCOVERY, "/keys"]


PUBLIC = {name: value for name, value in key("first").as_dict(private=False).items() if name != "use"}


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        (DISCOVERY, Response("{")),
        (DISCOVERY, JSONResponse({"issuer": "https://evil.example", "jwks_uri": "http://127.0.0.1:1/"})),
        (DISCOVERY, Response(status_code=302, headers={"Location": "http://127.0.0.1:1/"})),
        ("/keys", JSONResponse([])),
        ("/keys", JSONResponse({"keys": []})),
        ("/keys", JSONResponse({"keys": [{"kty": "RSA", "use": "sig", "kid": "first"}]})),
        ("/keys", JSONResponse({"keys": [{**PUBLIC, "use": "enc"}]})),
        ("/keys", JSONResponse({"keys": [{"kty": "oct", "use": "sig", "kid": "first", "k": "c2VjcmV0"}]})),
        ("/keys", Response("gone", 404)),
    ],
)
def test_an_answer_without_keys_of_this_provider_is_none(
    process: Process, provider: Provider, path: str, answer: Response
) -> None:
    provider.answers[path] = answer

    with pytest.raises(ProviderUnavailable):
        process.find("first")


def test_without_any_keys_a_sign_in_is_503_and_with_keys_it_goes_on(
    serve: Callable[..., str], open_browser: OpenBrowser, provider: Provider
) -> None:
    known, unknowing = open_browser(serve(**provider.google)), open_browser(serve(**provider.google))

    def sign_in(browser: Browser, token: str) -> httpx2.Response:
        return browser.post(f"{AUTH}/google", {"credential": token})

    assert sign_in(known, provider.id_token()).status_code == 200
    provider.stop()
    assert sign_in(known, provider.id_token()).status_code == 200
    refused = sign_in(unknowing, provider.id_token())
    assert problem_of(refused) == "provider-unavailable"
    assert refused.status_code == 503
    assert refused.headers["retry-after"] == "10"
