"""A contract settles what an option leaves to it: in its file, checked at its key; every other key is the offer's."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

import pytest
from permanence import Calls, FactField, Flags, Micros, Option, QuotedPrice, Words, frozen, key
from permanence.model.fingerprint import digest_of_option
from permanence.model.option_sense import key_faults
from permanence.model.option_settings import settled, wrong_settings
from permanence.model.price import PriceStep
from permanence.on_file import open_book
from permanence.plugin_manager import Plugins
from permanence.read.contracts.contracts import read_contracts

from tests.bill.months import MONDAY, OCTOBER, bill, contract, offer
from tests.bill.samples import make_call
from tests.installed import PLUGINS
from tests.plugins.test_plugin_manager import a_plugin


@frozen(kw_only=True)
class Patience(Option):
    """Calls that waited longer than the contract's own delay."""

    id = "patience"
    label = Words("Patience", "Patience")
    facts = (FactField("usage.waited", "number", "Appels qui ont trop attendu", "appels"),)
    counts = "usage.waited"

    kind: Literal["usage"] = key("How it is charged.", default="usage")
    delay: int = key("Seconds that a call may wait.", default=60, by_contract=True)
    speed: Literal["slow", "fast"] = key("How fast.", default="slow", by_contract=True)
    loud: bool = key("Whether it is told.", default=False, by_contract=True)

    def measure(self, calls: Calls) -> Mapping[str, Flags]:
        return {"usage.waited": calls.wait > self.delay}

    def prices(self) -> Iterator[QuotedPrice]:
        yield from self.sold(Micros(2_000_000 if self.speed == "fast" else 1_000_000), self.words, "usage")


WITH = Plugins.of(a_plugin("patience", [Patience]))
TABLE = "[option.patience]\n"


def taking(name: str, settings: str) -> str:
    return contract(name, f'[[contract.option]]\nid = "patience"\n{settings}\n')


def test_each_contract_is_measured_and_charged_as_it_has_settled_the_option(tmp_path: Path) -> None:
    rules, contracts = tmp_path / "rules", tmp_path / "contracts"
    for folder in (rules, contracts):
        folder.mkdir()
    (rules / "offer.toml").write_text(offer(TABLE), encoding="utf-8")
    settings = {"C1": "", "C2": "with = { delay = 20 }", "C3": 'with = { speed = "fast", delay = 100 }'}
    text = "".join(taking(name, one) for name, one in settings.items())
    (contracts / "c.toml").write_text(f"format = 1\n{text}", encoding="utf-8")
    book = open_book(rules, contracts, WITH)
    calls = [make_call(MONDAY, account=name, wait=wait) for name in settings for wait in (10, 30, 70, 130)]
    run = bill(book, calls, OCTOBER)
    assert not run.holds
    got = {
        invoice.contract.id: [line.amount for line in invoice.lines if line.code == "option.patience"]
        for invoice in run.invoices
    }
    assert got == {"C1": [200], "C2": [300], "C3": [200]}


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"dealy": 20}, ['the option "patience" leaves no "dealy" to contracts; did you mean "delay"?']),
        ({"price": 20}, ['the option "patience" leaves no "price" to contracts']),
        ({"delay": "long"}, ['"delay" of the option "patience" must be a whole number, not \'long\'']),
        ({"delay": True}, ['"delay" of the option "patience" must be a whole number, not True']),
        ({"speed": "faster"}, ['"speed" of the option "patience" must be "slow" or "fast", not \'faster\'']),
        ({"loud": 1}, ['"loud" of the option "patience" must be true or false, not 1']),
        ({"delay": 5, "speed": "fast", "loud": True}, []),
    ],
)
def test_what_a_contract_cannot_settle_is_told(settings: Mapping[str, int | str | bool], told: list[str]) -> None:
    found = [f"{one.what}{f'; {one.hint}' if 'mean' in one.hint else ''}" for one in wrong_settings(Patience, settings)]
    assert found == told


def test_it_is_told_at_its_key_and_to_the_staff_in_french(tmp_path: Path) -> None:
    file = tmp_path / "c.toml"
    file.write_text(f"format = 1\n{taking('C1', 'with = { dealy = 20 }')}", encoding="utf-8")
    (problem,) = read_contracts([file], None, {"patience": Patience})[1]
    assert file.read_text("utf-8").splitlines()[problem.where.line - 1] == "with = { dealy = 20 }"
    assert problem.what == 'the option "patience" leaves no "dealy" to contracts'
    assert getattr(problem, "french") == (  # noqa: B009 - a slip has it
        "L'option « Patience » n'a pas de réglage « dealy » par contrat ; la plus proche est « delay »."
    )


def test_a_key_that_a_contract_could_not_write_is_not_left_to_it() -> None:
    @frozen(kw_only=True)
    class Odd(Option):
        id = "odd"
        label = Words("Drôle", "Drôle")
        amount: Micros | tuple[int, ...] = key("An amount.", default=Micros(0), by_contract=True)

    assert len(list(key_faults(Odd))) == 1
    assert list(key_faults(Patience)) == []


def test_what_is_settled_of_an_option_changes_it_alone() -> None:
    one = Patience(price=Micros(1))
    assert settled(one, {"delay": 5}) == Patience(price=Micros(1), delay=5)
    assert settled(one, {}) == one


def test_the_digest_of_an_option_that_was_signed_years_ago_is_what_it_was() -> None:
    agenda = PLUGINS.options["shared_agenda"](price=Micros(20_000_000))
    escalation = PLUGINS.options["escalation"](price=Micros(20_000_000))
    steps = (PriceStep(up_to=5, amount=Micros(1_000_000)), PriceStep(amount=Micros(900_000)))
    appointments = PLUGINS.options["appointments"](price=Micros(20_000_000), steps=steps)  # type: ignore[call-arg]
    digests = [digest_of_option(one)[:16] for one in (agenda, escalation, appointments)]
    assert digests == ["22ff2b5873a135d4", "cceef62b9c7c5f2d", "3392f3899da29ee9"]
