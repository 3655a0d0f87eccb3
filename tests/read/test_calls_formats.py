"""Call formats: our own and a user's, and what is told about a wrong one."""

from pathlib import Path

import pytest
from permanence.model.call_file import CALL_COLUMNS
from permanence.model.problem import Refused
from permanence.read.calls.columns import part_of
from permanence.read.calls.mapping import OWN_FORMATS, CallFormat
from permanence.read.calls.mapping_file import load_format
from permanence.read.calls.records import read_calls

GOOD = """
title = "Mine"
[column]
call_id = "id"
start = "when"
[status]
always = "answered"
[direction]
always = "inbound"
"""


def load(tmp_path: Path, text: str) -> CallFormat:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return load_format(str(path))


def test_every_format_of_ours_loads_under_its_name() -> None:
    names = sorted(path.stem for path in OWN_FORMATS.glob("*.toml"))
    assert [load_format(name).name for name in names] == names


def test_a_user_brings_a_format_of_their_own(tmp_path: Path) -> None:
    form = load(tmp_path, GOOD)
    assert (form.name, form.zone_meant, form.delimiter) == ("mine", "Europe/Paris", ",")


def test_cases_alone_say_how_calls_ended(tmp_path: Path) -> None:
    cases = '[[status.case]]\nwhen = { how = "x" }\nis = "answered"\n'
    form = load(tmp_path, GOOD.replace('[status]\nalways = "answered"\n', cases))
    assert [case.means for case in form.status.cases] == ["answered"]


def test_an_unknown_format_names_the_nearest_one() -> None:
    with pytest.raises(Refused) as refused:
        load_format("asterix")
    assert str(refused.value) == 'asterix: there is no such call format; did you mean "asterisk"?'


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('title = "Mine"', 'title = "Mine"\nheader = false', "say either header = true, or the columns"),
        ('title = "Mine"', 'title = "Mine"\nzone = "Europe/Pari"', '"Europe/Pari" is no time zone'),
        ('title = "Mine"', 'title = "Mine"\nzone = "from_uniqueid"', "needs epoch"),
        ('title = "Mine"', 'title = "Mine"\ndelimiter = "; "', 'the delimiter is "; ", not one character'),
        ('title = "Mine"', 'title = "Mine"\nencoding = "utf8000"', '"utf8000" is no character encoding'),
        ('always = "answered"', 'always = "handled"', '"handled" is none of answered, no_answer, busy, failed'),
        ('always = "answered"', 'column = "how?"', "[status] needs a column that every file has, or always"),
        ('title = "Mine"', 'title = "Mine"\nlayout = "fixed"', 'layout = "fixed" and widths belong together'),
        ('title = "Mine"', 'title = "Mine"\nwidths = [3]', 'layout = "fixed" and widths belong together'),
        ('title = "Mine"', 'title = "Mine"\nlayout = "fixed"\nwidths = [0]', "a width is one sign or more"),
        ('title = "Mine"', 'title = "Mine"\nlayout = "fixed"\nwidths = [3]', "a fixed layout has no header line"),
        (
            'title = "Mine"',
            'title = "Mine"\nlayout = "fixed"\nheader = false\nwidths = [3]\ncolumns = ["id,when"]',
            "2 columns, but 1 widths",
        ),
        (
            'title = "Mine"',
            'title = "Mine"\nlayout = "json"\nheader = false\ncolumns = ["id,when"]',
            "lines of JSON name their columns themselves",
        ),
        ('title = "Mine"', 'title = "Mine"\nskip_before = -1', "no fewer than 0 lines can be skipped"),
        ('title = "Mine"', 'title = "Mine"\nskip_lines = ["("]', '"(" is no regular expression'),
        ('title = "Mine"', 'title = "Mine"\nskip_lines = ["(?=a)"]', '"(?=a)" is no regular expression'),
        (
            'title = "Mine"',
            'title = "Mine"\ncountry = "France"',
            '"France" is no country; write two letters, such as "FR"',
        ),
        ('title = "Mine"', 'title = "Mine"\nstamp = "isso"', '"isso" is no form of times'),
        (
            'title = "Mine"',
            'title = "Mine"\ntalk_includes_wait = true',
            "what is to be taken from talk is in no column; name wait or answer",
        ),
        (
            'title = "Mine"',
            'title = "Mine"\nheader = false\ncolumns = ["id,when", "id,wen"]',
            '"when" is none of the columns 2; did you mean "wen"?',
        ),
        ('call_id = "id"\n', "", "the column call_id is missing"),
        ("[status]", '[pattern]\nstrat = "(.)"\n[status]', '"strat" is no column of ours; did you mean "start"?'),
        ("[status]", '[pattern]\ntags = "(.)"\n[status]', "[column] has no tags"),
        ("[status]", '[pattern]\nstart = ".(.)(.)"\n[status]', "has 2 groups, not one"),
        ('always = "answered"', 'column = "how"', "[status] has a column, and no words that say what it means"),
        (
            'always = "answered"',
            'always = "answered"\nwords = { a = "answered" }',
            "[status] has words, and no column that they stand in",
        ),
        ('always = "answered"', 'column = "how"\nwords = { a = "" }', '"" is none of answered'),
        ('always = "answered"', 'column = "how"\nwords = { a = "answered" }\nalways = "busy"', "always would never be"),
        (
            'always = "answered"',
            'column = "how"\npattern = "x"\nwords = { a = "answered" }',
            '"x" has 0 groups, not one',
        ),
        ('always = "answered"', 'case = [{ when = {}, is = "answered" }]', "a case without a column fits every record"),
        (
            'always = "answered"',
            'case = [{ when = { how = "> many" }, is = "answered" }]',
            '"> many" compares with no whole number',
        ),
        ('always = "answered"', 'case = [{ when = { how = "x" }, is = "handled" }]', '"handled" is none of'),
        ("[status]", '[number.Pages]\ncolumn = "p"\n[status]', '"Pages" is no name'),
        ("[status]", '[word.a]\ncolumn = "p"\npattern = "x"\n[status]', '"x" has 0 groups'),
        (
            "[status]",
            '[word.a]\ncolumn = "p"\n[number.a]\ncolumn = "q"\n[status]',
            '"a" is a number already: [number.a]',
        ),
        ('title = "Mine"', 'title = "Mine"\nencoding = "rot13"', '"rot13" is no character encoding'),
        ("[status]", '[column.outbound]\nnumber = "x"\n[status]', "[direction] makes no record outbound"),
        ("[status]", '[duration]\nwait = "seconds"\n[status]', "[column] has no wait"),
        ('call_id = "id"', 'callid = "id"', 'unknown key "callid"; did you mean "call_id"?'),
    ],
)
def test_a_wrong_format_is_told_at_its_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(Refused) as refused:
        load(tmp_path, GOOD.replace(old, new))
    assert told in str(refused.value)
    assert all(problem.where.line for problem in refused.value.problems)


def test_a_tag_may_name_the_language_of_a_call(tmp_path: Path) -> None:
    line = (
        '"C1","+33639980001","+33199000010","from-trunk","","PJSIP/trunk-1","","Queue","","2026-10-05 08:00:00",'
        '"2026-10-05 08:00:05","2026-10-05 08:01:05","65","60","ANSWERED","DOCUMENTATION","1791187200.1","{}"\n'
    )
    path = tmp_path / "calls.csv"
    path.write_text(line.format("urgent lang:en") + line.format("spam").replace("200.1", "201.2"), encoding="utf-8")
    table = read_calls(path, load_format("asterisk"))
    names = [column.name for column in CALL_COLUMNS]
    records = [dict(zip(names, record[1:], strict=True)) for batch in table.batches for record in batch]
    assert [(record["language"], record["tags"]) for record in records] == [("en", "urgent"), (None, "spam")]


def test_no_pattern_of_a_mapping_takes_for_ever() -> None:
    cell = "a" * 60 + "!"
    assert part_of("^((?:[a-z]+)+)$", whole=True)(cell) == cell
