"""Which units a text means, and in which order."""

from dataclasses import replace

import pytest

from xatra_shared.geography.building import build_index
from xatra_shared.geography.searching import UnitIndex
from xatra_shared.geography.units import Country, Level, Unit

INDIA = Unit("IND", "India", (), "IND", 0, None, (), None)
FRANCE = Unit("FRA", "France", (), "FRA", 0, None, (), None)
STATE = replace(INDIA, level=1, parent="IND", within=("India",), type="State")
REGION = replace(FRANCE, level=1, parent="FRA", within=("France",), type="Region")
DISTRICT = replace(STATE, level=2, parent="IND.31", within=("India", "TamilNadu"), type="District")
UNITS = [
    FRANCE,
    INDIA,
    replace(INDIA, id="Z01"),
    replace(REGION, id="FRA.8", name="Île-de-France"),
    replace(REGION, id="FRA.5", name="Corse", variants=("Córsega",)),
    replace(REGION, id="FRA.13", name="Provence-Alpes-Côted'Azur"),
    replace(STATE, id="IND.5", name="Bihar", variants=("बिहार",)),
    replace(STATE, id="IND.25", name="NCTofDelhi", type="UnionTerritory"),
    replace(STATE, id="IND.31", name="TamilNadu", variants=("Madras", "Tamizhagam")),
    replace(STATE, id="IND.3", name="ArunachalPradesh"),
    replace(DISTRICT, id="IND.31.2", name="Coimbatore"),
    replace(DISTRICT, id="IND.31.10", name="Madurai"),
    replace(DISTRICT, id="IND.31.1", name="Chennai", variants=("Madras",)),
    replace(DISTRICT, id="IND.31.3", name="TheNilgiris", type=None),
    replace(DISTRICT, id="IND.31.4", name="St.Thomas"),
]


@pytest.fixture(scope="module")
def index() -> UnitIndex:
    return UnitIndex(build_index(UNITS))


def ids(units: list[Unit]) -> list[str]:
    return [unit.id for unit in units]


@pytest.mark.parametrize("text", ["tamil nadu", "TAMILNADU", "TamilNadu", " tamil-nadu "])
def test_case_spaces_and_signs_do_not_count(index: UnitIndex, text: str) -> None:
    assert ids(index.search(text, limit=10)) == ["IND.31"]


@pytest.mark.parametrize("text", ["ile de france", "ÎLE", "Île-de", "iledefrance"])
def test_accents_do_not_count(index: UnitIndex, text: str) -> None:
    assert ids(index.search(text, limit=10)) == ["FRA.8"]


@pytest.mark.parametrize(("text", "found"), [("corsega", "FRA.5"), ("बिहार", "IND.5"), ("tamizh", "IND.31")])
def test_other_names_are_names(index: UnitIndex, text: str, found: str) -> None:
    assert ids(index.search(text, limit=10)) == [found]


def test_who_has_two_fitting_names_is_found_once(index: UnitIndex) -> None:
    assert ids(index.search("ma", limit=10)) == ["IND.31", "IND.31.1", "IND.31.10"]


def test_names_that_begin_so_come_before_words_that_do_before_those_with_it_inside(index: UnitIndex) -> None:
    units = [
        FRANCE,
        *(replace(REGION, id=f"FRA.{number}", name=name) for number, name in enumerate(["Debordeaux", "LaBordeaux"])),
        replace(DISTRICT, id="FRA.1.1", name="Bordeaux", country="FRA"),
    ]
    found = UnitIndex(build_index(units)).search("borde", limit=10)
    assert [unit.name for unit in found] == ["Bordeaux", "LaBordeaux", "Debordeaux"]


def test_among_equals_lower_levels_come_first_and_then_the_alphabet(index: UnitIndex) -> None:
    assert ids(index.search("", limit=20)) == ids(index.search("", level=0, limit=20)) + ids(
        index.search("", level=1, limit=20)
    ) + ids(index.search("", level=2, limit=20))
    assert [unit.name for unit in index.search("", country="IND", level=1, limit=9)] == [
        "ArunachalPradesh",
        "Bihar",
        "TamilNadu",
        "NCTofDelhi",
    ]


@pytest.mark.parametrize(("text", "found"), [("delhi", ["IND.25"]), ("nilg", ["IND.31.3"]), ("azur", ["FRA.13"])])
def test_a_capital_after_a_small_letter_begins_a_word(index: UnitIndex, text: str, found: list[str]) -> None:
    assert ids(index.search(text, limit=10)) == found


@pytest.mark.parametrize(("text", "found"), [("himba", []), ("imba", ["IND.31.2"]), ("adu", ["IND.31", "IND.31.10"])])
def test_three_bytes_are_found_anywhere_in_a_name(index: UnitIndex, text: str, found: list[str]) -> None:
    assert ids(index.search(text, limit=10)) == found


def test_two_bytes_are_found_where_words_begin_alone(index: UnitIndex) -> None:
    assert ids(index.search("du", limit=10)) == []


def test_an_id_means_its_unit_before_any_name(index: UnitIndex) -> None:
    units = [INDIA, replace(INDIA, id="AAA", name="Indonesia", country="AAA")]
    assert ids(UnitIndex(build_index(sorted(units, key=lambda unit: unit.country))).search("ind", limit=10)) == [
        "IND",
        "AAA",
    ]
    assert ids(index.search("ind.31.1", limit=1)) == ["IND.31.1"]


def test_ids_are_found_by_their_beginning_once_it_has_a_dot(index: UnitIndex) -> None:
    assert ids(index.search("IND.3", limit=4)) == ["IND.3", "IND.31", "IND.31.1", "IND.31.10"]
    assert ids(index.search("IND.", level=1, limit=10)) == ["IND.25", "IND.3", "IND.31", "IND.5"]


def test_a_dot_in_a_name_does_not_count(index: UnitIndex) -> None:
    assert ids(index.search("st. thom", limit=10)) == ["IND.31.4"]


def test_country_and_level_narrow_every_kind_of_match(index: UnitIndex) -> None:
    assert ids(index.search("madras", level=2, limit=10)) == ["IND.31.1"]
    assert ids(index.search("madras", country="FRA", limit=10)) == []
    assert ids(index.search("nad", country="IND", level=1, limit=10)) == ["IND.31"]
    assert ids(index.search("imba", country="FRA", limit=10)) == []
    assert ids(index.search("imba", level=1, limit=10)) == []
    assert ids(index.search("delhi", level=2, limit=10)) == []
    assert ids(index.search("IND.3", country="FRA", limit=10)) == []
    assert ids(index.search("ind", country="XXX", limit=10)) == []


def test_nothing_typed_means_everything_and_signs_alone_mean_nothing(index: UnitIndex) -> None:
    assert len(index.search(" ", limit=100)) == len(UNITS)
    assert index.search("?!", limit=100) == []


def test_no_more_come_than_were_asked_for_and_they_are_the_first(index: UnitIndex) -> None:
    assert index.search("a", limit=2) == index.search("a", limit=100)[:2]


def test_every_unit_comes_back_as_it_was(index: UnitIndex) -> None:
    assert [index.get(unit.id) for unit in UNITS] == UNITS
    assert index.get("IND.99") is index.get("ind") is index.get("IND.3.") is index.get("") is None


def test_a_country_has_its_levels_with_what_most_units_are(index: UnitIndex) -> None:
    assert list(index.countries.values()) == [
        Country("FRA", "France", (Level(0, 1, None), Level(1, 3, "Region"))),
        Country("IND", "India", (Level(0, 2, None), Level(1, 4, "State"), Level(2, 5, "District"))),
    ]


def test_a_country_that_is_no_unit_itself_goes_by_its_code() -> None:
    assert UnitIndex(build_index([replace(INDIA, id="Z01")])).countries["IND"].name == "IND"


def test_of_several_units_with_one_id_the_first_counts() -> None:
    units = [INDIA, replace(INDIA, name="Bharat"), replace(INDIA, country="XXX")]
    index = UnitIndex(build_index(units))
    assert index.search("", limit=10) == [INDIA]
    assert list(index.countries) == ["IND"]


def test_an_index_of_nothing_finds_nothing() -> None:
    index = UnitIndex(build_index([]))
    assert (index.search("", limit=10), index.search("india", limit=10), index.countries) == ([], [], {})


def test_units_in_another_order_are_refused() -> None:
    with pytest.raises(ValueError, match="IND at level 0 come too late"):
        build_index([replace(INDIA, level=1), INDIA])
