"""What options measure in the calls of each contract that has them: how many are of a kind, or the sum of a number."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from attrs import frozen

from ...model.judged_calls import JudgedCalls, Positions
from ...model.option import Option
from ...model.option_answers import all_of
from ...model.option_asked import asked
from ...model.option_failed import OptionFailed
from ...model.usage import Calls, Codes, Flags, Measured, Numbers, WordColumn, distinct, looked_up
from .judged import judged
from .outcomes import Classified
from .roster import BillFault, Roster

Answer = tuple[Positions, str, Measured]
"""Some calls, by position, a fact, and what was measured of it in each of them."""
MOST_MEASURED = 1_000_000_000
"""What is measured in one call is never more: the sum of a month's calls stays a number of 64 bits."""


@frozen(eq=False)
class OptionFacts:
    """Facts that options measured, name → a number per contract, and the options that failed to.

    ``of_calls`` gives each call the facts in which it was counted, separated by spaces.
    """

    counts: Mapping[str, Numbers]
    of_calls: WordColumn
    faults: tuple[BillFault, ...]


def option_facts(calls: Calls, classified: Classified, roster: Roster) -> OptionFacts:
    """Return what each option measures in the calls of its contracts, counted or all, while they have it.

    A plugin that raises, or returns something else than a yes/no or a number per call for each of its facts, is at
    fault: the contracts are named whose calls it cannot measure, and no other contract's facts are touched.
    """
    counts: dict[str, Numbers] = {}
    noted = _Noted(np.full(len(calls), -1, np.int32))
    faults: list[BillFault] = []
    options = _options(roster)
    measured_for = _flags(roster, [number for _, having in options for number in having])
    candidates = np.flatnonzero(looked_up(measured_for, classified.segment) & classified.received)
    counted, segment = classified.counted[candidates], classified.segment[candidates]
    for (option, zone), having in options:
        wanted = _flags(roster, having)[segment]
        rows = candidates[wanted & counted if type(option).measures == "counted" else wanted]
        for fact in type(option).facts:
            counts.setdefault(fact.name, np.zeros(len(roster.served), np.int64))
        of_offer = JudgedCalls(calls, rows, judged(calls, classified, roster, zone))
        answers, failed = _answers(option, of_offer, rows, classified.contract)
        faults += failed
        for mine, name, per_call in answers:
            some = np.flatnonzero(per_call)
            sums = _sums(per_call[some], classified.contract[mine[some]], len(roster.served))
            counts[name] = counts[name] + sums
            noted.add(mine[some], name)
    return OptionFacts(counts, noted.column, tuple(faults))


def also_noted(column: WordColumn, rows: Numbers, word: str) -> WordColumn:
    """Return a column of words in which some calls have a further one, behind those that they have."""
    noted = _Noted(column.codes.astype(np.int32), column.words)
    noted.add(rows, word)
    return noted.column


class _Noted:
    """The words that each call has been given so far: few distinct ones, whatever the number of calls."""

    def __init__(self, codes: Codes, words: Iterable[str] = ()) -> None:
        self.codes = codes
        self.words = {word: code for code, word in enumerate(words)}

    def add(self, rows: Numbers, word: str) -> None:
        """Give a word to some calls, behind those that they have."""
        before = self.codes[rows]
        known = ("", *self.words)
        there = np.flatnonzero(np.bincount(before + 1, minlength=len(known)))
        codes = np.full(len(known), -1, np.int32)
        for code in there.tolist():
            words = sorted({*known[code].split(), word})
            codes[code] = self.words.setdefault(" ".join(words), len(self.words))
        self.codes[rows] = codes[before + 1]

    @property
    def column(self) -> WordColumn:
        """Return the words of each call."""
        return WordColumn(self.codes, tuple(self.words))


def _flags(roster: Roster, segments: Sequence[int]) -> Flags:
    """Return, per segment of a roster, whether it is one of these; never for one of a contract on hold, and for -1."""
    flags = np.zeros(len(roster.profile_of), np.bool_)
    flags[list(segments)] = True
    return flags


def _options(roster: Roster) -> list[tuple[tuple[Option, str], list[int]]]:
    """Return the distinct options that measure something, each with its offer's zone and the segments that have it."""
    found: dict[tuple[int, str], tuple[tuple[Option, str], list[int]]] = {}
    for number, segment in enumerate(roster.segments):
        offer = roster.served[segment.contract].offer
        for name in segment.options:
            option, zone = offer.options[name], offer.head.timezone
            if type(option).facts:
                found.setdefault((id(option), zone), ((option, zone), []))[1].append(number)
    return list(found.values())


def _sums(measured: Measured, contract: Codes, contracts: int) -> Numbers:
    """Return what was measured, per contract: exact, whatever the numbers."""
    if measured.dtype == np.bool_:
        return np.bincount(contract, minlength=contracts)
    sums = np.zeros(contracts, np.int64)
    np.add.at(sums, contract, measured.astype(np.int64))
    return sums


def _answers(
    option: Option, calls: JudgedCalls, rows: Positions, contract: Codes
) -> tuple[Sequence[Answer], Sequence[BillFault]]:
    """Return what an option measures in the calls of all who have it; where that fails, asked for each by itself.

    ``rows`` is which of all calls these are. Without a call there is nothing to measure, and nothing is asked. What
    fails for all together and for none alone is no measure at all: it fails for all of them.
    """
    if not rows.size:
        return (), ()
    try:
        return [(rows, *fact) for fact in measured(option, calls).items()], ()
    except OptionFailed as failure:
        together = failure.told
    answers: list[Answer] = []
    failed: dict[str, list[int]] = {}
    ordered = np.argsort(contract[rows], kind="stable")
    of_rows = contract[rows[ordered]]
    several = distinct(of_rows).tolist()
    for number in several:
        mine = ordered[np.searchsorted(of_rows, number) : np.searchsorted(of_rows, number, side="right")]
        try:
            answers += ((rows[mine], *fact) for fact in measured(option, calls.chosen(mine)).items())
        except OptionFailed as failure:
            failed.setdefault(failure.told, []).append(number)
    if not failed:
        answers, failed = [], {together: several}
    return answers, [BillFault(type(option).id, tuple(who), what) for what, who in failed.items()]


def measured(option: Option, calls: Calls) -> Mapping[str, Measured]:
    """Return what an option measures in some calls, each of its facts; raise OptionFailed where that cannot be."""

    def question() -> Mapping[str, Measured]:
        found = dict(all_of(dict(option.measure(calls)).items(), "measure()"))
        wanted = {fact.name for fact in type(option).facts}
        if set(found) != wanted or any(type(name) is not str for name in found):
            names = ", ".join(sorted(map(str, found))) or "nothing"
            raise ValueError(f"measure() returned {names}, not {', '.join(sorted(wanted))}")
        return {name: _checked(name, per_call, len(calls)) for name, per_call in found.items()}

    return asked(option, question)


def _checked(name: str, answered: object, calls: int) -> Measured:
    """Return a yes/no or a number per call, as many as there are calls; raise TypeError or ValueError for any other.

    It is a copy: whoever gave it may write into his own later.
    """
    if type(answered) is not np.ndarray or answered.dtype.kind not in "biu" or answered.shape != (calls,):
        raise TypeError(f"measure() gave neither a yes/no nor a whole number per call for {name}")
    per_call: Measured = answered.copy()
    if per_call.dtype.kind == "b":
        return per_call
    if calls and int(per_call.min()) < 0:
        raise ValueError(f"measure() gave a number below zero for {name}: {int(per_call.min())}")
    if calls and int(per_call.max()) > MOST_MEASURED:
        raise ValueError(f"measure() gave {int(per_call.max())} for {name}, more than {MOST_MEASURED} in one call")
    return per_call
