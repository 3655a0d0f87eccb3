"""A user's day, each command as typed: what it prints for people and for scripts."""

import json
import math
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from permanence.cli.commands import browse
from permanence.cli.main import main
from permanence.model.call_file import CALL_COLUMNS
from permanence.read.json_schema import contract_schema, index_schema, offer_schema, seller_schema

from tests.cli.conftest import unsigned
from tests.cli.typed import WIDE, out, typed, values
from tests.docs.documents import leaves
from tests.installed import PLUGINS

ROOT = Path(__file__).parents[2]
BILLED = ("--on", "2026-11-01")
CHANGED = "The offer has changed since this month was billed: the list follows the present one.\n"


def rows(sql: str) -> list[Any]:
    database = sqlite3.connect("billing.db")
    found = database.execute(sql).fetchall()
    database.close()
    return found


def test_a_month_is_billed_and_its_calls_close(folder: Path) -> None:
    summary = values("bill", "2026-10", *BILLED)
    records, calls = summary["records"], summary["calls"]
    assert (summary["month"], summary["provisional"], summary["holds"]) == ("2026-10", False, [])
    assert records["came_in"] == sum(count for name, count in records.items() if name != "came_in") > 3_000
    assert calls["all"] == sum(count for name, count in calls.items() if name != "all") == records["of_calls"]
    (total,) = summary["totals"]
    assert total["currency"] == "EUR"
    assert total["total_cents"] == sum(offer["total_cents"] for offer in summary["offers"])
    assert total["total_cents"] == rows("SELECT sum(total_cents) FROM invoice")[0][0]
    assert sum(offer["invoices"] for offer in summary["offers"]) == 12


def test_the_summary_for_people_says_the_same(folder: Path) -> None:
    text = out("bill", "2026-10", *BILLED)
    lines = [line.split() for line in text.splitlines()]
    assert lines[0] == ["Facturation", "2026-10"]
    assert ["Offre", "Factures", "Appels", "Total", "HT", "TVA", "Total", "TTC"] in lines
    assert ["Total", "12"] in [line[:2] for line in lines]
    found = {line[0] for line in lines if line}
    assert {"doublons", "refusés", "enregistrements"} <= found
    assert {"compté", "hors", "exclu", "non", "en", "appels"} <= found
    assert "En attente" not in text


def test_a_contract_that_has_to_wait_is_shown_with_the_reason(folder: Path) -> None:
    file = folder / "contracts" / "customers.toml"
    file.write_text(file.read_text("utf-8").replace('id = "C0003"', 'id = "C0003"\nband = 40', 1), "utf-8")
    text = out("bill", "2026-10", *BILLED)
    (held,) = [line for line in text.splitlines() if line.startswith("En attente")]
    ((name, calls),) = rows("SELECT id, calls FROM hold")
    assert held.startswith(f"En attente : C0003 ({calls} appels) : L'offre a-la-carte@2023-01-01 n'a pas de tranches")
    assert (name, rows("SELECT held FROM run")) == ("2026-10-C0003", [(calls,)])
    refused = typed("explain", name)
    assert refused.stderr.startswith(f"billing.db: 2026-10-C0003 is on hold, with {calls} of its calls: L'offre")


def test_a_month_that_has_not_ended_is_billed_as_provisional(folder: Path) -> None:
    assert out("bill", "2026-10", "--on", "2026-10-31").startswith("Facturation 2026-10 (provisoire)")
    assert rows("SELECT DISTINCT status FROM invoice") == [("provisional",)]
    assert "provisoire : le mois n'est pas terminé" in out("explain", "2026-10-C0001")


def test_a_month_long_past_is_a_draft_whatever_today_is(folder: Path) -> None:
    assert values("bill", "2023-02")["provisional"] is False


def test_parquet_files_give_the_same_bills_as_calls_db(after_billing: Path) -> None:
    database = sqlite3.connect("calls.db")
    names = [column.name for column in CALL_COLUMNS]
    records = database.execute(f"SELECT {', '.join(names)} FROM call ORDER BY start DESC").fetchall()
    database.close()
    Path("calls").mkdir()
    for part in (0, 1):
        columns = zip(*records[part::2], strict=True)
        pq.write_table(pa.table(dict(zip(names, columns, strict=True))), f"calls/{part}.parquet")
    for month in ("2026-09", "2026-10"):
        from_files = values("bill", month, *BILLED, "--billing", "other.db", "--calls", "calls/*.parquet")
        from_database = values("bill", month, *BILLED)
        for name in ("calls", "offers", "totals"):
            assert from_files[name] == from_database[name]
    of = "SELECT id, net_cents, vat_cents, calls FROM invoice ORDER BY id"
    other = sqlite3.connect("other.db")
    assert other.execute(of).fetchall() == rows(of)
    other.close()
    listed = values("explain", "2026-10-C0002", "--calls", "--calls-db", "calls/*.parquet")["calls_behind"]
    assert listed
    assert {call["caller"] for call in listed} == {""}
    assert not Path("calls/*.parquet").exists()


def test_every_amount_of_an_invoice_is_explained(after_billing: Path) -> None:
    record = values("explain", "2026-10-C0001", "--calls")
    assert record["net_cents"] == sum(line["amount_cents"] for line in record["lines"])
    assert all(line["sentence"] and line["rule"]["line"] and line["facts"] for line in record["lines"])
    assert record["calls"] == sum(call["outcome"] == "counted" for call in record["calls_behind"])
    assert sum(row["calls"] for row in record["usage"]) == len(record["calls_behind"])
    assert all(call["caller"] == "" or call["caller"].endswith("…") for call in record["calls_behind"])


def test_a_window_that_an_option_opens_has_its_title_beside_each_call(after_billing: Path) -> None:
    record = values("explain", "2026-10-C0007", "--calls")
    titles = {row["window"]: row["window_title"] for row in record["usage"]}
    assert "round_the_clock" in titles
    assert all(titles[call["window"]] == call["window_title"] != call["window"] for call in record["calls_behind"])


def test_the_calls_behind_an_invoice_are_counted_in_words(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(small, tmp_path / "small")
    monkeypatch.chdir(tmp_path / "small")
    one = """call_id,number,start,wait_seconds,talk_seconds,status
2,+33199000001,2026-02-02T11:00:00+01:00,3,60,answered
"""
    Path("one.csv").write_text(one, "utf-8")
    out("calls", "import", "one.csv", "--format", "generic")
    out("bill", "2026-02", "--on", "2026-03-01")
    for contract, headed in (("C0001", "2 appels"), ("C0002", "aucun appel")):
        lines = out("explain", f"2026-02-{contract}", "--calls").splitlines()
        assert headed in [line.strip() for line in lines]


def test_an_explanation_is_read_by_people(after_billing: Path) -> None:
    text = out("explain", "2026-10-C0001", "--calls")
    assert "2026-10-C0001 · brouillon" in text
    assert '  règle de rules/a-la-carte-2023-01-01.toml:67 (package)\n    [[rule]]\n    id = "package"\n' in text
    assert "  Le contrat est en service au moins un jour du mois : oui (contract.active)\n" in text
    assert "TVA 20\xa0% sur " in text
    assert "Total HT " in text
    assert "Appels du mois" in text
    assert "Arrivée" in text
    assert "2026-10-01 " in text
    shorter = out("explain", "2026-10-C0001")
    assert "Arrivée" not in shorter
    assert text.startswith(shorter)


def test_a_price_by_days_and_an_option_are_shown_as_they_were_computed(folder: Path) -> None:
    Path("contracts/more.toml").write_text(
        'format = 1\n[[contract]]\nid = "N1"\ncustomer = { name = "Café du Port", region = "FR-974" }\n'
        'offer = "essentielle@2023-01-01"\nlines = ["N1"]\nsigned = 2026-10-10\nlive = 2026-10-10\n',
        encoding="utf-8",
    )
    out("bill", "2026-10", *BILLED)
    text = out("explain", "2026-10-N1")
    assert "mission simple : 41,87\u00a0€ (1 × 59,00\u00a0€ × 22/31)" in text
    assert "TVA 8,5\xa0% sur 41,87\u00a0€ : 3,56\u00a0€\n  Taux applicable à La Réunion (art. 296 du CGI)" in text


def with_new_prices() -> None:
    """Give the offer à la carte another price, and take its examples out; nobody has signed it."""
    unsigned(Path("contracts/customers.toml"))
    rule = Path("rules/a-la-carte-2023-01-01.toml")
    changed = rule.read_text("utf-8").replace('"24.00"', '"26.00"')
    rule.write_text(f"# New prices.\n{changed[: changed.index('[[example]]')]}", "utf-8")


def test_a_month_that_alone_was_billed_with_an_old_text_is_billed_again_with_the_new_one(folder: Path) -> None:
    out("bill", "2026-10", *BILLED)
    old = values("explain", "2026-10-C0001")
    with_new_prices()
    kept = typed("explain", "2026-10-C0001", "--calls")
    assert "octobre 2026 est à refaire : 1 offre modifiée (a-la-carte@2023-01-01)" in kept.stdout
    assert kept.stderr == CHANGED
    out("bill", "2026-10", *BILLED)
    new = values("explain", "2026-10-C0001")
    assert [record["lines"][0]["unit_price_micros"] for record in (old, new)] == [24_000_000, 26_000_000]
    assert [record["lines"][0]["rule"]["line"] for record in (old, new)] == [67, 68]


def test_an_amended_contract_keeps_the_offer_of_a_month_that_was_billed_before(after_billing: Path) -> None:
    before = values("explain", "2026-09-C0002")
    assert (before["version"], typed("explain", "2026-09-C0002", "--calls").stderr) == ("a-la-carte@2023-01-01", "")
    file = Path("contracts/customers.toml")
    unsigned(file)
    whole = file.read_text("utf-8")
    start = whole.index('id = "C0002"')
    amended = whole[start:].replace("a-la-carte@2023-01-01", "continue@2023-01-01", 1)
    file.write_text(whole[:start] + amended, "utf-8")
    out("bill", "2026-10", *BILLED)
    after = typed("explain", "2026-09-C0002", "--calls")
    assert "(a-la-carte@2023-01-01)" in after.stdout
    assert "Ce ne sont plus les appels de la facture : " in after.stdout
    assert values("explain", "2026-10-C0002")["version"] == "continue@2023-01-01"


def test_what_is_on_file_has_no_problem(folder: Path) -> None:
    summary = values("check")
    assert (summary["problems"], summary["contracts"], len(summary["offers"])) == ([], 12, 5)
    assert all(offer["cases"] > 0 and offer["examples"] > 0 for offer in summary["offers"])
    text = out("check")
    assert "Offers without a problem" in text
    assert text.endswith("12 contracts without a problem\n")


def test_check_tells_the_cases_of_each_group(folder: Path) -> None:
    (offer,) = values("check", "rules/continue-2023-01-01.toml")["offers"]
    groups = offer["groups"]
    escalated = next(group for group in groups if "by-night" in group["rules"])
    assert escalated["stage"] == "call"
    assert escalated["facts"] == ["call.urgent", "call.window", "call.wait_seconds"]
    assert escalated["cases"] == 2 * 4 * 2
    assert offer["cases"] == sum(group["cases"] for group in groups)
    assert offer["rules"] == sum(len(group["rules"]) for group in groups)
    assert {group["stage"] for group in groups} == {"call", "month", "notice", "event", "renewal"}
    text = out("check", "rules/continue-2023-01-01.toml")
    (told,) = [line.split(maxsplit=1)[1] for line in text.splitlines() if " + " in line]
    terms = [[int(number) for number in term.split(" × ")] for term in told.split(" + ")]
    assert sum(math.prod(term) for term in terms) == offer["cases"]


def test_files_are_checked_one_by_one_when_they_are_named(folder: Path) -> None:
    rule = values("check", "rules/continue-2023-01-01.toml")
    assert ([offer["offer"] for offer in rule["offers"]], rule["contracts"]) == (["continue@2023-01-01"], 0)
    assert "contracts without" not in out("check", "rules/continue-2023-01-01.toml")
    signed = values("check", "contracts/customers.toml")
    assert (signed["offers"], signed["contracts"]) == ([], 12)
    assert "12 contracts without a problem" in out("check", "contracts/customers.toml")


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (("--schema",), "Permanence: offer"),
        (("--schema", "offer"), "Permanence: offer"),
        (("--schema", "contract"), "Permanence: contracts"),
        (("--schema", "index"), "Permanence: index"),
    ],
)
def test_the_schemas_are_printed_for_editors(words: tuple[str, ...], title: str) -> None:
    printed = json.loads(out("check", *words))
    assert printed["title"] == title


@pytest.mark.parametrize(
    ("path", "schema", "command"),
    [
        ("rules/offer.schema.json", offer_schema(PLUGINS.options), "permanence check --schema"),
        ("contracts/contract.schema.json", contract_schema(PLUGINS.options), "permanence check --schema contract"),
        ("sellers/seller.schema.json", seller_schema(), "permanence check --schema seller"),
        ("rules/index.schema.json", index_schema(), "permanence check --schema index"),
    ],
)
def test_the_schemas_beside_the_files_are_those_of_the_reader(path: str, schema: Any, command: str) -> None:
    written = json.loads((ROOT / path).read_text(encoding="utf-8"))
    assert written == json.loads(json.dumps(schema, default=str)), f"write it anew: {command} > {path}"


def test_options_are_listed_with_their_keys_and_where_they_come_from() -> None:
    listed = {row["option"]: row for row in values("options")["options"]}
    assert set(PLUGINS.options) <= set(listed)
    assert listed["callback"]["name"] == "Rappel demandé par le site (web callback)"
    assert listed["callback"]["keys"]["installation"] == "Price of the installation, once. Default: 0.00."
    assert listed["appointments"]["keys"]["steps"].endswith(" Required.")
    assert listed["bilingual"]["keys"]["languages"].endswith(" Default: en.")
    assert listed["bilingual"]["facts"] == {"usage.bilingual": "Appels comptés dans une langue de l'option"}
    text = out("options")
    assert "[option.callback] Rappel demandé par le site (web callback) · permanence " in text
    assert "  usage.callback  Appels comptés venus du bouton de rappel\n" in text


def test_importing_contracts_brings_the_schema_that_editors_read(folder: Path) -> None:
    assert Path("contracts/customers.toml").read_text("utf-8").startswith("#:schema contract.schema.json\n")
    assert json.loads(Path("contracts/contract.schema.json").read_text("utf-8")) == contract_schema(PLUGINS.options)
    Path("contracts/contract.schema.json").write_text("{}", "utf-8")
    words = ("contracts", "import", "customers.csv", "--offer", "essentielle@2023-01-01")
    assert values(*words) == {"file": "contracts/customers.toml", "contracts": 12, "changed": False, "without_live": 0}
    assert out(*words) == "12 contracts in contracts/customers.toml (unchanged)\n"
    assert Path("contracts/contract.schema.json").read_text("utf-8") == "{}"


def test_importing_the_same_calls_again_changes_nothing(folder: Path) -> None:
    words = ("calls", "import", "cdr-2026-09.csv.gz", "--format", "asterisk")
    (again,) = values(*words)["files"]
    assert again["already"] is True
    assert again["rows"] == again["accepted"] > 3_000
    assert "déjà importé, rien n'a changé" in out(*words)


def test_records_that_cannot_be_used_are_listed_up_to_a_number(folder: Path) -> None:
    header = "call_id,start,wait_seconds,talk_seconds,status\n"
    good = [f"{number},2026-10-02T08:00:00+02:00,3,60,answered" for number in range(60)]
    bad = [f"{number},2026-10-02T08:00:00+02:00,3,-1,answered" for number in range(100, 125)]
    Path("more.csv").write_text(header + "\n".join([*good, *bad]), "utf-8")
    (file,) = values("calls", "import", "more.csv", "--format", "generic", "--calls", "new.db")["files"]
    assert (file["rows"], file["accepted"], file["refused"], len(file["problems"])) == (85, 60, 25, 25)
    assert file["problems"][0]["line"] == 62
    Path("again.csv").write_text(header + "\n".join([*good, *bad, ""]), "utf-8")
    text = out("calls", "import", "again.csv", "--format", "generic", "--calls", "new.db")
    assert "… et 5 autres : voir la table set_aside de calls.db" in text
    assert text.count("again.csv:") == 20


def test_a_file_that_cannot_be_used_keeps_no_other_out(folder: Path) -> None:
    Path("bad.csv").write_text("nothing like it\n1\n", "utf-8")
    words = ("calls", "import", "bad.csv", "cdr-2026-09.csv.gz", "none.csv", "--format", "asterisk", "--calls", "x.db")
    told = typed(*words)
    assert told.exit_code == 1
    assert "cdr-2026-09.csv.gz" in told.stdout
    assert "none.csv: cannot be read: No such file or directory\n" in told.stderr
    assert told.stderr.endswith("problems; nothing of that file was taken in.\n")
    assert values("bill", "2026-09", "--calls", "x.db", *BILLED)["records"]["came_in"] > 3_000


def test_a_sample_is_the_same_each_time(folder: Path) -> None:
    before = Path("cdr-2026-10.csv.gz").read_bytes()
    printed = out("sample", "again", "--contracts", "12", "--months", "2026-10")
    assert printed == "again/customers.csv\nagain/sellers/exemple.toml\nagain/cdr-2026-10.csv.gz\n"
    assert Path("again/cdr-2026-10.csv.gz").read_bytes() == before
    assert values("sample", "more", "--contracts", "1", "--months", "2026-10") == {
        "files": ["more/customers.csv", "more/sellers/exemple.toml", "more/cdr-2026-10.csv.gz"]
    }


def test_browsing_serves_the_databases_on_this_machine(after_billing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[Any] = []

    def serve(*what: Any) -> None:
        *where, compare, ready, mails, _ = what
        served.append((*where, compare().outdated, mails))
        ready("http://127.0.0.1:8123/")

    monkeypatch.setattr(browse, "serve", serve)
    assert out("browse", "--port", "8123", "--open") == "http://127.0.0.1:8123/ · Ctrl+C to stop\n"
    assert served == [
        (Path("billing.db"), Path("calls.db"), Path("impact.db"), "127.0.0.1", 8123, True, (), Path("mail.db"))
    ]


COMMANDS = [tuple(name.split()[1:]) for name in leaves(main, "permanence")]


@pytest.mark.parametrize("words", [(), *COMMANDS], ids=" ".join)
def test_the_help_of_every_command_ends_with_an_example(words: tuple[str, ...]) -> None:
    text = out(*words, "--help")
    assert f"Example:\n    permanence {' '.join(words)}".rstrip() in text


WITHOUT_END = (("browse",), ("calls", "follow"), ("portal", "serve"))
"""Commands that go on until Ctrl-C: what they print is for who looks."""


@pytest.mark.parametrize("words", [words for words in COMMANDS if words not in WITHOUT_END], ids=" ".join)
def test_every_command_that_prints_results_prints_them_for_scripts_too(words: tuple[str, ...]) -> None:
    assert "--json" in out(*words, "--help")


def test_a_terminal_shows_what_long_work_is_about(folder: Path) -> None:
    shown = CliRunner().invoke(main, ["bill", "2026-10", *BILLED], env={**WIDE, "FORCE_COLOR": "1"}).stderr
    places = [shown.index(f"{title} ") for title in ("contracts", "calls", "invoices", "billing.db")]
    assert places == sorted(places)
    assert typed("bill", "2026-10", *BILLED).stderr == ""


def test_python_runs_the_same_commands_as_a_module() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "permanence", "--version"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ended.stdout == out("--version")


def test_the_version_is_told() -> None:
    assert out("--version").startswith("permanence, version ")
