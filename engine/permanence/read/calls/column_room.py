"""Room for columns of many millions of calls, which stay as long as a month is looked at."""

import mmap
from contextlib import suppress
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Kind = TypeVar("Kind", bound=np.generic)
LARGE = 1 << 22
"""Bytes from which a column is put on huge pages."""


def room_for(size: int, kind: type[Kind]) -> NDArray[Kind]:
    """Return a column of a size whose values are any; what is not filled of it is hardly ever touched.

    A large one is on huge pages, where the system has them: what is filled once, and read often, is at hand there in
    a fraction of the time. What numpy makes on its way is not, since it would have them put together again and again.
    """
    wanted = size * np.dtype(kind).itemsize
    if wanted < LARGE or not hasattr(mmap, "MADV_HUGEPAGE"):
        return np.empty(size, kind)
    pages = mmap.mmap(-1, wanted, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    with suppress(OSError):
        pages.madvise(mmap.MADV_HUGEPAGE)
    column: NDArray[Any] = np.frombuffer(pages, kind)
    return column
