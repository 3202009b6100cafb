"""How large a machine has to be."""

import pytest

from xatra_standalone.sizing import Demand, assumed_demand, size_for


@pytest.mark.parametrize(
    ("accounts", "slots", "processors", "worker", "postgres", "memory", "stored", "disk"),
    [(50, 1, 2, 1.75, 1, 4, 4, 40), (500, 3, 4, 3.75, 1, 8, 38, 80), (5_000, 22, 25, 22.75, 8, 64, 375, 500)],
)
def test_the_table_of_the_documentation_is_what_the_rules_give(
    accounts: int, slots: int, processors: int, worker: float, postgres: int, memory: int, stored: float, disk: int
):
    size = size_for(assumed_demand(accounts), kept_days=30)

    assert (size.slots, size.processors, size.memory, size.disk) == (slots, processors, memory, disk)
    assert (size.render_worker_memory, size.postgres_memory) == (worker, postgres)
    assert size.stored == pytest.approx(stored, abs=0.5)


def test_slots_are_the_peak_times_the_p95_with_room_of_three_tenths():
    assert size_for(Demand(2.0, 5.0, 1000), kept_days=30).slots_exactly == pytest.approx(13)


def test_maps_take_disk_for_as_long_as_they_are_kept():
    demand = Demand(1.0, 1.0, 100_000)
    assert size_for(demand, kept_days=60).stored == 2 * size_for(demand, kept_days=30).stored == 1500
