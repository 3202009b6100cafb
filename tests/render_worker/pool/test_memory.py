"""A worker that would need more memory than there is does not start."""

import pytest

from xatra_render_worker.pool.memory import TooLittleMemoryError, check_memory, memory_bytes


def test_slots_that_fit_may_start():
    check_memory(slots=3, preload_bytes=512 << 20, available_bytes=4 << 30)


def test_too_many_slots_are_refused_with_the_number_that_fits():
    with pytest.raises(TooLittleMemoryError, match="set SLOTS=2"):
        check_memory(slots=3, preload_bytes=512 << 20, available_bytes=3 << 30)


def test_a_machine_too_small_for_one_slot_is_told_so():
    with pytest.raises(TooLittleMemoryError, match="larger machine"):
        check_memory(slots=3, preload_bytes=512 << 20, available_bytes=1 << 30)


def test_this_machine_has_memory():
    assert memory_bytes() > 1 << 30
