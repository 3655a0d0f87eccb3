"""One line, however its number is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from permanence.model.line import is_country, one_spelling, spoilt


@pytest.mark.parametrize(
    "written",
    [
        "+33199000010",
        "0199000010",
        "01 99 00 00 10",
        "01.99.00.00.10",
        "01/99/00/00/10",
        "01\u202f99\u00a000 00 10",
        "0033 1 99 00 00 10",
        "33199000010",
        "330199000010",
        "+330199000010",
        "+33 (1) 99-00-00-10",
        "+33 (0)1 99 00 00 10",
        "(+33) 1 99 00 00 10",
        "tel:+33199000010",
        "sip:0199000010@sbc.example.org:5060;user=phone",
        "SIPS:+33199000010@example.org",
        "+33199000010;npdi",
        "0199000010#",
        "'0199000010",
        '="0199000010"',
        " 0199000010 ",
    ],
)
def test_a_french_number_is_one_line_however_it_is_written(written: str) -> None:
    assert one_spelling(written) == "+33199000010"


@pytest.mark.parametrize("line", ["C0001", "3631", "A-12", "12345", "", "+44 20 7946 0000", "0044 20 7946 0000"])
def test_what_is_no_french_number_keeps_its_own_identity(line: str) -> None:
    assert one_spelling(line) in (line, "+442079460000")


@pytest.mark.parametrize(
    "line",
    [
        "anonymous",
        "Anonyme",
        "199000010",
        "12025550123",
        "0199",
        "00639980001",
        "sip:agent7@example.org",
        "1",
        "#31#",
        "+1",
    ],
)
def test_what_would_be_a_guess_stays_as_it_is(line: str) -> None:
    assert one_spelling(line) == line


@pytest.mark.parametrize(
    ("line", "country", "number"),
    [
        ("02 529 00 00", "BE", "+3225290000"),
        ("020 7946 0000", "GB", "+442079460000"),
        ("0199000010", "BE", "0199000010"),
        ("0033199000010", "BE", "+33199000010"),
        ("912 345 678", "ES", "+34912345678"),
        ("(202) 555-0123", "US", "+12025550123"),
    ],
)
def test_a_number_without_a_country_is_one_of_the_lines_country(line: str, country: str, number: str) -> None:
    assert one_spelling(line, country) == number


@pytest.mark.parametrize("country", ["FR", "GP", "RE"])
@pytest.mark.parametrize(
    ("national", "abroad"),
    [
        ("0590 00 00 00", "+590590000000"),
        ("0690000000", "+590690000000"),
        ("0594000000", "+594594000000"),
        ("0694 00 00 00", "+594694000000"),
        ("0596000000", "+596596000000"),
        ("0697000000", "+596697000000"),
        ("0262000000", "+262262000000"),
        ("0269000000", "+262269000000"),
        ("0692000000", "+262692000000"),
    ],
)
def test_a_number_overseas_is_one_line_by_the_zero_of_the_french_plan_and_by_its_country(
    national: str, abroad: str, country: str
) -> None:
    digits = national.replace(" ", "")
    for written in (national, abroad, f"+33 (0){digits[1:]}", f"+33{digits[1:]}"):
        assert one_spelling(written, country) == abroad


@pytest.mark.parametrize("country", ["FR", "GP", "RE"])
@pytest.mark.parametrize("line", ["0199000010", "0639980001", "0591000000", "0264000000"])
def test_every_other_number_of_the_french_plan_is_one_of_the_mainland(line: str, country: str) -> None:
    assert one_spelling(line, country) == f"+33{line[1:]}"


@pytest.mark.parametrize("line", ["3,3199E+10", "3.3199e+10", "199000010", "639980001", '="199000010"'])
def test_what_a_spreadsheet_spoilt_is_told(line: str) -> None:
    assert "a spreadsheet spoilt this number" in spoilt(line)


@pytest.mark.parametrize(
    "line",
    ["0199000010", "+33199000010", "33199000010", "C0001", "3631", "12345678", "1234567890", "", "1E5", "Anonyme"],
)
def test_what_is_whole_is_not_spoilt(line: str) -> None:
    assert spoilt(line) == ""


def test_a_country_without_a_zero_before_its_numbers_loses_none() -> None:
    assert spoilt("912345678", "ES") == ""
    assert (is_country("FR"), is_country("BE"), is_country("fr"), is_country("")) == (True, True, False, False)


@given(st.text("0123456789+ .-", max_size=16))
def test_a_spelling_that_was_found_stays_as_it_is(line: str) -> None:
    assert one_spelling(one_spelling(line)) == one_spelling(line)
