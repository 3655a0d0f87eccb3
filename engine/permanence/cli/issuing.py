"""What a command issues of a month: the drafts that are whole, for contracts whose parties are known."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from attrs import Factory, define, field

from ..bill.ledger import Left, Ready, of_month
from ..bill.ledger_verified import sums_wrong
from ..contracts.book import Book
from ..contracts.parties import parties_on, seller_on
from ..model.basis import CallsBasis, Outdated
from ..model.contract import Contract
from ..model.issued import Document, ToIssue, digest_of_text
from ..model.money_kept import MoneyKept
from ..model.period import Month
from ..model.proved_document import sums_of
from ..money.payment_due import DueOf, last_uses
from ..read.contracts.filed import ContractsFiled
from ..read.parties.identifiers import iban_fault
from ..read.settings import settings_in
from ..store.drafts import DraftInvoice
from .compared import MonthsCompared

Texts = dict[str, tuple[str, str]]


def altered(drafts: Sequence[DraftInvoice]) -> frozenset[str]:
    """Return the contracts whose drafts are not as they were billed, or do not add up."""
    return frozenset(one.says["contract"] for one in drafts if (one.billed and not one.as_billed) or _wrong(one))


def unsealed(drafts: Sequence[DraftInvoice]) -> frozenset[str]:
    """Return the contracts whose drafts an earlier version billed: nobody knows whether they are as they were then."""
    return frozenset(one.says["contract"] for one in drafts if not one.billed)


def _wrong(draft: DraftInvoice) -> bool:
    try:
        return any(sums_wrong(sums_of(draft.says)))
    except ValueError:
        return True


def utc_now() -> datetime:
    """Return the instant at which it is asked."""
    return datetime.now(UTC)


@define
class Issuing:
    """What is on file on the day of issue, and what is ``left`` of the month once its drafts were gone through.

    ``made_with`` is the text that says what the drafts were made with, ``calls`` what they were counted from, ``due``
    when and how invoices are to be paid.
    """

    book: Book
    month: Month
    day: date
    outdated: Outdated | None
    made_with: str
    calls: CallsBasis | None
    due: DueOf
    left: list[Left] = field(factory=list)
    _signed: Mapping[str, Contract] = field(
        init=False, default=Factory(lambda self: {one.id: one for one in self.book.contracts}, takes_self=True)
    )
    _filed: ContractsFiled = field(init=False, factory=ContractsFiled)
    _offers: dict[str, tuple[Mapping[str, str], Mapping[str, str], Texts]] = field(init=False, factory=dict)

    @classmethod
    def of(
        cls, book: Book, month: Month, day: date, comparison: MonthsCompared, made_with: str, kept: MoneyKept
    ) -> "Issuing":
        """Return what is on file beside a month that was compared with it; ``kept`` is what was asked for so far."""
        settings = settings_in(Path())
        due = DueOf(
            month=month,
            debits=settings.debits,
            transfers=settings.payments,
            uses=last_uses(kept.debits),
            fault_of=iban_fault,
        )
        outdated, basis = next(iter(comparison.outdated), None), next(iter(comparison.rest_on), None)
        return cls(book, month, day, outdated, made_with, basis.calls if basis else None, due)

    def made(self, drafts: Sequence[DraftInvoice], documents: Sequence[Document]) -> Sequence[ToIssue]:
        """Return what is to be issued of a month's drafts; what is left is kept."""
        again = {name for name in self._signed if self.outdated and self.outdated.touches(name)} | unsealed(drafts)
        says = [draft.says for draft in drafts]
        found = of_month(says, documents, self.ready, frozenset(again), self._sells, altered(drafts))
        self.left += found.left
        return found.found

    def _sells(self, name: str) -> str:
        contract = self._signed.get(name)
        seller = seller_on(contract, self.book.sellers, self.month.last) if contract else None
        return seller.id if seller else ""

    def ready(self, name: str) -> Ready | tuple[str, ...]:
        """Return what a contract's invoice says besides its draft, or what is lacking before it can be issued."""
        contract = self._signed.get(name)
        if contract is None:
            return (f"le contrat {name} n'est plus enregistré",)
        parties = parties_on(contract, self.book.sellers, self.day, self.month.last)
        if isinstance(parties, tuple):
            return tuple(one.words.fr for one in parties)
        offers, indices, texts = self._rests_on(contract)
        text = self._filed.text(contract)
        digest, made = digest_of_text(text), digest_of_text(self.made_with) if self.made_with else ""
        kept = {**texts, digest: ("contract", text)} | ({made: ("made_with", self.made_with)} if made else {})
        rests_on = {"offers": offers, "indices": indices, "contract_text": digest, "made_with": made}
        series, told = parties.seller.series, parties.told()
        says = {"seller": told["seller"], "customer": told["customer"], **rests_on, "read": self._read_from()}
        says["payment"] = self.due.payment(name, parties, self.book.offers[contract.offer].head.currency).told()
        return Ready(series.of("invoices", self.day.year), says, kept)

    def _read_from(self) -> dict[str, Any]:
        read = self.calls
        return (
            {"source": read.source, "stamp": read.stamp, "last_import": read.last_import, "digest": read.digest}
            if read
            else {}
        )

    def _rests_on(self, contract: Contract) -> tuple[Mapping[str, str], Mapping[str, str], Texts]:
        """Return the texts of the offers that a contract names, and of the indices that these follow."""
        named = [contract.offer, *(one.of for one in contract.options)]
        named += [version for event in contract.events for version in (event.offer, event.of)]
        versions = sorted({version for version in named if version in self.book.offers})
        key = " ".join(versions)
        if key not in self._offers:
            self._offers[key] = self._read(versions)
        return self._offers[key]

    def _read(self, versions: Sequence[str]) -> tuple[Mapping[str, str], Mapping[str, str], Texts]:
        offers = {version: self.book.offers[version] for version in versions}
        series = {Path(one.file).stem: one.file for offer in offers.values() for one in offer.series.values()}
        indices = {name: Path(file).read_text(encoding="utf-8") for name, file in series.items()}
        texts = {offer.digest: ("offer", offer.text) for offer in offers.values()}
        texts |= {digest_of_text(text): ("index", text) for text in indices.values()}
        return (
            {version: offer.digest for version, offer in offers.items()},
            {name: digest_of_text(text) for name, text in indices.items()},
            texts,
        )
