"""Options that answer otherwise when they are asked again: they read a clock or chance, or remember earlier calls."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from ...bill.measure.option_facts import measured
from ...model.offer import Offer
from ...model.option import Option
from ...model.option_failed import OptionFailed
from ...model.usage import Calls
from .calls_asked import calls_asked
from .finding import Finding
from .questions import questions_to

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
    calls, questions = calls_asked(offer, option), questions_to(offer, option)
    back = np.arange(len(calls))[::-1]
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
