"""A price that no quote could list is never billed: the contract waits, with the option and plugin named."""

from collections.abc import Iterator

import pytest
from attrs import evolve
from permanence import Charge, Micros, Option, OptionMonth, QuotedPrice, Words, frozen, hookimpl
from permanence.bill.price.price_list import tariff
from permanence.model.chosen import Chosen
from permanence.model.problem import Refused
from permanence.model.words.lines import due_in_words
from permanence.plugin_manager import Plugins

from tests.bill.months import bill, calls, charged, contract, offer, on_file, only_invoice, taken

ONE_EURO = Micros(1_000_000)


@frozen(kw_only=True)
class Furtive(Option):
    """An option that charges a file fee of which its prices say nothing."""

    id = "furtive"
    label = Words("Option discrète", "Option discrète")

    def charge(self, month: OptionMonth) -> Iterator[Charge]:
        yield from Option.charge(self, month)
        if month.starts:
            yield Charge(label="Frais de dossier", quantity=1, unit_price=ONE_EURO)


@frozen(kw_only=True)
class Mute(Option):
    """An option that cannot say its prices."""

    id = "mute"
    label = Words("Option muette", "Option muette")

    def prices(self) -> Iterator[QuotedPrice]:
        raise LookupError("no price list")


@frozen(kw_only=True)
class Vague(Option):
    """An option whose prices are none."""

    id = "vague"
    label = Words("Option vague", "Option vague")

    def prices(self) -> Iterator[QuotedPrice]:
        yield "ten euros or so"  # type: ignore[misc]


@hookimpl
def register_options() -> list[type[Option]]:
    return [Furtive, Mute, Vague]


class Module:
    """A plugin module of this test's own."""

    register_options = staticmethod(register_options)
    __name__ = "discreet"


PLUGINS = Plugins.of(Module())
OPTION = '[option.furtive]\nprice = "{}"\n'


def test_a_line_that_is_in_no_quote_puts_the_contract_on_hold_and_no_other() -> None:
    contracts = [contract("C1", taken("furtive", "2026-10-05")), contract("C2", taken("furtive", "2026-09-05"))]
    run = bill(on_file(offer(OPTION.format("10.00")), contracts, PLUGINS))
    (hold,) = run.holds
    assert (hold.contract.id, hold.reason) == (
        "C1",
        "L'option « Option discrète » (discreet) facture « Frais de dossier » à 1,00\u00a0€ au contrat C1, 2026-10 : "
        "ce prix n'est dans aucun devis.",
    )
    assert [invoice.contract.id for invoice in run.invoices] == ["C2"]


def test_a_hidden_line_at_the_price_of_another_is_told_by_its_label() -> None:
    run = bill(on_file(offer(OPTION.format("1.00")), contract(more=taken("furtive", "2026-10-01")), PLUGINS))
    assert "« Frais de dossier »" in run.holds[0].reason


def test_an_example_that_charges_a_hidden_price_is_a_problem_of_its_file() -> None:
    text = (
        OPTION.format("10.00")
        + '\n[[example]]\ntitle = "a start"\ngiven = { "contract.first_month" = true }\noptions = ["furtive"]\n'
        + 'total = "70.00"\n'
    )
    with pytest.raises(Refused) as refused:
        on_file(offer(text), contract(), PLUGINS)
    (problem,) = refused.value.problems
    assert problem.what == 'the example "a start" charges "Frais de dossier", which no quote would list'


@pytest.mark.parametrize(
    ("name", "what"),
    [("mute", "LookupError: no price list"), ("vague", "TypeError: prices() yielded 'ten euros or so'")],
)
def test_an_option_that_cannot_say_its_prices_is_not_sold(name: str, what: str) -> None:
    with pytest.raises(Refused) as refused:
        on_file(offer(f'[option.{name}]\nprice = "1.00"\n'), contract(), PLUGINS)
    (problem,) = refused.value.problems
    assert problem.what == f"the option « {name} » (discreet) cannot say its prices: {what}"
    assert problem.where.text == f"[option.{name}]"


def test_a_line_is_quoted_at_its_exact_price_and_under_its_own_code_only() -> None:
    book = on_file(offer('[option.svi]\nprice = "65.00"\n'), contract())
    prices = tariff(book.offers["essentielle@2026-01-01"], Chosen("simple"))
    (line,) = only_invoice(bill(book, calls(300))).lines
    quoted = {
        euros: prices.quotes(evolve(line, unit_price=Micros(euros * 1_000_000)))
        for euros in (59, 149, 229, 294, 229 + 65 * 50, 65, 164, 230, 295, 0, -65)
    }
    assert [euros for euros, found in quoted.items() if found] == [59, 149, 229, 294, 229 + 65 * 50]
    assert line.unit_price == 294 * ONE_EURO
    assert not prices.quotes(evolve(line, unit_price=Micros(294_000_001)))
    assert not prices.quotes(evolve(line, code="package"))
    assert not prices.quotes(evolve(line, code="option.svi", unit_price=Micros(65_000_000)))


def test_two_set_up_prices_of_an_option_are_told_apart() -> None:
    text = '[option.callback]\nprice = "80.00"\ninstallation = "80.00"\nkind = "one_off"\n'
    book = on_file(offer(text), contract(more=taken("callback", "2026-10-05")))
    assert [amount for _, amount in charged(bill(book))] == [5900, 8000, 8000]
    prices = tariff(book.offers["essentielle@2026-01-01"], Chosen("simple")).prices
    assert [price.label for price in prices if price.code == "option.callback"] == [
        "Installation du bouton de rappel",
        "Rappel demandé par le site (web callback)",
    ]


def test_a_set_up_fee_is_in_the_tariff_and_one_of_nothing_is_not() -> None:
    for fee, more in (("30.00", [("setup_fee", Micros(30_000_000), "one_off")]), ("0.00", [])):
        book = on_file(offer(term=f'setup_fee = "{fee}"'), contract())
        prices = tariff(book.offers["essentielle@2026-01-01"], Chosen("complex")).prices
        assert [(price.code, price.unit_price, price.due) for price in prices] == [
            *(("bands", Micros(euros * 1_000_000), "recurring") for euros in (79, 194, 298)),
            ("bands", Micros(84_500_000), "recurring"),
            *more,
        ]


def test_by_days_is_said_of_what_follows_the_days() -> None:
    more = (
        '[option.bilingual]\nprice = "39.00"\nproration = "full"\n[price.care]\ntitle = "Suivi"\namount = "5.00"\n'
        'prorate = false\n[[rule]]\nid = "care"\non = "month"\nwhen = "contract.active"\nthen.charge = "price.care"\n'
    )
    for partial, bands in (("full", False), ("prorate_price", True)):
        book = on_file(offer(more, billing=f'partial = "{partial}"'), contract())
        prices = tariff(book.offers["essentielle@2026-01-01"], Chosen("simple")).prices
        assert {price.code: price.by_days for price in prices} == {
            "bands": bands,
            "price.care": False,
            "option.bilingual": False,
        }


def test_a_price_due_once_says_where_it_falls_due_again() -> None:
    for keys, told in (("", "une fois"), ('again = "charged"\n', "une fois, et à chaque reprise de l'option")):
        book = on_file(offer(f'[option.callback]\nprice = "0.90"\ninstallation = "80.00"\n{keys}'), contract())
        prices = tariff(book.offers["essentielle@2026-01-01"], Chosen("simple")).prices
        said = {price.due: due_in_words(price).fr for price in prices if price.code == "option.callback"}
        assert said == {"one_off": told, "usage": "par unité"}
