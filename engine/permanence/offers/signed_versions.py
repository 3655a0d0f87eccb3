"""Rule files that contracts have signed: each contract pins the text, and an edit of it is no new version."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ..contracts.against_offer import was_edited
from ..contracts.signature import counted
from ..model.contract import Contract
from ..model.offer import Offer
from ..model.problem import Problem
from ..read.contracts.contracts import read_contracts

DIGEST = re.compile(r"\b[0-9a-f]{64}\b")


def edited_offers(offers: Iterable[Offer], contracts: Sequence[Contract]) -> Iterator[Problem]:
    """Yield a problem for each offer whose rule file is another than the one that contracts signed (R25)."""
    for offer in offers:
        signed = [one.id for one in contracts if _pins_another(one, offer)]
        if signed:
            count, names = counted(signed)
            what = f"{offer.version} was edited after {count} signed it: {names}"
            hint = f"make it the next version, `permanence new-offer --from {offer.version}`, then put this text back"
            yield Problem(offer.places.place(("offer", "sold_from")), what, hint)


def contracts_pinning(offers: Iterable[Offer], folder: Path) -> tuple[Contract, ...]:
    """Return the contracts of a folder that are in a file which pins another text than these offers have.

    Files that pin no other text, and those that are no TOML, are left out: many contracts are read in no time.
    """
    known = {offer.digest: offer.version for offer in offers}
    texts = {path: path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.glob("*.toml"))}
    pinning = [
        path
        for path, text in texts.items()
        if set(DIGEST.findall(text)) - set(known) and any(version in text for version in known.values())
    ]
    return read_contracts(pinning)[0]


def signers(offer: Offer, paths: Iterable[Path]) -> str:
    """Return which contracts in some files pin the text that an offer has now: how many, and their numbers."""
    pinning = [path for path in paths if offer.digest in path.read_text(encoding="utf-8", errors="replace")]
    contracts = read_contracts(pinning)[0]
    signed = dict.fromkeys(one.id for one in contracts if offer.digest in (one.digest, *_announced(one, offer)))
    count, names = counted(list(signed))
    return f"{count} ({names})" if signed else ""


def _pins_another(contract: Contract, offer: Offer) -> bool:
    """Tell whether a contract has signed, or was announced, another text of an offer version."""
    signed = contract.offer == offer.version and was_edited(contract, offer)
    return signed or any(digest != offer.digest for digest in _announced(contract, offer))


def _announced(contract: Contract, offer: Offer) -> Iterator[str]:
    """Yield the digests of an offer version's text that a contract's events name."""
    changes = (event for event in contract.events if event.what == "offer_changed" and event.offer == offer.version)
    yield from (event.digest for event in changes if event.digest)
