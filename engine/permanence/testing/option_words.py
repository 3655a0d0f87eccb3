"""What customers read of an option, in both languages; what it can be charged for; which tables no file may hold."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import fields

from ..model.carried import SUM
from ..model.facts import facts_of_mark
from ..model.keys import is_key, key_name
from ..model.never_charged import multiplied, uncounted
from ..model.occurrence import OCCURRENCE
from ..model.option import Option
from ..model.option_failed import OptionFailed
from ..model.option_sense import unit_faults
from ..model.price_list import PERCENT
from ..model.problem import raised
from ..model.work import WORK
from .option_cases import written
from .trial_month import read_table

WRONG: tuple[Any, ...] = ("no such", -1, 0, 1.5, True, [], {})
"""Values of which each key refuses some."""
OF_OFFERS = (WORK, OCCURRENCE, SUM)
"""How the facts begin that an offer names."""


def told_in_both(option: Option) -> Iterator[str]:
    """Yield which words of what an option answers are missing in French or English, and which units are no known ones.

    What its class declares was looked at when it was registered.
    """
    kind = type(option)
    try:
        prices, counted = tuple(option.prices()), tuple(option.priced())
    except (Exception, SystemExit) as error:
        yield f"prices() raised {raised(error)}"
        return
    labels = [("a price", price.label, price.english) for price in prices]
    labels += [("a price", price.title.fr, price.title.en) for price in counted]
    labels += [("a promise", words.fr, words.en) for words in option.promises()]
    for what, french, english in dict.fromkeys(labels):
        if not (french and english):
            yield f"{what} is not said in {'English' if french else 'French'}: « {french or english} »"
    named = [price.unit for price in prices if price.unit != PERCENT] + [price.unit for price in counted]
    yield from (f"{what}: {hint}" for what, hint in unit_faults(kind, named))


def never_charged(option: Option, marks: Sequence[str]) -> Iterator[str]:
    """Yield the prices of an option that no month can be charged, whatever offer sells it.

    What work, events and numbers carried by calls there are is the offer's to say; ``marks`` are those of its rules.
    """
    known = [fact for mark in marks for fact in facts_of_mark(mark)]
    try:
        facts = multiplied(option)
    except OptionFailed:
        return  # told by what is charged
    for fact in dict.fromkeys(facts):
        what, hint = uncounted(type(option), fact, (*known, fact) if fact.startswith(OF_OFFERS) else known)
        if what:
            yield f"{what}: {hint}"


def refuses_what_is_bad(kind: type[Option], table: Mapping[str, Any]) -> Iterator[str]:
    """Yield which bad tables of an option are no problem with a place, or are one only when it is asked for prices."""
    tried: list[dict[str, Any]] = [{**table, "no_such_key": 1}]
    for one in fields(kind):
        if is_key(one):
            tried += ({**table, key_name(one): value} for value in WRONG)
    for bad in tried:
        text = written(bad)
        try:
            option, problems = read_table(kind, text)
        except (Exception, SystemExit) as error:
            yield f"a bad table is not refused with a place, it raises {raised(error)}:\n{_shown(kind, text)}"
            return
        if any(not problem.where.line for problem in problems):
            yield f"a bad table is refused without a place: {problems[0].what}\n{_shown(kind, text)}"
            return
        if option is None or problems:
            continue
        try:
            tuple(option.prices())
            tuple(option.priced())
            tuple(option.promises())
            tuple(option.widen(()))
        except (Exception, SystemExit) as error:
            yield f"a bad table is not refused, and then raises {raised(error)}:\n{_shown(kind, text)}"
            return


def _shown(kind: type[Option], text: str) -> str:
    return "\n".join(f"    {line}" for line in (f"[option.{kind.id}]", *text.splitlines()))
