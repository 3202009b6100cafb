"""Accounts that move in."""

from collections.abc import Callable

from tests.standalone.predecessor.conftest import Hub
from tests.standalone.predecessor.predecessor import DAY, Predecessor

from xatra_standalone.predecessor.rules import Rule

type MoveIn = Callable[[], Hub]


def _names(hub: Hub) -> list[str]:
    return [name for (name,) in hub.all("SELECT username FROM hub_users ORDER BY id")]


def test_stand_ins_without_passwords_are_no_accounts(old: Predecessor, moved: MoveIn):
    for name in ("localuser", "new_user", "guest", "anonymous"):
        old.user(name, password_hash=None)
    old.user("asha")

    assert _names(moved()) == ["asha"]


def test_a_guest_with_a_password_is_somebody(old: Predecessor, moved: MoveIn):
    old.user("guest")

    assert _names(moved()) == ["guest"]


def test_of_names_that_differ_in_case_the_small_one_stays(old: Predecessor, moved: MoveIn):
    old.user("Asha")
    old.user("asha")
    old.user("ASHA")

    assert _names(moved()) == ["asha_1", "asha", "asha_3"]


def test_a_name_in_capitals_that_nobody_else_has_becomes_small(old: Predecessor, moved: MoveIn):
    old.user("Bhaskara")

    assert _names(moved()) == ["bhaskara"]


def test_letters_that_names_cannot_have_are_replaced(old: Predecessor, moved: MoveIn):
    old.user("Dāśarathi Rāma")
    old.user("नाम")
    old.user("x" * 300)

    assert _names(moved()) == ["dasarathi_rama", "user_2", "x" * 100]


def test_names_that_nobody_could_choose_today_stay(old: Predecessor, moved: MoveIn):
    for name in ("x", "settings", "_y_", "n" * 200):
        old.user(name)

    hub = moved()

    assert _names(hub) == ["x", "settings", "_y_", "n" * 200]
    assert all(hub.was(name, Rule.OLD_USER_NAME) for name in ("x", "settings", "_y_", "n" * 200))


def test_every_name_leads_to_its_account(old: Predecessor, moved: MoveIn):
    old.user("asha")
    old.user("Asha")

    assert moved().all("SELECT username, user_id FROM hub_usernames ORDER BY user_id") == [("asha", 1), ("asha_2", 2)]


def test_an_account_without_a_password_moves_without(old: Predecessor, moved: MoveIn):
    old.user("asha", password_hash=None)
    old.user("bina", password_hash="md5$abc")

    hub = moved()

    assert hub.all("SELECT * FROM auth_credentials") == []
    assert hub.was("asha", Rule.NO_PASSWORD)
    assert hub.was("bina", Rule.PASSWORD)


def test_trust_and_administration_stay_and_are_told(old: Predecessor, moved: MoveIn):
    old.user("asha", is_admin=1)
    old.user("bina", is_trusted=1)

    hub = moved()

    assert hub.all("SELECT is_admin, is_trusted FROM hub_users ORDER BY id") == [(True, False), (False, True)]
    assert hub.was("asha", Rule.ADMINISTRATOR)


def test_profiles_keep_what_they_say(old: Predecessor, moved: MoveIn):
    old.user("asha", full_name="Aśa\x00 Devī", bio="First line\r\nSecond line", created_at=DAY.format(5))

    hub = moved()

    assert hub.one("SELECT full_name, bio, created_at::date::text FROM hub_users") == (
        "Aśa\ufffd Devī",
        "First line\nSecond line",
        "2025-03-05",
    )
    assert hub.was("asha", Rule.CHARACTERS)


def test_sessions_end(old: Predecessor, moved: MoveIn):
    old.session(old.user("asha"), "token")

    hub = moved()

    assert hub.all("SELECT * FROM hub_sessions") == []
    assert hub.was("1", Rule.SESSION)
