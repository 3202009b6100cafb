"""Which works a search finds: all of its words, each the beginning of one of the work's, and whose works they are."""

from itertools import batched

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from tests.api.conftest import API
from tests.api.explore.conftest import Explore
from tests.api.explore.works import AddWork
from tests.api.users import User

from xatra_api.explore.words import Search, parse_search, words_of


def rename(owner: Engine, user: User, username: str) -> None:
    with owner.begin() as connection:
        connection.execute(
            text("INSERT INTO hub_usernames (username, user_id) VALUES (:old, :id), (:new, :id)"),
            {"old": user.username, "new": username, "id": user.id},
        )
        connection.execute(
            text("UPDATE hub_users SET username = :new WHERE id = :id"), {"new": username, "id": user.id}
        )


def test_a_work_is_found_by_the_beginning_of_any_word_of_name_and_description(add: AddWork, explore: Explore) -> None:
    add("mauryan_empire", description="The north-western provinces, 268 BC")
    add("roads.of.rome", description="")

    for search in ["maur", "emp", "provinces", "west", "268", "bc", "the"]:
        assert explore(search) == ["mauryan_empire"], search
    assert explore("rome") == explore("of") == explore("roads") == ["roads.of.rome"]
    assert explore("auryan") == explore("mauryans") == []


def test_every_word_has_to_be_there_in_any_order(add: AddWork, explore: Explore) -> None:
    add("a1", description="rivers of Bengal")
    add("a2", description="rivers of Gaul")

    assert explore("beng riv") == ["a1"]
    assert explore("riv gaul") == ["a2"]
    assert explore("bengal gaul") == []


def test_case_and_accents_do_not_count(add: AddWork, explore: Explore) -> None:
    add("a1", description="Île-de-France, Łódź and Śrāvastī")

    for search in ["ILE", "île", "lodz", "ŁÓDŹ", "sravasti", "ŚRĀV", "france"]:
        assert explore(search) == ["a1"], search


def test_words_of_other_scripts_are_found(add: AddWork, explore: Explore) -> None:
    add("a1", description="भारत का नक्शा")
    add("a2", description="中国 地图")

    assert explore("भार") == explore("नक्शा") == ["a1"]
    assert explore("भाल") == []
    assert explore("中") == ["a2"]


@pytest.mark.parametrize(
    "search",
    ["'", '"maur', "maur'", "maur:*", "maur & !x", "(maur", "maur)", "\\maur", "maur\x00", "<->", "%", "::", "🗺️"],
)
def test_signs_mean_nothing(add: AddWork, explore: Explore, search: str) -> None:
    add("mauryan", description="x")
    assert explore(search) == ["mauryan"]


@given(st.text(max_size=80))
def test_a_stored_word_is_found_by_each_of_its_beginnings(text_: str) -> None:
    for word in words_of(text_):
        assert parse_search(word) == Search((word,))
        assert all(words_of(word[:length]) in ([word[:length]], []) for length in range(1, len(word)))


@pytest.fixture
def all_words() -> list[str]:
    """Return words with every character that may stand in one, and forms that databases take for something else."""
    characters = (chr(number) for number in range(1, 0x30000) if not 0xD800 <= number < 0xE000)
    odd = ["1e5", "12abc", "0x1f", "3rd", "1a2b3c", "007", "e5", "1e", "5e5e5", "a1", "v2", "http", "www", "com"]
    return sorted({word for char in characters for word in words_of(f"a{char}b")} | set(odd))


def test_each_word_is_stored_as_one(add: AddWork, owner: Engine, all_words: list[str]) -> None:
    with owner.connect() as connection:
        for number, words in enumerate(batched(all_words, 20_000, strict=False)):
            lexemes = connection.execute(
                text("SELECT tsvector_to_array(search) FROM hub_listed WHERE id = :id"),
                {"id": add(f"work_{number}", search_text=" ".join(words))},
            ).scalar_one()
            assert lexemes == sorted(words)


def test_a_word_of_any_length_is_stored(add: AddWork, explore: Explore) -> None:
    add("a1", description="é" * 10_000)
    assert explore("é" * 200) == explore("éé") == ["a1"]


def test_words_that_say_nothing_beside_others_are_left_out() -> None:
    assert parse_search("m ma b mau mau.b") == Search(("b", "mau"))


def test_user_finds_works_of_whoever_has_or_had_the_name(
    add: AddWork, explore: Explore, asha: User, ravi: User, owner: Engine
) -> None:
    add("a1", user_id=asha.id, description="rivers")
    add("a2", user_id=asha.id)
    add("a3", user_id=ravi.id, description="rivers")
    rename(owner, asha, "asha.rao")

    assert explore("user:asha.rao", sort="recency") == ["a2", "a1"]
    assert explore("USER:Asha") == ["a2", "a1"]
    assert explore("riv user:asha") == ["a1"]
    assert explore("user:ravi") == ["a3"]


@pytest.mark.parametrize(
    "search", ["user:nobody", "user:asha user:ravi", "user:'", "user:a\x00", "user:asha user:nobody"]
)
def test_works_of_nobody_and_of_two_people_at_once_are_none(
    add: AddWork, explore: Explore, asha: User, ravi: User, search: str
) -> None:
    add("a1", user_id=asha.id)
    add("a2", user_id=ravi.id)
    assert explore(search) == []


def test_a_name_that_is_still_being_typed_does_not_hide_everything(add: AddWork, explore: Explore) -> None:
    add("a1")
    assert explore("user:") == ["a1"]


def test_only_published_public_works_that_are_not_hidden_are_found(add: AddWork, explore: Explore, asha: User) -> None:
    add("a1", user_id=asha.id)
    add("a2", user_id=asha.id, latest_version=0)
    add("a3", user_id=asha.id, visibility="unlisted")
    add("a4", user_id=asha.id, visibility="private")
    add("a5", user_id=asha.id, hidden_at="2026-01-01T00:00:00Z", hidden_reason="spam")

    assert explore() == explore("a") == explore("user:asha") == ["a1"]
    own = asha.client.get(f"{API}/explore").json()["works"]
    assert [work["name"] for work in own] == ["a1"]


def test_maps_are_found_unless_another_kind_is_asked_for(add: AddWork, explore: Explore) -> None:
    for kind in ("map", "lib", "css"):
        add("rivers", kind=kind, description=kind)
        add(f"of_{kind}", kind=kind)

    assert explore() == explore(kind="map") == ["of_map", "rivers"]
    assert explore("riv", kind="lib") == explore("lib riv", kind="lib") == ["rivers"]
    assert explore(kind="css") == ["of_css", "rivers"]


def test_a_search_of_the_wrong_form_is_refused(api: httpx2.Client) -> None:
    for wrong in [{"kind": "x"}, {"sort": "x"}, {"limit": "0"}, {"limit": "31"}, {"q": "a" * 201}]:
        answer = api.get(f"{API}/explore", params=wrong)
        assert (answer.status_code, answer.json()["type"]) == (422, "urn:xatra:problem:invalid-request")
