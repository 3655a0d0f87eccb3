"""Each table of the trade stands once: what reading accepts has its row, and no word of a row stands anywhere else."""

import ast
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_type_hints
from zoneinfo import available_timezones

import pytest
from permanence.bill.price.registry import MODELS
from permanence.bill.price.vat import rate_for
from permanence.contracts.events_told import TOLD
from permanence.contracts.holidays import public_holidays
from permanence.model.alert import ALERT_KINDS
from permanence.model.call_kinds import DIRECTIONS, STATUSES, CallDirection, CallStatus
from permanence.model.charged import CHARGED
from permanence.model.count_rules import CountRules
from permanence.model.countries import COUNTRIES
from permanence.model.currency import CURRENCIES, currency_fault
from permanence.model.customer_kind import KINDS, CustomerKind
from permanence.model.debit import SEQUENCES
from permanence.model.event import EVENTS, NAMES, REQUESTED, REQUESTS, Event, EventKind
from permanence.model.example import ExampleCall
from permanence.model.facts import CUSTOMER_KIND, STAGES, VOCABULARIES, Stage
from permanence.model.instruction import Instruction
from permanence.model.invoice import STATUSES as INVOICE_STATUSES
from permanence.model.invoice import InvoiceStatus
from permanence.model.issued import KINDS_ISSUED
from permanence.model.mail import MAIL_STATES
from permanence.model.mission import MISSIONS, mission_words
from permanence.model.money import Micros, per_cent
from permanence.model.option import OptionKind
from permanence.model.outcome import OUTCOME_WORDS, OUTCOMES, Outcome
from permanence.model.own_terms import AgreedPrice, Discount
from permanence.model.party import MANDATES, LegalChange
from permanence.model.payment import PAYMENT_KINDS
from permanence.model.reason import REASON_FR, REASONS
from permanence.model.regions import ALIASES, REGIONS, WRITTEN, country_of, one_code, region_hint, region_of
from permanence.model.return_reason import RETURNS
from permanence.model.scalars import Words
from permanence.model.service import SERVICES, Service
from permanence.model.subdivisions import SUBDIVISIONS
from permanence.model.titled import Titled, TitledKind
from permanence.model.units import OF_OPTIONS, UNITS
from permanence.model.vat_rates import FRENCH_RATES, VAT_NAMES, VatClass
from permanence.offers.tell.rule_words import CHARGED as TOLD_WHEN_CHARGED
from permanence.staff.french import WORDS, code_in_words, shown

from tests.model.subdivisions_known import printed, subdivisions

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "engine" / "permanence" / "model"
OFFICES = {"FR": "", "FR-57": "57", "FR-67": "57", "FR-68": "57", "FR-6AE": "57", "FR-GES": ""}


@pytest.mark.parametrize(
    ("accepted", "rows"),
    [
        (get_args(CallDirection), DIRECTIONS),
        (get_args(CallStatus), STATUSES),
        (get_args(CustomerKind), KINDS),
        (CUSTOMER_KIND.words, KINDS),
        (get_args(EventKind), EVENTS),
        (get_args(EventKind), TOLD),
        (REQUESTS, REQUESTED),
        (get_args(InvoiceStatus), INVOICE_STATUSES),
        (get_args(OptionKind), OF_OPTIONS),
        (get_args(Stage), STAGES),
        (get_args(Stage), VOCABULARIES),
        (Outcome, OUTCOMES),
        (get_args(Service), SERVICES),
        ((*REASONS[1:], "other_leg"), REASON_FR),
        (dict.fromkeys(model.kind for model in MODELS), CHARGED),
    ],
)
def test_what_is_accepted_has_a_row_and_every_row_is_accepted(accepted: Iterable[Any], rows: Mapping[Any, Any]) -> None:
    assert list(accepted) == list(rows)


def test_what_a_part_of_the_trade_accepts_is_of_its_table() -> None:
    call, count = get_type_hints(ExampleCall), get_type_hints(CountRules)
    assert set(get_args(call["direction"])) <= set(DIRECTIONS)
    assert set(get_args(count["direction"])) <= {*DIRECTIONS, "any"}
    assert set(get_args(count["status"])) <= {*STATUSES, "any"}
    assert set(OF_OPTIONS.values()) <= set(UNITS)
    units = {fact.unit for known in VOCABULARIES.values() for fact in known.fields.values()}
    assert units - {""} <= set(UNITS)


@pytest.mark.parametrize("what", EVENTS)
def test_an_event_is_about_one_key_or_changes_one_thing(what: EventKind) -> None:
    kind = EVENTS[what]
    assert bool(kind.names) != bool(kind.subject)
    own = {
        "discount": Discount(percent=per_cent("-10"), why="x"),
        "agreed": AgreedPrice(charge="x", amount=Micros(1), why="y"),
        "instruction": Instruction(text="x"),
        "legal": LegalChange(gone=("x",)),
    }
    named: dict[str, Any] = {NAMES[what]: own.get(NAMES[what], "x")} if what in NAMES else {}
    event = Event(on=date(2026, 1, 1), what=what, **named)
    assert event.name == ("x" if kind.names else "")
    assert event.subject[0] == (NAMES[kind.ends] if kind.ends else kind.names) or kind.subject
    assert bool(kind.asked.en) == (what in REQUESTS)


@pytest.mark.parametrize(
    ("mission", "title", "words"),
    [
        ("simple", None, ("mission simple", "simple mission")),
        ("urgent", None, ("mission urgent", "mission urgent")),
        ("urgent", Words("Mission urgente", "Urgent mission"), ("mission urgente", "urgent mission")),
        ("urgent", Words("Urgences", "Emergencies"), ("mission « Urgences »", "mission “Emergencies”")),
        ("urgent", Words("Urgences"), ("mission « Urgences »", "mission “Urgences”")),
    ],
)
def test_a_mission_is_called_by_its_title_and_one_without_a_name_by_its_id(
    mission: str, title: Words | None, words: tuple[str, str]
) -> None:
    called = mission_words(mission, {mission: Titled(title=title)} if title else {})
    assert (called.fr, called.en) == words


@pytest.mark.parametrize("written", WRITTEN)
def test_a_region_has_a_name_holidays_and_vat_on_every_day(written: str) -> None:
    region = region_of(written)
    assert region.code == one_code(written)
    assert region.name
    assert len(public_holidays(written, 2026)) >= (11 if region.country == "FR" else 4)
    assert region.country == country_of(written) == written.partition("-")[0]
    assert [vat.since for vat in region.vat] == sorted({vat.since for vat in region.vat})
    for day in (date.min, date(2000, 4, 1), date(2026, 11, 1), date.max):
        vat = region.vat_on(day)
        assert {"normal", "none"} <= set(vat.rates) <= set(VAT_NAMES)
        assert set(vat.rates) == set(region.vat[-1].rates) == set(COUNTRIES[region.country].vat[-1].rates)
        falling = [vat.rates[name] for name in VAT_NAMES if name in vat.rates]
        assert falling == sorted(falling, reverse=True)
        assert falling[-1] == 0
        assert vat.source
        assert region.where in vat.reason.format(region.where)
        if not vat.rates["normal"]:
            assert vat.reason.startswith("TVA non applicable {}")


def test_the_parts_of_countries_are_those_that_have_holidays_of_their_own() -> None:
    assert (MODEL / "subdivisions.py").read_text("utf-8") == printed(), "python -m tests.model.subdivisions_known"
    for country in COUNTRIES:
        if country != "FR":
            parts = {code.partition("-")[2] for code, region in REGIONS.items() if region.country == country}
            assert parts == {"", *subdivisions(country)}
    assert set(SUBDIVISIONS) < set(COUNTRIES)


@pytest.mark.parametrize("code", COUNTRIES)
def test_a_country_has_a_currency_a_zone_or_several_and_is_a_region_itself(code: str) -> None:
    country = COUNTRIES[code]
    assert currency_fault(country.currency) is None
    assert country.timezone == "" or country.timezone in available_timezones()
    assert REGIONS[code].vat == country.vat
    assert country.read
    for part, (where, vat) in country.apart.items():
        assert (REGIONS[f"{code}-{part}"].where, REGIONS[f"{code}-{part}"].vat) == (where, vat)


@pytest.mark.parametrize(("state", "taxed"), [("NY", True), ("TX", True), ("CA", False), ("", False)])
def test_an_invoice_says_where_a_state_taxes_telephone_answering(state: str, taxed: bool) -> None:
    rate, reason = rate_for(f"US-{state}".rstrip("-"), "20", date(2026, 11, 1))
    assert (rate, "l'État taxe la permanence téléphonique" in reason) == (0, taxed)


def test_a_vat_has_a_word_and_each_of_its_names_means_one() -> None:
    assert [*VAT_NAMES, *FRENCH_RATES] == list(get_args(VatClass))
    assert list(FRENCH_RATES.values()) == list(VAT_NAMES)


def test_no_two_currencies_are_written_alike() -> None:
    for sign in ("french", "english", "name"):
        assert len({getattr(one, sign) for one in CURRENCIES.values()}) == len(CURRENCIES)
    assert all(code == one.code and len(code) == 3 for code, one in CURRENCIES.items())
    assert currency_fault("XOF") is not None


def test_no_two_regions_have_one_name_and_no_alias_is_a_region() -> None:
    assert len({region.name for region in REGIONS.values()}) == len(REGIONS)
    assert not set(ALIASES) & set(REGIONS)
    assert set(ALIASES.values()) <= set(REGIONS)


@pytest.mark.parametrize(("region", "holidays"), OFFICES.items())
def test_alsace_and_moselle_have_their_holidays_and_grand_est_has_the_national_ones(region: str, holidays: str) -> None:
    assert REGIONS[region].holidays == holidays


@pytest.mark.parametrize(
    ("typed", "meant"), [("974", "FR-974"), ("fr-2a", "FR-2A"), ("PM", "FR-975"), ("bl", "FR-977")]
)
def test_a_region_that_is_written_otherwise_is_named(typed: str, meant: str) -> None:
    assert region_hint(typed) == f'did you mean "{meant}"?'


def test_staff_read_a_word_for_whatever_the_tables_hold() -> None:
    tables: dict[str, Iterable[Any]] = {
        "status": [*INVOICE_STATUSES, *STATUSES],
        "outcome": OUTCOME_WORDS,
        "mission": MISSIONS,
        "kind": [*KINDS, *KINDS_ISSUED, *PAYMENT_KINDS, *ALERT_KINDS],
        "state": MAIL_STATES,
        "scheme": MANDATES,
        "sequence": SEQUENCES,
        "return_code": RETURNS,
        "stage": STAGES,
        "reason": REASON_FR,
        "direction": DIRECTIONS,
        "region": REGIONS,
        "thing": get_args(TitledKind),
    }
    for column, rows in tables.items():
        assert list(WORDS[column]) == list(rows)
        assert all(shown(column, value) == word for value, word in WORDS[column].items())
    for code in CHARGED:
        named = code in ("price", "option")
        assert shown("code", f"{code}.x" if named else code) == (code_in_words(f"{code}.x") if named else CHARGED[code])


TABLES = {
    "call_kinds.py": {words.fr for pair in (*STATUSES.values(), *DIRECTIONS.values()) for words in pair},
    "charged.py": {word for word in CHARGED.values() if " " in word},
    "customer_kind.py": {text for kind in KINDS.values() for text in (kind.french, kind.one.fr, kind.one.en)},
    "event.py": {text for kind in EVENTS.values() for text in (kind.french, kind.asked.fr, kind.asked.en)} - {""},
    "invoice.py": {text for said in INVOICE_STATUSES.values() for text in said} - {""},
    "mission.py": {text for row in MISSIONS.values() for text in (row.words.fr, row.words.en)},
    "outcome.py": {text for words in OUTCOMES.values() for text in (words.one, words.several)},
    "reason.py": {*REASON_FR.values()},
    "countries.py": {text for one in COUNTRIES.values() for text in (one.name, one.where)},
    "currency.py": {one.name for one in CURRENCIES.values()},
    "regions.py": {region.name for region in REGIONS.values() if region.code not in COUNTRIES},
    "vat_rates.py": {one.fr for one in VAT_NAMES.values()} - {"aucune"},
}
SOURCES = {".py", ".sql", ".html"}
SHARED = {"sans réponse", "Préavis", "Vienne", "La Réunion"}
"""What two tables say, each of its own: of a call and of why it does not count; of an event and of its term; of a
region and of a zone whose clocks are called so."""


def texts(file: Path) -> set[str]:
    """Return every text of a file: of a module what Python reads as one, of others what stands between marks."""
    if file.suffix == ".py":
        return {
            node.value
            for node in ast.walk(ast.parse(file.read_text("utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
    return set(file.read_text("utf-8").replace('"', "'").replace(">", "'").replace("<", "'").split("'"))


def test_no_word_of_a_table_is_written_anywhere_else() -> None:
    code = [file for room in ("engine", "plugins") for file in (ROOT / room).rglob("*") if file.suffix in SOURCES]
    written = {file: texts(file) for file in sorted(code)}
    again = [
        (file.relative_to(ROOT).as_posix(), word)
        for file, there in written.items()
        for name, words in TABLES.items()
        if file != MODEL / name
        for word in sorted(there & (words - SHARED))
    ]
    assert not again, again


def test_what_rules_charge_without_a_name_is_told_in_a_clause() -> None:
    named = {"price", "option", "discount"}
    assert {model.kind for model in MODELS} - named == set(TOLD_WHEN_CHARGED)
