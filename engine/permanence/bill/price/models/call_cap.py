"""What one call costs at most: what named prices charge together for it beyond that is taken off again."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from ....model.chosen import Chosen
from ....model.decision import Decision
from ....model.fault import Fault
from ....model.invoice import ChargeLine
from ....model.money import Cents, Micros, price_of
from ....model.offer import Offer, Rule
from ....model.option import Charge
from ....model.price import Price, named_in
from ....model.price_list import QuotedPrice
from ....model.problem import did_you_mean
from ....model.scalars import Words
from ....model.units import CALLS
from ....model.words.amounts import rate
from ....model.words.changes import instead
from ....model.words.phrases import listed, quoted, said
from ...measure.calls_together import TOGETHER
from ..charge_line import charge_line, reading
from ..price_changes import renamed
from ..price_model import NamedTable
from ..priced_month import PricedMonth

LONGEST = 10
"""Prices that a cap takes together at the most: each of their combinations is quoted."""
PATHS = ("amount", "steps", "per", "least", "most", "percent", "index", "by_days")


class CallCap(NamedTable):
    """`[price.<id>]` with `most_per_call`: the most that one call costs at some prices together."""

    def owns(self, offer: Offer, name: str) -> bool:
        """Tell whether a price caps what one call costs."""
        return name in offer.prices and offer.prices[name].most_per_call is not None

    def lines(self, month: PricedMonth, decision: Decision, name: str) -> Iterator[ChargeLine]:
        """Yield what is taken off calls that cost more together, a line for each sum."""
        price, facts = month.offer.prices[name], month.charged_facts
        by_sum: dict[Micros, list[str]] = {}
        for fact in sorted(facts):
            above = _above(month.offer, price, fact.removeprefix(TOGETHER).split("+")) if TOGETHER in fact else 0
            if above > 0:
                by_sum.setdefault(Micros(-above), []).append(fact)
        for off, found in sorted(by_sum.items()):
            calls = sum(int(facts[fact]) for fact in found)
            charge = Charge(label=price.title.fr, quantity=calls, unit_price=off, unit=CALLS)
            told = said("{} : {} × {}.", "{}: {} × {}.", price.title, calls, rate(off, month.offer.head.currency)).fr
            yield charge_line(
                reading(decision, facts, *found), charge, " ".join(filter(None, (told, decision.rule.why)))
            )

    def prices(self, offer: Offer, chosen: Chosen, name: str) -> Iterator[QuotedPrice]:
        """Yield what may be taken off one call: what each of the prices together come to beyond the most."""
        price = offer.prices[name]
        together = named_in(price.of)[:LONGEST]
        several = (some for size in range(1, len(together) + 1) for some in combinations(together, size))
        sums = dict.fromkeys(_above(offer, price, some) for some in several)
        for above in sorted(above for above in sums if above > 0):
            title = price.title
            yield QuotedPrice(
                label=title.fr,
                english=title.told("en"),
                unit_price=Micros(-above),
                unit=CALLS,
                due="usage",
                most_per_call=price_of(price.most_per_call or Cents(0)),
                of=listed(quoted(offer.prices[one].title) for one in together if one in offer.prices),
            )

    def counts(self, offer: Offer, name: str) -> str:
        """Return nothing: it hangs on which calls bear several marks, not on how many calls there are."""
        return ""

    def faults(self, offer: Offer, name: str) -> Iterator[Fault]:
        """Yield what is wrong with a cap: it is of prices per call, each one amount, and below none of them."""
        price, path = offer.prices[name], ("price", name)
        for key in (key for key in PATHS if getattr(price, key) not in (None, (), "")):
            yield Fault((*path, key), f'"most_per_call" and "{key}" exclude each other', "keep one", at_key=True)
        if not price.of:
            yield Fault((*path, "of"), "a cap is of prices", 'write of = ["price.<id>", …]', at_key=True)
        if len(price.of) > LONGEST:
            yield Fault((*path, "of"), f"a cap takes {LONGEST} prices together at the most")
        known = [f"price.{other}" for other in offer.prices if not self.owns(offer, other)]
        for number, code in enumerate(price.of):
            where, other = (*path, "of", number), offer.prices.get(code.removeprefix("price."))
            if code not in known or other is None:
                yield Fault(where, f'there is no "{code}" to cap', did_you_mean(code, known))
            elif fault := _not_per_call(offer, other):
                yield Fault(where, f'"{code}" is no price of each call: {fault}')
            elif rule := _at_times(offer, code, other):
                what = f'the rule "{rule.id}" charges "{code}" in some months only, and a cap is of what is always due'
                yield Fault(where, what, f'let its when be "contract.active" or "{other.per} > {other.included}"')
            elif price_of(price.most_per_call or Cents(0)) < (other.amount or 0):
                yield Fault((*path, "most_per_call"), f'"{code}" alone is more', "lower that price")

    def told(self, offer: Offer, name: str) -> Iterator[Words]:
        """Yield what one call costs at most, and at which prices."""
        price = offer.prices[name]
        most = rate(price_of(price.most_per_call or Cents(0)), offer.head.currency)
        named = [quoted(offer.prices[one].title) for one in named_in(price.of) if one in offer.prices]
        if not named:
            yield said("Un appel coûte au plus {}.", "One call costs at most {}.", most)
            return
        titles = listed(named)
        yield said("Un appel coûte au plus {} : {} ensemble.", "One call costs at most {}: {} together.", most, titles)

    def differences(self, old: Offer, new: Offer, name: str) -> Iterator[Words]:
        """Yield that a cap came or went, or what changed in it."""
        before, after = (offer.prices[name] if self.owns(offer, name) else None for offer in (old, new))
        if before is None or after is None:
            if before or after:
                yield from self.told(new, name) if after else ()
                if before and name not in new.prices:
                    yield said("Le prix {} disparaît.", "The price {} goes.", quoted(before.title))
            return
        if before.title != after.title:
            yield renamed(Words("Le prix", "The price"), before.title, after.title)
        if (before.most_per_call, before.of) != (after.most_per_call, after.of):
            now, then = (next(self.told(offer, name)) for offer in (new, old))
            yield instead(quoted(after.title), now, then)


def _above(offer: Offer, price: Price, together: "tuple[str, ...] | list[str]") -> int:
    """Return by how much prices together are above what a cap of some of them leaves, in millionths."""
    mine = [name for name in together if f"price.{name}" in price.of]
    prices: Mapping[str, Price] = offer.prices
    return sum(int(prices[name].amount or 0) for name in mine if name in prices) - price_of(
        price.most_per_call or Cents(0)
    )


def _at_times(offer: Offer, code: str, price: Price) -> Rule | None:
    """Return a rule that does not charge a price whenever calls past the included ones bear it."""
    always = {"contract.active", f"{price.per} > {price.included}", f"{price.per} >= {price.included + 1}"}
    charging = (rule for rule in offer.rules if rule.on == "month" and rule.then.charge == code)
    return next((rule for rule in charging if " ".join(rule.when.replace("_", "").split()) not in _bare(always)), None)


def _bare(texts: Iterable[str]) -> set[str]:
    return {text.replace("_", "") for text in texts}


def _not_per_call(offer: Offer, price: Price) -> str:
    """Return why a price is not charged for each call alone, nothing where it is."""
    marks = {f"usage.{rule.then.mark}" for rule in offer.rules if rule.then.mark}
    if price.per not in {"usage.calls", *marks}:
        return 'it has no per = "usage.calls", nor that of a mark'
    if price.amount is None or price.every > 1 or price.for_each > 1:
        return "it has steps or lots"
    if "included" in price.by_days:
        return "what it includes follows the days"
    return "" if price.least is None and price.most is None else "it has a least or a most"
