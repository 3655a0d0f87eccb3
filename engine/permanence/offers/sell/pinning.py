"""Contracts that have no fingerprint, or a slip of the pen in what it holds, get the one of what they say now."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from attrs import asdict, evolve, frozen

from ...contracts.book import Book
from ...contracts.options_awaited import prices_as_signed
from ...contracts.signature import OF_OPTIONS, pin_problems, pinned
from ...model.contract import Contract, OptionTaken
from ...model.fingerprint import PARTS, print_of
from ...model.offer import Offer
from ...model.problem import Place, Problem, Refused, did_you_mean
from ...model.quote import Quote
from ...model.words.terms_agreed import own_terms_told
from .quoting import contract_of_quote

QuoteOf = Callable[[str], Quote | None]


@frozen
class Pinned:
    """A contract with its new fingerprint, and the parts that it had otherwise before; none where it had none."""

    contract: Contract
    corrected: tuple[str, ...] = ()


def pin(book: Book, names: Sequence[str], quote_of: QuoteOf, *, correct: bool) -> tuple[Pinned, ...]:
    """Return contracts with their fingerprint: those that are named, or each that has none.

    ``quote_of`` finds a quote by its number. Where a slip of the pen is to be ``correct``-ed, a fingerprint that is
    there is replaced. Raises Refused with everything that forbids it: an unknown number, an offer that cannot have been
    signed so, a quote that says otherwise.
    """
    known = {contract.id: contract for contract in book.contracts}
    unknown = [_unknown(name, known) for name in names if name not in known]
    chosen = [known[name] for name in dict.fromkeys(names) if name in known] if names else known.values()
    asked = [one for one in chosen if correct or not one.fingerprint]
    found = [*unknown, *(problem for one in asked for problem in _forbidden(book, one, quote_of))]
    if found:
        raise Refused(found)
    done = (_pinned(book, one) for one in asked)
    return tuple(one for one, before in zip(done, asked, strict=True) if one.contract != before)


def _unknown(name: str, known: Mapping[str, Contract]) -> Problem:
    return Problem(Place("CONTRACT"), f'there is no contract "{name}"', did_you_mean(name, known))


def _pinned(book: Book, contract: Contract) -> Pinned:
    done = pinned(book, contract)
    if not (contract.fingerprint and done.fingerprint):
        return Pinned(done)
    before, after = asdict(contract.fingerprint), asdict(done.fingerprint)
    unchanged = OF_OPTIONS if prices_as_signed(book, contract, contract.fingerprint) else ("prices",)
    return Pinned(done, tuple(name for name in after if after[name] != before[name] and name not in unchanged))


def _forbidden(book: Book, contract: Contract, quote_of: QuoteOf) -> Iterator[Problem]:
    wrong = (*contract.slips, *pin_problems(book, contract))
    yield from wrong
    offer = book.offers.get(contract.offer)
    if offer and contract.fingerprint and contract.fingerprint.text != print_of(offer.digest):
        what = f'contract "{contract.id}": {offer.file} is not the text that was signed'
        yield Problem(contract.place, what, "put it back: no slip of the pen changes what an offer says")
    if wrong or not contract.quote:
        return
    if quote := quote_of(contract.quote):
        yield from _unlike_quote(book.offers[contract.offer], contract, quote)
    else:
        what = f'contract "{contract.id}": its quote {contract.quote} is not there to compare it with'
        yield Problem(contract.place, what, "name the folder of quotes with --quotes")


def _unlike_quote(offer: Offer, contract: Contract, quote: Quote) -> Iterator[Problem]:
    """Yield each part that a price, a date or a rule depends on and that is not as the quote has it (R10)."""
    quoted = _sold(contract_of_quote(quote, offer, contract.id, contract.lines, contract.signed))
    for name, value in _sold(evolve(contract, digest=offer.digest)).items():
        if value != quoted[name]:
            what = f'contract "{contract.id}": {PARTS[name].words.en} is not that of its quote {quote.number}'
            hint = f"write what was signed, {quoted[name]}; what changed since is an [[event]]"
            yield Problem(contract.place, what, hint)


def _sold(contract: Contract) -> Mapping[str, object]:
    return {
        "kind": contract.customer.kind,
        "region": contract.customer.region,
        "offer": contract.offer,
        "text": contract.digest,
        "mission": contract.mission,
        "services": ", ".join(sorted(contract.services)) or "all",
        "band": contract.band,
        "options": ", ".join(sorted(map(_taken, contract.options))) or "none",
        "windows": ", ".join(sorted(contract.windows)) or "all",
        "quantities": _told(contract, "quantity"),
        "discounts": _told(contract, "discount"),
        "agreed": _told(contract, "agreed"),
    }


def _told(contract: Contract, kind: str) -> str:
    """Return what a contract agreed of one kind besides its offer, with its days and reasons."""
    return " ; ".join(sorted(one.sentence for one in own_terms_told(contract, None, "") if one.kind == kind)) or "none"


def _taken(option: OptionTaken) -> str:
    """Return an option with its days, which a quote has none of, how many there are, and what is settled of it."""
    several = f"× {option.quantity}" if option.quantity is not None else None
    settled = (f"{name}={value}" for name, value in sorted(option.settings.items()))
    return " ".join(map(str, filter(None, (option.id, option.since, option.until, several, *settled))))
