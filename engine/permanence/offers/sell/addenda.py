"""An option of a later version, for a contract that keeps its own: quoted, then signed as it was quoted (R26)."""

from collections.abc import Iterator, Mapping
from datetime import date

from attrs import evolve, fields

from ...bill.price.price_list import tariff_of
from ...bill.price.vat import rate_for
from ...contracts.book import Book
from ...contracts.history import history_of
from ...contracts.parties import taxed_in
from ...contracts.unmet import unmet
from ...contracts.waiting import contract_of, why_it_waits
from ...model.addendum import Addendum
from ...model.charged import ALL, covers
from ...model.contract import Contract, OptionTaken
from ...model.event import Event
from ...model.fingerprint import digest_of_addition, digest_of_option
from ...model.offer import Offer
from ...model.option_settings import Setting, refused_settings
from ...model.period import ONE_DAY, Period
from ...model.price_list import QuotedPrice
from ...model.problem import Place, Problem, Refused, did_you_mean
from ...model.served import Served
from ...model.words.lines import only_of_several
from ...model.words.terms import coverage_in_words
from ...model.words.terms_agreed import own_terms_told, sentences
from ...read.contracts.quotes import AddendumFile, write_addendum
from .on_sale import offer_on_sale
from .quote_number import as_numbered, number_of

Wanted = tuple[str, Mapping[str, Setting]]
"""An option that is asked for: its name, and what is settled of it, how many among that."""
ANEW = "make a new one, `permanence addendum`"


def make_addendum(book: Book, name: str, wanted: Wanted, made: date, valid_until: date) -> Addendum:
    """Return what an option costs that a contract would take of its offer's version on sale on a day.

    The same question has the same answer, number included. Raises Refused for a contract that is not there or waits, an
    option that the version on sale has not, and one that the contract's own version has.
    """
    option, settings = wanted
    history = history_of(book, contract_of(book, name))
    if history.end and history.end <= made:
        what = f"contract {name} is no longer in force on {made}: it ended on {history.end}"
        raise Refused([Problem(Place("CONTRACT"), what)])
    stands = history.standing(made)
    own = book.offers[stands.offer]
    later = offer_on_sale(book.deciders.values(), own.head.id, made).offer
    if problems := tuple(_problems(stands, option, own, later, made)):
        raise Refused(problems)
    digest = digest_of_option(later.options[option])
    taken = evolve(OptionTaken.agreed(option, settings), since=made, of=later.version)
    if wrong := tuple(refused_settings(later.options[option], taken.settings)):
        raise Refused([Problem(Place("OPTION"), one.what, one.hint) for one in wrong])
    having = evolve(stands, options=(*stands.options, taken))
    grown = book.offer_of(having)
    if asks := [one.english for one in unmet(having, grown) if made <= one.day]:
        raise Refused([Problem(Place("OPTION"), sentence) for sentence in asks])
    rate, reason = rate_for(taxed_in(stands, book.sellers, made), own.head.vat, made)
    return _numbered(
        Addendum(
            number="",
            made=made,
            valid_until=valid_until,
            contract=stands.id,
            customer=stands.customer.name,
            offer=stands.offer,
            mission=stands.mission,
            mission_title=only_of_several(own, stands.mission),
            option=option,
            settings=settings,
            title=later.options[option].name,
            of=later.version,
            digest=digest,
            currency=own.head.currency,
            vat_rate=rate,
            vat_reason=reason,
            coverage=_coverage(grown, option, made, having),
            discounts=tuple(_discounts(having, grown, option, made)),
            prices=tuple(_prices(book, having, grown, option, made)),
        )
    )


def sign_addendum(file: AddendumFile, day: date, book: Book) -> Event:
    """Return the event by which a contract has the option of an addendum, as it was quoted.

    Raises Refused when the day is past its validity, when it was signed before, when its text is not what the offers
    make of it, and when the contract cannot have the option.
    """
    asked, source = file.addendum, file.source
    if day > asked.valid_until or day < asked.made:
        what = f"{asked.number} can be signed from {asked.made} to {asked.valid_until}, not on {day}"
        raise Refused([Problem(source.place(("valid_until",)), what, ANEW)])
    contract = contract_of(book, asked.contract)
    if any(event.quote == asked.number for event in contract.events):
        what = f"{asked.number} was signed already, for contract {contract.id}"
        raise Refused([Problem(source.place(("number",)), what)])
    made = make_addendum(book, asked.contract, (asked.option, asked.settings), asked.made, asked.valid_until)
    if not asked.mission_title:  # made by a version that did not say it
        made = evolve(made, mission_title="")
    for field in fields(Addendum):
        if getattr(asked, field.name) != getattr(made, field.name):
            what = f"{asked.number} was edited, or what it rests on: {asked.of} makes {made.number} of it"
            raise Refused([Problem(source.place((field.name.removesuffix("s"),)), what, ANEW)])
    taken = OptionTaken.agreed(asked.option, asked.settings)
    event = Event(
        contract=contract.id,
        on=day,
        what="option_added",
        option=asked.option,
        of=asked.of,
        digest=digest_of_addition(book.offers[asked.of].options[asked.option], contract.id, day),
        quote=asked.number,
        quantity=taken.quantity,
        settings=taken.settings,
    )
    if reason := why_it_waits(book, evolve(contract, events=(*contract.events, event))):
        raise Refused([Problem(source.place(("option",)), reason)])
    return event


def _problems(stands: Contract, option: str, own: Offer, later: Offer, day: date) -> Iterator[Problem]:
    if option in own.options:
        what = f'{own.version}, which {stands.id} has signed, has the option "{option}" at its own price'
        yield Problem(Place("OPTION"), what, 'no addendum is needed: append an [[event]], what = "option_added"')
    elif option not in later.options:
        what = f'{later.version}, on sale on {day}, has no option "{option}"'
        new = {name: later.options[name] for name in later.options if name not in own.options}
        yield Problem(Place("OPTION"), what, did_you_mean(option, new))
    elif any(one.id == option and day in stands.option_period(one) for one in stands.options):
        yield Problem(Place("OPTION"), f'{stands.id} has "{option}" on {day} already')


def _prices(book: Book, having: Contract, grown: Offer, option: str, day: date) -> Iterator[QuotedPrice]:
    """Yield what the option costs of who chose what the contract has chosen by a day."""
    chosen = Served(having, grown, Period(day, day + ONE_DAY)).chosen
    prices = book.once(tariff_of, grown.edition, chosen).prices
    return (price for price in prices if price.code == f"option.{option}")


def _discounts(having: Contract, grown: Offer, option: str, day: date) -> Iterator[str]:
    """Yield the shares that the customer has off the option too, now or later, each in a sentence."""
    for one in having.discounts:
        ends = having.period_of(one).end
        if one.percent is not None and covers(one.of or (ALL,), f"option.{option}") and (ends is None or ends > day):
            alone = evolve(having, plan="", windows=(), quantities=(), agreed=(), discounts=(one,))
            yield from sentences(own_terms_told(alone, grown, grown.head.currency))


def _coverage(offer: Offer, added: str, day: date, having: Contract) -> tuple[str, ...]:
    """Return in which hours calls are answered and counted with the option, in words; nothing where it adds none."""
    held = tuple(one.id for one in having.options if one.id != added and day in having.option_period(one))
    before, after = (coverage_in_words(offer, names) for names in (held, (*held, added)))
    return after if after != before else ()


def _numbered(addendum: Addendum) -> Addendum:
    return evolve(addendum, number=number_of("A", addendum.made, write_addendum(as_numbered(addendum))))
