"""Options that cannot measure calls, and options that read what no bill may hang on: each is asked, and watched."""

from collections.abc import Iterator, Mapping
from functools import partial

import numpy as np

from ...bill.measure.option_facts import measured
from ...model.judged_calls import JudgedCalls
from ...model.offer import Offer
from ...model.option import Option
from ...model.option_answers import MOST_UNITS, check_number
from ...model.option_asked import asked
from ...model.option_failed import OptionFailed
from ...model.problem import did_you_mean, raised
from .calls_asked import calls_asked
from .coverage_cases import windows_sold
from .finding import Finding
from .looked_for import looked_for
from .purity import Impure, watched
from .questions import Questions, questions_to

FAILS = "and so would each bill: remove or mend that distribution"
PURE = "a bill must come out the same each time: remove or mend that distribution"
MEASURE, CHARGE, PRICES = "measure()", "charge()", ("prices()", "priced()")
MEND: Mapping[str, tuple[str, str]] = {
    MEASURE: ("cannot measure calls", f"its plugin fails when calls are measured, {FAILS}"),
    CHARGE: ("cannot charge a month", f"its plugin fails when a month is charged, {FAILS}"),
}
"""What an option cannot do that fails in a method, and what to do."""


def asked_once(offer: Offer) -> Iterator[Finding]:
    """Yield options that fail to measure calls, alone or together, or to charge, and those that read a clock or chance.

    As a warning, those that look for calls in a window which no contract of the offer has. One that fails otherwise is
    told where it is asked in earnest.
    """
    sold = windows_sold(offer)
    for name, option in offer.options.items():
        calls = calls_asked(offer, option)
        for what, hint in dict.fromkeys(_told(offer, option, calls)):
            yield Finding(("option", name), f'the option "{name}" {what}', hint)
        for window in looked_for(option, calls).of("window"):
            if window not in sold:
                what = f'the option "{name}" looks for calls in the window "{window}", which no contract has'
                yield Finding(("option", name), what, did_you_mean(window, sold), warning=True)


def _told(offer: Offer, option: Option, calls: JudgedCalls) -> Iterator[tuple[str, str]]:
    priced = True
    for method, ask in _questions(offer, option, calls).items():
        try:
            with watched():
                ask()
        except Impure as impure:
            yield f"reads {impure} in {method}", PURE
        except OptionFailed as failure:
            if issubclass(type(failure.__cause__), Impure):
                yield f"reads {failure.__cause__} in {method}", PURE
            elif method in MEND and (priced or method != CHARGE):
                what, hint = MEND[method]
                yield f"{what}: {raised(failure.__cause__)}", hint
            priced = priced and method not in PRICES


def _questions(offer: Offer, option: Option, calls: JudgedCalls) -> Questions:
    """Return all that an option can be asked, by what answers it."""
    parts = tuple(_parts(calls))
    measure = (
        {MEASURE: lambda: [asked(option, partial(_measured, option, some)) for some in parts]}
        if type(option).facts
        else {}
    )
    return {**questions_to(offer, option), **measure}


def _measured(option: Option, calls: JudgedCalls) -> None:
    """Ask an option to measure calls, within a question to it; raise ValueError for more than any month has."""
    for name, per_call in measured(option, calls).items():
        check_number(int(per_call.sum()), 0, MOST_UNITS, f"what measure() gave for {name} in {len(calls)} calls")


def _parts(calls: JudgedCalls) -> Iterator[JudgedCalls]:
    """Yield all calls together, and those of each account alone; what is known of them is worked out before."""
    accounts = (np.flatnonzero(calls.account.is_in([one])) for one in calls.account.words)
    for some in (calls, *(calls.take(rows) for rows in accounts)):
        _ = some.window, some.local_seconds
        if len(some):
            yield some
