"""Words told apart by their numbers: what is found is each number that occurs again, and no other."""

import numpy as np
from permanence.read.calls.word_hash import repeated


def places(*numbers: int) -> list[int]:
    return list(repeated(np.array(numbers, np.uint64)))


def test_a_number_that_occurs_again_is_found_at_each_of_its_places() -> None:
    assert places(7, 1 << 40, 9, 7, 1 << 40, 7) == [0, 1, 3, 4, 5]


def test_numbers_that_share_one_half_are_not_the_same() -> None:
    assert places(5, 5 + (1 << 32), 5 + (1 << 33), 6 << 32, 7 << 32) == []
    assert places(5, 5 + (1 << 32), 5, 6 << 32) == [0, 2]


def test_nothing_occurs_again_among_none_or_one() -> None:
    assert places() == []
    assert places(3) == []
