"""Calls that nobody made, and months, about which an option is asked: such as its offer would let it have."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle, islice
from types import MappingProxyType

import numpy as np

from ...bill.measure.count_rules import CountTables
from ...bill.measure.judged import judged_alone
from ...decide.vocabulary import vocabulary
from ...model.call_kinds import DIRECTIONS, STATUSES
from ...model.carried import details_text
from ...model.clock import DAY_MINUTES, MINUTE
from ...model.coverage import CoverageWindow
from ...model.facts import COUNTED, FactValue
from ...model.judged_calls import JudgedCalls
from ...model.offer import Offer
from ...model.option import Option, OptionMonth
from ...model.option_asked import windows_with
from ...model.option_failed import OptionFailed
from ...model.usage import Calls, Flags, WordColumn
from .coverage_cases import timetable_of
from .looked_for import LookedFor, looked_for

FIRST_MOMENT = 1_767_600_000
"""The morning of a Monday, in UTC seconds: as good as any."""
APART = DAY_MINUTES + 31
"""Minutes from one call to the next: 48 of them are at every half hour of a day, on each weekday."""
SOME = 48
DAYS = 31
ACCOUNTS = ("example", "another")


def calls_asked(offer: Offer, option: Option) -> JudgedCalls:
    """Return calls of every length at every hour, with and without what the option looks for in calls.

    They are those that the offer lets it measure: inside the windows and not left out, unless it measures all.
    """
    windows = _windows(offer, option)
    return _let_through(offer, option, windows, looked_for(option, _let_through(offer, option, windows, LookedFor())))


def _windows(offer: Offer, option: Option) -> tuple[CoverageWindow, ...]:
    try:
        return windows_with(option, offer.coverage.windows)
    except OptionFailed:
        return offer.coverage.windows  # who asks for its windows is told so


def _let_through(offer: Offer, option: Option, windows: tuple[CoverageWindow, ...], wanted: LookedFor) -> JudgedCalls:
    judged = judged_alone(_invented(offer, option, wanted), timetable_of(offer, windows), offer.count)
    if type(option).measures == "received":
        return judged
    return judged.take(np.flatnonzero(_counted(offer, judged)))


def _counted(offer: Offer, calls: JudgedCalls) -> Flags:
    reasons = CountTables.of(calls, (offer.count,)).reasons(np.zeros(len(calls), np.int32), slice(0, len(calls)))
    inside: Flags = (calls.window.codes >= 0) | (offer.count.outside == "count")
    counted: Flags = inside & (reasons == 0)
    return counted


def _invented(offer: Offer, option: Option, wanted: LookedFor) -> Calls:
    number = np.arange(SOME)
    received = type(option).measures == "received"
    direction = "inbound" if offer.count.direction == "any" else offer.count.direction
    carried = [details_text(one) for one in _carried(wanted)]
    return Calls.at(
        FIRST_MOMENT + number * APART * MINUTE,
        wait=(number * 7 % 90).astype(np.int32),
        talk=(number * number * 5).astype(np.int32),
        account=_words([*ACCOUNTS, *wanted.of("account")], 3),
        number=_words(["", *wanted.of("number")], 2),
        status=_words(list(STATUSES) if received else ["answered"]),
        direction=_words(list(DIRECTIONS) if received or offer.count.direction == "any" else [direction]),
        language=_words(["fr", "en", "", "de", *wanted.of("language")]),
        tags=_words(["urgent", "", *wanted.every_tag, " ".join(wanted.every_tag)]),
        details=_words(carried),
    )


def _carried(wanted: LookedFor) -> list[Mapping[str, int | str]]:
    """Return what calls carry: nothing, and of all that is looked for one, three, and each of the words."""
    words = [(name, word) for name, known in wanted.carried.items() for word in known]
    return [
        {},
        *(dict.fromkeys(sorted(wanted.numbers), count) for count in (1, 3)),
        *({name: word} for name, word in words),
    ]


def _words(words: Sequence[str], each: int = 1) -> WordColumn:
    """Return a column in which each word stands for so many calls, again and again."""
    return WordColumn.of(list(islice(cycle([word for word in words for _ in range(each)]), SOME)))


def months_asked(offer: Offer, option: Option) -> Iterator[OptionMonth]:
    """Yield months of each mission in which nothing was counted, and more: whole ones, and of the first days."""
    counted = {name for name in vocabulary(offer, "month").fields if name.startswith(COUNTED)}
    counted |= {fact.name for fact in type(option).facts}
    for mission in offer.head.mission:
        for count in (0, 1, SOME):
            facts: dict[str, FactValue] = {"mission": mission, **dict.fromkeys(sorted(counted), count)}
            read = MappingProxyType(facts)
            yield OptionMonth(facts=read, days=DAYS, of_days=DAYS, starts=0)
            yield OptionMonth(facts=read, days=DAYS // 2, of_days=DAYS, starts=1)
