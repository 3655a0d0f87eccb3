"""Debits as their banks take them: a message for each creditor, in it a batch for each day, sequence and scheme."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from ..model.debit import Creditor, Debit, DebitBatch, DebitForm, DebitMessage, message_id
from ..model.period import Month


def debit_messages(
    debits: Mapping[Creditor, tuple[Debit, ...]], month: Month, first: int, made_at: int, form: DebitForm
) -> Iterator[DebitMessage]:
    """Yield a message for each creditor, numbered from the first; ``made_at`` is in seconds since 1970 UTC."""
    for number, (creditor, theirs) in enumerate(debits.items(), first):
        ordered = sorted(theirs, key=_alike)
        batches = tuple(
            DebitBatch(f"{message_id(number)}-{position}", tuple(alike))
            for position, (_, alike) in enumerate(groupby(ordered, key=_alike), 1)
        )
        yield DebitMessage(
            number=number, creditor=creditor, month=str(month), made_at=made_at, form=form, batches=batches
        )


def _alike(debit: Debit) -> tuple[str, str, str]:
    return debit.collect_on.isoformat(), debit.scheme, debit.sequence
