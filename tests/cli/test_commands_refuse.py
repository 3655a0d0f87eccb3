"""What is wrong is told in full, with what to do, exit code 1, and never a traceback."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from permanence.store.migrations import BILLING

from tests.cli.typed import out, refused, typed

BILL, EXPLAIN = ("bill", "2026-10", "--on", "2026-11-01"), ("explain", "2026-10-C0001")
IMPORT = ("calls", "import", "cdr-2026-10.csv.gz", "--format", "asterisk")
CUSTOMERS = ("contracts", "import", "customers.csv", "--offer", "essentielle@2023-01-01")
NO_DATABASE = "this file is no SQLite database; name another file, or move this one away"
GARBAGE = "Ceci n'est pas une base de données.\n" * 20


@pytest.fixture(autouse=True)
def here(folder: Path) -> Path:
    return folder


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            (*BILL, "--rules", "none"),
            "none: there is no rule file here; write one, or name another folder with --rules",
        ),
        (
            (*BILL, "--contracts", "none"),
            "none: there is no contract file here; "
            "run `permanence contracts import`, or name another folder with --contracts",
        ),
        (
            (*BILL, "--calls", "none.db"),
            "none.db: there is no such database of calls; "
            "run `permanence calls import` first, or name Parquet files with --calls 'calls/*.parquet'",
        ),
        (
            (*BILL, "--calls", "calls/*.parquet"),
            "calls/*.parquet: no Parquet file fits this pattern; check the folder and the name",
        ),
        (("bill", "2026-13"), 'MONTH: "2026-13" is not a month such as "2026-10"'),
        (("report", "14.10.2026"), 'DAY: "14.10.2026" is no day; write it like 2026-10-14 or 14/10/2026'),
        ((*BILL[:2], "--on", "hier"), '--on: "hier" is no day; write it like 2026-10-14 or 14/10/2026'),
        (("bill", "october"), 'MONTH: "october" is not a month such as "2026-10"'),
        (
            (*BILL, "--billing", "no/such/folder/billing.db"),
            "database: SQLite says: unable to open database file; is the file a database of ours, and free?",
        ),
        (EXPLAIN, "billing.db: there is no such database; run `permanence bill` first"),
        (
            ("browse",),
            "billing.db: there is nothing to browse yet; "
            "run `permanence bill 2026-10` first, with the month that you want to see",
        ),
        (("check", "none.toml"), "none.toml: No such file or directory; check the path and its rights"),
        (
            ("calls", "import", "cdr-2026-10.csv.gz", "--format", "asterix"),
            'asterix: there is no such call format; did you mean "asterisk"?',
        ),
        (
            ("calls", "import", "none.csv", "--format", "asterisk"),
            "none.csv: cannot be read: No such file or directory",
        ),
        (
            ("contracts", "import", "none.csv", "--offer", "essentielle@2023-01-01"),
            "none.csv: cannot be read: No such file or directory",
        ),
        (
            ("sample", "again", "--months", "2026-10..2026-09"),
            'permanence sample: "2026-10..2026-09" runs backwards; see permanence sample --help',
        ),
    ],
)
def test_what_is_missing_or_mistyped_is_named(words: tuple[str, ...], message: str) -> None:
    result = typed(*words)
    assert (result.exit_code, result.stderr) == (1, f"{message}\n1 problem; nothing was done.\n")


@pytest.mark.parametrize(
    ("words", "missing"),
    [(("bill",), "MONTH"), (("explain",), "INVOICE"), (("calls", "import", "--format", "generic"), "FILES...")],
)
def test_a_missing_word_is_asked_for(words: tuple[str, ...], missing: str) -> None:
    result = typed(*words)
    assert result.exit_code == 2
    assert f"Error: Missing argument '{missing}'." in result.stderr


def test_a_wrong_rule_file_is_told_in_full_and_nothing_is_billed() -> None:
    file = Path("rules/continue-2023-01-01.toml")
    text = file.read_text("utf-8").replace("call.urgent and call.w", "call.urgnt and call.w")
    file.write_text(text.replace('"119.00", complex', '"one euro", complex', 1), "utf-8")
    for words in (BILL, ("check",), ("check", str(file)), CUSTOMERS):
        problems = refused(*words)
        told = [line for line in problems if line.startswith("rules/continue-2023-01-01.toml:")]
        assert len(told) >= 1
        assert '"one euro" is not an amount such as "59.00"' in told[0]
        assert "    ^" in "\n".join(problems)
    assert not Path("billing.db").exists()


def test_a_wrong_rule_file_is_told_to_scripts_too() -> None:
    Path("rules/more.toml").write_text("format = 2\n", "utf-8")
    result = typed("check", "--json")
    assert result.exit_code == 1
    assert '"file": "rules/more.toml"' in result.stdout
    assert result.stderr == ""


def test_a_broken_example_keeps_an_offer_from_loading() -> None:
    file = Path("rules/a-la-carte-2023-01-01.toml")
    file.write_text(file.read_text("utf-8").replace('total = "24.00"', 'total = "25.00"'), "utf-8")
    assert refused(*BILL)[0] == (
        "rules/a-la-carte-2023-01-01.toml:105:9: "
        'the example "twenty calls are included" expects 25,00\u00a0€, but the rules make 24,00\u00a0€; '
        "Permanence à la carte, 20 appels compris, mission simple 24,00\u00a0€; "
        "correct the rule or the price, or the example: "
        "`permanence check rules/a-la-carte-2023-01-01.toml --correct-examples` writes what comes out, for review"
    )


def test_a_contract_that_contradicts_an_offer_is_told_by_check() -> None:
    file = Path("contracts/customers.toml")
    file.write_text(file.read_text("utf-8").replace('mission = "simple"', 'mission = "simpel"', 1), "utf-8")
    for words in (("check",), ("check", str(file))):
        (problem, *_) = refused(*words)
        assert problem.startswith("contracts/customers.toml:")
        assert 'has no mission "simpel"; did you mean "simple"?' in problem


def test_wrong_contracts_are_told_before_anything_is_billed() -> None:
    Path("contracts/more.toml").write_text('format = 1\n[[contract]]\nid = "X"\nsinged = 2026-01-01\n', "utf-8")
    problems = "\n".join(refused(*BILL))
    assert 'unknown key "singed"; did you mean "signed"?' in problems
    assert not Path("billing.db").exists()


def test_a_contract_list_is_not_imported_over_a_file_with_other_content() -> None:
    target = Path("contracts/customers.toml")
    for content in (target.read_bytes() + b"# mine\n", b"\xff\x00 no text at all"):
        target.write_bytes(content)
        assert refused(*CUSTOMERS) == [
            "contracts/customers.toml: this file is there already, with other content; "
            "write what happened to a contract as an [[event]]; import new ones from a list of another name"
        ]
        assert target.read_bytes() == content


def test_a_contract_list_that_names_no_offer_on_sale_is_refused_row_by_row() -> None:
    Path("new.csv").write_text(
        "account,line,customer,kind,region,mission,signed,options,note\n"
        "N1,+33199000001,Café du Port,professional,FR,simple,2026-10-01,,\n"
        "N2,+33199000002,Bar du Port,professional,FR,simple,2026-10-01,,\n",
        "utf-8",
    )
    problems = refused("contracts", "import", "new.csv", "--offer", "essentiele@2023-01-01")
    assert [line for line in problems if "there is no offer" in line] == [
        f'new.csv:{row}:1: contract "N{row - 1}": there is no offer "essentiele@2023-01-01"; '
        'did you mean "essentielle@2023-01-01"?'
        for row in (2, 3)
    ]
    assert not Path("contracts/new.toml").exists()


def test_a_contract_list_whose_rows_name_no_offer_asks_for_one() -> None:
    Path("new.csv").write_text(
        "account,line,customer,kind,region,mission,signed,options,note,offer\n"
        "N1,+33199000001,Café du Port,professional,FR,simple,2026-10-01,,,continue@2023-01-01\n"
        "N2,+33199000002,Bar du Port,professional,FR,simple,2026-10-01,,,\n",
        "utf-8",
    )
    problems = refused("contracts", "import", "new.csv")
    assert problems[0] == ("new.csv:3:65: the row names no offer; add a column offer, or name one for all with --offer")
    assert len([line for line in problems if line.startswith("new.csv:")]) == 1


def test_an_invoice_that_is_not_there_or_on_hold_is_told() -> None:
    file = Path("contracts/customers.toml")
    file.write_text(file.read_text("utf-8").replace('id = "C0003"', 'id = "C0003"\nband = 40', 1), "utf-8")
    typed(*BILL)
    assert refused("explain", "2026-10-C0044") == [
        'billing.db: there is no invoice "2026-10-C0044"; did you mean "2026-10-C0004"?'
    ]
    (held,) = refused("explain", "2026-10-C0003")
    assert re.match(
        r"billing.db: 2026-10-C0003 is on hold, with \d+ of its calls: L'offre a-la-carte@2023-01-01 n'a pas", held
    )
    assert held.endswith("; mend that and bill again")


@pytest.mark.parametrize(
    "words",
    [
        (*BILL, "--billing", "letter.db"),
        (*BILL, "--calls", "letter.db"),
        (*EXPLAIN, "--billing", "letter.db"),
        (*IMPORT, "--calls", "letter.db"),
    ],
)
def test_a_file_that_is_no_database_is_left_alone(words: tuple[str, ...]) -> None:
    Path("letter.db").write_text(GARBAGE, "utf-8")
    assert refused(*words) == [f"letter.db: {NO_DATABASE}"]
    assert Path("letter.db").read_text("utf-8") == GARBAGE


def test_bills_and_calls_are_never_mixed() -> None:
    typed(*BILL)
    assert refused(*BILL, "--billing", "calls.db") == [
        'calls.db: this database is not the one that is meant: no table "run"; name another file, or move this one away'
    ]
    assert 'no table "import"' in refused(*IMPORT, "--calls", "billing.db")[0]


def test_a_database_of_a_later_version_is_told_with_what_to_do() -> None:
    typed(*BILL)
    database = sqlite3.connect("billing.db")
    database.execute(f"PRAGMA user_version = {BILLING.version + 1}")
    database.close()
    for words in (BILL, EXPLAIN):
        assert refused(*words) == [
            "billing.db: a later version of Permanence made this database: its tables are version "
            f"{BILLING.version + 1}; "
            f"this one knows version {BILLING.version}: install the later Permanence, or name another file"
        ]


def test_a_database_without_any_import_bills_nobody_at_the_lowest_band() -> None:
    Path("empty.db").touch()
    refused("calls", "import", "none.csv", "--format", "asterisk", "--calls", "new.db")
    assert not Path("new.db").exists()
    assert refused(*BILL, "--calls", "empty.db") == [
        "empty.db: no call was imported into it yet; "
        "run `permanence calls import` first, or name Parquet files with --calls 'calls/*.parquet'"
    ]
    assert not Path("billing.db").exists()


def test_an_import_that_takes_nothing_in_makes_no_database() -> None:
    refused("calls", "import", "none.csv", "--format", "asterisk", "--calls", "new.db")
    assert not Path("new.db").exists()


def test_a_database_that_somebody_else_writes_is_told() -> None:
    typed(*BILL)
    holder = sqlite3.connect("billing.db", isolation_level=None)
    holder.execute("PRAGMA journal_mode = DELETE")
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.MonkeyPatch.context() as patch:
        connect = sqlite3.connect
        patch.setattr(sqlite3, "connect", lambda *given, **named: connect(*given, **{**named, "timeout": 0}))
        told = refused(*EXPLAIN)
    holder.close()
    assert told == ["database: SQLite says: database is locked; is the file a database of ours, and free?"]


@pytest.mark.parametrize("host", ["0.0.0.0", "example.org"])
def test_nobody_else_can_browse(host: str) -> None:
    typed(*BILL)
    result = typed("browse", "--host", host)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert f'--host: "{host}" is not this machine; there are no roles yet' in result.stderr


GARBLED = {
    "noise": bytes(range(256)) * 8,
    "nothing": b"",
    "blank": b"\n\n \n",
    "half a list": b'account,line,customer\n"C1,',
    "a cut archive": b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
    "UTF-16": "format = 1\n[offer]\n".encode("utf-16"),
    "a table too many": b"[[contract]]\n[[rule]]\n[a]\n[[a]]\n",
    "Parquet by name": b"PAR1 and nothing else PAR1",
}


@pytest.mark.parametrize("name", GARBLED)
def test_garbage_is_refused_by_every_command_that_reads_files(name: str) -> None:
    file, folder = Path("garbage.parquet"), Path("garbage")
    file.write_bytes(GARBLED[name])
    folder.mkdir()
    shutil.copy(file, folder / "a.toml")
    for words in (
        ("check", str(file)),
        ("calls", "import", str(file), "--format", "asterisk"),
        ("calls", "import", "cdr-2026-10.csv.gz", "--format", str(file)),
        ("contracts", "import", str(file), "--offer", "essentielle@2023-01-01"),
        (*BILL, "--rules", str(folder)),
        (*BILL, "--contracts", str(folder)),
        (*BILL, "--calls", str(file)),
    ):
        assert refused(*words), words
    assert not Path("billing.db").exists()


def in_a_shell(*words: str | bytes, **settings: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a process of its own, with words as bytes and nobody to answer."""
    command = [sys.executable, "-m", "permanence", *words]
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, check=False, env=os.environ | settings
    )


QUOTED = ("quote", "essentielle", "--calls", "10", "--on", "2026-01-01", "--for")


def test_a_name_is_read_as_it_was_typed_whatever_the_terminal_says() -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    told = in_a_shell(*QUOTED, "Café".encode(), "--save", "quotes", **plain)
    assert told.returncode == 0, told.stderr.decode()
    (quote,) = Path("quotes").glob("*.toml")
    assert 'name = "Café"' in quote.read_text("utf-8")


def test_a_word_that_is_no_text_is_refused() -> None:
    told = in_a_shell(*QUOTED, b"X\xff")
    assert (told.returncode, told.stdout) == (1, b"")
    assert told.stderr.decode().splitlines() == [
        'command: "X?" is not UTF-8; type it anew',
        "1 problem; nothing was done.",
    ]


def test_a_day_beyond_the_calendars_starts_no_offer() -> None:
    assert refused("new-offer", "z", "--sold-from", "9999-12-31", "--yes") == [
        "--sold-from: 9999-12-31 is not between 2000 and 2199; calendars are worked out for these years"
    ]


def test_a_database_has_the_name_that_was_typed_whatever_sqlite_makes_of_it() -> None:
    out(*BILL, "--billing", ":memory:")
    assert Path(":memory:").stat().st_size > 0
