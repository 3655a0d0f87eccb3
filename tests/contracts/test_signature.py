"""What was signed stands: an edit of it is refused, and told by the event that changes it."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from attrs import evolve, fields
from permanence.bill.month import bill_month
from permanence.contracts.book import Book
from permanence.contracts.signature import fingerprint_of, pinned, signature_problems, without_fingerprint
from permanence.model.contract import Contract
from permanence.model.fingerprint import PARTS, Fingerprint, print_of
from permanence.model.money import Micros
from permanence.model.party import LegalData
from permanence.model.period import Month
from permanence.model.problem import Place, Problem
from permanence.model.records import CallBatch
from permanence.offers.form import read_offers
from permanence.offers.proved import prove_offers
from permanence.offers.signed_versions import edited_offers
from permanence.read.contracts.contract_text import write_contracts
from permanence.read.contracts.contracts import read_contracts
from permanence.read.folders import rule_files

from tests.bill.samples import records
from tests.installed import PLUGINS
from tests.offers.mutations import mutations
from tests.offers.rule_text import RuleText

RULES = Path(__file__).parents[2] / "rules"
TEXT = """format = 1

[[contract]]
id = "C0001"
customer = { name = "Garage du Parc", kind = "professional", region = "FR-57" }
offer = "essentielle@2023-01-01"
mission = "simple"
lines = ["C0001", "+33199000001"]
signed = 2024-03-10
live = 2024-03-12
option = [{ id = "bilingual" }, { id = "shared_agenda", from = 2024-05-01, until = 2024-09-01 }]
note = "garde le samedi"

[[contract]]
id = "C0002"
customer = { name = "Syndic des Tilleuls", kind = "non_professional", region = "FR" }
offer = "continue@2023-01-01"
mission = "complex"
lines = ["C0002"]
signed = 2025-01-31
live = 2025-02-03
notice = 2026-06-30

[[contract]]
id = "C0003"
customer = { name = "Fleurs d'Avril", kind = "consumer", region = "FR-974" }
offer = "a-la-carte@2023-01-01"
lines = ["C0003"]
signed = 2026-02-28
live = 2026-03-02
"""
QUANTITY = '[[contract.quantity]]\nid = "practitioners"\nquantity = 3\n\n[[contract.option]]'
DISCOUNT = '[[contract.discount]]\npercent = "-10"\nwhy = "Bienvenue."\n\n[[contract.option]]'
AGREED = '[[contract.agreed]]\ncharge = "option.sms"\namount = "0.05"\nwhy = "Convenu."\n\n[[contract.option]]'
EDITS: dict[str, tuple[str, str]] = {
    "number": ('id = "C0001"', 'id = "C0009"'),
    "name": ("Garage du Parc", "Garage du Port"),
    "kind": ('kind = "professional"', 'kind = "consumer"'),
    "region": ('"FR-57"', '"FR"'),
    "offer": ("essentielle@2023-01-01", "essentielle@2023-06-01"),
    "text": ('digest = "', 'digest = "0'),
    "quote": ("signed = 2024-03-10", 'quote = "D-20240309-AAAAAA"\nsigned = 2024-03-10'),
    "mission": ('mission = "simple"', 'mission = "complex"'),
    "services": ("signed = 2024-03-10", 'services = ["messages"]\nsigned = 2024-03-10'),
    "lines": ('"+33199000001"', '"+33199000002"'),
    "signed": ("signed = 2024-03-10", "signed = 2024-03-11"),
    "live": ("live = 2024-03-12", "live = 2024-03-13"),
    "notice": ("live = 2024-03-12", "live = 2024-03-12\nnotice = 2026-01-05"),
    "band": ("live = 2024-03-12", "live = 2024-03-12\nband = 150"),
    "options": ("until = 2024-09-01", "until = 2024-09-02"),
    "plan": ("signed = 2024-03-10", 'plan = "standard"\nsigned = 2024-03-10'),
    "windows": ("signed = 2024-03-10", 'windows = ["weekdays"]\nsigned = 2024-03-10'),
    "quantities": ("[[contract.option]]", QUANTITY),
    "discounts": ("[[contract.option]]", DISCOUNT),
    "agreed": ("[[contract.option]]", AGREED),
    "group": ("signed = 2024-03-10", 'group = "port"\nsigned = 2024-03-10'),
    "deposit": ("signed = 2024-03-10", 'deposit = "80.00"\nsigned = 2024-03-10'),
}
"""One edit of each part of the first contract.

What the options cost, the terms lead to and prices follow is no contract's to say; a seller may be named later.
"""


@cache
def book() -> Book:
    """Return the offers on sale; of one there is a second version, which the first contract did not sign."""
    with TemporaryDirectory() as folder:
        text = (RULES / "essentielle-2023-01-01.toml").read_text("utf-8")
        later = Path(folder, "later.toml")
        later.write_text(text.replace("sold_from = 2023-01-01", "sold_from = 2023-06-01"), "utf-8")
        proved = prove_offers([*rule_files(RULES), later], PLUGINS)
    return Book(PLUGINS, proved.deciders, ())


def read(text: str) -> tuple[tuple[Contract, ...], tuple[Problem, ...]]:
    with TemporaryDirectory() as folder:
        path = Path(folder, "contracts.toml")
        path.write_text(text, "utf-8")
        return read_contracts([path])


@cache
def signed() -> str:
    """Return the text of the contracts with their fingerprints."""
    contracts, wrong = read(TEXT)
    assert wrong == ()
    return write_contracts(pinned(book(), contract) for contract in contracts)


def told(text: str) -> list[str]:
    """Return what is wrong with contracts, each alone and against what was signed."""
    contracts, wrong = read(text)
    against = (problem for contract in contracts for problem in signature_problems(book(), contract))
    return [problem.what for problem in (*wrong, *against)]


def test_what_was_signed_and_is_still_so_is_no_problem() -> None:
    assert told(signed()) == []


def test_the_parts_of_a_fingerprint_have_their_names_and_events() -> None:
    assert [field.name for field in fields(Fingerprint)] == list(PARTS)
    assert set(EDITS) == {*PARTS} - {"prices", "option_prices", "terms", "indices", "seller"}


@pytest.mark.parametrize("part", EDITS)
def test_an_edited_line_is_told_by_its_part_and_the_event_to_write(part: str) -> None:
    before, after = EDITS[part]
    text = signed().replace(before, after, 1)
    assert text != signed()
    contracts, _ = read(text)
    found = [problem for problem in signature_problems(book(), contracts[0]) if "as it was signed" in problem.what]
    name = contracts[0].id
    assert [one.what for one in found] == [f'contract "{name}": it is not as it was signed: {PARTS[part].words.en}']
    # No event changes a day of service that was signed: it is put back.
    events = () if part == "live" else PARTS[part].events
    assert all(f'what = "{event}"' in found[0].hint for event in events)
    assert ('what = "' in found[0].hint) == bool(events)
    assert f"permanence contracts pin {name} --correct" in found[0].hint


def test_a_seller_may_be_named_after_the_signature_and_one_that_was_named_is_as_signed() -> None:
    contracts, _ = read(signed())
    later = evolve(contracts[0], seller="lille")
    assert list(signature_problems(book(), later)) == []
    found = [one.what for one in signature_problems(book(), evolve(pinned(book(), later), seller="metz"))]
    assert found == ['contract "C0001": it is not as it was signed: its seller']


def test_the_legal_data_of_a_customer_may_be_written_after_the_signature() -> None:
    contracts, _ = read(
        signed().replace("[[contract.option]]", '[contract.legal]\nsiren = "none"\n\n[[contract.option]]', 1)
    )
    assert contracts[0].legal == LegalData(siren="none")
    assert list(signature_problems(book(), contracts[0])) == []


def waiting_for(option: str, contract: Contract) -> list[str]:
    """Return what is wrong with a contract once the plugin of an option asks for other prices."""
    decider = book().deciders["essentielle@2023-01-01"]
    dearer = evolve(decider.offer.options[option], price=Micros(99_000_000))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decider, "offer", evolve(decider.offer, options={**decider.offer.options, option: dearer}))
        other = evolve(book(), memory={})
        return [problem.what for problem in signature_problems(other, contract)]


def test_a_plugin_that_asks_for_other_prices_holds_whoever_has_its_option_and_signed_the_old_ones() -> None:
    contracts, _ = read(signed())
    assert waiting_for("bilingual", contracts[0]) == [
        'contract "C0001": the option « bilingual » (permanence_options.bilingual) does not cost what was signed'
    ]
    assert waiting_for("sms", contracts[0]) == []


def as_before(contract: Contract) -> Contract:
    """Return a contract with the fingerprint of earlier versions: the prices of all options in one print."""
    offer = book().offers[contract.offer]
    told = [f"{name} {price}" for name, option in offer.options.items() for price in option.priced()]
    for name, option in offer.options.items():
        for price in option.prices():
            # What the one print was of, in the version that wrote it.
            terms = (name, price.unit_price, price.due, price.for_each, price.included, price.by_days)
            more = (price.mission, price.counts, price.percent, *price.base)
            told.append(" ".join(map(str, (*terms, *(one for one in more if one not in ("", None))))))
    assert contract.fingerprint
    return evolve(contract, fingerprint=evolve(contract.fingerprint, prices=print_of(*sorted(told)), option_prices={}))


def test_a_contract_of_before_is_held_to_all_prices_together_where_it_has_an_option() -> None:
    contracts, _ = read(signed())
    first, without = contracts[0], evolve(contracts[0], options=())
    assert [*signature_problems(book(), as_before(first))] == []
    assert waiting_for("bilingual", as_before(first)) == waiting_for("sms", as_before(first)) != []
    mended = evolve(without, fingerprint=fingerprint_of(book(), without))
    assert waiting_for("sms", as_before(mended)) == []


def test_an_edited_contract_waits_and_no_other_does() -> None:
    contracts, _ = read(signed().replace('mission = "simple"', 'mission = "complex"', 1))
    run = bill_month(evolve(book(), contracts=contracts), Month(2026, 5), CallBatch(records=records([])))
    assert [(hold.contract.id, hold.reason) for hold in run.holds] == [
        (
            "C0001",
            "Le contrat C0001 n'est plus tel qu'il a été signé (la mission) : ce qui change est un événement.",
        )
    ]
    assert [invoice.contract.id for invoice in run.invoices] == ["C0002", "C0003"]


def test_an_offer_cannot_have_been_signed_before_it_was_sold() -> None:
    (told_first, *_) = told(TEXT.replace("signed = 2024-03-10", "signed = 2022-12-31"))
    assert told_first == (
        'contract "C0001": essentielle@2023-01-01 is sold from 2023-01-01, after the day of signature, 2022-12-31'
    )


def test_a_contract_that_a_quote_became_has_its_fingerprint() -> None:
    text = TEXT.replace("signed = 2024-03-10", 'quote = "D-20240309-AAAAAA"\nsigned = 2024-03-10')
    assert told(text) == [
        'contract "C0001": it pins the quote D-20240309-AAAAAA, and has no fingerprint of what was signed'
    ]


def test_contracts_without_a_fingerprint_are_counted_in_a_warning() -> None:
    contracts, _ = read(TEXT)
    (warning,) = without_fingerprint(contracts)
    assert warning.warning
    assert warning.what == "3 contracts have no fingerprint of what was signed: C0001, C0002, C0003"


FAMILIES = ("professional non_professional consumer", "simple complex", "FR FR-57 FR-974 FR-2A", "bilingual sms svi")
"""Words that a contract may have in each other's place."""


def contract_edits(text: str, chance: Random) -> Iterator[str]:
    """Yield a text of contracts with one line gone, or one value changed, at each of its places, but for notes."""
    for found in re.finditer(r"^(\w+) = .*\n", text, re.MULTILINE):
        yield text[: found.start()] + text[found.end() :]
    for found in re.finditer(r'"[^"\n]*"|\b20\d\d-\d\d-\d\d\b|\b\d+\b', text):
        yield text[: found.start()] + another(found[0], chance) + text[found.end() :]


def another(value: str, chance: Random) -> str:
    """Return another value of the same kind."""
    word = value.strip('"')
    if re.fullmatch(r"20\d\d-\d\d-\d\d", value):
        days = chance.choice((-400, -31, -1, 1, 31, 400))
        return date.fromordinal(date.fromisoformat(value).toordinal() + days).isoformat()
    if word == value:
        return str(int(value) + 1)
    family = next((one.split() for one in FAMILIES if word in one.split()), [word, f"{word}0"])
    return f'"{chance.choice([one for one in family if one != word])}"'


def test_five_hundred_edits_of_signed_contracts_and_sold_versions_are_all_found() -> None:
    chance, text = Random(10), signed()
    contracts, _ = read(text)
    edits = [edit for _ in range(3) for edit in contract_edits(text, chance)]
    missed = [edit for edit in edits if not told(edit)]
    assert [edit for edit in missed if without_notes(read(edit)[0]) != without_notes(contracts)] == []
    assert len(missed) <= len(edits) / 10
    files = [RuleText(path.stem, path.read_text("utf-8")) for path in rule_files(RULES)]
    changed = ([one for one in mutations(file) if one.text != file.text] for file in files)
    sold = [mutation for some in changed for mutation in chance.sample(some, 100)]
    assert [mutation for mutation in sold if not is_refused(mutation.text, contracts)] == []
    assert len(edits) - len(missed) + len(sold) >= 500


def without_notes(contracts: Iterable[Contract]) -> list[Contract]:
    """Return contracts without what nothing reads, and wherever they stand."""
    return [evolve(one, note="", place=Place("")) for one in contracts]


def is_refused(text: str, contracts: tuple[Contract, ...]) -> bool:
    """Tell whether an edited rule file cannot be read, or is another version than each that was signed, or refused."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "offer.toml")
        path.write_text(text, "utf-8")
        offers, wrong = read_offers([path], PLUGINS.options)
    versions = {contract.offer for contract in contracts}
    gone = any(offer.version not in versions for offer in offers)
    return bool(wrong or gone or list(edited_offers(offers, contracts)))
