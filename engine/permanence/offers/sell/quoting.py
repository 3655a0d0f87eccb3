"""A quote: every price that an offer could ever charge, its terms in words, and what a usual month comes to."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial

from attrs import evolve

from ...bill.price.bands import Unpriceable
from ...bill.price.due_once import BY_THEMSELVES
from ...bill.price.price_list import NotQuoted
from ...bill.price.vat import rate_for
from ...contracts.book import Book
from ...contracts.choices import plan_otherwise
from ...contracts.parties import taxed_in
from ...contracts.superfluous import covered_twice, hours_covered
from ...contracts.unmet import unmet
from ...decide.decider import Decider
from ...model.contract import Contract, OptionTaken
from ...model.countries import COUNTRIES
from ...model.money import Cents, amount_of
from ...model.offer import Offer
from ...model.option_asked import windows_with
from ...model.option_failed import OptionFailed
from ...model.option_settings import refused_settings
from ...model.price_list import QuotedPrice
from ...model.problem import Place, Problem, Refused, did_you_mean
from ...model.quote import Quote, QuotedLine
from ...model.regions import REGIONS, country_of
from ...model.settled_offer import with_settings
from ...model.unusable_option import unusable
from ...model.words.deposits import deposit_in_words
from ...model.words.french import day_in_words
from ...model.words.lines import only_of_several
from ...model.words.terms import coverage_in_words
from ...model.words.terms_agreed import own_terms_told, sentences
from ...plugin_manager import Plugins
from ...read.contracts.contract_checks import check_alone
from ...read.contracts.quotes import write_quote
from ..tell.life_words import terms_in_words
from .expected import (
    Asked,
    UsualMonth,
    as_signed,
    band_asked,
    expected,
    first_month,
    quoted_line,
    talk_seconds,
    usual_months,
)
from .prices_met import prices_asked, prices_met
from .quote_number import as_numbered, number_of
from .terms_asked import OF_FAULTS, terms_problems


def make_quote(decider: Decider, asked: Asked, plugins: Plugins) -> Quote:
    """Return the quote of a decider's offer for what was asked: the same for the same, number included.

    Raises Refused with everything that is wrong with what was asked.
    """
    offer = decider.offer
    if problems := tuple(_problems(offer, asked)):
        raise Refused(problems)
    try:
        return numbered(_quote(_as_settled(decider, asked), asked))
    except Unpriceable:
        what = f"{offer.version} has no price for {asked.calls} calls a month"
        raise Refused([Problem(Place("--calls"), what, "its bands have a top")]) from None
    except OptionFailed as failure:
        raise failure.refused(plugins.blame(failure.option)) from failure
    except NotQuoted as failure:
        what = f'{offer.version} charges "{failure.line.label}", which no quote would list'
        raise Refused([Problem(Place(offer.file), what, "mend the offer, or the plugin of its option")]) from None


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
        plan=quote.plan,
        services=quote.services,
        lines=tuple(lines),
        signed=signed,
        band=quote.band if contracted else None,
        options=tuple(
            evolve(OptionTaken.agreed(name, quote.settings.get(name, {})), since=quote.options_from.get(name))
            for name in quote.options
        ),
        windows=quote.windows,
        quantities=quote.quantities,
        discounts=quote.discounts,
        agreed=quote.agreed,
        deposit=quote.deposit if offer.deposit and offer.deposit.known is None else None,
    )


def _problems(offer: Offer, asked: Asked) -> Iterator[Problem]:
    if asked.mission not in offer.head.mission:
        what = f'{offer.version} has no mission "{asked.mission}"'
        yield Problem(Place("--mission"), what, did_you_mean(asked.mission, offer.head.mission))
    for one in plan_otherwise(asked.plan, offer):
        yield Problem(Place("--plan"), one.what, one.hint)
    if asked.customer.kind not in offer.head.customers:
        what = f'{offer.version} is not for a customer of the kind "{asked.customer.kind}"'
        yield Problem(Place("--kind"), what, f"it may be signed by: {', '.join(offer.head.customers)}")
    for service in asked.services:
        if service not in offer.head.services:
            what = f'{offer.version} does not include the service "{service}"'
            yield Problem(Place("--service"), what, did_you_mean(service, offer.head.services))
    yield from _options_not_to_be_had(offer, asked)
    country = offer.head.country
    if asked.customer.region in REGIONS and country_of(asked.customer.region) != country:
        what = f'{offer.version} is sold in {COUNTRIES[country].english}, and the region is "{asked.customer.region}"'
        hint = f'write "{country}", or a part of it; the VAT of a sale abroad is not worked out'
        yield Problem(Place("--region"), what, hint)
    for name, others in covered_twice(offer, asked.options, asked.windows):
        yield Problem(
            Place("--option"), f"hours would be paid for twice: {hours_covered(name, others)}", f'leave "{name}" out'
        )
    yield from _not_as_options_ask(offer, asked)
    contract = as_signed(offer, asked)
    yield from terms_problems(offer, contract)
    places = {"name": "--for", "region": "--region", "live": "--live"}
    for fault in check_alone(contract):
        place = OF_FAULTS.get(str(fault.path[0])) or places.get(str(fault.path[-1]), "--on")
        yield Problem(Place(place), fault.what, fault.hint)


def _options_not_to_be_had(offer: Offer, asked: Asked) -> Iterator[Problem]:
    """Yield the options that are asked for and not on sale, cannot be used, or come too early or twice."""
    for number, name in enumerate(asked.options):
        if name not in offer.options:
            what = f'{offer.version} has no option "{name}"'
            yield Problem(Place("--option"), what, did_you_mean(name, offer.options))
        elif name in unusable(offer.options):
            yield Problem(Place("--option"), f'the option "{name}" cannot be used: {unusable(offer.options)[name].why}')
        elif asked.options_from.get(name, asked.begins) < asked.begins:
            what = f'"{name}" cannot be had before service begins, on {asked.begins}'
            yield Problem(Place("--option"), what, "take the day out, or write a later one")
        elif name in asked.options[:number]:
            yield Problem(Place("--option"), f'"{name}" is there twice')


def _not_as_options_ask(offer: Offer, asked: Asked) -> Iterator[Problem]:
    """Yield what is wrong with what is settled of options, else what they ask of a contract that would not have it."""
    contract = as_signed(offer, asked)
    wrong = [
        Problem(Place("--option"), one.what, one.hint)
        for taken in contract.options
        if taken.id in offer.options
        for one in refused_settings(offer.options[taken.id], taken.settings)
    ]
    yield from wrong
    if not wrong:
        told = unmet(contract, with_settings(offer, asked.settings))
        yield from (Problem(Place("--option"), one.english) for one in told)


def _as_settled(decider: Decider, asked: Asked) -> Decider:
    """Return the decider of an offer whose options are as the customer settles them."""
    if not asked.settings:
        return decider
    book = Book(Plugins.of(), {decider.offer.version: decider}, ())
    return book.decider(book.offer_of(as_signed(decider.offer, asked)).edition)


def _quote(decider: Decider, asked: Asked) -> Quote:
    offer = decider.offer
    rate, reason = rate_for(taxed_in(as_signed(offer, asked), asked.sellers, asked.made), offer.head.vat, asked.made)
    begun = asked.on(asked.begins)
    prices, covered = prices_met(decider, begun), _coverage(offer, begun)
    months = usual_months(decider, asked, partial(prices_asked, decider))
    now, *later = (
        expected(map(quoted_line, one.lines), rate, one.when, _otherwise(covered, _coverage(offer, one.asked)))
        for one in months
    )
    deposit = (now.net if offer.deposit.known is None else offer.deposit.known) if offer.deposit else None
    return Quote(
        number="",
        made=asked.made,
        live=asked.live,
        valid_until=asked.valid_until,
        offer=offer.version,
        title=offer.head.title.fr,
        digest=offer.digest,
        mission=asked.mission,
        mission_title=only_of_several(offer, asked.mission),
        plan=asked.plan,
        services=asked.services or offer.head.services,
        calls=asked.calls,
        talk_seconds=talk_seconds(offer),
        band=band_asked(offer, begun),
        options=asked.options,
        option_titles={name: offer.options[name].name for name in asked.options},
        options_from=asked.options_from,
        settings=asked.settings,
        windows=asked.windows,
        quantities=asked.quantities,
        discounts=asked.discounts,
        agreed=asked.agreed,
        own=sentences(own_terms_told(as_signed(offer, asked), offer, offer.head.currency)),
        currency=offer.head.currency,
        vat_rate=rate,
        vat_reason=reason,
        customer=asked.customer,
        coverage=covered,
        terms=(*terms_in_words(decider, asked.customer.kind, _met(asked, prices)), *_deposit_told(offer, deposit)),
        month=now,
        later=tuple(later),
        once=expected(_once(decider, asked, prices, months[0]), rate),
        deposit=deposit,
        prices=prices,
    )


def _once(decider: Decider, asked: Asked, prices: Sequence[QuotedPrice], usual: UsualMonth) -> Iterator[QuotedLine]:
    """Yield what falls due once: at the start, and on the day of an option that comes later, which it then names."""
    wanted = {"setup_fee", *(f"option.{name}" for name in asked.options)}
    own = any(price.due == "one_off" and price.code.partition(".")[0] not in BY_THEMSELVES for price in prices)
    known = {(line.code, line.label) for line in usual.lines}
    first = first_month(decider, asked.on(asked.begins)) - known if own else frozenset()
    for price in prices:
        if price.due == "one_off" and (price.code in wanted or (price.code, price.label) in first):
            day = asked.options_from.get(price.code.removeprefix("option."), asked.begins)
            yield QuotedLine(
                label=price.label + (f" (le {day_in_words(day)})" if day > asked.begins else ""),
                quantity=1,
                unit=price.unit,
                unit_price=price.unit_price,
                for_each=price.for_each,
                amount=amount_of(1, price.unit_price, for_each=price.for_each),
            )


def _otherwise(covered: tuple[str, ...], then: tuple[str, ...]) -> tuple[str, ...]:
    return () if then == covered else then


def _deposit_told(offer: Offer, amount: Cents | None) -> Iterator[str]:
    if offer.deposit:
        yield deposit_in_words(offer.deposit, amount, offer.head.currency).fr


def _met(asked: Asked, prices: Iterable[QuotedPrice]) -> Iterator[QuotedPrice]:
    """Yield the prices of the offer itself and of the options that are wanted."""
    wanted = {f"option.{name}" for name in asked.options}
    yield from (price for price in prices if not price.code.startswith("option.") or price.code in wanted)


def _coverage(offer: Offer, asked: Asked) -> tuple[str, ...]:
    for name in asked.options:
        windows_with(offer.options[name], offer.coverage.windows)
    if asked.windows:
        taken = tuple(window for window in offer.coverage.windows if window.id in asked.windows)
        offer = evolve(offer, coverage=evolve(offer.coverage, windows=taken))
    return coverage_in_words(offer, asked.options)


def numbered(quote: Quote) -> Quote:
    """Return a quote with the number that follows from all that it says."""
    text = write_quote(as_numbered(evolve(quote, number="")))
    return evolve(quote, number=number_of("D", quote.made, text))
