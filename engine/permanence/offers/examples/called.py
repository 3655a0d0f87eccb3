"""An example's calls as columns, and what call rules are asked about them."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np

from ...bill.measure.call_rules import call_facts
from ...bill.measure.outcomes import classify
from ...bill.measure.sets_called import called_facts
from ...bill.month import MeasuredMonth
from ...model.carried import details_text
from ...model.example import ExampleCall
from ...model.usage import Calls, WordColumn
from .played import Asked, Unplayable


def asked_of_calls(measured: MeasuredMonth) -> Asked:
    """Return the facts of each call about which call rules are asked: the counted ones, all of them."""
    classified = classify(measured.calls, measured.roster)
    rows = np.flatnonzero(classified.counted)
    facts = call_facts(measured.calls, classified, measured.roster)
    for one in measured.roster.served:
        facts = {**facts, **called_facts(measured.calls, one.offer)}
    columns = {name: column(rows) for name, column in facts.items()}
    return tuple(
        {name: column[row] if isinstance(column, WordColumn) else int(column[row]) for name, column in columns.items()}
        for row in range(len(rows))
    )


def call_columns(kinds: Iterable[ExampleCall], zone: str) -> Calls:
    """Return an example's calls as columns, in order; raise Unplayable for a moment that no clock of a zone shows."""
    rows = [(kind, _instant(moment, zone)) for kind in kinds for moment in kind.moments for _ in range(kind.count)]
    alone = [kind for kind, _ in rows]
    return Calls.at(
        np.array([instant for _, instant in rows], np.int64),
        wait=np.array([kind.wait_seconds for kind in alone], np.int32),
        talk=np.array([kind.talk_seconds for kind in alone], np.int32),
        account=WordColumn.of(["example"] * len(rows)),
        number=WordColumn.of([kind.called for kind in alone]),
        status=WordColumn.of([kind.status for kind in alone]),
        direction=WordColumn.of([kind.direction for kind in alone]),
        language=WordColumn.of([kind.language for kind in alone]),
        tags=WordColumn.of([" ".join(kind.tags) for kind in alone]),
        details=WordColumn.of([details_text({**kind.number, **kind.word}) for kind in alone]),
    )


def _instant(moment: datetime, zone: str) -> int:
    """Return a moment in UTC seconds; of an hour that an autumn night repeats, the first."""
    local = moment.replace(tzinfo=ZoneInfo(zone))
    instant = int(local.timestamp())
    if datetime.fromtimestamp(instant, ZoneInfo(zone)).replace(tzinfo=None) != moment:
        raise Unplayable(f"no clock in {zone} shows {moment}")
    return instant
