"""What an option asks for in a month, checked: numbers that can be, within what was counted, and due once but once."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from attrs import evolve

from ...model.option import Charge, Option, OptionMonth
from ...model.option_answers import MOST_MICROS, MOST_UNITS, all_of, check_label, check_number, check_text, sound_prices
from ...model.price_list import QuotedPrice

CHARGE = "charge()"
NUMBERS = ("quantity", "unit_price", "for_each", "days", "of_days")


def sound_charges(option: Option, month: OptionMonth) -> tuple[Charge, ...]:
    """Return what an option charges in a month, all of it in numbers that can be.

    Raises what its plugin raises, TypeError or ValueError for a charge that none can be, or that comes to more than was
    counted, or more often than it is due.
    """
    prices = sound_prices(option)
    charges = tuple(map(_sound, all_of(option.charge(month), CHARGE)))
    for charge in charges:
        if charge.quantity < 0 and not type(option).credit:
            what = f"charge() yielded a quantity of {charge.quantity} ({charge.label})"
            raise ValueError(f"{what}: below zero is for options that say credit = True")
    _check_prices(option, month, charges, prices)
    return charges


def _sound(charge: object) -> Charge:
    """Return a charge that can be computed; raise TypeError or ValueError for any other."""
    if type(charge) is not Charge:
        raise TypeError(f"charge() yielded {charge!r}")
    if (
        not all(type(getattr(charge, name)) in (int, bool) for name in NUMBERS)
        or charge.of_days < 1
        or charge.for_each < 1
    ):
        raise TypeError(f"charge() yielded {charge!r}: whole numbers, please, and at least one day and one unit")
    if charge.percent is not None and not (type(charge.percent) is int and charge.of):
        raise TypeError(f"charge() yielded {charge!r}: hundredths of a per cent, and what they are of, please")
    check_label(charge.label, CHARGE)
    check_text(charge.unit, CHARGE)
    if type(charge.of) is not tuple:
        raise TypeError(f"charge() yielded {charge!r}: what a per cent is of is a tuple of texts")
    check_number(int(charge.quantity), -MOST_UNITS, MOST_UNITS, "the quantity of charge()")
    check_number(int(charge.unit_price), -MOST_MICROS, MOST_MICROS, "the unit price of charge()")
    check_number(int(charge.days), 0, int(charge.of_days), "the days of charge()")
    check_number(int(charge.of_days), 1, MOST_UNITS, "the of_days of charge()")
    check_number(int(charge.for_each), 1, MOST_UNITS, "the for_each of charge()")
    for name in charge.of:
        check_text(name, "of, in charge(),")
    numbers: dict[str, Any] = {name: int(getattr(charge, name)) for name in NUMBERS}
    return evolve(charge, **numbers)


def _check_prices(option: Option, month: OptionMonth, charges: Sequence[Charge], prices: Sequence[QuotedPrice]) -> None:
    """Raise ValueError for what is charged more often than it is due, or counted; for a share that is no price."""
    shares = {(price.label, price.percent, price.base) for price in prices if price.percent is not None}
    quantities = Counter[QuotedPrice]()
    for charge in charges:
        if charge.percent is not None:
            if (charge.label, charge.percent, charge.of) not in shares:
                raise ValueError(f"charge() yielded a per cent that prices() does not name: {charge!r}")
        elif price := _named(charge, prices, month.mission):
            quantities[price] += charge.quantity
    for price, quantity in quantities.items():
        counted = price.counts or type(option).counts
        if price.due == "one_off" and quantity > month.starts:
            what = f"charge() charged what is due once {quantity} times ({price.label})"
            raise ValueError(f"{what}: it falls due {int(month.starts)} times in the month")
        most = month.count(counted) + month.before.get(counted, 0)
        if price.due == "usage" and counted and quantity > most:
            what = f"charge() charged {quantity} uses ({price.label})"
            raise ValueError(f"{what}: {most} were counted in {counted}")


def _named(charge: Charge, prices: Sequence[QuotedPrice], mission: str) -> QuotedPrice | None:
    """Return the price that a charge is of; None where it is of several or of none, which no bill takes."""
    like = (charge.label, charge.unit_price, charge.for_each)
    found = [
        price
        for price in prices
        if (price.label, price.unit_price, price.for_each) == like and price.mission in ("", mission)
    ]
    return found[0] if len({(price.due, price.counts) for price in found}) == 1 else None
