"""What is looked up for millions of calls, some at a time, is what each of them has."""

import os
from math import prod

import numpy as np
import permanence
import pytest
from permanence.bill.measure.kinds import numbered
from permanence.model.usage import TOGETHER, looked_up


@pytest.mark.parametrize("size", [0, 1, TOGETHER - 1, TOGETHER, TOGETHER + 1])
@pytest.mark.parametrize("kind", [np.int8, np.int16, np.int32])
def test_each_call_has_what_the_table_has_for_its_code_and_none_the_last(
    size: int, kind: type[np.signedinteger]
) -> None:
    table = np.array([7, 5, 3, -1])
    codes = (np.arange(size) % 4 - 1).astype(kind)
    assert looked_up(table, codes).tolist() == [table[code] for code in codes.tolist()]


@pytest.mark.parametrize("last", [1, 127, 128, 32_767, 32_768, 40_000])
def test_kinds_are_told_apart_however_many_there_may_be(last: int) -> None:
    shape = (2, last)
    parts = (np.array([0, 1, 1, 0], np.int8), np.array([-1, last - 2, -1, last - 2], np.int32))
    kind, seen = numbered(parts, (0, -1), shape)
    flat = [one * last + other + 1 for one, other in zip(*(part.tolist() for part in parts), strict=True)]
    assert prod(shape) > max(flat)
    assert seen[kind].tolist() == flat


def test_numpy_is_loaded_after_it_is_said_that_it_asks_for_no_huge_pages() -> None:
    assert permanence.__version__
    assert "NUMPY_MADVISE_HUGEPAGE" in os.environ
