"""A quote: every price that an offer could ever charge, its terms in words, and what a usual month comes to."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import numpy as np
from attrs import evolve, frozen

from ...bill.invented_calls import TALK_SECONDS, invented_calls
from ...bill.measure.durations import billed_lengths
from ...bill.price.bands import Unpriceable, band_of
from ...bill.price.charges import OptionFailed
from ...bill.price.price_list import Tariff, check_quoted, tariff
from ...bill.price.vat import rate_for
from ...contracts.book import Book
from ...decide.decider import Decider
from ...model.contract import Contract, Customer, OptionTaken
from ...model.example import Example
from ...model.money import Cents, amount_of, round_half_up
from ...model.offer import Offer
from ...model.period import Month
from ...model.problem import Place, Problem, Refused, did_you_mean
from ...model.quote import Expected, Quote, QuotedLine
from ...model.words.terms import coverage_in_words, terms_in_words
from ...plugin_manager import Plugins
from ...read.contracts.contract_checks import check_alone
from ...read.contracts.quotes import write_quote
from ..examples.played import example_lines

LINE = "devis"


@frozen(kw_only=True)
class Asked:
    """What a quote is asked for: by whom, for which mission, how many calls a month, which options, and when."""

    customer: Customer
    mission: str
    calls: int
    options: tuple[str, ...]
    made: date
    valid_until: date


def offer_on_sale(deciders: Iterable[Decider], name: str, day: date, where: str = "OFFER") -> Decider:
    """Return who decides for the offer of a version, or of an id the version on sale on a day; ``where`` it was named.

    Raises Refused when there is none of that name, or when it is not sold yet.
    """
    known = {decider.offer.version: decider for decider in deciders}
    named = [one.offer for one in known.values() if name in (one.offer.version, one.offer.head.id)]
    if not named:
        names = {*known, *(one.offer.head.id for one in known.values())}
        raise Refused([Problem(Place(where), f'there is no offer "{name}"', did_you_mean(name, names))])
    sold = [offer for offer in named if offer.head.sold_from <= day]
    if not sold:
        first = min(named, key=lambda offer: offer.head.sold_from)
        exact = name == first.version
        hint = f"it is on sale from {first.head.sold_from}" if exact else f"its first version is {first.version}"
        raise Refused([Problem(Place(where), f"{name} is not sold on {day}", hint)])
    return known[max(sold, key=lambda offer: offer.head.sold_from).version]


def make_quote(decider: Decider, asked: Asked, plugins: Plugins) -> Quote:
    """Return the quote of a decider's offer for what was asked: the same for the same, number included.

    Raises Refused with everything that is wrong with what was asked.
    """
    offer = decider.offer
    if problems := tuple(_problems(offer, asked)):
        raise Refused(problems)
    try:
        return _numbered(_quote(decider, asked))
    except Unpriceable:
        what = f"{offer.version} has no price for {asked.calls} calls a month"
        raise Refused([Problem(Place("--calls"), what, "its bands have a top")]) from None
    except OptionFailed as failure:
        cause = failure.__cause__
        what = f"the {plugins.blame(failure.option)} failed: {type(cause).__name__}: {cause}"
        raise Refused([Problem(Place("plugins"), what)]) from failure


def contract_of_quote(quote: Quote, offer: Offer, number: str, lines: Sequence[str], signed: date) -> Contract:
    """Return the contract that a quote becomes when it is signed: it pins the rule file, and names the quote."""
    contracted = offer.bands is not None and offer.bands.floor == "contracted"
    return Contract(
        id=number,
        customer=quote.customer,
        offer=quote.offer,
        digest=quote.digest,
        quote=quote.number,
        mission=quote.mission,
        lines=tuple(lines),
        signed=signed,
        band=quote.band if contracted else None,
        options=tuple(OptionTaken(id=name) for name in quote.options),
    )


def _problems(offer: Offer, asked: Asked) -> Iterator[Problem]:
    if asked.mission not in offer.head.mission:
        what = f'{offer.version} has no mission "{asked.mission}"'
        yield Problem(Place("--mission"), what, did_you_mean(asked.mission, offer.head.mission))
    for number, name in enumerate(asked.options):
        if name not in offer.options:
            what = f'{offer.version} has no option "{name}"'
            yield Problem(Place("--option"), what, did_you_mean(name, offer.options))
        elif name in asked.options[:number]:
            yield Problem(Place("--option"), f'"{name}" is there twice')
    places = {"name": "--for", "region": "--region"}
    for fault in check_alone(_as_signed(offer, asked)):
        yield Problem(Place(places.get(str(fault.path[-1]), "--on")), fault.what, fault.hint)


def _quote(decider: Decider, asked: Asked) -> Quote:
    offer = decider.offer
    rate, reason = rate_for(asked.customer.region, offer.head.vat, asked.made)
    sold = tariff(offer, asked.mission)
    wanted = {"setup_fee", *(f"option.{name}" for name in asked.options)}
    once = (
        QuotedLine(
            label=price.label,
            quantity=1,
            unit=price.unit,
            unit_price=price.unit_price,
            for_each=price.for_each,
            amount=amount_of(1, price.unit_price, for_each=price.for_each),
        )
        for price in sold.prices
        if price.due == "one_off" and price.code in wanted
    )
    return Quote(
        number="",
        made=asked.made,
        valid_until=asked.valid_until,
        offer=offer.version,
        title=offer.head.title.fr,
        digest=offer.digest,
        mission=asked.mission,
        calls=asked.calls,
        talk_seconds=_talk_seconds(offer),
        band=band_of(offer.bands, asked.mission, asked.calls).up_to if offer.bands else None,
        options=asked.options,
        vat_rate=rate,
        vat_reason=reason,
        customer=asked.customer,
        coverage=_coverage(offer, asked),
        terms=terms_in_words(offer),
        month=_expected(_month(decider, asked, sold), rate),
        once=_expected(once, rate),
        prices=sold.prices,
    )


def _as_signed(offer: Offer, asked: Asked, band: int | None = None) -> Contract:
    """Return the contract that would be signed on the day of the quote, with one line."""
    return Contract(
        id=LINE,
        customer=asked.customer,
        offer=offer.version,
        mission=asked.mission,
        lines=(LINE,),
        signed=asked.made,
        band=band if offer.bands and offer.bands.floor == "contracted" else None,
        options=tuple(OptionTaken(id=name) for name in asked.options),
    )


def _coverage(offer: Offer, asked: Asked) -> tuple[str, ...]:
    for name in asked.options:
        try:
            offer.options[name].widen(offer.coverage.windows)
        except Exception as error:
            raise OptionFailed(name) from error
    return coverage_in_words(offer, asked.options)


def _month(decider: Decider, asked: Asked, sold: Tariff) -> Iterator[QuotedLine]:
    """Yield the lines of a usual month: whole, past the trial, with plain calls in daytime hours.

    What an offer charges for marked calls (urgent, at night …) depends on who calls, and is left to the prices.
    """
    offer = decider.offer
    talk = _talk_seconds(offer)
    billed = int(billed_lengths(offer.duration, np.array([talk], np.int32))[0]) if offer.duration else talk
    given = {
        "usage.calls": asked.calls,
        "usage.received": asked.calls,
        "usage.talk_seconds": asked.calls * talk,
        "usage.billed_seconds": asked.calls * billed,
        "mission": asked.mission,
        "customer.kind": asked.customer.kind,
        "customer.region": asked.customer.region,
        **_measured(decider, asked),
    }
    example = Example(title=LINE, given=given, options=asked.options, total=Cents(0))
    lines = example_lines(offer, decider, example)
    check_quoted(lines, [sold])
    for line in lines:
        yield QuotedLine(
            label=line.label,
            quantity=line.quantity,
            unit=line.unit,
            unit_price=line.unit_price,
            for_each=line.for_each,
            amount=line.amount,
        )


def _talk_seconds(offer: Offer) -> int:
    return max(TALK_SECONDS, offer.count.min_talk_seconds)


def _measured(decider: Decider, asked: Asked) -> Mapping[str, int]:
    """Return what the options measure in so many plain calls, spread over the contract's windows."""
    offer = decider.offer
    band = band_of(offer.bands, asked.mission, asked.calls).up_to if offer.bands else None
    alone = Book(Plugins.of(), {offer.version: decider}, (_as_signed(offer, asked, band),))
    calls = invented_calls(alone, Month.of(asked.made).next, asked.calls).calls
    found: dict[str, int] = {}
    for name in asked.options:
        try:
            found |= {fact: int(flags.sum()) for fact, flags in offer.options[name].measure(calls).items()}
        except Exception as error:
            raise OptionFailed(name) from error
    return found


def _expected(lines: Iterable[QuotedLine], rate: int) -> Expected:
    found = tuple(lines)
    net = Cents(sum(line.amount for line in found))
    vat = Cents(round_half_up(net * rate, 10_000))
    return Expected(net=net, vat=vat, total=Cents(net + vat), lines=found)


def _numbered(quote: Quote) -> Quote:
    content = hashlib.sha256(write_quote(quote).encode()).hexdigest()[:6].upper()
    return evolve(quote, number=f"D-{quote.made:%Y%m%d}-{content}")
