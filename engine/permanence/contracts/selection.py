"""Which contracts are meant: those that stand under an offer version on a day, and are as is asked."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from attrs import frozen

from ..model.contract import Contract
from ..model.customer_kind import KINDS
from ..model.offer import Offer
from ..model.problem import Place, Problem, Refused, did_you_mean
from ..model.regions import REGIONS, one_code, region_hint
from .book import Book
from .history import history_of

WHERE = Place("--where")


@frozen
class Trait:
    """Something by which contracts are chosen: what a contract has of it on a day, and what it may be in an offer."""

    of: Callable[[Contract, date], Collection[str]]
    known: Callable[[Offer], Collection[str]]


def _options(contract: Contract, day: date) -> Collection[str]:
    first = max(day, contract.start)
    return {taken.id for taken in contract.options if first in contract.option_period(taken)}


TRAITS: Mapping[str, Trait] = {
    "mission": Trait(lambda contract, _: (contract.mission,), lambda offer: offer.head.mission),
    "plan": Trait(lambda contract, _: (contract.plan,), lambda offer: offer.plans),
    "region": Trait(lambda contract, _: (contract.customer.region,), lambda _: REGIONS),
    "kind": Trait(lambda contract, _: (contract.customer.kind,), lambda _: KINDS),
    "option": Trait(_options, lambda offer: offer.options),
}


@frozen
class Wish:
    """One thing that each contract is to have: ``mission = simple``."""

    key: str
    value: str

    def holds(self, contract: Contract, day: date) -> bool:
        """Tell whether a contract that stands so on a day has it."""
        return self.value in TRAITS[self.key].of(contract, day)


def read_wish(text: str, offer: Offer) -> Wish:
    """Return what is wished of contracts under an offer, from ``mission=simple``.

    Raises Refused when nothing has such a key, or when no contract can have such a value.
    """
    key, sign, value = (part.strip() for part in text.partition("="))
    if not sign:
        raise Refused([Problem(WHERE, f'"{text}" is no condition', "write KEY=VALUE, such as mission=simple")])
    if key not in TRAITS:
        raise Refused([Problem(WHERE, f'contracts are not chosen by "{key}"', did_you_mean(key, TRAITS))])
    value = one_code(value) if key == "region" else value
    known = TRAITS[key].known(offer)
    if value not in known:
        hint = region_hint(value) if key == "region" else did_you_mean(value, known)
        raise Refused([Problem(WHERE, f'there is no {key} "{value}"', hint)])
    return Wish(key, value)


def contracts_under(book: Book, version: str, day: date, wishes: Sequence[Wish]) -> Iterator[Contract]:
    """Yield the contracts that stand under an offer version on a day, and have everything that is wished.

    One that was signed or goes live later stands as on its first day; one whose own offer is not on file, under none.
    """
    for contract in (one for one in book.contracts if one.offer in book.offers):
        stands = history_of(book, contract).standing(day)
        if stands.offer == version and all(wish.holds(stands, day) for wish in wishes):
            yield contract


def contracts_named(book: Book, names: Iterable[str]) -> tuple[Contract, ...]:
    """Return the contracts of some numbers, each once; raise Refused with every number that no contract has."""
    known = {contract.id: contract for contract in book.contracts}
    wanted = tuple(dict.fromkeys(names))
    wrong = [
        Problem(Place("CONTRACT"), f'there is no contract "{name}"', did_you_mean(name, known))
        for name in wanted
        if name not in known
    ]
    if wrong:
        raise Refused(wrong)
    return tuple(known[name] for name in wanted)
