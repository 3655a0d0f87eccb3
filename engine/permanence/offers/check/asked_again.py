"""Options that answer otherwise when they are asked again: they read a clock or chance, or remember earlier calls."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from ...bill.measure.option_facts import measured
from ...bill.price.sound_charges import sound_charges
from ...model.offer import Offer
from ...model.option import Option
from ...model.option_asked import asked, priced_by_count, prices_of, promised, windows_with
from ...model.option_failed import OptionFailed
from ...model.usage import Calls
from .calls_asked import calls_asked, months_asked
from .finding import Finding

HINT = "its plugin reads a clock or chance, or remembers earlier calls: remove or mend that distribution"


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
    calls, months = calls_asked(offer, option), tuple(months_asked(offer, option))
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
