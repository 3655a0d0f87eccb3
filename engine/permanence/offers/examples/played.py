"""An offer's own examples: what comes out of them is what they say, or the offer does not load."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date

from attrs import evolve, frozen

from ...bill.groups import group_facts
from ...bill.price.agreed import as_agreed
from ...bill.price.month_facts import month_facts
from ...bill.price.month_lines import month_lines
from ...bill.price.own_terms import own_decisions
from ...bill.price.priced_month import PricedMonth
from ...contracts.parts import ReadInParts, changes_apart, indexed_prices
from ...contracts.trial import billed_days
from ...decide.decider import Decider
from ...decide.vocabulary import vocabulary
from ...model.contract import Contract, Customer, OptionTaken
from ...model.customer_kind import usual_customer
from ...model.event import Event
from ...model.example import Example
from ...model.facts import COUNTED, PLAN, WINDOW, FactField, FactType, FactValue, Stage
from ...model.invoice import ChargeLine
from ...model.money import Cents, plain, price_of
from ...model.occurrence import OCCURRENCE
from ...model.offer import Offer
from ...model.option_asked import windows_with
from ...model.option_failed import OptionFailed
from ...model.option_settings import refused_settings
from ...model.own_terms import NOTHING_GRANTED, Granted
from ...model.period import Month, Period
from ...model.price_index import Unpublished
from ...model.problem import Problem, did_you_mean
from ...model.quantity import LINES_HELD, QUANTITY, QuantityAgreed
from ...model.served import Served
from ...model.settled_offer import with_settings
from .next_month import with_next_month

MONTH = Month(2023, 6)
BEFORE, INSIDE = date(2020, 1, 1), date(2023, 6, 1)
"""An example's month has thirty days; its contract began long before, or on its first day."""
NOTHING: Mapping[str, int] = {}
TYPES: Mapping[FactType, type | tuple[type, ...]] = {"number": int, "word": str, "yes_no": (bool, int)}
IN_WORDS: Mapping[FactType, str] = {"number": "a number", "word": "a word", "yes_no": "true or false"}
Asked = tuple[Mapping[str, FactValue], ...]


@frozen(kw_only=True)
class Played:
    """What came out of an example, as far as it is about that; ``asked`` is the facts that rules were asked about."""

    asked: Mapping[Stage, Asked]
    lines: tuple[ChargeLine, ...] = ()
    counts: Mapping[str, int] = NOTHING
    ends: date | None = None
    holds_from: date | str | None = None
    renewed_until: date | str | None = None
    floor: int | None = None

    @property
    def total(self) -> Cents:
        """Return the total excluding VAT."""
        return Cents(sum(line.amount for line in self.lines))

    @property
    def coded(self) -> tuple[str, ...]:
        """Return each line as an example writes it: what is charged, and the amount."""
        return tuple(f"{line.code} {plain(price_of(line.amount))}" for line in self.lines)


class Unplayable(Exception):  # noqa: N818 - named after what happened
    """An example from which nothing comes out, with the reason."""


class HeldMonth(Unplayable):
    """An example whose invoice would wait, with the reason that staff would read."""


class UnpricedMonth(HeldMonth):
    """An example whose invoice would wait because its bands or steps end below the count."""


def name_problems(offer: Offer, example: Example) -> Iterator[Problem]:
    """Yield a problem for each fact that an example gives or counts and that its offer does not have, or not so."""
    known = vocabulary(offer, "month")
    for name, value in example.given.items():
        if name not in known:
            what = f'the example "{example.title}" gives "{name}", which is no fact of a month'
            yield Problem(example.place, what, did_you_mean(name, known.fields))
        elif not isinstance(value, TYPES[known[name].type]) or (
            isinstance(value, bool) and known[name].type != "yes_no"
        ):
            what = f'the example "{example.title}" gives "{name}" as {value!r}'
            yield Problem(example.place, what, f"it is {IN_WORDS[known[name].type]}")
        elif known[name].type == "yes_no" and value not in (0, 1):
            what = f'the example "{example.title}" gives "{name}" as {value!r}'
            yield Problem(example.place, what, f"it is {IN_WORDS['yes_no']}")
        elif (words := _words(offer, known[name])) and value not in words:
            what = f'the example "{example.title}" gives "{name}" as {value!r}, which no contract of the offer has'
            yield Problem(example.place, what, did_you_mean(str(value), words))
    if all(not example.given.get(f"{WINDOW}{window.id}", True) for window in offer.coverage.windows):
        what = f'the contract of the example "{example.title}" takes no window'
        yield Problem(example.place, what, "leave one of them out of `given`, or true")
    if wrong := tuple(_setting_problems(offer, example)):
        yield from wrong
        return
    counted = {name for name in known.fields if name.startswith(COUNTED)} | set(_windows(offer, example))
    for name in example.counts:
        if name not in counted:
            what = f'the example "{example.title}" counts "{name}", which nobody does'
            yield Problem(example.place, what, did_you_mean(name, counted))


def _setting_problems(offer: Offer, example: Example) -> Iterator[Problem]:
    for name, settings in example.settings.items():
        if name not in example.options:
            what = f'the example "{example.title}" settles "{name}", which is none of its options'
            yield Problem(example.place, what, did_you_mean(name, example.options))
        elif name in offer.options:
            taken = OptionTaken.agreed(name, settings)
            for wrong in refused_settings(offer.options[name], taken.settings):
                yield Problem(example.place, f'the example "{example.title}": {wrong.what}', wrong.hint)


def _words(offer: Offer, fact: FactField) -> tuple[str, ...]:
    """Return the words that a fact can have in an offer; none where any may come."""
    return offer.head.customers if fact.name == "customer.kind" else fact.words


def _windows(offer: Offer, example: Example) -> Iterator[str]:
    windows = offer.coverage.windows
    offer = with_settings(offer, example.settings)
    for name in example.options:
        with suppress(OptionFailed):
            windows = windows_with(offer.options[name], windows)
    yield from (f"window.{window.id}" for window in (*windows, *offer.coverage.windows))


def example_lines(
    offer: Offer, decider: Decider, example: Example, granted: Granted = NOTHING_GRANTED
) -> tuple[ChargeLine, ...]:
    """Return the lines that an offer's rules make of an example that gives facts of its month."""
    return played_month(offer, decider, example, granted).lines


def played_month(offer: Offer, decider: Decider, example: Example, granted: Granted = NOTHING_GRANTED) -> Played:
    """Return what an offer's rules make of an example that gives facts of its month, and perhaps dates.

    What was ``granted`` to its customer holds in all of it.

    What the example does not give is that of a quiet month of thirty days of an old contract without options. Raises
    Unplayable for a month without service, and what pricing raises.
    """
    given = {name: int(value) if isinstance(value, bool) else value for name, value in example.given.items()}
    month = month_of(example)
    contract = example_contract(offer, example, INSIDE if given.get("contract.first_month") else BEFORE)
    contract = evolve(contract, discounts=granted.discounts, agreed=granted.agreed)
    served = Served(contract, offer, Period(contract.start) & month.period)
    if not served.served.days:
        raise Unplayable(f"the contract is not in service in {month}")
    if len(tuple(changes_apart(served, ReadInParts(indexed=indexed_prices(offer))))) > 1:
        raise Unplayable(f"its prices are revised inside {month}: let it give `calls`")
    counts = {name: 0 for name in decider.facts_needed("month") if name.startswith(COUNTED)}
    facts = {**month_facts(served, month, {"usage.calls": 0, **counts}), **given}
    facts["customer.region"] = contract.customer.region
    facts |= _of_group(offer, example, contract.plan, int(facts["usage.calls"]))
    decisions = tuple(decider.decision(rule, facts) for rule in decider.decide("month", facts))
    agreed = as_agreed(offer, granted.agreed) if granted.agreed else None
    priced = PricedMonth(served=served, month=month, billed=billed_days(served), facts=facts, agreed=agreed)
    try:
        lines = month_lines([(priced, (*decisions, *own_decisions(served)))])
        lines = with_next_month(lines, priced, decider, given)
    except Unpublished as missing:
        raise Unplayable(str(missing)) from missing
    return Played(asked={"month": (facts,)}, lines=lines)


def _of_group(offer: Offer, example: Example, plan: str, calls: int) -> Mapping[str, int]:
    """Return what the calls of an example and those of the other contracts of its group come to, where they share."""
    shared = offer.shared_by_groups(plan)
    if not example.group or shared is None:
        return NOTHING
    others = {f"example {number}": count for number, count in enumerate(example.group, 2)}
    return group_facts(shared.included, {"example": calls, **others})["example"]


def month_of(example: Example) -> Month:
    """Return the month that an example is about: its own, that of its first call, or of the first day of service."""
    moments = [moment for call in example.calls for moment in call.moments]
    start = example.live or example.signed
    if example.month or not (moments or start):
        return example.month or MONTH
    return Month.of(min(moments).date() if moments else start or INSIDE)


def mission_of(offer: Offer, example: Example) -> str:
    """Return the mission that an example gives, or the offer's first."""
    return str(example.given.get("mission", offer.head.mission[0]))


def example_contract(offer: Offer, example: Example, signed: date) -> Contract:
    """Return the contract of an example, signed on a day, and served from then on, unless the example says when."""
    given = example.given
    contracted = offer.bands.steps[0].up_to if offer.bands and offer.bands.floor == "contracted" else None
    signed = example.signed or min(example.live or signed, signed)
    # Who does not say when he signed has the prices of his signature: no index has revised them yet.
    priced_on = None if example.signed else date.max
    return Contract(
        id="example",
        customer=Customer(
            name="",
            kind=given.get("customer.kind", usual_customer(offer.head.customers)),  # type: ignore[arg-type]
            region=str(given.get("customer.region", offer.head.country)),
        ),
        offer=offer.version,
        mission=mission_of(offer, example),
        lines=("example", *(f"example {number}" for number in range(2, int(given.get(LINES_HELD, 1)) + 1))),
        signed=signed,
        live=example.live or (None if example.event and example.event.what == "go_live" else signed),
        notice=example.notice,
        notice_sent=example.notice_sent,
        band=example.band or contracted,
        options=tuple(OptionTaken.agreed(name, example.settings.get(name, {})) for name in example.options),
        plan=str(given.get(PLAN, "" if offer.plan_rules.best else next(iter(offer.plans), ""))),
        windows=_chosen_windows(offer, example),
        quantities=tuple(
            QuantityAgreed(id=name, quantity=int(given[f"{QUANTITY}{name}"]))
            for name in offer.quantities
            if f"{QUANTITY}{name}" in given
        ),
        events=(*((example.event,) if example.event else ()), *_occurred(example)),
        group="exemple" if example.group else "",
        priced_on=priced_on,
    )


def _occurred(example: Example) -> Iterator[Event]:
    """Yield what an example gives as occurred, on the first day of its month that the contract can be served."""
    day = max(month_of(example).first, example.live or example.signed or date.min)
    for name, count in example.given.items():
        if name.startswith(OCCURRENCE) and int(count):
            occurrence = name.removeprefix(OCCURRENCE)
            yield Event(contract="example", on=day, what="occurred", occurrence=occurrence, quantity=int(count))


def _chosen_windows(offer: Offer, example: Example) -> tuple[str, ...]:
    """Return the windows that an example's contract takes: none by name where it gives no other than all of them."""
    windows = [window.id for window in offer.coverage.windows]
    taken = tuple(name for name in windows if example.given.get(f"{WINDOW}{name}", True))
    return () if len(taken) == len(windows) else taken
