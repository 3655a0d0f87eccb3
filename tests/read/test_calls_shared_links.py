"""Which records share a link: by their words, whatever their hashes are."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from permanence.read.calls import shared_links as room
from permanence.read.calls.shared_links import shared_links

RECORDS = st.lists(st.tuples(st.sampled_from(("a", "b", "1.10", "1.1", "a" * 300, "")), st.integers(0, 2)), max_size=12)


def told(records: list[tuple[str, int]]) -> list[set[int]]:
    """Return, per record, which records have its number, none for one that is alone."""
    links, sources = pa.array([link for link, _ in records], pa.string()), [source for _, source in records]
    numbers = shared_links(links, np.array(sources, np.int32)).tolist()
    return [{at for at, other in enumerate(numbers) if other == number != -1} for number in numbers]


def by_hand(records: list[tuple[str, int]]) -> list[set[int]]:
    alike = [{at for at, other in enumerate(records) if other == one} for one in records]
    return [one if len(one) > 1 else set() for one in alike]


@given(RECORDS)
def test_records_of_one_link_and_source_have_one_number_and_others_have_none(records: list[tuple[str, int]]) -> None:
    assert told(records) == by_hand(records)


@given(RECORDS)
def test_links_whose_hashes_are_equal_are_told_apart_by_their_words(records: list[tuple[str, int]]) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(room, "hashes", lambda words, _: np.zeros(len(words), np.uint64))
        assert told(records) == by_hand(records)
