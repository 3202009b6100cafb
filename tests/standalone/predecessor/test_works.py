"""Works that move in, apart from what they say."""

import hashlib
import json
from collections.abc import Callable

import pytest
from tests.standalone.predecessor.conftest import Hub
from tests.standalone.predecessor.predecessor import DAY, INDIA, Predecessor, map_json

from xatra_api.hub.works import search_text_of
from xatra_standalone.predecessor.rules import Rule
from xatra_standalone.predecessor.texts import MAX_STAND_INS

type MoveIn = Callable[[], Hub]

MAP = map_json(elements=[INDIA])


def test_a_work_is_public_under_its_name(old: Predecessor, moved: MoveIn):
    old.work(old.user("asha"), "map", "realm", MAP)

    hub = moved()

    assert hub.one("SELECT visibility, latest_version FROM hub_artifacts") == ("public", 0)
    assert hub.one("SELECT kind, name, artifact_id, user_id, public_at::date::text FROM hub_artifact_names") == (
        *("map", "realm", 1, 1),
        "2025-03-02",
    )


@pytest.mark.parametrize("name", ["...", "n" * 200, "explore", "42", "_new_0a1b"])
def test_old_names_that_can_be_kept_are(old: Predecessor, moved: MoveIn, name: str):
    old.work(old.user("asha"), "map", name, MAP)

    assert moved().one("SELECT name FROM hub_artifacts") == name


def test_names_that_cannot_be_kept_are_mended_without_taking_anothers(old: Predecessor, moved: MoveIn):
    author = old.user("asha")
    for name in ("New Map", "new_map", "Größe/../x", "x" * 201, ""):
        old.work(author, "map", name, MAP)

    assert [name for (name,) in moved().all("SELECT name FROM hub_artifacts ORDER BY id")] == [
        *("new_map_1", "new_map", "grosse_.._x", "x" * 100, "map_5")
    ]


def test_what_is_of_no_kind_does_not_move_nor_what_belongs_to_it(old: Predecessor, moved: MoveIn):
    author = old.user("asha")
    song = old.work(author, "song", "raga", "")
    old.version(song, 1, "")
    old.vote(song, author)
    old.view(song, "guest:1")

    hub = moved()

    assert hub.all("SELECT * FROM hub_artifacts") == []
    assert hub.was("song/raga", Rule.KIND)
    assert hub.was(f"#{song}/1", Rule.NO_WORK)
    assert hub.was(f"{song} by {author}", Rule.NO_WORK)


def test_works_of_anonymous_are_disassociated_and_say_nothing_of_their_author(old: Predecessor, moved: MoveIn):
    nobody = old.user("anonymous", password_hash=None)
    metadata = json.dumps({"owner": "asha", "username": "asha", "map_name": "realm", "description": "Kept"})
    work = old.work(nobody, "map", "realm_1", MAP, alpha_metadata=metadata)
    old.version(work, 1, MAP, metadata=metadata)

    hub = moved()

    assert hub.one("SELECT user_id, disassociated_at::date::text, alpha_metadata, description FROM hub_artifacts") == (
        None,
        "2025-03-09",
        {},
        "Kept",
    )
    assert "asha" not in json.dumps(hub.one("SELECT metadata FROM hub_artifact_versions"))
    assert hub.one("SELECT user_id FROM hub_artifact_names") is None


def test_an_orphans_work_is_disassociated(old: Predecessor, moved: MoveIn):
    old.published(999, "map", "realm", MAP)

    hub = moved()

    assert hub.one("SELECT user_id, disassociated_at IS NOT NULL FROM hub_artifacts") == (None, True)
    assert hub.was("map/realm", Rule.NO_OWNER)


def test_what_is_nobodys_and_was_never_published_is_published(old: Predecessor, moved: MoveIn):
    old.work(old.user("guest", password_hash=None), "map", "realm", MAP)

    hub = moved()

    assert hub.version("map", "realm", 1) == hub.alpha("map", "realm")
    assert hub.was("map/realm/1", Rule.NOBODYS_ALPHA)


def test_description_and_display_type_leave_the_metadata(old: Predecessor, moved: MoveIn):
    metadata = {"description": "Of old\nrealms", "display_type": "territory_library", "map_name": "kept", "n": 1.5}
    old.work(old.user("asha"), "map", "realm", MAP, alpha_metadata=json.dumps(metadata))

    assert moved().one("SELECT description, display_type, alpha_metadata - 'picker_options' FROM hub_artifacts") == (
        *("Of old\nrealms", "territory_library"),
        {"map_name": "kept", "n": 1.5},
    )


def test_descriptions_can_be_searched(old: Predecessor, moved: MoveIn):
    metadata = json.dumps({"description": "Île-de-France"})
    old.published(old.user("asha"), "map", "realm", MAP, alpha_metadata=metadata)

    assert moved().one("SELECT search_text FROM hub_artifacts WHERE listed") == search_text_of("realm", "Île-de-France")


def test_metadata_that_is_no_object_stays_behind(old: Predecessor, moved: MoveIn):
    old.work(old.user("asha"), "map", "realm", MAP, alpha_metadata="{broken")

    hub = moved()

    assert hub.one("SELECT alpha_metadata - 'picker_options' FROM hub_artifacts") == {}
    assert hub.was("map/realm", Rule.METADATA)


def test_metadata_beyond_64_kilobytes_loses_its_largest_members(old: Predecessor, moved: MoveIn):
    metadata = json.dumps({"small": "kept", "large": "x" * 70_000})
    old.work(old.user("asha"), "map", "realm", MAP, alpha_metadata=metadata)

    hub = moved()

    assert hub.one("SELECT alpha_metadata - 'picker_options' FROM hub_artifacts") == {"small": "kept"}
    assert hub.was("map/realm", Rule.METADATA_SIZE)


def test_not_a_number_and_half_characters_in_metadata_do_not_stop_the_move(old: Predecessor, moved: MoveIn):
    metadata = '{"a": NaN, "b": "\\ud800x", "c": "\\u0000", "d": 1e999, "e": 123456789012345678901234567890}'
    old.work(old.user("asha"), "map", "realm", MAP, alpha_metadata=metadata)

    assert moved().one("SELECT alpha_metadata - 'picker_options' FROM hub_artifacts") == {
        "a": None,
        "b": "\ufffdx",
        "c": "\ufffd",
        "d": None,
        "e": "123456789012345678901234567890",
    }


def test_a_date_that_cannot_be_read_becomes_the_nearest_known(old: Predecessor, moved: MoveIn):
    old.work(old.user("asha"), "map", "realm", MAP, created_at="long ago", updated_at="2025-03-09 08:00:00")

    hub = moved()

    assert hub.one("SELECT created_at = updated_at, created_at::date::text FROM hub_artifacts") == (True, "2025-03-09")
    assert hub.was("map/realm", Rule.DATE)


def test_a_fork_knows_its_origin(old: Predecessor, moved: MoveIn):
    author = old.user("asha")
    old.work(author, "map", "origin", MAP)
    old.work(author, "map", "fork", MAP, alpha_metadata='{"forked_from": "/origin"}')
    old.work(author, "map", "old_style", MAP, alpha_metadata='{"forked_from": "/asha/map/origin"}')

    assert moved().all("SELECT name, forked_from_id FROM hub_artifacts ORDER BY id") == [
        *(("origin", None), ("fork", 1), ("old_style", 1))
    ]


def test_an_origin_that_saving_erased_is_found_in_the_first_version(old: Predecessor, moved: MoveIn):
    author = old.user("asha")
    old.work(author, "map", "origin", MAP)
    fork = old.work(author, "map", "fork", MAP)
    old.version(fork, 1, MAP, metadata='{"forked_from": "/origin"}')

    assert moved().one("SELECT forked_from_id FROM hub_artifacts WHERE name = 'fork'") == 1


def test_a_work_is_no_fork_of_itself_of_nothing_or_of_who_took_the_name_later(old: Predecessor, moved: MoveIn):
    author = old.user("asha")
    old.work(author, "map", "self", MAP, alpha_metadata='{"forked_from": "/self"}')
    old.work(author, "map", "lost", MAP, alpha_metadata='{"forked_from": "/gone"}')
    old.work(author, "map", "older", MAP, alpha_metadata='{"forked_from": "/younger"}')
    old.work(author, "map", "younger", MAP, created_at=DAY.format(20))

    hub = moved()

    assert {origin for (origin,) in hub.all("SELECT forked_from_id FROM hub_artifacts")} == {None}
    assert hub.was("map/self", Rule.FORK_OF_ITSELF)
    assert hub.was("map/older", Rule.FORK_OF_NOTHING)
    assert hub.one("SELECT alpha_metadata ->> 'forked_from' FROM hub_artifacts WHERE name = 'lost'") == "/gone"


def test_a_missing_number_is_stood_in_for_and_says_so(old: Predecessor, moved: MoveIn):
    work = old.work(old.user("asha"), "map", "realm", MAP)
    old.version(work, 1, MAP)
    old.version(work, 4, MAP)

    hub = moved()

    assert hub.all("SELECT version, artefact_error ->> 'type' FROM hub_artifact_versions ORDER BY version") == [
        *((1, None), (2, "LookupError"), (3, "LookupError"), (4, None))
    ]
    with pytest.raises(LookupError, match="Version 2 of /map/realm was lost"):
        exec(hub.version("map", "realm", 2))


def test_versions_below_one_and_beyond_reason_do_not_move(old: Predecessor, moved: MoveIn):
    work = old.work(old.user("asha"), "map", "realm", MAP)
    for number in (-1, 0, 1, MAX_STAND_INS + 3, "two"):
        old.version(work, number, MAP)

    hub = moved()

    assert hub.all("SELECT version FROM hub_artifact_versions") == [(1,)]
    assert hub.was("map/realm/0", Rule.VERSION_NUMBER)
    assert hub.was("map/realm/two", Rule.VERSION_NUMBER)
    assert hub.was(f"map/realm/{MAX_STAND_INS + 3}", Rule.VERSION_TOO_FAR)


def test_dates_of_versions_stay_out_of_order(old: Predecessor, moved: MoveIn):
    work = old.work(old.user("asha"), "map", "realm", MAP)
    old.version(work, 1, MAP, created_at=DAY.format(20))
    old.version(work, 2, MAP, created_at=DAY.format(10))

    hub = moved()

    assert hub.all("SELECT extract(day FROM created_at)::int FROM hub_artifact_versions ORDER BY version") == [
        (20,),
        (10,),
    ]
    assert hub.one("SELECT published_at::date::text FROM hub_artifacts") == "2025-03-10"


def test_an_empty_version_stays_and_has_no_map(old: Predecessor, moved: MoveIn):
    old.published(old.user("asha"), "map", "realm", "")

    hub = moved()

    assert hub.version("map", "realm", 1) == ""
    assert hub.one("SELECT artefact_error ->> 'type' FROM hub_artifact_versions") == "NoMap"


def test_maps_are_rendered_later_and_nothing_else_is(old: Predecessor, moved: MoveIn):
    author = old.user("asha")
    old.published(author, "map", "realm", MAP)
    old.published(author, "lib", "lands", '{"predefined_code": "KURU = gadm(\\"IND\\")"}')

    assert moved().all("SELECT wants_artefact FROM hub_artifact_versions ORDER BY id") == [(False,), (True,)]


def test_votes_of_nobody_and_of_the_missing_do_not_count(old: Predecessor, moved: MoveIn):
    author = old.user("asha")
    nobody = old.user("anonymous", password_hash=None)
    work = old.work(author, "map", "realm", MAP)
    for voter in (author, nobody, 999):
        old.vote(work, voter)
    old.vote(888, author)

    hub = moved()

    assert hub.one("SELECT votes FROM hub_artifacts") == 1
    assert hub.was(f"{work} by {nobody}", Rule.VOTE_OF_NOBODY)
    assert hub.was(f"888 by {author}", Rule.NO_WORK)


def test_views_count_whoever_looked(old: Predecessor, moved: MoveIn):
    work = old.work(old.user("asha"), "map", "realm", MAP)
    for viewer in ("user:1", "user:999", "guest:0a", "odd\x00key"):
        old.view(work, viewer)

    assert moved().one("SELECT views FROM hub_artifacts") == 4


def test_users_drafts_move_and_guests_do_not(old: Predecessor, moved: MoveIn):
    author = old.user("asha")
    project = {"elements": [INDIA], "options": {}, "code": "", "pickerOptions": {"entries": []}}
    old.draft(f"user:{author}", json.dumps({"map_name": "new_map", "project": project}))
    old.draft("guest:0a1b", "{}")
    old.draft("user:999", "{}")
    old.draft("user:1000", "{broken")

    hub = moved()

    key, draft = hub.one("SELECT owner_key, project FROM hub_drafts")
    assert key == f"user:{author}"
    assert draft["name"] == "new_map"
    assert draft["program"].endswith('xatra.Flag("India", gadm("IND"), note="Republic of India")\n')
    assert hub.was("guest:0a1b", Rule.GUESTS_DRAFT)


def test_a_drafts_files_are_its_owners(old: Predecessor, moved: MoveIn):
    author = old.user("asha")
    table = "GID,n\n" + "".join(f"IND.{number},{number}\n" for number in range(2000))
    project = {"elements": [{"type": "dataframe", "value": table, "args": {}}], "options": {}}
    old.draft(f"user:{author}", json.dumps({"map_name": "m", "project": project}))

    hub = moved()

    sha256 = hashlib.sha256(table.encode()).hexdigest()
    assert hub.one("SELECT file_sha256s FROM hub_drafts") == [sha256]
    assert hub.one("SELECT caller, sha256 FROM file_owners") == (f"user:{author}", sha256)


def test_a_draft_of_more_than_ten_megabytes_does_not_move(old: Predecessor, moved: MoveIn):
    author = old.user("asha")
    old.draft(f"user:{author}", json.dumps({"project": {"code": "#" * 10_000_001}}))

    hub = moved()

    assert hub.all("SELECT * FROM hub_drafts") == []
    assert hub.was(f"user:{author}", Rule.DRAFT_SIZE)
