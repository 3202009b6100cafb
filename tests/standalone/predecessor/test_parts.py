"""Imports between works, and the libraries and themes of maps."""

import json
from collections.abc import Callable

from tests.standalone.predecessor.conftest import Hub
from tests.standalone.predecessor.predecessor import DAY, INDIA, Predecessor, map_json

from xatra_api.hub.works import content_hash
from xatra_standalone.predecessor.rules import Rule

type MoveIn = Callable[[], Hub]


def _lib(unit: str = "IND") -> str:
    return json.dumps({"predefined_code": f'KINGDOM = gadm("{unit}")\n', "map_name": "lands"})


def _importer(path: str) -> str:
    return map_json(imports_code=f'lands = xatrahub("{path}")\n', map_code='xatra.Flag("A", lands.KINGDOM)\n')


# --- imports ---


def test_an_import_without_a_version_means_the_alpha_and_is_pinned(old: Predecessor, moved: MoveIn):
    author = old.user("asha")
    lands = old.work(author, "lib", "lands", _lib())
    old.version(lands, 1, _lib("PAK"))
    old.version(lands, 2, _lib())
    for name, path in (("bare", "/lib/lands"), ("alpha", "/lib/lands/alpha"), ("pinned", "/lib/lands/1")):
        old.published(author, "map", name, _importer(path))

    hub = moved()

    assert 'xatrahub("/lib/lands/2")' in hub.version("map", "bare", 1)
    assert 'xatrahub("/lib/lands/2")' in hub.version("map", "alpha", 1)
    assert 'xatrahub("/lib/lands/1")' in hub.version("map", "pinned", 1)
    assert hub.was("map/bare/1", Rule.IMPORT_PINNED)
    assert hub.one("SELECT max(version) FROM hub_artifact_versions WHERE artifact_id = :id", id=lands) == 2


def test_alphas_keep_their_imports_as_they_are(old: Predecessor, moved: MoveIn):
    author = old.user("asha")
    old.published(author, "lib", "lands", _lib())
    old.work(author, "map", "realm", _importer("/lib/lands/alpha"))

    assert 'xatrahub("/lib/lands/alpha")' in moved().alpha("map", "realm")


def test_an_alpha_that_others_import_is_published_for_them(old: Predecessor, moved: MoveIn):
    author = old.user("asha")
    lands = old.work(author, "lib", "lands", _lib(), updated_at=DAY.format(8))
    old.version(lands, 1, _lib("PAK"))
    old.published(author, "map", "realm", _importer("/lib/lands"))

    hub = moved()

    assert 'gadm("IND")' in hub.version("lib", "lands", 2)
    assert 'xatrahub("/lib/lands/2")' in hub.version("map", "realm", 1)
    assert hub.was("lib/lands/2", Rule.ALPHA_PUBLISHED)
    assert hub.one("SELECT created_at::date::text FROM hub_artifact_versions WHERE version = 2") == "2025-03-08"


def test_imports_are_known_by_work_and_version(old: Predecessor, moved: MoveIn):
    author = old.user("asha")
    lands = old.published(author, "lib", "lands", _lib())
    realm = old.published(author, "map", "realm", _importer("/lib/lands"))

    assert moved().all("SELECT * FROM hub_imports ORDER BY version") == [
        (realm, 0, "/lib/lands", lands, None),
        (realm, 1, "/lib/lands/1", lands, 1),
    ]


def test_a_published_version_has_all_that_it_imports(old: Predecessor, moved: MoveIn):
    author = old.user("asha")
    old.published(author, "lib", "deep", _lib())
    old.published(
        author, "lib", "lands", json.dumps({"predefined_code": 'd = xatrahub("/lib/deep")\nKINGDOM = d.KINGDOM\n'})
    )
    old.published(author, "map", "realm", _importer("/lib/lands/1"))

    bundle = moved().one(
        "SELECT bundle FROM hub_artifact_versions v JOIN hub_artifacts a ON a.id = artifact_id WHERE name = 'realm'"
    )

    assert bundle["paths"] == {"/lib/lands/1": "/lib/lands/1", "/lib/deep/1": "/lib/deep/1"}
    assert 'KINGDOM = gadm("IND")' in bundle["works"]["/lib/deep/1"]["parts"][0]["source"]


def test_an_import_of_what_is_not_there_says_so(old: Predecessor, moved: MoveIn):
    author = old.user("asha")
    old.published(author, "lib", "lands", _lib())
    for name, path in (("gone", "/lib/never_was"), ("later", "/lib/lands/7"), ("wrong_author", "/bina/lib/lands/1")):
        old.published(author, "map", name, _importer(path))

    hub = moved()

    errors = hub.all(
        """
        SELECT name, artefact_error ->> 'message' FROM hub_artifact_versions v JOIN hub_artifacts a ON a.id = artifact_id
        WHERE kind = 'map' ORDER BY a.id
        """
    )
    assert errors == [
        ("gone", "There is no /lib/never_was."),
        ("later", "There is no /lib/lands/7."),
        ("wrong_author", "There is no /bina/lib/lands/1."),
    ]
    assert hub.was("map/gone/1", Rule.IMPORT_MISSING)


def test_an_import_that_is_put_together_says_so(old: Predecessor, moved: MoveIn):
    content = map_json(map_code='name = "lands"\nxatrahub("/lib/" + name)\n')
    old.published(old.user("asha"), "map", "realm", content)

    assert moved().one("SELECT artefact_error ->> 'type' FROM hub_artifact_versions") == "ImportNotLiteral"


def test_imports_that_go_in_a_circle_say_so(old: Predecessor, moved: MoveIn):
    author = old.user("asha")
    for name, other in (("one", "two"), ("two", "one")):
        old.published(author, "map", name, map_json(imports_code=f'xatrahub("/map/{other}/1")\n', map_code="x = 1\n"))

    hub = moved()

    assert hub.all("SELECT artefact_error ->> 'type' FROM hub_artifact_versions") == [
        ("ImportCycle",),
        ("ImportCycle",),
    ]
    assert hub.was("map/one/1", Rule.IMPORT_LOOP)


def test_syntax_errors_are_told_with_their_line(old: Predecessor, moved: MoveIn):
    old.published(old.user("asha"), "map", "realm", map_json(map_code="x = 1\nxatra.Flag('A'"))

    assert moved().one("SELECT artefact_error -> 'line', artefact_error ->> 'by' FROM hub_artifact_versions") == (
        2,
        "author",
    )


def test_a_library_gets_the_import_that_it_took_from_its_map(old: Predecessor, moved: MoveIn):
    author = old.user("asha")
    old.published(author, "lib", "iran", _lib())
    old.work(author, "map", "lands", map_json(imports_code='iran = xatrahub("/lib/iran")\n'))
    old.published(author, "lib", "lands", json.dumps({"predefined_code": "HOME = iran.KINGDOM\n"}))

    assert moved().version("lib", "lands", 1) == (
        'from xatra import xatrahub\n\niran = xatrahub("/lib/iran/1")\n\nHOME = iran.KINGDOM\n'
    )


# --- libraries and themes of maps ---


def _owning(code: str = 'HOME = gadm("IND")\n', theme: str = "") -> str:
    return map_json(predefined_code=code, theme_code=theme, map_code='xatra.Flag("A", HOME)\n')


def _parts(hub: Hub, name: str) -> tuple[str | None, str | None]:
    return hub.one(
        """
        SELECT library.name, theme.name FROM hub_artifacts map
        LEFT JOIN hub_artifacts library ON library.id = map.library_id
        LEFT JOIN hub_artifacts theme ON theme.id = map.theme_id WHERE map.kind = 'map' AND map.name = :name
        """,
        name=name,
    )


def test_a_maps_own_territories_and_theme_become_works_of_its_author(old: Predecessor, moved: MoveIn):
    author = old.user("asha")
    old.work(author, "map", "realm", _owning(theme="xatra.CSS('.a {}')\n"))

    hub = moved()

    assert _parts(hub, "realm") == ("realm", "realm")
    assert hub.alpha("lib", "realm") == 'from xatra import gadm\n\nHOME = gadm("IND")\n'
    assert hub.alpha("map", "realm") == 'import xatra\n\nxatra.Flag("A", HOME)\n'
    assert hub.all("SELECT DISTINCT user_id FROM hub_artifacts") == [(author,)]
    assert hub.was("lib/realm", Rule.LIBRARY_ADDED)
    assert hub.was("css/realm", Rule.THEME_ADDED)


def test_the_equal_named_library_of_the_same_author_is_the_maps(old: Predecessor, moved: MoveIn):
    author = old.user("asha")
    old.published(author, "lib", "realm", _lib())
    old.work(author, "map", "realm", map_json(elements=[INDIA]))

    assert _parts(moved(), "realm") == ("realm", None)


def test_anothers_library_of_the_same_name_is_not_touched(old: Predecessor, moved: MoveIn):
    old.published(old.user("bina"), "lib", "realm", _lib())
    old.work(old.user("asha"), "map", "realm", _owning())

    hub = moved()

    assert _parts(hub, "realm") == ("realm_lib", None)
    assert "KINGDOM" in hub.alpha("lib", "realm")


def test_what_the_map_has_newer_is_its_librarys_alpha(old: Predecessor, moved: MoveIn):
    author = old.user("asha")
    old.published(author, "lib", "realm", _lib())
    old.work(author, "map", "realm", _owning())

    hub = moved()

    assert 'HOME = gadm("IND")' in hub.alpha("lib", "realm")
    assert "KINGDOM" in hub.version("lib", "realm", 1)
    assert hub.was("lib/realm", Rule.PART_REPLACED)


def test_a_version_refers_to_the_version_of_the_library_that_says_the_same(old: Predecessor, moved: MoveIn):
    author = old.user("asha")
    code = 'HOME = gadm("IND")\n'
    old.published(author, "lib", "realm", json.dumps({"predefined_code": code}))
    old.published(author, "map", "realm", _owning(code))

    hub = moved()

    assert hub.one(
        """
        SELECT library.version, v.content, v.bundle -> 'before' -> 0 ->> 'name' FROM hub_artifact_versions v
        JOIN hub_artifact_versions library ON library.id = v.library_version_id
        """
    ) == (1, 'import xatra\n\nxatra.Flag("A", HOME)\n', "/lib/realm/1")


def test_a_version_of_which_the_library_has_none_keeps_its_territories(old: Predecessor, moved: MoveIn):
    author = old.user("asha")
    old.published(author, "lib", "realm", _lib())
    old.published(author, "map", "realm", _owning())

    hub = moved()

    assert hub.version("map", "realm", 1) == (
        'import xatra\nfrom xatra import gadm\n\nHOME = gadm("IND")\n\nxatra.Flag("A", HOME)\n'
    )


def test_layers_find_the_territories_that_were_lost_from_the_map_in_its_library(old: Predecessor, moved: MoveIn):
    author = old.user("asha")
    old.published(author, "lib", "realm", _lib())
    layer = {"type": "flag", "label": "A", "value": [{"type": "predefined", "value": "KINGDOM"}], "args": {}}
    old.published(author, "map", "realm", map_json(elements=[layer]))

    hub = moved()

    assert hub.version("map", "realm", 1) == 'import xatra\n\nxatra.Flag("A", KINGDOM)\n'
    assert hub.one("SELECT count(library_version_id) FROM hub_artifact_versions") == 1


def test_hashes_are_those_of_publishing(old: Predecessor, moved: MoveIn):
    author = old.user("asha")
    old.published(author, "map", "realm", map_json(elements=[INDIA]))

    hub = moved()

    content, files, kept = hub.one("SELECT content, files, content_hash FROM hub_artifact_versions")
    assert kept == content_hash(content, files)
    assert hub.one("SELECT alpha_hash FROM hub_artifacts") == kept


def test_files_are_in_the_store_and_belong_to_the_author(old: Predecessor, moved: MoveIn):
    author = old.user("asha")
    table = "GID,n\n" + "".join(f"IND.{number},{number}\n" for number in range(2000))
    old.published(author, "map", "realm", map_json(elements=[{"type": "dataframe", "value": table, "args": {}}]))

    hub = moved()

    sha256, media_type, size = hub.one("SELECT sha256, media_type, size_bytes FROM files")
    assert (media_type, size) == ("text/csv", len(table))
    assert hub.store.get_file(sha256).decode() == table
    assert hub.all("SELECT version, sha256 FROM hub_files ORDER BY version") == [(0, sha256), (1, sha256)]
    assert hub.one("SELECT caller, sha256 FROM file_owners") == (f"user:{author}", sha256)
