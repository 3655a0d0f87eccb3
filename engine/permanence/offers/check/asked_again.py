"""Options that answer otherwise when they are asked again: they read a clock or chance, or remember earlier calls."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs
import numpy as np

from ...bill.measure.option_facts import measured
from ...bill.price.sound_charges import sound_charges
from ...model.clock import DAY_MINUTES, MINUTE
from ...model.facts import FactValue
from ...model.offer import Offer
from ...model.option import Option, OptionMonth
from ...model.option_asked import asked, priced_by_count, prices_of, promised, windows_with
from ...model.option_failed import OptionFailed
from ...model.usage import Calls, WordColumn
from .finding import Finding

HINT = "its plugin reads a clock or chance, or remembers earlier calls: remove or mend that distribution"
FIRST_MOMENT = 1_767_600_000
"""The morning of a Monday, in UTC seconds: as good as any."""
DAYS = 31
SOME = 48


def asked_again(offer: Offer) -> Iterator[Finding]:
    """Yield each option that answers otherwise when it is asked a second time, or with calls in another order.

    One that fails is told where it is asked in earnest.
    """
    for name, option in offer.options.items():
        try:
            differs = tuple(_answers_otherwise(offer, option))
        except OptionFailed:
            continue
        if differs:
            what = f'the option "{name}" answers otherwise when it is asked again: {", ".join(differs)}'
            yield Finding(("option", name), what, HINT)


def _answers_otherwise(offer: Offer, option: Option) -> Iterator[str]:
    """Yield the methods of which a second answer is another; the second time all is asked the other way round."""
    calls, months = _calls(option), tuple(_months(offer, option))
    back = np.arange(len(calls))[::-1]
    questions: Mapping[str, Callable[[], object]] = {
        "prices()": lambda: (prices_of(option), priced_by_count(option)),
        "promises()": lambda: promised(option),
        "widen()": lambda: windows_with(option, offer.coverage.windows),
        "charge()": lambda: [asked(option, lambda one=month: sound_charges(option, one)) for month in months],  # type: ignore[misc]
    }
    first = {name: ask() for name, ask in questions.items()}
    counted = _counts(option, calls)
    turned = {name: each[::-1] for name, each in _counts(option, calls.take(back)).items()}
    for name, ask in reversed([*questions.items()]):
        if ask() != first[name]:
            yield name
    if counted != _counts(option, calls):
        yield "measure()"
    elif counted != turned:
        yield "measure(), with the same calls in another order"


def _counts(option: Option, calls: Calls) -> dict[str, list[Any]]:
    return {name: each.tolist() for name, each in measured(option, calls).items()} if type(option).facts else {}


def _calls(option: Option) -> Calls:
    """Return calls of every length at every hour, some with a word that the option's table has for a tag."""
    number = np.arange(SOME)
    words = [value for one in attrs.fields(type(option)) if isinstance(value := getattr(option, one.name), str)]
    return Calls.at(
        FIRST_MOMENT + number * (DAY_MINUTES + 31) * MINUTE,
        wait=(number * 7 % 90).astype(np.int32),
        talk=(number * number * 5).astype(np.int32),
        status=WordColumn.of(["answered"] * SOME),
        direction=WordColumn.of(["inbound", "outbound"] * (SOME // 2)),
        language=WordColumn.of(["fr", "en", "", "de"] * (SOME // 4)),
        tags=WordColumn.of([("urgent", "", *words)[at % (2 + len(words))] for at in range(SOME)]),
    )


def _months(offer: Offer, option: Option) -> Iterator[OptionMonth]:
    """Yield months of each mission in which nothing was counted, and more: whole ones, and of the first days."""
    for mission in offer.head.mission:
        for count in (0, 1, SOME):
            facts: dict[str, FactValue] = {"mission": mission, "usage.calls": count}
            facts |= dict.fromkeys((fact.name for fact in type(option).facts), count)
            yield OptionMonth(facts=facts, days=DAYS, of_days=DAYS, starts=0)
            yield OptionMonth(facts=facts, days=DAYS // 2, of_days=DAYS, starts=1)
