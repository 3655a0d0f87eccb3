"""Why a contract has to wait, in the French that staff read."""

from collections.abc import Iterable, Iterator
from datetime import date

from ..model.contract import Contract, OptionTaken
from ..model.offer import Offer
from ..model.period import Month, Period
from ..model.problem import Place, Problem, Refused, did_you_mean
from .against_offer import against_offers, asks_for, was_edited
from .book import Book
from .contradictions import in_french, stands
from .history import History, history_of
from .options_awaited import options_awaited
from .signature import not_as_signed

NOT_LIVE = (
    "La mise en service n'est pas notée, et rien n'est facturé avant elle : ajoutez l'événement what = \"go_live\"."
)


def why_it_waits(book: Book, contract: Contract, day: date = date.max) -> str:
    """Return why a contract contradicts what is on sale, or itself, by a day; nothing when it does not."""
    never = slipped(contract) or at_odds(book, contract)
    return never or contradicted(book, history_of(book, contract), day)


def option_failed(book: Book, option: str, contract: Contract, month: Month, what: str) -> str:
    """Return that an option failed, whose it is, in what it was asked, and what its plugin raised."""
    return f"L'{blamed(book, option, contract.offer)} a échoué pour le contrat {contract.id}, {month} : {what}"


def blamed(book: Book, option: str, version: str) -> str:
    """Return an option by its title in an offer version, or its plugin's label, with the distribution it comes from."""
    sold, known = book.offers[version].options if version in book.offers else {}, book.plugins.registered
    label = known[option].option.label.fr if option in known else option
    return book.plugins.blame(option, sold[option].name if option in sold else label)


def slipped(contract: Contract) -> str:
    """Return what is wrong with a contract by itself, as it is written; nothing where nothing is."""
    return " ".join(sorted({slip.french for slip in contract.slips})) if contract.slips else ""


def at_odds(book: Book, contract: Contract) -> str:
    """Return why a contract cannot be what was signed, or cannot be billed by its offer; nothing when it can."""
    return _against(book, contract) or " ".join(one.french for one in not_as_signed(book, contract))


def awaited(book: Book, stands: Iterable[Contract], days: Period) -> str:
    """Return why a contract waits for an option that it has in some days, in French; nothing when it does not.

    ``stands`` is the contract as it stands in them; an option that is paid ahead is awaited before it begins.
    """
    found: dict[str, None] = {}
    for contract in stands:
        if not contract.options:
            continue
        options = [one for one in contract.options if _is_billed(book, contract, one, days)]
        found |= {one.french: None for one in options_awaited(book, contract, options)}
    return " ".join(found)


def _is_billed(book: Book, contract: Contract, taken: OptionTaken, days: Period) -> bool:
    period, offer = contract.option_period(taken), book.offers.get(taken.of or contract.offer)
    ahead = offer is not None and taken.id in offer.options and offer.options[taken.id].due != "in_arrears"
    return bool((period & days).days) or (ahead and (days.end is None or period.start >= days.end))


def _against(book: Book, contract: Contract) -> str:
    """Return why a contract cannot be billed by its offer; of contracts that ask for the same, one is looked at."""
    offer = book.offers.get(contract.offer)
    alike = None if offer is None or was_edited(contract, offer) else asks_for(contract)

    def nothing_found() -> bool:
        return not against_offers(contract, book.offers)

    found_nothing = alike is not None and book.remembered(alike, nothing_found)
    return "" if found_nothing else against_offers(contract, book.offers)


def contradicted(book: Book, history: History, day: date = date.max) -> str:
    """Return what in a history contradicts itself, or what is on sale then, by a day; nothing where none does.

    What begins later is judged when it begins, with the events of that day: nobody waits for it before.
    """
    if not (history.settled or history.contract.notice):
        return ""
    sentences = [in_french(one, _offers_of(book, history)) for one in history.contradictions_by(day)]
    sentences += filter(None, (against_offers(then, book.offers) for then in stands(history, day)))
    return " ".join(dict.fromkeys(sentences))


def _offers_of(book: Book, history: History) -> Iterator[Offer]:
    """Yield the versions under which a contract stands in time, then all others: what each calls what is in them."""
    signed = history.contract
    named = (signed.offer, *(event.of or event.offer for event in signed.events), *book.offers)
    yield from (book.offers[one] for one in dict.fromkeys(named) if one in book.offers)


def contract_of(book: Book, name: str) -> Contract:
    """Return the contract of a number; raise Refused when there is none, or it has to wait."""
    known = {contract.id: contract for contract in book.contracts}
    if name not in known:
        raise Refused([Problem(Place("CONTRACT"), f'there is no contract "{name}"', did_you_mean(name, known))])
    if known[name].slips:
        raise Refused(known[name].slips)
    if reason := why_it_waits(book, known[name]):
        raise Refused([Problem(known[name].place, reason)])
    return known[name]
