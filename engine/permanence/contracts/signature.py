"""What was signed: a contract's fingerprint; what cannot have been signed so, or was edited since (R10, R25)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import cast

from attrs import asdict, evolve

from ..decide.decider import Decider
from ..model.contract import Contract, Customer, OptionTaken
from ..model.customer_kind import KINDS, CustomerKind
from ..model.fingerprint import PARTS, Fingerprint, print_of
from ..model.own_terms import AgreedPrice, Discount
from ..model.price_index import IndexSeries
from ..model.problem import Place, Problem
from ..model.regions import REGIONS
from ..model.words.french import day_in_words
from .against_offer import as_problems, disagreements
from .book import Book
from .deposit_agreed import deposit_otherwise
from .disagreement import Disagreement
from .history import renewals_of
from .options_awaited import option_prices, options_awaited, print_of_prices
from .term import Term

FEW_TERMS = 3
OF_THE_TEXT = ("terms", "indices")
"""What follows from the text of the offer: where that was edited, it is told already."""
OF_OPTIONS = ("prices", "option_prices")
"""What options cost: for that alone waits who has the option."""
NAMED_LATER = ("seller",)
"""What a contract may come to name that did not when it was signed: it had to be said by nobody then."""
NAMED = 3
"""So many contracts are named; of the others there is a count."""
A_DAY = date(2024, 1, 31)
"""What terms lead to is worked out for a contract that is signed on this day, whose month is longer than the next."""


def fingerprint_of(book: Book, contract: Contract) -> Fingerprint:
    """Return what a contract is, part by part; its offer must be on file."""
    customer = contract.customer
    return Fingerprint(
        number=print_of(contract.id),
        name=print_of(customer.name),
        kind=print_of(customer.kind),
        region=print_of(customer.region),
        offer=print_of(contract.offer),
        text=print_of(contract.digest),
        quote=print_of(contract.quote),
        mission=print_of(contract.mission),
        services=print_of(*sorted(contract.services)),
        lines=print_of(*sorted(contract.lines)),
        signed=print_of(contract.signed),
        live=print_of(contract.live),
        notice=print_of(contract.notice, *([contract.notice_sent] if contract.notice_sent else [])),
        band=print_of(contract.band),
        options=print_of(*sorted(map(_option_told, contract.options))),
        prices=print_of_prices(option_prices(book, contract.offer)),
        option_prices=option_prices(book, contract.offer),
        terms=book.once(_terms, contract.offer, customer.kind),
        plan=_where_any(contract.plan),
        windows=_where_any(*sorted(contract.windows)),
        quantities=_where_any(
            *sorted(f"{one.id} {one.quantity} {one.since} {one.until}" for one in contract.quantities)
        ),
        discounts=_where_any(*sorted(map(_discount_told, contract.discounts))),
        agreed=_where_any(*sorted(map(_agreed_told, contract.agreed))),
        deposit="" if contract.deposit is None else print_of(contract.deposit),
        group=_where_any(contract.group),
        seller=_where_any(contract.seller),
        indices=_where_any(*map(_index_told, sorted(book.offers[contract.offer].series.items()))),
    )


def _where_any(*values: str) -> str:
    """Return what identifies a part that a contract may have none of: nothing where it has none (see Fingerprint)."""
    return print_of(*values) if any(values) else ""


def _discount_told(one: Discount) -> str:
    return f"{one.percent} {one.amount} {' '.join(one.of)} {one.since} {one.until} {one.why}"


def _agreed_told(one: AgreedPrice) -> str:
    return f"{one.charge} {one.amount} {one.up_to} {one.since} {one.until} {one.why}"


def _index_told(named: tuple[str, IndexSeries]) -> str:
    """Return which index was agreed: not its values, which are published later."""
    name, series = named
    return f"{name} {series.title.fr} {series.source}"


def _option_told(option: OptionTaken) -> str:
    settings = "".join(f" {name}={value!r}" for name, value in sorted(option.settings.items()))
    told = f"{option.id} {option.since} {option.until}{settings}"
    return told if option.quantity is None else f"{told} × {option.quantity}"


def pinned(book: Book, contract: Contract) -> Contract:
    """Return a contract with the digest of its offer's rule file, and its fingerprint."""
    offer, before = book.offers[contract.offer], contract.fingerprint
    contract = evolve(contract, digest=offer.digest)
    now = fingerprint_of(book, contract)
    # What an option cost that cannot be asked now is still what was signed.
    kept = {name: one for name, one in before.option_prices.items() if name in offer.options} if before else {}
    prices = {**kept, **now.option_prices}
    return evolve(contract, fingerprint=evolve(now, option_prices=prices, prices=print_of_prices(prices)))


def not_as_signed(book: Book, contract: Contract) -> Iterator[Disagreement]:
    """Yield what cannot have been signed as it stands: an offer before its sale, and each part that was edited since.

    A contract without a fingerprint cannot tell what was edited; one that pins a rule file or a quote always has one.
    """
    offer = book.offers.get(contract.offer)
    if offer is None:
        return
    yield from _not_yet_sold(book, contract)
    yield from deposit_otherwise(contract, offer)
    if contract.fingerprint:
        now, follows = asdict(fingerprint_of(book, contract)), OF_THE_TEXT if contract.digest != offer.digest else ()
        for name, was in asdict(contract.fingerprint).items():
            if now[name] != was and name not in (*follows, *OF_OPTIONS) and (was or name not in NAMED_LATER):
                yield _edited(contract, contract.fingerprint, name, _signed_value(book, contract, name, was))
        if contract.fingerprint.option_prices:
            together = print_of_prices(contract.fingerprint.option_prices)
            if contract.fingerprint.prices != together:
                yield _edited(contract, contract.fingerprint, "prices", "")
    elif contract.quote or contract.digest:
        yield _without_fingerprint(contract)


def pin_problems(book: Book, contract: Contract) -> Iterator[Problem]:
    """Yield what keeps a contract from being taken for what was signed: what it says against its offer."""
    yield from as_problems(
        contract, (*disagreements(contract, book.offers), *_not_yet_sold(book, contract), *_deposit(book, contract))
    )


def signature_problems(book: Book, contract: Contract) -> Iterator[Problem]:
    """Yield what a contract says against the offer that it names, against what was signed, and what it waits for."""
    awaited = options_awaited(book, contract, contract.options)
    yield from as_problems(contract, (*disagreements(contract, book.offers), *not_as_signed(book, contract), *awaited))


def without_fingerprint(contracts: Iterable[Contract]) -> Iterator[Problem]:
    """Yield a warning for each file with contracts that nothing holds to what was signed, and that may do without."""
    by_file: dict[str, list[str]] = {}
    for contract in contracts:
        if not (contract.fingerprint or contract.quote or contract.digest):
            by_file.setdefault(contract.place.file, []).append(contract.id)
    for file, names in by_file.items():
        some, told = counted(names)
        what = f"{some} {'has' if len(names) == 1 else 'have'} no fingerprint of what was signed: {told}"
        hint = "an edit would go unnoticed; `permanence contracts pin` writes it"
        yield Problem(Place(file), what, hint, warning=True)


def counted(names: Sequence[str]) -> tuple[str, str]:
    """Return how many contracts there are, and the numbers of the first."""
    told = ", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")
    return f"{len(names)} contract{'s' if len(names) > 1 else ''}", told


def _not_yet_sold(book: Book, contract: Contract) -> Iterator[Disagreement]:
    offer = book.offers.get(contract.offer)
    if offer is None or not contract.is_on_file or contract.signed >= offer.head.sold_from:
        return
    sold, signed = offer.head.sold_from, contract.signed
    yield Disagreement(
        f"{offer.version} is sold from {sold}, after the day of signature, {signed}",
        "name the version that was signed; a later one comes by an [[event]]: `permanence contracts amend`",
        f"L'offre {offer.version} n'est vendue qu'à compter du {day_in_words(sold)}, après la signature du contrat "
        f"{contract.id}, le {day_in_words(signed)}.",
    )


def _deposit(book: Book, contract: Contract) -> Iterator[Disagreement]:
    offer = book.offers.get(contract.offer)
    if offer:
        yield from deposit_otherwise(contract, offer)


def _edited(contract: Contract, fingerprint: Fingerprint, name: str, signed: str) -> Disagreement:
    part = PARTS[name]
    # A day that was signed is changed by no event; one that was not yet known is.
    known = name in ("live", "notice") and getattr(fingerprint, name) != print_of(None)
    events = " or ".join(f'what = "{event}"' for event in (() if known else part.events))
    correction = f"a slip of the pen is corrected by `permanence contracts pin {contract.id} --correct`"
    change = f"what changed since is an [[event]], {events}; " if events else ""
    return Disagreement(
        f"it is not as it was signed: {part.words.en}",
        f"put it back{f', {signed}' if signed else ''}; {change}{correction}",
        f"Le contrat {contract.id} n'est plus tel qu'il a été signé ({part.words}) : ce qui change est un événement.",
    )


def _signed_value(book: Book, contract: Contract, name: str, was: str) -> str:
    """Return what was signed, where it is one of few words; nothing where it cannot be told from its print."""
    offer = book.offers[contract.offer]
    words = {"mission": offer.head.mission, "kind": KINDS, "region": REGIONS, "offer": book.offers}
    return next((word for word in words.get(name, ()) if print_of(word) == was), "")


def _without_fingerprint(contract: Contract) -> Disagreement:
    which = f"the quote {contract.quote}" if contract.quote else "the text of its rule file"
    cited = f"le devis {contract.quote}" if contract.quote else "le fichier de son offre"
    return Disagreement(
        f"it pins {which}, and has no fingerprint of what was signed",
        f"see that it says what was signed, and write it: `permanence contracts pin {contract.id}`",
        f"Le contrat {contract.id} fixe {cited} sans l'empreinte de ce qui a été signé.",
    )


def _terms(decider: Decider, kind: str) -> str:
    """Return what identifies the dates that an offer's terms lead to for one kind of customer."""
    offer = decider.offer
    customer = Customer(name="", kind=cast(CustomerKind, kind))
    contract = Contract(id="", customer=customer, offer=offer.version, lines=(), signed=A_DAY)
    term = Term(contract, offer.term, renewals_of(decider, kind))
    ends = islice(term.terms(), FEW_TERMS)
    dated = ((end.day, end.renewal, term.last_notice_day(end.day)) for end in ends)
    return print_of(term.trial_end, *(value for end in dated for value in end))
