"""Call formats: our own and a user's, and what is told about a wrong one."""

from pathlib import Path

import pytest
from permanence.model.call_file import CALL_COLUMNS
from permanence.model.problem import Refused
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
    assert names == ["asterisk", "generic"]
    assert [load_format(name).name for name in names] == names


def test_a_user_brings_a_format_of_their_own(tmp_path: Path) -> None:
    form = load(tmp_path, GOOD)
    assert (form.name, form.zone_meant, form.delimiter) == ("mine", "Europe/Paris", ",")


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
