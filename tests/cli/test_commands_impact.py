"""`permanence impact`: what it prints and writes, that it agrees with the bills, and that it writes nothing else."""

import csv
import json
import re
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from permanence.model.words.amounts import in_money
from permanence.store.impact_tables import IMPACT_TABLES
from permanence.store.layouts import STEPS_TAKEN

from tests.cli.typed import out, refused, values
from tests.docs.documents import SPACES

OLD = "essentielle@2023-01-01"
REPLAY = ("impact", "new.toml", "--against", OLD, "--months", "2026-09..2026-10")
PRICE = 'simple = "229.00", complex = "298.00"'


@pytest.fixture(autouse=True)
def here(after_billing: Path) -> Path:
    """Go to a service with two months billed and a new version: the band up to 250 calls costs 6 € more."""
    text = Path("rules/essentielle-2023-01-01.toml").read_text(encoding="utf-8")
    text = text[: text.index("[[example]]")]
    for before, after in (
        ("sold_from = 2023-01-01", "sold_from = 2026-11-01"),
        (PRICE, 'simple = "235.00", complex = "304.00"'),
    ):
        assert text.count(before) == 1
        text = text.replace(before, after)
    Path("new.toml").write_text(text, encoding="utf-8")
    return after_billing


def query(path: str, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as database:
        return database.execute(sql).fetchall()


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_each_month_before_is_what_was_billed_and_the_change_is_that_of_the_band() -> None:
    summary = values(*REPLAY)
    billed = "from invoice join offer on offer.id = invoice.offer where version like 'essentielle%'"
    for month in summary["months"]:
        [(net, bills)] = query("billing.db", f"select sum(net_cents), count(*) {billed} and month = '{month['month']}'")
        assert (month["before_cents"], month["bills"]) == (net, bills)
    [(moved,)] = query("billing.db", f"select count(*) {billed} and band = 250")
    assert moved > 0
    assert summary["total"]["change_cents"] == 600 * moved
    assert summary["rules"][0]["change_cents"] == 600 * moved
    assert summary["not_compared"] == []
    assert sum(one["contracts"] for one in summary["histogram"]) == summary["total"]["contracts"]


def test_the_terminal_shows_it_in_french() -> None:
    text = out(*REPLAY).translate(SPACES)
    assert text.startswith(f"essentielle@2026-11-01 à la place de {OLD}\n")
    assert "factures, de septembre 2026 à octobre 2026, montants hors taxes.\n" in text
    assert "Les appels sont mesurés une seule fois : les deux versions les comptent de même.\n" in text
    assert re.search(r"\n(\d+) contrats paient plus \(\+ [\d ]+,00 €\), (\d+) inchangés\.\n", text)
    assert "pas comparé" not in text
    assert "\nPar mois" in text
    for title in ("Écart par contrat", "Les plus fortes hausses", "Pourquoi, règle par règle"):
        assert f"\n{title}, sur 2 mois" in text
    assert "Les plus fortes baisses" not in text
    assert "inchangé" in text
    assert "+ 12,00 €" in text
    one = out(*REPLAY[:-1], "2026-10").translate(SPACES)
    assert "factures, octobre 2026, montants" in one
    assert "\nÉcart par contrat " in one


def test_what_is_measured_again_and_what_is_not_compared_is_told(here: Path) -> None:
    path = here / "new.toml"
    text = path.read_text(encoding="utf-8")
    head, _, rest = text.partition("[option.bilingual]")
    text = head + rest[rest.index("\n[") :]
    path.write_text(text.replace("[count]", "[count]\nmin_talk_seconds = 20"), encoding="utf-8")
    text = out(*REPLAY).translate(SPACES)
    told = " ".join(text.split())
    assert "mesurés à nouveau, car la nouvelle version change [count]." in told
    assert "Les nombres d'appels affichés sont ceux de l'ancienne version." in told
    left = {one["contract"] for one in values(*REPLAY)["not_compared"]}
    assert f"{len(left)} contrats ne sont pas comparés : voir plus bas. " in told
    assert (
        "Non comparés, dans aucun total "
        "Après : L'offre essentielle@2026-11-01 n'a pas d'option « bilingual ». "
        f"{len(left)} contrats, sept. 2026 à oct. 2026 : {', '.join(sorted(left))}"
    ) in told


def test_why_is_told_by_the_lines_of_the_invoices_under_their_rule() -> None:
    rules = values(*REPLAY)["rules"]
    bands = rules[0]
    assert (bands["rule"], bands["why"]) == (
        "subscription",
        "Le forfait correspond au nombre d'appels traités dans le mois.",
    )
    changed = {line["label"]: line for line in bands["lines"] if line["bills"]}
    assert set(changed) == {"Permanence Essentielle, jusqu'à 250 appels, mission simple"}
    assert all(line["change_cents"] == 600 * line["bills"] for line in changed.values())
    same = sum(line["before_cents"] for rule in rules for line in rule["lines"] if not line["bills"])
    text = out(*REPLAY).translate(SPACES)
    why = text[text.index("Pourquoi") :]
    assert "Le forfait correspond au nombre" in why
    assert why.count("– ") == 1
    assert f"Le reste des factures, {in_money(same, 'EUR')}, ne change pas.".translate(SPACES) in why


def test_bills_that_change_band_are_told(here: Path) -> None:
    path = here / "new.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("up_to = 50", "up_to = 30"), encoding="utf-8")
    summary = values(*REPLAY)
    text = out(*REPLAY).translate(SPACES)
    total = summary["total"]
    assert "Changent\n" in text
    assert total["up"] > 0
    assert f"{total['up']} factures changent de tranche : {total['up']} vers le haut (↑), 0 vers le bas (↓)." in text
    assert "jusqu'à 30 appels" not in text
    assert " → " in text


def test_nothing_is_written_but_the_files_that_are_named(here: Path) -> None:
    before = contents(here)
    out(*REPLAY)
    assert contents(here) == before
    out(*REPLAY, "--database", "impact.db", "--csv", "impact.csv")
    after = contents(here)
    assert after.keys() - before.keys() == {"impact.db", "impact.csv"}
    assert {name: after[name] for name in before} == before


def test_the_database_holds_the_same_figures_and_each_sum_agrees() -> None:
    summary = values(*REPLAY, "--database", "impact.db")
    total = summary["total"]
    [replay] = query("impact.db", "select before_cents, after_cents, change_cents, bills, contracts from replay")
    assert replay == tuple(
        total[name] for name in ("before_cents", "after_cents", "change_cents", "bills", "contracts")
    )
    for table in ("replay_month", "replay_contract", "replay_bill", "replay_rule"):
        sums = query("impact.db", f"select sum(before_cents), sum(after_cents), sum(change_cents) from {table}")
        assert sums == [replay[:3]]
    assert query("impact.db", "select sum(change_cents) from replay_reason") == [(total["change_cents"],)]
    assert query("impact.db", "select sum(contracts) from replay_bin") == [(total["contracts"],)]
    assert query("impact.db", "select count(*) from replay_bill where after_cents - before_cents <> change_cents") == [
        (0,)
    ]
    with closing(sqlite3.connect("impact.db")) as database:
        database.execute("pragma foreign_keys = on")
        assert database.execute("pragma foreign_key_check").fetchall() == []


def test_another_run_takes_the_place_of_the_one_in_the_database() -> None:
    out(*REPLAY, "--database", "impact.db")
    out(*REPLAY[:-1], "2026-10", "--database", "impact.db")
    assert query("impact.db", "select id from replay_month") == [("2026-10",)]
    tables = {STEPS_TAKEN, *(table.name for table in IMPACT_TABLES)}
    assert {name for (name,) in query("impact.db", "select name from sqlite_master where type = 'table'")} == tables


def test_another_database_is_never_written_to() -> None:
    before = Path("billing.db").read_bytes()
    assert refused(*REPLAY, "--database", "billing.db") == [
        'billing.db: this database is not the one that is meant: no table "replay"; '
        "name another file, or move this one away"
    ]
    assert Path("billing.db").read_bytes() == before


def test_the_table_in_csv_has_a_row_for_each_month_of_each_contract() -> None:
    summary = values(*REPLAY, "--csv", "impact.csv")
    with Path("impact.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == summary["total"]["bills"]
    assert [(row["month"], row["contract"]) for row in rows] == sorted((row["month"], row["contract"]) for row in rows)
    for name in ("before_cents", "after_cents", "change_cents", "calls"):
        assert sum(int(row[name]) for row in rows) == summary["total"][name]
    assert {row["mission"] for row in rows} == {"simple", "complex"}


def test_a_month_that_cannot_be_compared_has_its_reason_in_both_files(here: Path) -> None:
    path = here / "contracts" / "customers.toml"
    text = path.read_text(encoding="utf-8")
    first = text.index(f'offer = "{OLD}"')
    path.write_text(f"{text[:first]}{text[first:].replace('simple', 'sample', 1)}", encoding="utf-8")
    held = values(*REPLAY, "--database", "impact.db", "--csv", "impact.csv")["not_compared"]
    assert {one["why_after"] for one in held} == {
        "Pas rejoué : ce mois n'a pas pu être facturé avec la version en vigueur."
    }
    with Path("impact.csv").open(encoding="utf-8", newline="") as file:
        told = [(row["month"], row["contract"], row["why_before"]) for row in csv.DictReader(file) if row["why_before"]]
    assert told == query("impact.db", "select month, contract, why_before from replay_hold order by id")
    assert told == [(one["month"], one["contract"], one["why_before"]) for one in held]
    assert len(told) == 2


@pytest.mark.parametrize(
    ("months", "problem"),
    [
        ("2026-10..", '--months: "" is not a month such as "2026-10"; write "2025-11..2026-10", both included'),
        ("oct", '--months: "oct" is not a month such as "2026-10"; write "2025-11..2026-10", both included'),
        (
            "2026-10..2026-09",
            '--months: "2026-10..2026-09" is not a row of months; write the earlier one first, and at most 120 months',
        ),
        (
            "2006-10..2026-09",
            '--months: "2006-10..2026-09" is not a row of months; write the earlier one first, and at most 120 months',
        ),
    ],
)
def test_months_that_are_none_are_refused(months: str, problem: str) -> None:
    assert refused(*REPLAY[:-1], months) == [problem]


def test_a_new_version_with_a_problem_is_refused_with_its_place(here: Path) -> None:
    path = here / "new.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('charge = "bands"', 'charge = "bonds"'), encoding="utf-8")
    assert refused(*REPLAY)[0].startswith("new.toml:")
    assert refused("impact", "none.toml", *REPLAY[2:])[0].startswith("none.toml: ")


def test_json_is_what_the_screen_is_made_from() -> None:
    summary = json.loads(out(*REPLAY, "--json"))
    assert summary["against"] == OLD
    assert summary["file"] == "new.toml"
    assert summary["quartiles_cents"]["least"] == 0
