"""What is on file of each contract as one digest: what is as it was needs not be looked at again."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from operator import attrgetter

from attrs import fields

from ..contracts.book import Book
from ..model.contract import Contract, OptionTaken
from ..model.event import Event
from ..model.issued import encoded
from ..model.offer import Offer
from ..model.seller import Seller

OF_CONTRACT, OF_EVENT, OF_OPTION = (
    attrgetter(*(one.name for one in fields(kind) if one.name not in apart))
    for kind, apart in ((Contract, ("place", "events", "options")), (Event, ("place",)), (OptionTaken, ("place",)))
)
"""What is written of each, wherever in a file it stands."""


def contracts_on_file(book: Book) -> Mapping[str, str]:
    """Return the digest of each contract with the offers that it names, by number, wherever in a file it stands.

    An offer is its text; and who brings the options that a contract names is told, since these may ask for other prices
    than those that were signed.
    """
    brought = {name: found.distribution for name, found in book.plugins.registered.items()}
    stand = {version: (offer.digest, *_published(offer)) for version, offer in book.offers.items()}
    untaxed = tuple(_untaxed(book.sellers))
    told = ((contract.id, (*_on_file(contract, stand, brought), *untaxed)) for contract in book.contracts)
    return {name: sha256(encoded(what)).hexdigest() for name, what in told}


def _untaxed(sellers: Sequence[Seller]) -> Iterator[object]:
    """Yield when who sells charges VAT, where there is one who at some time does not; nothing of other houses."""
    told = [(one.id, one.vat_due, [(change.since, change.vat_due) for change in one.changes]) for one in sellers]
    if any(one.ever_without_vat for one in sellers):
        yield told


def _published(offer: Offer) -> Iterator[object]:
    """Yield the values of the indices that an offer's prices follow; nothing of an offer without one."""
    if offer.series:
        yield [(name, sorted(series.values.items())) for name, series in sorted(offer.series.items())]


def _on_file(contract: Contract, stand: Mapping[str, object], brought: Mapping[str, str]) -> Sequence[object]:
    if not (contract.events or contract.options):
        return OF_CONTRACT(contract), (), (), [stand.get(contract.offer)], ()
    events, options = map(OF_EVENT, contract.events), map(OF_OPTION, contract.options)
    named = (contract.offer, *(version for event in contract.events for version in (event.offer, event.of)))
    brings = {*(one.id for one in contract.options), *(event.option for event in contract.events)} - {""}
    if brings and contract.fingerprint and not contract.fingerprint.option_prices:
        brings = {*brought}  # signed when the prices of all options had one print together
    who = [(name, brought.get(name, "")) for name in sorted(brings)]
    return OF_CONTRACT(contract), tuple(events), tuple(options), [stand.get(version) for version in named], who


def digest_of(read: object) -> str:
    """Return the digest of what was read."""
    return digest_of_read(repr(read))


def digest_of_read(text: str) -> str:
    """Return the digest of what was read, as text."""
    return sha256(text.encode()).hexdigest()
