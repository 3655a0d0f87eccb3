"""Numbers of what a contract has, practitioners or lines, as invoice lines and quotes say them."""

from ..offer import Rule
from ..option import Charge
from ..price import Price
from ..scalars import Words
from ..units import Unit
from .amounts import rate_in_money
from .lines import by_the_month
from .numbers import in_thousands
from .phrases import said


def number_in_words(number: int, unit: Unit, lot: int = 1) -> str:
    """Return what so many are called: ``praticien``, ``praticiens``; of lots ``lots de 5 lignes``."""
    if lot > 1:
        return f"lot{'s' if number > 1 else ''} de {lot} {unit.several.fr}"
    return (unit.several if number > 1 else unit.one).fr


def quantity_sentence(rule: Rule, price: Price, charge: Charge, number: int, unit: Unit, currency: str) -> str:
    """Return why something is charged for each of what a contract has: how many there are, and at which price."""
    counted = f"{in_thousands(number)} {number_in_words(number, unit)}"
    free = f", dont {in_thousands(min(number, price.included))} sans supplément" if price.included else ""
    least = f", facturés comme {in_thousands(price.fewest)} au moins" if number - price.included < price.fewest else ""
    rate = rate_in_money(charge.unit_price, currency)
    each = "part fixe de {}" if charge.unit == "forfait" else f"à {{}} {each_month(price, unit).fr}"
    return f"{price.title.fr} : {counted}{free}{least}, {each.format(rate)}. {rule.why}".rstrip()


def each_month(price: Price, unit: Unit) -> Words:
    """Return what a price for each of something is by the month: ``par praticien et par mois``."""
    if price.every > 1 or price.for_each > 1:
        lot = max(price.every, price.for_each)
        return said("pour {} {} et par mois", "for {} {} and month", lot, unit.several)
    return by_the_month(unit.one)
