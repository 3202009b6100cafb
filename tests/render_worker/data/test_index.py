"""Rules of reading the units of the map data, and of having their index in the database."""

import json
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, text

from xatra_render_worker.data import index_repository as repository
from xatra_render_worker.data.index import keep_indexed, read_units
from xatra_render_worker.data.manifest import GADM_PATH, read_manifest, write_manifest
from xatra_render_worker.settings import RenderWorkerSettings
from xatra_shared.geography.searching import UnitIndex
from xatra_shared.geography.units import Unit


@pytest.fixture
def settings(
    worker_settings: dict[str, object], database_urls: dict[str, str], installed: Path
) -> RenderWorkerSettings:
    """Return the settings of a worker with the data of three small countries."""
    return RenderWorkerSettings.model_validate({**worker_settings, "map_data": installed})


def units_of(data_home: Path, country: str, level: int, *properties: dict[str, Any] | None) -> list[Unit]:
    """Write a file of map data whose units have these properties, and read it."""
    path = data_home / GADM_PATH / f"gadm41_{country}_{level}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    features = [{"type": "Feature", "properties": each, "geometry": {"coordinates": [1]}} for each in properties]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}, indent=1))
    return list(read_units(data_home, write_manifest(data_home, "a test")))


def indexes(owner: Engine) -> list[tuple[str, int]]:
    with owner.connect() as connection:
        rows = connection.execute(text("SELECT data_version, format FROM geography_indexes ORDER BY 1, 2"))
        return [(row.data_version, row.format) for row in rows]


def test_every_feature_of_the_installed_data_is_a_unit(installed: Path) -> None:
    units = list(read_units(installed, read_manifest(installed)))
    features = [
        (path.stem, feature["properties"])
        for path in (installed / GADM_PATH).glob("*.json")
        for feature in json.loads(path.read_bytes())["features"]
    ]

    assert len(units) == len({unit.id for unit in units}) == len(features)
    assert {unit.country for unit in units} == {"BTN", "LKA", "PAK"}
    parents = {unit.id: unit for unit in units}
    for unit in units:
        assert (unit.parent is None) == (unit.level == 0)
        if unit.parent:
            parent = parents[unit.parent]
            assert unit.within == (*parent.within, "Pakistan" if parent.id == "Z06" else parent.name)


def test_a_unit_is_what_gadm_says_without_the_revision_and_what_is_missing(tmp_path: Path) -> None:
    [unit] = units_of(
        tmp_path,
        "IND",
        2,
        {
            "GID_0": "IND",
            "COUNTRY": "India",
            "GID_1": "IND.31_1",
            "NAME_1": "TamilNadu",
            "GID_2": "IND.31.5_12",
            "NAME_2": 'Chennai {"} \\',
            "VARNAME_2": 'Madras|Chennai {"} \\| Chenna ',
            "NL_NAME_2": "சென்னை",
            "ENGTYPE_2": "District",
            "TYPE_2": "NA",
        },
    )
    assert unit == Unit(
        id="IND.31.5",
        name='Chennai {"} \\',
        variants=("Madras", "Chenna", "சென்னை"),
        country="IND",
        level=2,
        parent="IND.31",
        within=("India", "TamilNadu"),
        type="District",
    )


def test_what_gadm_does_not_say_is_no_name(tmp_path: Path) -> None:
    [unit] = units_of(
        tmp_path, "IND", 1, {"GID_1": "IND.1_1", "NAME_1": "NA", "VARNAME_1": "NA", "NL_NAME_1": None, "ENGTYPE_1": ""}
    )
    assert (unit.name, unit.variants, unit.type, unit.parent) == ("IND.1", (), None, None)


def test_a_feature_without_an_id_is_no_unit(tmp_path: Path) -> None:
    assert units_of(tmp_path, "CHN", 1, {"GID_1": "NA"}, {"GID_1": "?"}, {}, None, {"GID_1": ["CHN.1"]}) == []


def test_a_disputed_part_of_a_country_does_not_go_by_the_country_s_name(tmp_path: Path) -> None:
    india, disputed = units_of(
        tmp_path, "IND", 0, {"GID_0": "IND", "COUNTRY": "India"}, {"GID_0": "Z01", "COUNTRY": "India"}
    )
    assert (india.name, disputed.name, disputed.country) == ("India", "Z01", "IND")


def test_units_come_by_level_and_country_whose_data_have_them(tmp_path: Path) -> None:
    units_of(tmp_path, "IND", 0, {"GID_0": "IND", "COUNTRY": "India"}, {"GID_0": "Z01", "COUNTRY": "India"})
    units_of(tmp_path, "BTN", 1, {"GID_1": "BTN.1_1", "NAME_1": "Bumthang"})
    units = units_of(tmp_path, "IND", 1, {"GID_0": "Z01", "GID_1": "Z01.14_1", "NAME_1": "JammuandKashmir"})
    assert [(unit.id, unit.country, unit.parent) for unit in units] == [
        ("IND", "IND", None),
        ("Z01", "IND", None),
        ("BTN.1", "BTN", None),
        ("Z01.14", "IND", "Z01"),
    ]


def test_a_worker_has_its_units_in_the_database(settings: RenderWorkerSettings, owner: Engine) -> None:
    keep_indexed(settings)

    assert indexes(owner) == [(read_manifest(settings.map_data).version, 1)]
    with owner.connect() as connection:
        index = UnitIndex(connection.execute(text("SELECT content FROM geography_indexes")).scalar_one())
    assert [unit.name for unit in index.search("bhut", limit=1)] == ["Bhutan"]
    assert list(index.countries) == ["BTN", "LKA", "PAK"]


def test_an_index_that_is_there_is_not_made_again(settings: RenderWorkerSettings, owner: Engine) -> None:
    keep_indexed(settings)
    with owner.begin() as connection:
        connection.execute(text("UPDATE geography_indexes SET content = 'mine'"))
    keep_indexed(settings)

    with owner.connect() as connection:
        assert connection.execute(text("SELECT content FROM geography_indexes")).scalar_one() == b"mine"


def test_while_another_worker_makes_the_index_nobody_else_does(
    settings: RenderWorkerSettings, owner: Engine, database_urls: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xatra_render_worker.data.index._LOOK_AGAIN_SECONDS", 0.05)
    engine = create_engine(database_urls["xatra_render_worker"])
    second = threading.Thread(target=keep_indexed, args=(settings,))
    with repository.at_work_alone(engine) as connection:
        assert connection is not None
        second.start()
        second.join(0.5)
        assert second.is_alive()
        assert indexes(owner) == []
    second.join(20)
    assert len(indexes(owner)) == 1
    engine.dispose()


def test_an_index_goes_when_it_is_a_week_old_and_of_no_worker(settings: RenderWorkerSettings, owner: Engine) -> None:
    used, unused, young, other_form = "a" * 16, "b" * 16, "c" * 16, "d" * 16
    with owner.begin() as connection:
        connection.execute(
            text(
                """
                INSERT INTO geography_indexes (data_version, format, content, created_at) VALUES
                    (:used, 1, '', now() - interval '8 days'), (:unused, 1, '', now() - interval '8 days'),
                    (:young, 1, '', now() - interval '6 days'), (:other_form, 0, '', now() - interval '8 days')
                """
            ),
            {"used": used, "unused": unused, "young": young, "other_form": other_form},
        )
        connection.execute(
            text(
                "INSERT INTO render_workers (id, engine_version, data_version, slots) VALUES ('w', 'e', :used, 1),"
                " ('v', 'e', :other_form, 1)"
            ),
            {"used": used, "other_form": other_form},
        )
    keep_indexed(settings)

    own = read_manifest(settings.map_data).version
    assert indexes(owner) == sorted([(used, 1), (young, 1), (own, 1)])
