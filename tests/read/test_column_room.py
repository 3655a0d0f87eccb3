"""Columns of many calls hold what is put into them, on whichever pages they lie."""

import mmap
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from permanence.read.calls import column_room
from permanence.read.calls.column_room import room_for

KINDS = st.sampled_from((np.int8, np.int16, np.int32, np.int64, np.uint64))


@given(size=st.integers(0, 40), kind=KINDS, large=st.integers(1, 80))
def test_a_column_holds_what_is_put_into_it(size: int, kind: type[np.generic], large: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(column_room, "LARGE", large)
        column: NDArray[Any] = room_for(size, kind)
        column[:] = np.arange(size)
        assert (column.dtype, column.tolist()) == (np.dtype(kind), list(range(size)))


def test_a_column_of_millions_lies_on_pages_of_its_own() -> None:
    column = room_for(column_room.LARGE, np.int8)
    column[-1] = 7
    assert (column.base is not None) == hasattr(mmap, "MADV_HUGEPAGE")
    assert column[-1] == 7
