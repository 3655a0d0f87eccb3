"""What contradicts itself in what a contract chose and agreed: its windows, its quantities, its own terms."""

from collections.abc import Hashable, Iterator, Sequence

from ...model.contract import Contract, Dated
from ...model.fault import Fault
from ...model.money import WHOLE, plain_per_cent
from ...model.own_terms import AgreedPrice, Discount
from ...model.words.french import day_in_words


def check_choices(contract: Contract) -> Iterator[Fault]:
    """Yield what is wrong with what a contract chose and agreed, whatever its offer; paths begin in its own table."""
    for number, window in enumerate(contract.windows):
        if window in contract.windows[:number]:
            french = f"Le contrat nomme deux fois la plage « {window} »."
            yield Fault(("windows", number), f'window "{window}" is named twice', french=french)
    for number, agreed in enumerate(contract.quantities):
        if agreed.quantity < 0:
            french = f"La quantité « {agreed.id} » est négative : {agreed.quantity}."
            what = f'the quantity of "{agreed.id}" is below zero'
            yield Fault(("quantity", number, "quantity"), what, french=french)
    yield from _check_days("quantity", contract, contract.quantities, [one.id for one in contract.quantities])
    for number, discount in enumerate(contract.discounts):
        yield from (fault.below(("discount", number)) for fault in check_discount(discount))
    yield from _check_days("discount", contract, contract.discounts)
    for number, price in enumerate(contract.agreed):
        yield from (fault.below(("agreed", number)) for fault in check_agreed(price))
    yield from _check_days("agreed", contract, contract.agreed, [(one.charge, one.up_to) for one in contract.agreed])


def check_discount(discount: Discount) -> Iterator[Fault]:
    """Yield what is wrong with a discount, whatever it is of; paths begin in its own table."""
    if (discount.percent is None) == (discount.amount is None):
        french = "Une remise du contrat est en pour cent ou en euros, l'un des deux."
        yield Fault((), "a discount has a per cent, or an amount: one of the two", french=french)
    for name, size in (("percent", discount.percent), ("amount", discount.amount)):
        if size is not None and size >= 0:
            french = "Une remise du contrat n'est pas négative : elle augmenterait la facture."
            yield Fault(
                (name,), "a discount is below zero", 'write percent = "-10", or amount = "-15.00"', french=french
            )
    if discount.percent is not None and discount.percent < -WHOLE:
        french = f"Une remise du contrat dépasse le tout : {plain_per_cent(discount.percent)} %."
        yield Fault(("percent",), "a discount takes off more than the whole", "-100 at the most", french=french)
    yield from _check_why(discount.why, "Une remise", "a discount")


def check_agreed(agreed: AgreedPrice) -> Iterator[Fault]:
    """Yield what is wrong with an agreed price, whatever it is of; paths begin in its own table."""
    if agreed.amount < 0:
        french = "Un prix convenu est négatif."
        yield Fault(("amount",), "an agreed price is below zero", "a discount is [[contract.discount]]", french=french)
    yield from _check_why(agreed.why, "Un prix convenu", "an agreed price")


def _check_why(why: str, french: str, english: str) -> Iterator[Fault]:
    if not why.strip():
        what, hint = f"{english} does not say why", "the customer and the staff read it"
        yield Fault(("why",), what, hint, french=f"{french} du contrat ne dit pas pourquoi.")


def _check_days(
    table: str, contract: Contract, dated: Sequence[Dated], alike: Sequence[Hashable] = ()
) -> Iterator[Fault]:
    """Yield what ends before it begins, and what is ``alike`` and holds twice on one day."""
    for number, one in enumerate(dated):
        period = contract.period_of(one)
        if period.end and period.end <= period.start:
            french = f"Le contrat a, sous « {table} », ce qui prend fin avant de commencer."
            yield Fault((table, number, "until"), f"it ends before it begins, on {period.start}", french=french)
        for before, earlier in enumerate(dated[:number] if alike else ()):
            both = contract.period_of(earlier) & period
            if alike[before] == alike[number] and (both.end is None or both.days):
                day = day_in_words(both.start)
                french = f"Le contrat a deux fois, sous « {table} », la même chose le {day}."
                what = f"the contract has the same thing twice on {both.start}"
                yield Fault((table, number), what, "end the first one with `until`", french=french)
