"""One line, however its number is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from permanence.model.line import one_spelling


@pytest.mark.parametrize(
    "written",
    ["+33199000010", "0199000010", "01 99 00 00 10", "01.99.00.00.10", "0033 1 99 00 00 10", "+33 (1) 99-00-00-10"],
)
def test_a_french_number_is_one_line_however_it_is_written(written: str) -> None:
    assert one_spelling(written) == "+33199000010"


@pytest.mark.parametrize("line", ["C0001", "3631", "A-12", "12345", "", "+44 20 7946 0000", "0044 20 7946 0000"])
def test_what_is_no_french_number_keeps_its_own_identity(line: str) -> None:
    assert one_spelling(line) in (line, "+442079460000")


@given(st.text("0123456789+ .-", max_size=16))
def test_a_spelling_that_was_found_stays_as_it_is(line: str) -> None:
    assert one_spelling(one_spelling(line)) == one_spelling(line)
