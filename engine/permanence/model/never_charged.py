"""Prices of options that no month can be charged: what they multiply is counted by nobody, or nobody they are for."""

from collections.abc import Collection, Iterator, Mapping

import attrs

from .carried import SUM
from .facts import COUNTED, MONTH_FACTS, facts_of_mark
from .keys import is_key
from .occurrence import OCCURRENCE
from .offer import Offer
from .option import Option
from .option_asked import priced_by_count, prices_of
from .option_failed import OptionFailed
from .problem import Problem, did_you_mean
from .work import WORK

ALWAYS = frozenset(name for name in MONTH_FACTS.fields if name.startswith(COUNTED))
"""What every month has counted, whatever its offer and its options."""


def multiplied(option: Option) -> tuple[str, ...]:
    """Return the facts that an option's prices multiply, "" for a price per use that multiplies none.

    A class with a `charge` of its own may multiply what it likes. Raises OptionFailed where it cannot say its prices.
    """
    kind, found = type(option), [price.per for price in priced_by_count(option)]
    for price in prices_of(option):
        fact = price.counts or (kind.counts if price.due == "usage" else "")
        if fact or (price.due == "usage" and kind.charge is Option.charge):
            found.append(fact)
    return tuple(found)


def uncounted(kind: type[Option], fact: str, known: Collection[str]) -> tuple[str, str]:
    """Return why a price that multiplies a fact is never charged, and what to do; empty where it can be charged.

    ``known`` is what is counted besides what every month has.
    """
    if not fact:
        what = f'the option "{kind.id}" counts nothing, so it would never be charged per use'
        hint = 'counts = "usage.…" in its class, or in sold(), says what it is charged for'
        return what, 'write kind = "recurring" or "one_off"' if kind.prices is Option.prices else hint
    counted = {*known, *ALWAYS, *(one.name for one in kind.facts)}
    if fact.startswith(COUNTED) and fact in counted:
        return "", ""
    return f'the option "{kind.id}" has a price per "{fact}", which nothing counts', did_you_mean(fact, counted)


def never_charged(offer: Offer, name: str) -> Iterator[Problem]:
    """Yield the prices of an option that no month of an offer can be charged, at the option's place."""
    option, where = offer.options[name], offer.option_places[name]
    known = counted_in(offer)
    try:
        facts, prices = multiplied(option), prices_of(option)
    except OptionFailed:
        return  # whoever asks for the prices is told so
    for fact in dict.fromkeys(facts):
        if fact.startswith(WORK) and fact == type(option).counts:
            continue  # told where the offer is read
        what, hint = uncounted(type(option), fact, known)
        if what:
            yield Problem(where, what, hint)
    for mission in dict.fromkeys(price.mission for price in prices):
        if mission not in ("", *offer.head.mission, *_by_table(option)):
            what = f'the option "{name}" has a price for the mission "{mission}", which {offer.version} does not have'
            yield Problem(where, what, did_you_mean(mission, offer.head.mission))


def counted_in(offer: Offer) -> frozenset[str]:
    """Return what the months of an offer count besides what each month does: options, marks, work, what occurs."""
    named = {WORK: offer.work, OCCURRENCE: offer.occurrences, SUM: offer.numbers}
    return frozenset(
        (
            *(fact.name for option in offer.options.values() for fact in type(option).facts),
            *(fact for rule in offer.rules_on("call") if rule.then.mark for fact in facts_of_mark(rule.then.mark)),
            *(f"{begins}{name}" for begins, names in named.items() for name in names),
        )
    )


def _by_table(option: Option) -> frozenset[str]:
    """Return the missions for which a table of the option has amounts: those of no offer are told at their keys."""
    amounts = (getattr(option, one.name) for one in attrs.fields(type(option)) if is_key(one))
    return frozenset(mission for one in amounts if isinstance(one, Mapping) for mission in one)
