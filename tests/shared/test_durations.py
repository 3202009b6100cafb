"""Durations as people say them."""

import pytest

from xatra_shared.durations import in_words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "1 second"),
        (1, "1 second"),
        (1.2, "2 seconds"),
        (60, "60 seconds"),
        (120, "2 minutes"),
        (3221, "54 minutes"),
        (3600, "60 minutes"),
        (7201, "3 hours"),
        (172_800, "2 days"),
    ],
)
def test_a_duration_is_said_in_the_largest_unit_of_which_there_are_two(seconds: float, words: str):
    assert in_words(seconds) == words
