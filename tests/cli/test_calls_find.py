"""`permanence calls find`: was this call counted, and where? By number, time, contract or id, with all its records."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.cli.typed import out, refused, typed, values
from tests.docs.documents import SPACES

HEADER = "call_id,linked_id,account,start,wait_seconds,talk_seconds,status,number,caller,tags\n"
CALLER, OTHER = "+33639980001", "+33639980002"
FEBRUARY = f"""
a,,,2026-02-02T10:00:00+01:00,3,60,answered,+33199000001,{CALLER},
b,,,2026-02-02T20:00:00+01:00,5,30,answered,+33199000001,{CALLER},
c,,,2026-02-03T10:00:00+01:00,25,0,no_answer,+33199000002,{CALLER},
d,,,2026-02-03T11:00:00+01:00,4,40,answered,+33199000002,{OTHER},
e,,,2026-02-04T11:00:00+01:00,4,40,answered,+33199000002,{OTHER},
f,,,2026-02-05T11:00:00+01:00,4,40,answered,+33199000002,{OTHER},
g1,g,,2026-02-06T10:00:00+01:00,12,0,no_answer,+33199000001,{OTHER},
g2,g,,2026-02-06T10:00:12+01:00,6,50,answered,7001,,
h1,h,,2026-02-28T23:59:50+01:00,5,20,answered,+33199000001,{OTHER},
h2,h,,2026-03-01T00:00:20+01:00,0,90,answered,7001,,
i,,,2026-02-09T10:00:00+01:00,4,40,answered,+33199009999,{OTHER},
"""
LATE = f"""
j,,,2026-02-10T10:00:00+01:00,4,40,answered,+33199000001,{CALLER},
g3,g,,2026-02-06T10:01:20+01:00,0,30,answered,7002,,
k,,,2026-03-02T10:00:00+01:00,4,40,answered,+33199000001,{CALLER},
"""


@pytest.fixture(autouse=True)
def here(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a copy of the small service, in whose calls.db are these calls alone; nothing is billed yet."""
    monkeypatch.chdir(tmp_path)
    for name in ("rules", "contracts"):
        (tmp_path / name).symlink_to(small / name)
    take_in("february.csv", FEBRUARY)
    return tmp_path


def take_in(name: str, records: str) -> None:
    Path(name).write_text(HEADER + records.strip() + "\n", "utf-8")
    out("calls", "import", name, "--format", "generic")


def bill() -> None:
    out("bill", "2026-02", "--on", "2026-03-01", "--incomplete")


def found(*words: str) -> list[dict[str, Any]]:
    calls: list[dict[str, Any]] = values("calls", "find", *words)["calls"]
    return calls


def ids(*words: str) -> list[list[str]]:
    return [[record["call_id"] for record in call["records"]] for call in found(*words)]


def said(*words: str) -> str:
    return " ".join(out("calls", "find", *words).translate(SPACES).split())


@pytest.mark.parametrize("number", ["0639980001", "06 39 98 00 01", "+33639980001", "0033639980001"])
def test_a_caller_s_calls_are_found_however_the_number_is_written(number: str) -> None:
    assert ids(number) == [["a"], ["b"], ["c"]]


def test_calls_to_a_number_are_found_too_and_a_call_by_its_id_or_its_link() -> None:
    assert ids("0199000002") == [["c"], ["d"], ["e"], ["f"]]
    assert ids("e") == [["e"]]
    assert ids("g2") == ids("g") == [["g1", "g2"]]


def test_a_link_that_is_used_again_is_another_call_s() -> None:
    again = f"g8,g,,2026-02-07T10:00:13+01:00,3,9,answered,7001,{OTHER},\n"
    take_in("again.csv", again + f"g9,g,,2026-02-07T10:00:20+01:00,3,9,answered,7001,{OTHER},")
    assert ids("g") == ids("g1") + ids("g9") == [["g1", "g2"], ["g8", "g9"]]


def test_calls_are_found_by_the_time_within_five_minutes_and_by_the_day() -> None:
    assert ids("--at", "2026-02-03 11:04") == ids("--at", "03/02/2026 10:55") == [["d"]]
    assert ids("--at", "2026-02-03 11:06") == []
    assert ids("--at", "2026-02-03") == ids("--at", "03/02/2026") == [["c"], ["d"]]
    assert ids("0639980001", "--at", "2026-02-03") == [["c"]]


def test_calls_are_found_by_the_lines_of_a_contract_billed_or_not() -> None:
    expected = [["a"], ["b"], ["g1", "g2"], ["h1", "h2"]]
    assert ids("--contract", "C0001") == expected
    bill()
    assert ids("--contract", "C0001") == expected


def test_a_call_of_a_month_that_is_not_billed_says_so() -> None:
    assert "Pas encore facturé (février 2026)." in said("a")
    (call,) = found("a")
    assert (call["state"], call["month"], call["became"]) == ("not_billed", "2026-02", [])


def test_a_counted_call_says_for_whom_and_on_which_line() -> None:
    bill()
    text = said("d")
    assert (
        "3 février 2026, 11:00:00 · de +33639980002 au +33199000002 · appel 4 Traité, attente 4 s, conversation 40 s."
        in text
    )
    assert "Compté pour C0002, Bar du Port, en février 2026, plage « du lundi au vendredi, de 8 h à 19 h »." in text
    assert "Facture 2026-02-C0002, ligne 2, " in text
    assert "1,00 € (règle de rules/small.toml:22, subscription)" in text
    (call,) = found("d")
    assert [line["amount_cents"] for line in call["became"][0]["lines"]] == [100]


def test_a_call_that_is_counted_within_what_is_included_is_behind_no_line() -> None:
    bill()
    assert "Il est compris dans la facture 2026-02-C0001 : aucune de ses lignes n'en dépend." in said("a")


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        ("b", "Hors plage pour C0001, Café du Port, en février 2026. Aucune ligne de la facture 2026-02-C0001"),
        ("c", "Exclu (sans réponse) pour C0002, Bar du Port, en février 2026, plage « du lundi au vendredi, de 8 h"),
        ("i", "Non attribué (ligne inconnue), en février 2026."),
    ],
)
def test_a_call_that_is_not_counted_says_why(call: str, sentence: str) -> None:
    bill()
    assert sentence in said(call)


def test_a_call_that_was_put_through_is_one_call_with_its_records_below() -> None:
    bill()
    text = said("g2")
    assert (
        "6 février 2026, 10:00:00 · de +33639980002 au +33199000001 · appel 7 Traité, attente 18 s, conversation 50 s."
        in text
    )
    assert "10:00:00 au +33199000001 : sans réponse, attente 12 s, conversation 0 s (g1)" in text
    assert "10:00:12 au 7001 : traité, attente 6 s, conversation 50 s (g2)" in text
    assert text.count("Compté pour C0001") == 1


def test_a_call_over_the_month_s_end_is_found_once_in_the_month_of_its_arrival() -> None:
    bill()
    out("bill", "2026-03", "--on", "2026-04-01", "--incomplete")
    for at in ("2026-02-28", "2026-03-01"):
        (call,) = found("--at", at)
        assert [record["call_id"] for record in call["records"]] == ["h1", "h2"]
        assert [(one["month"], one["outcome"]) for one in call["became"]] == [("2026-02", "outside")]


def test_a_call_that_came_after_its_month_was_billed_says_so() -> None:
    bill()
    take_in("late.csv", LATE)
    assert "Arrivé après la facturation (février 2026), qui est à refaire : permanence bill 2026-02" in said("j")
    assert "Pas encore facturé (mars 2026)." in said("k")
    joined = said("g")
    assert "Compté pour C0001" in joined
    assert "Un enregistrement de plus est arrivé après la facturation (février 2026)" in joined
    bill()
    assert "Compté pour C0001" in said("j")
    assert "Un enregistrement de plus" not in said("g")


def test_a_contract_that_waits_says_what_for_with_its_calls() -> None:
    own = Path("rules2")
    own.mkdir()
    for path in Path("rules").iterdir():
        text = path.read_text("utf-8") if path.suffix == ".toml" else ""
        (own / path.name).write_text(text.replace('id = "accueil"', 'id = "autre"'), "utf-8") if text else None
    out("bill", "2026-02", "--on", "2026-03-01", "--incomplete", "--rules", "rules2")
    text = said("a")
    assert "En attente pour C0001, Café du Port, en février 2026." in text
    assert "Le contrat est en attente : " in text
    assert found("a")[0]["became"][0]["hold"] != ""


def test_where_nothing_is_found_the_nearest_calls_are_named() -> None:
    text = said("0639980001", "--at", "2026-02-02 15:00")
    assert "Aucun appel de ou vers 0639980001, le 2 février 2026 de 14:55 à 15:05." in text
    assert "Les plus proches : 2 février 2026, 10:00:00 et 2 février 2026, 20:00:00." in text
    assert values("calls", "find", "0639980009") == {
        "asked": {"number": "0639980009", "at": "", "contract": ""},
        "calls": [],
        "nearest": [],
    }


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ((), "calls find: nothing is looked for; "),
        (("--at", "yesterday"), '--at: "yesterday" is no time; '),
        (("--at", "1066-10-14"), '--at: "1066-10-14" is no time; '),
        (("--contract", "C0003"), '--contract: there is no contract "C0003"; did you mean "C000'),
        (("a", "--calls", "none.db"), "none.db: there is no such database of calls; "),
        (("a", "--calls", "x/*.parquet"), "x/*.parquet: callers' numbers are not read from Parquet files; "),
    ],
)
def test_what_cannot_be_looked_for_is_refused(words: tuple[str, ...], problem: str) -> None:
    (told,) = refused("calls", "find", *words)
    assert told.startswith(problem)


def test_a_month_billed_by_an_earlier_version_is_to_be_billed_again_to_know() -> None:
    bill()
    with closing(sqlite3.connect("billing.db")) as database:
        database.execute("DELETE FROM call_kept")
        database.commit()
    assert "Facturé par une version qui ne gardait pas les appels (février 2026)" in said("a")


def test_calls_of_another_database_have_other_numbers() -> None:
    bill()
    Path("calls.db").unlink()
    take_in("other.csv", "\n".join(reversed(FEBRUARY.split("\n"))))
    assert "N'était pas parmi les appels facturés (février 2026)" in said("a")
    known = [call["records"][0]["call_id"] for call in found(OTHER) if call["state"] == "billed"]
    assert known == ["f"], "the sixth of eleven has its number either way"


def test_more_calls_than_a_screen_has_room_for_are_counted() -> None:
    lines = [f"x{n},,,2026-02-11T10:{n:02}:00+01:00,1,9,answered,+33199000002,{OTHER}," for n in range(30)]
    take_in("many.csv", "\n".join(lines))
    text = said("--at", "2026-02-11")
    assert text.startswith("30 appels, le 11 février 2026 :")
    assert "… et 10 autres : précisez avec --at ou --contract." in text
    assert len(found("--at", "2026-02-11")) == 30


def test_no_number_and_no_id_of_a_caller_is_in_billing_db() -> None:
    bill()
    with closing(sqlite3.connect("billing.db")) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        cells = [cell for name in tables for row in database.execute(f"SELECT * FROM [{name}]") for cell in row]
    texts = [
        cell if isinstance(cell, str) else cell.decode("latin-1") for cell in cells if isinstance(cell, str | bytes)
    ]
    assert any("+33199000001" in text for text in texts)
    for number in (CALLER, OTHER):
        assert [text for text in texts if number[3:] in text] == []
    with closing(sqlite3.connect("billing.db")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert not any(number[3:].encode() in Path("billing.db").read_bytes() for number in (CALLER, OTHER))


def test_the_answer_ends_well_where_billing_db_is_not_there() -> None:
    assert not Path("billing.db").exists()
    assert typed("calls", "find", "a").exit_code == 0
    assert not Path("billing.db").exists()


def test_of_months_billed_from_parquet_files_what_was_kept_is_listed() -> None:
    bill()
    words = ("--calls", "calls/*.parquet", "--contract", "C0002")
    assert [call["became"][0]["outcome"] for call in found(*words)] == ["excluded", "counted", "counted", "counted"]
    assert [call["arrived"][:10] for call in found(*words, "--at", "2026-02-05")] == ["2026-02-05"]
    assert "Compté pour C0002, Bar du Port, en février 2026" in said(*words)
