"""Votes: one of each user, an author's own stays, and the count is right whoever votes at once."""

from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest
from sqlalchemy import Engine, text
from tests.api.admin.conftest import MakeUser
from tests.api.conftest import API, become_guest
from tests.api.explore.works import AddWork
from tests.api.users import User

VOTE = f"{API}/hub/map/rivers/vote"


def counts(owner: Engine) -> tuple[int, int]:
    """Return what the work says of its votes, and how many there are."""
    with owner.connect() as connection:
        row = connection.execute(text("SELECT votes, (SELECT count(*) FROM hub_votes) FROM hub_artifacts")).one()
    return row[0], row[1]


def problem(answer: httpx2.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].removeprefix("urn:xatra:problem:")


def test_a_vote_counts_once_however_often_it_is_sent(rivers: int, ravi: User, owner: Engine) -> None:
    for _ in range(3):
        answer = ravi.client.put(VOTE)
        assert (answer.status_code, answer.json()) == (200, {"votes": 1, "viewer_voted": True})
    assert counts(owner) == (1, 1)


def test_a_vote_can_be_taken_back_and_given_again(rivers: int, ravi: User, owner: Engine) -> None:
    ravi.client.put(VOTE)
    for _ in range(2):
        answer = ravi.client.delete(VOTE)
        assert (answer.status_code, answer.json()) == (200, {"votes": 0, "viewer_voted": False})
    assert counts(owner) == (0, 0)
    assert ravi.client.put(VOTE).json()["votes"] == 1


def test_an_authors_own_vote_stays(rivers: int, asha: User, owner: Engine) -> None:
    assert asha.client.put(VOTE).json() == {"votes": 1, "viewer_voted": True}
    assert problem(asha.client.delete(VOTE)) == (409, "own-vote")
    assert counts(owner) == (1, 1)


def test_who_gave_a_work_up_votes_as_everyone_does(rivers: int, asha: User, owner: Engine) -> None:
    asha.client.put(VOTE)
    with owner.begin() as connection:
        connection.execute(text("UPDATE hub_artifacts SET user_id = NULL, disassociated_at = now()"))
    assert asha.client.delete(VOTE).json()["votes"] == 0


def test_guests_have_no_vote(rivers: int, api: httpx2.Client, owner: Engine) -> None:
    assert problem(api.put(VOTE)) == problem(api.delete(VOTE)) == (401, "not-signed-in")
    token = become_guest(api)
    assert problem(api.put(VOTE, headers={"X-CSRF-Token": token})) == (401, "not-signed-in")
    assert counts(owner) == (0, 0)


def test_a_token_that_only_reads_does_not_vote(rivers: int, make: MakeUser) -> None:
    reader = make("reader", scopes=("hub:read",))
    assert problem(reader.client.put(VOTE)) == (403, "insufficient-scope")


@pytest.mark.parametrize(
    ("columns", "status", "slug"),
    [
        ({"visibility": "private"}, 404, "work-not-found"),
        ({"latest_version": 0}, 409, "not-published"),
        ({"hidden_at": "2026-01-01T00:00:00Z", "hidden_reason": "spam"}, 410, "work-hidden"),
    ],
)
@pytest.mark.parametrize("call", [("PUT", "vote"), ("DELETE", "vote"), ("POST", "views")])
def test_only_published_works_that_one_can_read_are_reacted_to(
    add: AddWork, asha: User, ravi: User, columns: dict[str, object], status: int, slug: str, call: tuple[str, str]
) -> None:
    add("rivers", user_id=asha.id, **columns)
    method, what = call
    assert problem(ravi.client.request(method, f"{API}/hub/map/rivers/{what}")) == (status, slug)
    assert problem(ravi.client.request(method, f"{API}/hub/lib/rivers/{what}")) == (404, "work-not-found")


def test_unlisted_works_get_votes(add: AddWork, asha: User, ravi: User) -> None:
    add("rivers", user_id=asha.id, visibility="unlisted")
    assert ravi.client.put(VOTE).json()["votes"] == 1


def test_a_vote_by_a_works_former_name_is_one_for_the_work(rivers: int, ravi: User, owner: Engine) -> None:
    with owner.begin() as connection:
        connection.execute(
            text("INSERT INTO hub_artifact_names (kind, name, artifact_id) VALUES ('map', 'streams', :id)"),
            {"id": rivers},
        )
    assert ravi.client.put(f"{API}/hub/map/streams/vote").json()["votes"] == 1
    assert ravi.client.put(VOTE).json()["votes"] == 1


def test_votes_at_once_are_all_counted_and_none_twice(rivers: int, make: MakeUser, owner: Engine) -> None:
    voters = [make(f"voter{number}") for number in range(6)]

    def vote(number: int) -> None:
        client = voters[number % len(voters)].client
        assert (client.delete if number % 5 == 4 else client.put)(VOTE).status_code == 200

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(vote, range(90)))
    votes, rows = counts(owner)
    assert votes == rows

    with ThreadPoolExecutor(12) as pool:
        assert {voter.client.put(VOTE).status_code for voter in voters} == {200}
        list(pool.map(lambda number: voters[number % 6].client.put(VOTE), range(36)))
    assert counts(owner) == (6, 6)
