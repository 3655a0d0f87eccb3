"""`permanence calendar` and `permanence deadlines` as typed: for people, for scripts, for a diary."""

import csv
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from permanence.contracts.leaving import calendar_of, leaving_by
from permanence.on_file import open_book

from tests.cli.typed import out, refused, values
from tests.installed import PLUGINS

ROOT, GOLDEN = Path(__file__).parents[2], Path(__file__).parent / "golden" / "calendar"
CUSTOMERS = ROOT.parent / "shared" / "data" / "answering" / "contracts.csv"
REMIND = "Rappel de la reconduction : au plus tard"
BEGUN = "le client peut partir à tout moment depuis le 28 février 2026, et être remboursé (L215-1)"
COMING = "le client pourra partir à tout moment dès le 28 février 2027, et être remboursé (L215-1)"
LATE = "Mise en service promise pour ce jour, pas encore notée"
UNBILLED = "le contrat n'est pas facturé tant que la mise en service n'est pas notée (R19)"
SPACES = str.maketrans("\u00a0\u202f", "  ")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder: the offers on sale, and three contracts."""
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    (tmp_path / "contracts").mkdir()
    shutil.copy(GOLDEN / "contracts.toml", tmp_path / "contracts")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.translate(SPACES).splitlines()) + "\n"


def happened(contract: str, on: str, what: str, folder: Path) -> None:
    text = f'format = 1\n\n[[event]]\ncontract = "{contract}"\non = {on}\nwhat = "{what}"\n'
    (folder / "contracts" / f"{contract}-{what}.toml").write_text(text, encoding="utf-8")


def called(contract: str, on: str, folder: Path) -> None:
    happened(contract, on, "quality_call", folder)


@pytest.mark.parametrize(
    ("contract", "on"), [("CONSO-1", "2026-11-23"), ("TARD-1", "2026-11-23"), ("LIBRE-1", "2026-11-24")]
)
def test_a_calendar_reads_as_it_is_kept_on_file(contract: str, on: str) -> None:
    printed = plain(out("calendar", contract, "--on", on))
    assert printed == (GOLDEN / f"{contract}.txt").read_text(encoding="utf-8")


def test_a_calendar_for_scripts_has_each_date_with_its_reason() -> None:
    summary = values("calendar", "CONSO-1", "--on", "2026-11-23")
    assert (summary["contract"], summary["on"]) == ("CONSO-1", "2026-11-23")
    kinds = [row["kind"] for row in summary["dates"]]
    assert [row["date"] for row in summary["dates"]] == sorted(row["date"] for row in summary["dates"])
    assert kinds.count("renewal") == 3
    assert all(row["because"] and row["what"] for row in summary["dates"])
    left = summary["if_notice"]
    assert (left["notice"], left["received"], left["end"]) == ("2026-11-23", False, "2026-11-24")
    assert left["to_bill"] == {
        "from": "2026-11-01",
        "months": 0,
        "days": 23,
        "least_net_cents": 4523,
        "currency": "EUR",
    }


def test_without_a_day_the_calendar_is_that_of_today() -> None:
    assert date.fromisoformat(values("calendar", "CONSO-1")["on"]) >= date(2026, 1, 1)


def events(path: Path) -> list[Any]:
    return list(Calendar.from_ical(path.read_bytes()).walk("VEVENT"))


def test_a_diary_gets_each_date_as_a_day_long_event(folder: Path) -> None:
    summary = values("calendar", "CONSO-1", "--on", "2026-11-23", "--ics", "dates.ics")
    found = events(folder / "dates.ics")
    assert [str(event["dtstart"].dt) for event in found] == [row["date"] for row in summary["dates"]]
    assert {(event["dtend"].dt - event["dtstart"].dt).days for event in found} == {1}
    assert {type(event["dtstart"].dt) for event in found} == {date}
    identifiers = [str(event["uid"]) for event in found]
    assert len(set(identifiers)) == len(identifiers)
    assert identifiers[0] == "CONSO-1-signed@permanence"


def test_a_diary_is_the_same_bytes_again_and_keeps_its_identifiers_on_later_days(folder: Path) -> None:
    for name, on in (("one", "2026-11-23"), ("same", "2026-11-23"), ("later", "2026-11-27")):
        out("calendar", "CONSO-1", "--on", on, "--ics", f"{name}.ics")
    assert (folder / "one.ics").read_bytes() == (folder / "same.ics").read_bytes()
    one, later = ({str(event["uid"]) for event in events(folder / f"{name}.ics")} for name in ("one", "later"))
    assert one == later


def test_what_is_due_is_a_table_by_date(folder: Path) -> None:
    called("CONSO-1", "2026-11-02", folder)
    called("TARD-1", "2026-09-15", folder)
    lines = plain(out("deadlines", "--on", "2026-11-24")).splitlines()
    assert lines[:2] == [
        "Échéances du 24 novembre 2026 au 24 décembre 2026",
        "Date              Contrat  Client                 Échéance",
    ]
    printed = re.sub(r"\s+", " ", " ".join(lines[2:]))
    assert printed == (
        f"28 octobre 2025 CONSO-1 Particulier des Lilas {REMIND} : en retard de 392 jours ; {BEGUN} "
        f"28 octobre 2026 CONSO-1 Particulier des Lilas {REMIND} : en retard de 27 jours ; {COMING} "
        f"23 novembre 2026 LIBRE-1 Plomberie Voltaire {LATE} : en retard d'un jour ; {UNBILLED} "
        "28 novembre 2026 CONSO-1 Particulier des Lilas Dernier jour pour recevoir un préavis, inclus "
        "15 décembre 2026 TARD-1 Garage du Parc Appel qualité à faire"
    )
    consequences = [row["consequence"] for row in values("deadlines", "--on", "2026-11-24")["deadlines"]]
    assert consequences == [BEGUN, COMING, UNBILLED, None, None]


def test_a_reminder_that_was_sent_on_none_of_its_days_is_told_and_still_to_be_sent(folder: Path) -> None:
    happened("CONSO-1", "2026-08-27", "reminder_sent", folder)
    (row,) = (row for row in values("deadlines", "--on", "2026-10-01")["deadlines"] if row["date"] == "2026-10-28")
    assert (row["kind"], row["sent"], row["days_late"]) == ("reminder_closes", "2026-08-27", 0)
    assert "(envoyé le 27 août 2026, hors délai : il ne compte pas)" in out("deadlines", "--on", "2026-10-01")


def test_when_nothing_is_due_it_says_so(folder: Path) -> None:
    called("CONSO-1", "2025-12-01", folder)
    called("TARD-1", "2025-12-01", folder)
    happened("CONSO-1", "2025-10-01", "reminder_sent", folder)
    assert "aucune" in out("deadlines", "--on", "2026-02-10", "--within", "1 day")


def test_a_contract_without_a_calendar_is_named_beside_what_is_due(folder: Path) -> None:
    file = folder / "contracts" / "contracts.toml"
    file.write_text(file.read_text("utf-8").replace('mission = "complex"', 'mission = "secret"'), "utf-8")
    assert "En attente : TARD-1 : " in out("deadlines", "--on", "2026-11-24")
    summary = values("deadlines", "--on", "2026-11-24", "--within", "1 month")
    assert (summary["within"], [hold["contract"] for hold in summary["holds"]]) == ("1 month", ["TARD-1"])
    (problem, *_) = refused("calendar", "TARD-1")
    assert "secret" in problem
    assert problem.startswith("contracts/contracts.toml:")


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        (("calendar", "CONSO-2"), 'CONTRACT: there is no contract "CONSO-2"; did you mean "CONSO-1"?'),
        (
            ("calendar", "CONSO-1", "--on", "2024-12-23"),
            "--on: contract CONSO-1 was signed later, on 2024-12-24; name that day or a later one",
        ),
        (
            ("calendar", "CONSO-1", "--on", "9999-12-31"),
            "--on: 9999-12-31 is not between 2000 and 2199; calendars are worked out for these years",
        ),
        (("deadlines", "--within", "a while"), '--within: "a while" is not a span such as "3 months" or "14 days"'),
        (("deadlines", "--within", "11 years"), '--within: "11 years" is too long; look at most 10 years ahead'),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(typed: tuple[str, ...], problem: str) -> None:
    assert refused(*typed) == [problem]


def test_all_contracts_of_the_real_service_have_calendars(folder: Path) -> None:
    if not CUSTOMERS.exists():
        pytest.skip("the shared customer list is not on this machine")
    (folder / "contracts" / "contracts.toml").unlink()
    with CUSTOMERS.open(encoding="utf-8", newline="") as lines:
        rows = [{**row, "live": row["signed"]} for row in csv.DictReader(lines)]
    with (folder / "customers.csv").open("w", encoding="utf-8", newline="") as lines:
        table = csv.DictWriter(lines, rows[0])
        table.writeheader()
        table.writerows(rows)
    out("contracts", "import", "customers.csv", "--offer", "essentielle@2023-01-01")
    summary = values("deadlines", "--on", "2026-11-23", "--within", "2 years")
    assert summary["holds"] == []
    book = open_book(Path("rules"), Path("contracts"), PLUGINS)
    assert len(book.contracts) == 120
    day = date(2026, 11, 23)
    for contract in book.contracts:
        calendar, left = calendar_of(book, contract), leaving_by(book, contract, day)
        kinds = {entry.kind for entry in calendar.seen_on(day)}
        assert {"signed", "trial_last_day", "commitment_last_day"} <= kinds
        assert left.decision is not None
        assert left.end is not None
        assert ("contract_last_day" in kinds) == (contract.notice is not None)
        assert left.end > day or contract.notice


def test_a_contract_that_has_ended_has_nothing_left_to_bill() -> None:
    assert out("calendar", "TARD-1", "--on", "2027-10-01").endswith("  Il ne reste aucun mois à facturer.\n")


def without_examples(rules: Path) -> str:
    """Return a rule file up to its examples: an edit that changes what comes out would break them."""
    return rules.read_text("utf-8").partition("[[example]]")[0]


def test_an_offer_that_does_not_say_what_a_notice_does_is_named(folder: Path) -> None:
    (rules,) = (folder / "rules").glob("a-la-carte*.toml")
    text = re.sub(r'\[\[rule\]\]\nid = "leave".*?\n\n', "", without_examples(rules), flags=re.DOTALL)
    rules.write_text(text, "utf-8")
    printed = out("calendar", "LIBRE-1", "--on", "2026-11-24")
    assert printed.endswith("  aucune règle de a-la-carte@2023-01-01 ne dit quand il met fin au contrat.\n")
    assert values("calendar", "LIBRE-1", "--on", "2026-11-24")["if_notice"]["to_bill"] is None


def test_terms_that_differ_from_the_usual_ones_are_named_as_the_rule_file_has_them(folder: Path) -> None:
    (rules,) = (folder / "rules").glob("essentielle*.toml")
    text = without_examples(rules).replace("[term]\n", '[term]\ntrial_included = true\ntrial_start = "signature"\n', 1)
    rules.write_text(text, "utf-8")
    because = {row["kind"]: row["because"] for row in values("calendar", "CONSO-1", "--on", "2026-11-23")["dates"]}
    assert because["trial_last_day"] == '[term] trial = "1 month", trial_start = "signature" · A16, A18'
    assert "trial_included = true" in because["commitment_last_day"]


def test_where_the_sending_of_a_notice_counts_calendar_and_deadlines_say_so(folder: Path) -> None:
    (rules,) = (folder / "rules").glob("essentielle*.toml")
    text = without_examples(rules).replace("[term]\n", '[term]\nnotice_counted_on = "sent"\n', 1)
    rules.write_text(text, "utf-8")
    contracts = folder / "contracts" / "contracts.toml"
    text = contracts.read_text("utf-8").replace("notice = 2026-07-01", "notice = 2026-07-01\nnotice_sent = 2026-06-30")
    contracts.write_text(text, "utf-8")
    to_send = "Dernier jour pour envoyer un préavis, inclus"
    asked, left = (
        plain(out("calendar", name, "--on", day)) for name, day in (("CONSO-1", "2026-11-23"), ("TARD-1", "2026-07-02"))
    )
    assert f"28 novembre 2026  {to_send}" in asked
    assert "Si un préavis est envoyé le 23 novembre 2026 :" in asked
    counted = "Préavis envoyé le 30 juin 2026, reçu le 1er juillet 2026, c'est son envoi qui compte :"
    assert f"{counted}\n  le contrat prend fin le 30 septembre 2026 à 0 h" in left
    due = values("deadlines", "--on", "2026-11-24")["deadlines"]
    assert [row["what"] for row in due if row["kind"] == "notice_last_day"] == [to_send]


def test_events_are_dates_of_a_diary_each_with_an_identifier_of_its_own(folder: Path) -> None:
    told = [("2026-03-02", 'what = "option_added"\noption = "svi"'), ("2026-03-09", 'what = "suspended"')]
    told += [("2026-03-16", 'what = "resumed"'), ("2026-03-02", 'what = "mission_changed"\nmission = "complex"')]
    text = "format = 1\n" + "".join(f'\n[[event]]\ncontract = "CONSO-1"\non = {on}\n{what}\n' for on, what in told)
    (folder / "contracts" / "events.toml").write_text(text, encoding="utf-8")
    summary = values("calendar", "CONSO-1", "--on", "2026-11-23", "--ics", "dates.ics")
    shown = [(row["date"], row["event"]["what"], row["event"]["name"]) for row in summary["dates"] if row["event"]]
    assert shown == [
        ("2026-03-02", "mission_changed", "complex"),
        ("2026-03-02", "option_added", "svi"),
        ("2026-03-09", "suspended", ""),
        ("2026-03-16", "resumed", ""),
    ]
    identifiers = [str(event["uid"]) for event in events(folder / "dates.ics")]
    assert len(set(identifiers)) == len(identifiers) == len(summary["dates"])
    assert "CONSO-1-option_added-svi-2026-03-02@permanence" in identifiers


def test_dates_of_one_kind_have_identifiers_of_their_own_in_a_diary_too(folder: Path) -> None:
    file = folder / "contracts" / "events.toml"
    given = ("prenez un message", "transférez")
    file.write_text(
        "format = 1\n"
        + "".join(
            f'\n[[event]]\ncontract = "CONSO-1"\non = 2026-03-02\nwhat = "instruction_given"\n'
            f'instruction = {{ text = "{text}", until = 2026-04-01 }}\n'
            for text in given
        ),
        encoding="utf-8",
    )
    dates = values("calendar", "CONSO-1", "--on", "2026-11-23", "--ics", "dates.ics")["dates"]
    identifiers = [str(event["uid"]) for event in events(folder / "dates.ics")]
    assert len([row for row in dates if row["kind"] == "own_term_last_day"]) == len(given)
    assert len(set(identifiers)) == len(identifiers) == len(dates)


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ("", "48 h, en jours ouvrés"),
        ("go_live_days = 5", "5 jours ouvrés"),
        ("go_live_days = 1", "1 jour ouvré"),
        ('go_live_days = 10\ngo_live_calendar = "civil"', "10 jours"),
        ("go_live_days = 0", "le jour de la signature"),
    ],
)
def test_a_calendar_says_within_how_many_days_service_is_promised(days: str, told: str, folder: Path) -> None:
    (file,) = (folder / "rules").glob("essentielle-*.toml")
    text = file.read_text("utf-8").replace("[term]\n", f"[term]\n{days}\n", 1)
    file.write_text(text, encoding="utf-8")
    assert f"Mise en service promise ({told})" in out("calendar", "CONSO-1", "--on", "2026-11-23")
