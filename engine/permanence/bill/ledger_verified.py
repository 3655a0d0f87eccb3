"""A ledger gone through from its first document on: chain, numbers, days, sums, and the texts that it rests on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import define, field

from ..model.issued import BEFORE_THE_FIRST, Document, LedgerEntry, LedgerHead, digest_after, digest_of_text, number_of
from ..model.money import round_half_up
from ..model.problem import Place, Problem
from ..model.proved_document import DocumentSums, ProvedDocument, proved
from .ledger_sources import LedgerSources

CHANGED = "restore the database from a backup, and find out who changed it"
Kept = Mapping[str, tuple[str, str]]
"""Texts that documents rest on: of which kind each is, and the text, by the digest under which it is kept."""


def first_wrong(
    entries: Iterable[LedgerEntry],
    texts: Kept,
    printed: LedgerHead | None = None,
    sources: LedgerSources | None = None,
    noted: Sequence[LedgerHead] | None = None,
) -> Problem | None:
    """Return the first thing that is wrong in a ledger; None where every document is as it was issued.

    ``texts`` are those that documents rest on; ``printed`` is a head that an earlier issue printed: the ledger must
    still have it. A chain that was written anew from its beginning is found by that alone, or by the heads that were
    ``noted`` with each issue: the ledger must have all of them, and end at the last.
    What documents were made from is noted in ``sources``.
    """
    heads = {one.position: one.digest for one in noted or ()}
    walk = _LedgerWalk(_true(texts), sources or LedgerSources())
    for entry in entries:
        if found := walk.wrong(entry):
            return Problem(Place(entry.number or f"document {entry.position}"), found, CHANGED)
        if printed and printed.position == entry.position and printed.digest != entry.digest:
            what = f"the ledger has another document {entry.position} than when {printed} was printed"
            return Problem(Place(entry.number), what, CHANGED)
        if heads.get(entry.position, entry.digest) != entry.digest:
            what = f"it is another document {entry.position} than the one that the log (table audit) says was issued"
            return Problem(Place(entry.number), what, CHANGED)
    if printed and printed.position > walk.position:
        what = f"the ledger ends at document {walk.position}, and {printed} was printed: documents were taken away"
        return Problem(Place("ledger"), what, CHANGED)
    if noted is not None and (last := max(heads, default=0)) != walk.position:
        gone = "documents were taken away" if last > walk.position else "rows of the log were taken away"
        what = f"the ledger ends at document {walk.position}, and in the log (table audit) at {last}: {gone}"
        return Problem(Place("ledger"), what, CHANGED)
    unused = sorted(texts.keys() - {digest for digest, _ in walk.named})
    return Problem(Place("ledger"), f"no document rests on the text {unused[0]}", CHANGED) if unused else None


def _true(texts: Kept) -> frozenset[tuple[str, str]]:
    """Return the digests under which the very texts are kept that have them, each with the kind of its text."""
    return frozenset((digest, kind) for digest, (kind, text) in texts.items() if digest_of_text(text) == digest)


@define
class _LedgerWalk:
    """What is known of a ledger up to a document."""

    texts: frozenset[tuple[str, str]]
    sources: LedgerSources
    position: int = 0
    digest: str = BEFORE_THE_FIRST
    since: tuple[str, int] = ("", 0)
    counts: dict[str, int] = field(factory=dict)
    invoices: dict[str, LedgerEntry] = field(factory=dict)
    named: set[tuple[str, str]] = field(factory=set)
    alike: set[tuple[object, ...]] = field(factory=set)

    def wrong(self, entry: LedgerEntry) -> str:
        """Return what is wrong with the next document; nothing where it is as it was issued."""
        self.position += 1
        if entry.position != self.position:
            return f"it is document {entry.position}, and document {self.position} is missing"
        if digest_after(self.digest, entry.content) != entry.digest:
            return "its digest is not that of what it says after the documents before it"
        self.digest = entry.digest
        try:
            return next(self._faults(entry, proved(entry)), "")
        except ValueError as error:
            return str(error)

    def _faults(self, entry: LedgerEntry, document: ProvedDocument) -> Iterator[str]:
        yield from self._number(entry, document)
        yield from sums_wrong(document)
        yield from self._texts(document)
        if document.kind == "credit_note":
            yield from self._corrects(entry, document)
        else:
            self.invoices[document.number] = entry
        self.sources.note(document)

    def _number(self, entry: LedgerEntry, document: ProvedDocument) -> Iterator[str]:
        series, count, before = document.series, document.count, self.counts.get(document.series, 0)
        if entry.number != document.number or entry.number != number_of(series, count):
            yield f"its number is {entry.number}, and it says {document.number}"
        if count != before + 1:
            yield f"it is number {count} of its series, after number {before}"
        self.counts[series] = count
        since = (document.issued_on, document.issued_at)
        if since[0] < self.since[0] or since[1] < self.since[1]:
            yield f"it was issued on {since[0]}, after one of {self.since[0]}"
        self.since = since

    def _texts(self, document: ProvedDocument) -> Iterator[str]:
        """Yield the texts that it rests on and that are not there; what others rest on as well is looked at once."""
        shared = tuple(document.offers.values()), tuple([line.rule.text for line in document.lines])
        alike = (*shared, document.offer.text, document.made_with, *document.indices.values())
        one = (document.contract_text, "contract")
        if alike in self.alike and one in self.texts:
            self.named.add(one)
            return
        rests_on = _rests_on(document)
        for digest, kind in rests_on - self.texts:
            yield f"the {kind} text {digest} that it rests on is not there, or is another"
        self.named |= rests_on
        self.alike.add(alike)

    def _corrects(self, entry: LedgerEntry, document: ProvedDocument) -> Iterator[str]:
        corrected = document.corrects.number if document.corrects else ""
        invoice = self.invoices.pop(corrected, None)
        if invoice is None:
            yield f"it corrects {corrected}, which is no invoice before it that still stood"
        elif not cancels(invoice.document, entry.document):
            yield f"it does not take {corrected} back, line by line"


def sums_wrong(document: DocumentSums) -> Iterator[str]:
    """Yield what of a document does not add up: lines to the net, VAT by rate to the VAT, both to the total."""
    sold = apart = 0
    for line in document.lines:
        if line.apart:
            apart += line.amount_cents
        else:
            sold += line.amount_cents
    net, vat, total, deposit = document.net_cents, document.vat_cents, document.total_cents, document.deposit_cents
    if sold != net:
        yield f"its lines come to {sold} cents, and it says {net}"
    if apart != deposit:
        yield f"its deposits come to {apart} cents, and it says {deposit}"
    taxed = taxes = 0
    for one in document.vat:
        base, tax = one.base_cents, one.amount_cents
        if round_half_up(base * one.rate_bp, 10_000) != tax:
            yield f"{tax} cents are not its VAT on {base} at {one.rate_bp} per 10,000"
        taxed, taxes = taxed + base, taxes + tax
    if taxed != net:
        yield f"its VAT is on other amounts than its {net} cents"
    if taxes != vat or net + vat != total:
        yield f"{net} cents and {vat} of VAT are not {total}"


def cancels(invoice: Document, note: Document) -> bool:
    """Tell whether a credit note and its invoice come to nothing, line by line and VAT by VAT."""
    same = invoice["issued_on"] == note["corrects"]["issued_on"] and invoice["contract"] == note["contract"]
    return same and all(
        [_signed(one, -1) for one in invoice[rows]] == [_signed(one, 1) for one in note[rows]]
        for rows in ("lines", "vat")
    )


def _signed(row: Mapping[str, Any], sign: int) -> tuple[Any, ...]:
    amounts = {name: sign * row[name] for name in ("quantity", "amount_cents", "base_cents") if name in row}
    return tuple({**row, **amounts}.items())


def _rests_on(document: ProvedDocument) -> set[tuple[str, str]]:
    """Return the texts that a document rests on, each with its kind."""
    offers = {document.offer.text, *(line.rule.text for line in document.lines)}
    found = {(digest, "offer") for digest in offers.union(document.offers.values())}
    found.update((digest, "index") for digest in document.indices.values())
    one_each = (document.contract_text, "contract"), (document.made_with, "made_with")
    found.update((digest, kind) for digest, kind in one_each if digest)
    return found
