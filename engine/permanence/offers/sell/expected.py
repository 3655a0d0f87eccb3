"""What a usual month of a quote comes to, and what falls due once."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from attrs import evolve, frozen

from ...bill.invented_calls import TALK_SECONDS, invented_for_options
from ...bill.measure.option_facts import measured
from ...bill.price.bands import band_of
from ...bill.price.due_once import FIRST_MONTH
from ...bill.price.models.discount import KIND
from ...bill.price.price_list import Tariff, check_quoted
from ...contracts.book import Book
from ...decide.decider import Decider
from ...model.chosen import Chosen
from ...model.contract import Contract, Customer, Dated, OptionTaken
from ...model.coverage import CoverageWindow
from ...model.example import Example
from ...model.facts import PLAN, WINDOW, FactValue
from ...model.invoice import ChargeLine
from ...model.money import Cents, round_half_up
from ...model.offer import Offer
from ...model.option_asked import windows_with
from ...model.option_settings import Setting
from ...model.own_terms import AgreedPrice, Discount, Granted
from ...model.period import Month
from ...model.quantity import QUANTITY, QuantityAgreed
from ...model.quote import Expected, QuotedLine
from ...model.seller import Seller
from ...model.service import Service
from ...plugin_manager import Plugins
from ..examples.played import example_lines
from ..tell.months_ahead import months_ahead
from .plain_calls import plain_counts
from .turns import Begun, MonthFrom, from_turn_to_turn, turns

LINE = "devis"


@frozen(kw_only=True)
class Asked:
    """What a quote is asked for: by whom, for which mission, how many calls a month, which options, and when.

    Without ``services`` it is for all that the offer includes. ``live`` is the first day of service, where it is known;
    ``options_from`` has the days from which options are wanted that are not from then on. ``sellers`` are on file.
    """

    customer: Customer
    mission: str
    services: tuple[Service, ...] = ()
    calls: int
    options: tuple[str, ...]
    plan: str = ""
    settings: Mapping[str, Mapping[str, Setting]] = {}
    windows: tuple[str, ...] = ()
    quantities: tuple[QuantityAgreed, ...] = ()
    discounts: tuple[Discount, ...] = ()
    agreed: tuple[AgreedPrice, ...] = ()
    made: date
    valid_until: date
    live: date | None = None
    options_from: Mapping[str, date] = {}
    sellers: tuple[Seller, ...] = ()

    @property
    def begins(self) -> date:
        """Return the first day of service; the day of the quote where none is known."""
        return self.live or self.made

    def on(self, day: date) -> "Asked":
        """Return what is asked for as it is on a day: with the options that are there then, and from the start."""
        there = (name for name in self.options if self.options_from.get(name, day) <= day)
        return evolve(self, options=tuple(there), options_from={}) if self.options_from else self


def as_signed(offer: Offer, asked: Asked, band: int | None = None) -> Contract:
    """Return the contract that would be signed on the day of the quote, with one line."""
    return Contract(
        id=LINE,
        customer=asked.customer,
        offer=offer.version,
        mission=asked.mission,
        plan=asked.plan,
        lines=(LINE,),
        signed=asked.made,
        live=asked.live,
        band=band if offer.bands and offer.bands.floor == "contracted" else None,
        options=tuple(
            evolve(OptionTaken.agreed(name, asked.settings.get(name, {})), since=asked.options_from.get(name))
            for name in asked.options
        ),
        windows=asked.windows,
        quantities=asked.quantities,
        discounts=asked.discounts,
        agreed=asked.agreed,
    )


def begun_by(offer: Offer, asked: Asked) -> Begun:
    """Return from which day the months of a quote are counted: as if service began on its own, where none is asked."""
    return Begun(offer, asked.begins, asked.live is not None)


def chosen_by(offer: Offer, asked: Asked) -> Chosen:
    """Return what is asked for of an offer that its prices hang on: mission, plan, windows and options."""
    hours = offer.priced_with.intersection((*_windows(offer, asked), *asked.options))
    return Chosen(asked.mission, asked.plan, hours)


def _windows(offer: Offer, asked: Asked) -> tuple[str, ...]:
    return asked.windows or tuple(window.id for window in offer.coverage.windows)


def band_asked(offer: Offer, asked: Asked) -> int | None:
    """Return the band that the calls of a quote reach, None for an offer without bands; raise Unpriceable above all."""
    if offer.bands is None:
        return None
    return band_of(offer.bands.for_hours(chosen_by(offer, asked).hours), asked.mission, asked.calls).up_to


def known_of(offer: Offer, asked: Asked) -> Mapping[str, FactValue]:
    """Return the facts of who asks that no month changes."""
    taken = _windows(offer, asked)
    return {
        **{f"{WINDOW}{window.id}": int(window.id in taken) for window in offer.coverage.windows},
        "mission": asked.mission,
        **({PLAN: asked.plan} if asked.plan else {}),
        "customer.kind": asked.customer.kind,
        "customer.region": asked.customer.region,
    }


@frozen
class UsualMonth:
    """What some whole months of a customer are like: which, in French, what he has then, and the lines of each."""

    when: str
    asked: Asked
    lines: tuple[ChargeLine, ...]


def usual_months(decider: Decider, asked: Asked, sold: Callable[[Asked], Tariff]) -> tuple[UsualMonth, ...]:
    """Return whole months, past a free trial, with plain calls in daytime hours: now, and after each change of itself.

    Of itself a month changes with the contract's age, and on the days on which something agreed begins or ends.
    What an offer charges for marked calls (urgent, at night …) depends on who calls, and is left to the prices; what
    the first month has more than others falls due once.
    """
    own: tuple[Dated, ...] = (*asked.discounts, *asked.agreed, *asked.quantities)
    agreed = {*(day for one in own for day in (one.since, one.until) if day), *asked.options_from.values()}
    found: list[tuple[MonthFrom, Asked, tuple[ChargeLine, ...]]] = []
    offer, begun = decider.offer, begun_by(decider.offer, asked)
    for turn in turns(months_ahead(decider), begun, asked.made, agreed):
        then = asked.on(turn.day)
        lines = _lines(decider, then, {**turn.facts, FIRST_MONTH: 0}, turn.day)
        if turn.facts[FIRST_MONTH]:
            first = _lines(decider, then, turn.facts, turn.day)
            lines = lines if {line.code for line in lines} <= {line.code for line in first} else first
        check_quoted(lines, [sold(then)])
        if not found or _widened(offer, found[-1][1]) != _widened(offer, then) or not _alike(found[-1][2], lines):
            found.append((turn, then, lines))
    later = (*(turn for turn, *_ in found[1:]), None)
    return tuple(
        UsualMonth(from_turn_to_turn(turn, after, begun), then, lines)
        for (turn, then, lines), after in zip(found, later, strict=True)
    )


def _widened(offer: Offer, asked: Asked) -> tuple[CoverageWindow, ...]:
    """Return the windows that the options of a customer make of an offer's; raise OptionFailed for one that cannot."""
    windows = offer.coverage.windows
    for name in asked.options:
        windows = windows_with(offer.options[name], windows)
    return windows


def _alike(one: Iterable[ChargeLine], other: Iterable[ChargeLine]) -> bool:
    ones, others = ([(line.code, quoted_line(line)) for line in lines] for lines in (one, other))
    return ones == others


def quoted_line(line: ChargeLine) -> QuotedLine:
    """Return a line of an invoice as a quote has it."""
    return QuotedLine(
        label=line.label,
        quantity=line.quantity,
        unit=line.unit,
        unit_price=line.unit_price,
        for_each=line.for_each,
        amount=line.amount,
    )


def first_month(decider: Decider, asked: Asked) -> frozenset[tuple[str, str]]:
    """Return what a first month with so many calls is charged: codes and labels of its lines."""
    return frozenset((line.code, line.label) for line in _lines(decider, asked, {FIRST_MONTH: 1}, asked.begins))


def _lines(decider: Decider, asked: Asked, more: Mapping[str, FactValue], on: date) -> tuple[ChargeLine, ...]:
    offer, had = decider.offer, [one for one in asked.quantities if one.holds_on(on)]
    given = {
        **plain_counts(decider, asked.mission, asked.calls, talk_seconds(offer)),
        **known_of(offer, asked),
        **{f"{QUANTITY}{one.id}": one.quantity for one in had},
        **_measured(decider, asked),
        **more,
    }
    example = Example(title=LINE, given=given, options=asked.options, settings=asked.settings, total=Cents(0))
    lines = example_lines(offer, decider, example, Granted.on(on, asked.discounts, asked.agreed))
    # Discounts of other days are not granted; each that is keeps its number among all that were agreed.
    held = [number for number, one in enumerate(asked.discounts, 1) if Granted.on(on, (one,), ()).discounts]
    codes = {f"{KIND}.{place}": f"{KIND}.{number}" for place, number in enumerate(held, 1)}
    return tuple(evolve(line, code=codes.get(line.code, line.code)) for line in lines)


def talk_seconds(offer: Offer) -> int:
    """Return how long each conversation of a usual month lasts, in seconds."""
    return max(TALK_SECONDS, offer.count.min_talk_seconds)


def _measured(decider: Decider, asked: Asked) -> Mapping[str, int]:
    """Return what the options measure in so many plain calls, spread over the contract's windows."""
    offer = decider.offer
    band = band_asked(offer, asked)
    alone = Book(Plugins.of(), {offer.version: decider}, (evolve(as_signed(offer, asked, band), live=asked.begins),))
    calls = invented_for_options(alone, Month.of(asked.begins).next, asked.calls)
    found: dict[str, int] = {}
    for name in asked.options:
        found |= {fact: int(flags.sum()) for fact, flags in measured(offer.options[name], calls).items()}
    return found


def expected(lines: Iterable[QuotedLine], rate: int, when: str = "", coverage: tuple[str, ...] = ()) -> Expected:
    """Return what some lines come to, with VAT at a rate in hundredths of a per cent; ``when`` it is so.

    ``coverage`` is when calls are answered then, where that is otherwise than at first.
    """
    found = tuple(lines)
    net = Cents(sum(line.amount for line in found))
    vat = Cents(round_half_up(net * rate, 10_000))
    return Expected(net=net, vat=vat, total=Cents(net + vat), when=when, lines=found, coverage=coverage)
