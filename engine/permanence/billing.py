"""START HERE: one month for all contracts, in order."""

from .book import Book
from .counting import count
from .floors import with_floors
from .invoicing import invoice_all
from .judging import judge
from .model.invoice import MonthRun
from .model.period import Month
from .model.usage import CallBatch, PastCalls
from .rate.roster import make_roster
from .rate.tally import outcome_counts
from .standing import standing_in

NOTHING_PAST: PastCalls = {}


def bill_month(
    book: Book, month: Month, batch: CallBatch, past: PastCalls = NOTHING_PAST, *, provisional: bool = False
) -> MonthRun:
    """Return every draft invoice of a month, every contract on hold, and what became of every call.

    ``past`` is what was counted in the months before; only offers with rules on past months read it.
    A pure function of what is on file, the calls and the past: run again, it returns the same, but for ``questions``.
    The book remembers what durable-rules answered, so a run counts only the cases that no run before it has met.
    """
    asked = book.questions
    standing = standing_in(book, month)
    roster = with_floors(book, month, make_roster(standing.served, standing.idle), past)
    judged = judge(batch.calls, roster, book.deciders)
    counted = count(batch.calls, judged, roster, book.offers.values())
    invoices, holds = invoice_all(book, month, roster, counted, "provisional" if provisional else "draft")
    return MonthRun(
        month=month,
        source=batch.source,
        provisional=provisional,
        outcomes=outcome_counts(judged.classified, batch),
        other_months=batch.other_months,
        facts=book.facts,
        questions=book.questions - asked,
        invoices=invoices,
        holds=tuple(sorted((*standing.holds, *holds), key=lambda hold: hold.contract.id)),
    )
