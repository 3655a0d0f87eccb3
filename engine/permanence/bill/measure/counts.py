"""Counts of each contract's month: what calls alone give, and what options measure."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from attrs import frozen

from ...contracts.trial import billed_days
from ...model.facts import BILLED_SECONDS
from ...model.offer import Offer
from ...model.usage import Calls, Flags, Numbers, WordColumn
from ...model.words.hours import titled
from .call_rules import Judged
from .calls_together import TOGETHER, calls_together, capped_prices
from .carried_facts import carried_sums
from .durations import call_lengths
from .option_facts import also_noted, option_facts
from .roster import BillFault, Roster
from .tally import Usage, monthly_counts, tally


@frozen(eq=False)
class Counted:
    """Per contract of the roster, by number: its counted facts; with the calls by kind, and plugins at fault.

    ``of_calls`` gives each call the facts of options in which it was counted, separated by spaces; ``lengths`` the
    seconds that it is billed as, where an offer says how.
    """

    facts: Sequence[Mapping[str, int]]
    usage: Usage
    window_titles: Sequence[Mapping[str, str]]
    of_calls: WordColumn
    faults: tuple[BillFault, ...]
    lengths: Numbers | None = None


def count(calls: Calls, judged: Judged, roster: Roster, offers: Iterable[Offer]) -> Counted:
    """Return what was counted for each contract."""
    lengths = call_lengths(calls, judged.classified, judged.marks, roster)
    usage = tally(calls, judged.classified, roster, judged.marks, lengths)
    marks = sorted({rule.then.mark for offer in offers for rule in offer.rules_on("call") if rule.then.mark})
    options = option_facts(calls, judged.classified, roster)
    sums = carried_sums(calls, judged.classified, roster)
    columns = {**monthly_counts(usage, marks), **sums, **options.counts}
    columns["usage.trial_calls"] = np.where(_free(roster), columns["usage.calls"], 0)
    capped = {id(one.offer): one.offer for one in roster.served}
    asked = {number: capped_prices(offer) for number, offer in capped.items()}
    if any(asked.values()):
        of_parts = [asked[id(one.offer)] for one in roster.served]
        together = calls_together(calls, judged.classified, judged.marks, roster, of_parts)
        columns |= {f"{TOGETHER}{'+'.join(names)}": found for names, found in together.items()}
    rows = zip(*(column.tolist() for column in columns.values()), strict=True)
    facts = [dict(zip(columns, row, strict=True)) for row in rows]
    of_calls = options.of_calls if lengths is None else _with_silent(options.of_calls, calls, judged, lengths)
    return Counted(facts, usage, _window_titles(roster), of_calls, options.faults, lengths)


def _with_silent(of_calls: WordColumn, calls: Calls, judged: Judged, lengths: Numbers) -> WordColumn:
    """Return the facts of calls with that of billed seconds for those that are billed without a conversation."""
    silent = np.flatnonzero(judged.classified.counted & (calls.talk == 0) & (lengths > 0))
    return also_noted(of_calls, silent, BILLED_SECONDS) if silent.size else of_calls


def _free(roster: Roster) -> Flags:
    """Return, per contract of the roster, whether its days are those of a free trial."""
    return np.array([not billed_days(one).days for one in roster.served], np.bool_)


def _window_titles(roster: Roster) -> Sequence[Mapping[str, str]]:
    """Return, per contract, the title of each window that it has in the month, by the window's id."""
    of_profile = [{window.id: titled(window).fr for window in profile.timetable.windows} for profile in roster.profiles]
    titles: list[dict[str, str]] = [{} for _ in roster.served]
    for segment in roster.segments:
        known = of_profile[segment.profile]
        titles[segment.contract] = {**titles[segment.contract], **known} if titles[segment.contract] else known
    return titles
