"""The first calls of a kind in each contract's month, in time order, whatever parts it has and files they came in."""

from collections.abc import Mapping, Sequence

import numpy as np

from ...contracts.trial import is_free_of_use
from ...model.usage import Calls, Flags, Numbers, WordColumn, distinct, looked_up
from .outcomes import Classified
from .roster import Roster


def first_ones(
    calls: Calls,
    classified: Classified,
    marks: WordColumn,
    roster: Roster,
    wanted: Sequence[Mapping[str, int]],
    seconds: Numbers,
) -> Numbers:
    """Return the counted calls that are among the first of their mark in their contract's month.

    ``wanted`` says, for each part of the roster, how many of each mark are; the parts of a month count on. Of calls
    that arrive in one second the one billed as fewer ``seconds`` is the earlier.
    """
    found = [np.zeros(0, np.int64)]
    for mark in dict.fromkeys(mark for theirs in wanted for mark in theirs):
        rows = of_mark(classified, marks, roster, mark, [mark in theirs for theirs in wanted])
        most = np.array([*(theirs.get(mark, 0) for theirs in wanted), 0], np.int64)
        early = ranks(calls, classified, marks, roster, rows, seconds) < most[classified.contract[rows]]
        found.append(rows[early])
    return distinct(np.concatenate(found))


def of_mark(
    classified: Classified, marks: WordColumn, roster: Roster, mark: str, parts: Sequence[bool], *, every: bool = False
) -> Numbers:
    """Return the counted calls that bear a mark, or ``every`` one, of the contracts of which a part is asked for.

    Calls of a trial in which use is free are none of them: they use up nothing of what is free of the days after it.
    """
    ids = {one.contract.id for one, asked in zip(roster.served, parts, strict=True) if asked}
    theirs: Flags = np.array([*(one.contract.id in ids and not is_free_of_use(one) for one in roster.served), False])
    flags = classified.counted & looked_up(theirs, classified.contract)
    if not every:
        flags &= marks.is_in([words for words in marks.words if mark in words.split()])
    return np.flatnonzero(flags)


def ranks(
    calls: Calls, classified: Classified, marks: WordColumn, roster: Roster, rows: Numbers, seconds: Numbers
) -> Numbers:
    """Return, for each of some calls, how many of them come before it in its contract's month.

    What tells calls of one second apart is what is billed of them, so that no order of files changes an amount.
    """
    if not rows.size:
        return rows
    whose = {name: number for number, name in enumerate(dict.fromkeys(one.contract.id for one in roster.served))}
    month = np.array([whose[one.contract.id] for one in roster.served], np.int64)[classified.contract[rows]]
    alphabetic = np.argsort(np.argsort(np.array([*marks.words, ""])))
    order = np.lexsort((alphabetic[marks.codes[rows]], seconds[rows], calls.start[rows], month))
    begins = np.flatnonzero(np.diff(month[order], prepend=-1))
    sizes = np.diff(begins, append=rows.size)
    found = np.empty(rows.size, np.int64)
    found[order] = np.arange(rows.size) - np.repeat(begins, sizes)
    return found
