"""Trials that end by what is used in them: whether the count is reached, and no event says so (A16, A17).

The end of a trial is a date that the contract knows: staff note it. A month in which the count is reached is cut at
that day, so that its bill waits for the event: a trial that is over is not billed as one that runs.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np
from attrs import evolve, frozen

from ..contracts.book import Book
from ..contracts.term import Term
from ..model.clock import midnight
from ..model.period import Month
from ..model.served import Served
from ..model.usage import Calls, Numbers, PastUse
from ..model.words.french import day_in_words, month_in_words
from ..model.words.terms import use_that_ends_a_trial
from .measure.outcomes import Classified
from .measure.roster import BillFault, Roster

MINUTE = 60
IN_TRIAL = "contract.in_trial"


@frozen
class UsedUp:
    """A trial that was used up and is not noted as over: on which ``day``, where that is known, and a sentence."""

    day: date | None
    why: str


def trials_end_by_use(book: Book) -> bool:
    """Tell whether some offer on file has a trial that ends by use."""
    return any(offer.term.ends_by_use for offer in book.offers.values())


def with_trials_used(
    book: Book, month: Month, roster: Roster, calls: Calls, classified: Classified, used: PastUse
) -> Roster:
    """Return a month's roster in which each contract is at fault whose trial was used up and is not noted as over."""
    found = used_up(book, month, roster, calls, classified, used)
    parts = {name: tuple(n for n, one in enumerate(roster.served) if one.contract.id == name) for name in found}
    faults = (BillFault("", parts[name], one.why) for name, one in found.items())
    return evolve(roster, faults=(*roster.faults, *faults))


def used_up(
    book: Book, month: Month, roster: Roster, calls: Calls, classified: Classified, used: PastUse
) -> Mapping[str, UsedUp]:
    """Return the trials, by contract, that were used up by the end of a month and are not noted as over.

    ``used`` is what was counted in the months before, by contract: calls, and seconds of conversation. A contract of
    which such a month is not known is among them, without a day.
    """
    trials: dict[str, list[int]] = {}
    for number, one in enumerate(roster.served):
        if one.trial_rules.ends_by_use and _matters(book, one, month):
            trials.setdefault(one.contract.id, []).append(number)
    if not trials:
        return {}
    each = _by_day(book, month, roster, calls, classified, list(trials.values()))
    known = {
        name: _used_up(roster.served[mine[0]], month, used.get(name, {}), days)
        for (name, mine), days in zip(trials.items(), each, strict=True)
    }
    return {name: one for name, one in known.items() if one}


def _matters(book: Book, one: Served, month: Month) -> bool:
    """Tell whether a contract's bill hangs on when its trial ends, which no event has said yet."""
    term = Term(one.contract, one.trial_rules)
    if one.contract.trial_over or term.trial_end <= month.first:
        return False
    return not one.trial_rules.trial_billed or IN_TRIAL in book.decider(one.offer.edition).facts_needed("month")


def _by_day(
    book: Book,
    month: Month,
    roster: Roster,
    calls: Calls,
    classified: Classified,
    trials: Sequence[Sequence[int]],
) -> Sequence[tuple[Numbers, Numbers]]:
    """Return, for each trial, the counted calls of each day of the month, and their seconds of conversation."""
    place = np.full(len(roster.served) + 1, -1, np.int64)
    for number, parts in enumerate(trials):
        place[list(parts)] = number
    rows = np.flatnonzero(classified.counted & (place[classified.contract] >= 0))
    midnights = [midnight(month.first + timedelta(days=day), book.zone) for day in range(month.days)]
    # A call that arrives before the month and is answered in it is one of its first day.
    days = np.maximum(np.searchsorted(midnights, calls.start[rows], side="right") - 1, 0)
    cells, size = place[classified.contract[rows]] * month.days + days, len(trials) * month.days
    found = np.bincount(cells, minlength=size)
    talked = np.bincount(cells, calls.talk[rows], size).astype(np.int64)
    shape = (len(trials), month.days)
    return list(zip(found.reshape(shape), talked.reshape(shape), strict=True))


def _used_up(
    one: Served, month: Month, used: Mapping[Month, tuple[int, int]], days: tuple[Numbers, Numbers]
) -> UsedUp | None:
    """Return that a trial was used up, or that this is not known; nothing where it runs on."""
    term, use = Term(one.contract, one.trial_rules), use_that_ends_a_trial(one.trial_rules).fr
    calls = talked = 0
    for earlier in Month.of(one.contract.start).until(month.first):
        if earlier not in used:
            first = f"facturez d'abord {month_in_words(earlier)} (permanence bill {earlier})"
            return UsedUp(None, f"L'essai prend fin avec {use}, et il manque un mois de l'essai : {first}.")
        calls, talked = calls + used[earlier][0], talked + used[earlier][1]
        if _reached(one, calls, talked):
            told = f"L'essai a pris fin en {month_in_words(earlier)}, avec {use}"
            return UsedUp(None, f"{told} : notez quel jour ({_event(None)}).")
    for day, (more, seconds) in enumerate(zip(*(each.tolist() for each in days), strict=True)):
        calls, talked, on = calls + more, talked + seconds, month.first + timedelta(days=day)
        if on >= term.trial_end:
            break
        if _reached(one, calls, talked):
            told = f"L'essai a pris fin le {day_in_words(on)}, avec {use}"
            return UsedUp(on, f"{told} : notez-le ({_event(on)}).")
    return None


def _reached(one: Served, calls: int, talked: int) -> bool:
    rules = one.trial_rules
    most, minutes = rules.trial_until_calls, rules.trial_until_minutes
    return (most is not None and calls >= most) or (minutes is not None and talked >= minutes * MINUTE)


def _event(on: date | None) -> str:
    return f'[[event]] what = "trial_over", on = {on or "…"}'
