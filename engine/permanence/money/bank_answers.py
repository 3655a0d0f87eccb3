"""What each entry of a bank's file is: a debit settled or returned, a transfer for documents, or nobody's."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256

from attrs import define, evolve, field

from ..model.claim import Claim
from ..model.currency import EURO
from ..model.debit import AskedDebit
from ..model.payment import BankEntry, Payment, PaymentKind

NO_SIGN = re.compile(r"[^A-Z0-9]")
"""What banks drop or put into what a payer wrote."""


def judged(
    entries: Iterable[BankEntry], claims: Sequence[Claim], debits: Sequence[AskedDebit], opens: Mapping[str, int]
) -> Iterator[Payment]:
    """Yield what each entry is, in order; ``opens`` is what of each document is still to be paid."""
    walk = _Entries(claims, {one.debit.reference: one for one in debits}, dict(opens))
    for entry in entries:
        yield from walk.told(entry)


@define
class _Entries:
    """What is known when an entry is looked at: what is issued and asked for, and what is still to be paid."""

    claims: Sequence[Claim]
    debits: Mapping[str, AskedDebit]
    opens: dict[str, int]
    alike: Counter[str] = field(factory=Counter)
    answered: set[tuple[PaymentKind, str]] = field(factory=set)

    def told(self, entry: BankEntry) -> Iterator[Payment]:
        debit = self.debits.get(entry.reference) if entry.currency == EURO else None
        if debit and entry.amount == debit.debit.amount and not entry.reason:
            yield self._answer(entry, "settled", debit)
        elif debit and -entry.amount >= debit.debit.amount:
            yield self._answer(entry, "returned", debit)
        elif batch := self._batch(entry):
            for one in batch:
                yield self._answer(evolve(entry, amount=one.debit.amount), "settled", one)
        elif paid := self._paid(entry):
            yield self._payment(entry, "transfer", paid=paid)
        else:
            yield self._payment(entry, "unknown")

    def _answer(self, entry: BankEntry, kind: PaymentKind, asked: AskedDebit) -> Payment:
        """Return what an entry says of a debit; what the same file has said already is another movement, of nobody."""
        reference = asked.debit.reference
        if (kind, reference) in self.answered:
            return self._payment(evolve(entry, reference=reference), "unknown")
        self.answered.add((kind, reference))
        return self._payment(entry, kind, reference)

    def _batch(self, entry: BankEntry) -> Sequence[AskedDebit]:
        """Return the debits of a batch that was booked as one, where they come to the entry; none otherwise.

        What came back before it was collected is not in it.
        """
        named = entry.batch if entry.currency == EURO else ""
        found = [one for one in self.debits.values() if named and one.batch == named]
        for some in (found, [one for one in found if not one.came_back]):
            if some and sum(one.debit.amount for one in some) == entry.amount:
                return some
        return ()

    def _paid(self, entry: BankEntry) -> Mapping[str, int]:
        """Return what a transfer pays of the documents that it names: the oldest first, the last one what is left."""
        wanted = [
            one
            for one in self._named(f"{entry.said} {entry.reference}")
            if one.currency == entry.currency and (one.due > 0) is (entry.amount > 0)
        ]
        left, paid = int(entry.amount), dict[str, int]()
        for one in wanted:
            least, most = sorted((0, self.opens.get(one.number, 0)))
            amount = left if one is wanted[-1] else max(min(left, most), least)
            if amount:
                paid[one.number] = amount
                self.opens[one.number] = self.opens.get(one.number, 0) - amount
                left -= amount
        return paid

    def _named(self, said: str) -> Iterator[Claim]:
        """Yield the documents whose numbers a payer wrote, however he wrote them; none that is the end of another's."""
        bare = _bare(said)
        numbers = {number for one in self.claims if (number := _bare(one.number)) in bare}
        for claim in self.claims:
            number = _bare(claim.number)
            if number in numbers and not any(number != other and number in other for other in numbers):
                yield claim

    def _payment(
        self,
        entry: BankEntry,
        kind: PaymentKind,
        debit: str = "",
        paid: Mapping[str, int] | None = None,
    ) -> Payment:
        return Payment(
            id=self._id(entry, kind, debit),
            kind=kind,
            booked_on=entry.booked_on,
            amount=entry.amount,
            currency=entry.currency,
            debit=debit,
            reason=entry.reason,
            said=" ".join(filter(None, (entry.said, "" if debit else entry.reference))),
            paid=paid or {},
        )

    def _id(self, entry: BankEntry, kind: PaymentKind, debit: str) -> str:
        """Return what an entry is known again by in another file: a debit is settled once, and returned once."""
        if debit:
            told: tuple[object, ...] = (kind, debit)
        else:
            told = (entry.account, entry.booked_on, entry.amount, entry.currency, entry.reference, entry.said)
        text = repr(tuple(map(str, told)))
        self.alike[text] += 1
        which = "" if debit else f" {self.alike[text]}"
        return sha256(f"{text}{which}".encode()).hexdigest()[:16]


def _bare(text: str) -> str:
    return NO_SIGN.sub("", text.upper())
