"""The content of the page of a contract's calls in a month, one by one: what became of each, and behind which lines."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from attrs import frozen

from ..model.outcome import OUTCOMES
from ..model.spreadsheet import csv_text
from ..store.call_answers import answers
from ..store.kept_calls import AT_ANY_TIME, Span, kept_calls
from .french import PARIS

TABLES = ("run", "contract", "invoice", "line", "line_fact", "rule", "usage", "hold", "call_kind", "title")
MONTH = """
SELECT
    (SELECT count(*) FROM run WHERE id = :month), (SELECT count(*) FROM call_kept WHERE month = :month),
    (SELECT customer FROM contract WHERE id = :contract)
"""
PAGE = 200
COLUMNS = ("call", "arrived", "outcome", "reason", "window", "marks", "talk_seconds", "facts", "invoice", "lines")
"""What the exports have of each call; ``call`` is the number of its first record in calls.db."""
Row = dict[str, Any]


@frozen
class CallsAsked:
    """Which calls are asked for: of a contract's month, those that ended so, or that arrived on a day."""

    month: str
    contract: str
    outcome: str = ""
    day: str = ""
    page: int = 1

    @classmethod
    def of(cls, month: str, contract: str, arguments: Mapping[str, str]) -> "CallsAsked":
        """Return what an address asks for; what cannot be understood in it is left out."""
        outcome, day, page = (arguments.get(name) or "" for name in ("outcome", "day", "page"))
        known = outcome if outcome in {one.word for one in OUTCOMES} else ""
        return cls(month, contract, known, day if _span(day) else "", int(page) if page.isdecimal() else 1)

    def address(self, **other: str | int) -> str:
        """Return the query string of the same calls but for something else."""
        asked = {"outcome": self.outcome, "day": self.day, "page": "" if self.page == 1 else self.page, **other}
        return "?" + urlencode({name: value for name, value in asked.items() if value})


@frozen
class CallsTold:
    """The calls that were asked for; ``kept`` tells whether the month was billed by a version that keeps them.

    ``outcomes`` counts the calls of each outcome, those of the day if one is asked for.
    """

    customer: str
    kept: bool
    outcomes: Mapping[str, int]
    calls: Sequence[Row]


def told(asked: CallsAsked) -> Callable[[sqlite3.Connection], CallsTold | None]:
    """Return what reads the calls that are asked for; it returns None where there is no such month or contract."""

    def read(connection: sqlite3.Connection) -> CallsTold | None:
        names = {"month": asked.month, "contract": asked.contract}
        billed, kept, customer = connection.execute(MONTH, names).fetchone()
        if not billed or (asked.contract and customer is None):
            return None
        day = _span(asked.day) or AT_ANY_TIME
        found = kept_calls(connection, month=asked.month, contract=asked.contract, span=day)
        outcomes = Counter(one.kind.outcome.word for one in found)
        chosen = (one for one in found if asked.outcome in ("", one.kind.outcome.word))
        return CallsTold(customer or "", bool(kept), outcomes, answers(connection, chosen))

    return read


def context(asked: CallsAsked, found: CallsTold) -> dict[str, Any]:
    """Return what the page shows: so many calls at a time."""
    pages = max(1, -(-len(found.calls) // PAGE))
    page = min(max(asked.page, 1), pages)
    return {
        "asked": asked,
        "found": found,
        "calls": found.calls[(page - 1) * PAGE : page * PAGE],
        "page": page,
        "pages": pages,
        "outcomes": [(one.word, words.several, found.outcomes[one.word]) for one, words in OUTCOMES.items()],
        "hold": next((call["hold"] for call in found.calls if call["hold"]), ""),
        "invoice": next((call["invoice"] for call in found.calls if call["invoice"]), ""),
    }


def rows(found: CallsTold) -> list[Row]:
    """Return the calls for scripts: arrival in UTC seconds, the numbers of the lines that each is behind."""
    return [
        {
            **{name: call[name] for name in COLUMNS if name in call},
            "arrived": call["start"],
            "lines": [line["position"] for line in call["lines"]],
        }
        for call in found.calls
    ]


def as_csv(found: CallsTold) -> str:
    """Return the calls as CSV, the lines separated by spaces."""
    calls = ({**row, "lines": " ".join(map(str, row["lines"]))} for row in rows(found))
    return csv_text([COLUMNS, *([call.get(name, "") for name in COLUMNS] for call in calls)], end="\r\n")


def _span(day: str) -> Span | None:
    try:
        first = date.fromisoformat(day)
        start, end = (datetime(one.year, one.month, one.day, tzinfo=PARIS) for one in (first, first + timedelta(1)))
    except (ValueError, OverflowError):
        return None
    return int(start.timestamp()), int(end.timestamp())
