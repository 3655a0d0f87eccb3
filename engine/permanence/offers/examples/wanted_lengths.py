"""What an offer's examples have to show of calls besides its rules: what each is billed as, and each beginning of a
number called.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from attrs import evolve

from ...bill.measure.durations import billed_lengths
from ...model.called_numbers import CALLED, CalledNumbers
from ...model.duration import CallLength, DurationRules
from ...model.example import Example, ExampleCall
from ...model.facts import BILLED_SECONDS, facts_of_mark
from ...model.offer import Offer
from .fictional_numbers import number_beginning
from .wanted import Shown, Wanted, Way

TALK = "call.talk_seconds"
AFTER = 30
"""Seconds of work after a call, where it carries how many."""
INCREMENTS = {"free": 0, "least": 0, "first": 1, "further": 1}
"""The keys that say how a conversation is billed, with what they are at the least."""
_AS_MARKED = "what a call marked {} is billed as, and no other"
Tries = Callable[[str, Sequence[Way], Mapping[str, int | str]], Iterator[Example]]
"""Gives examples of one call, by a title, the ways in which a rule on it holds, and facts of it."""


def wanted_lengths(offer: Offer, found: Sequence[Way], tries: Tries, plain: Sequence[Example]) -> Iterator[Wanted]:
    """Yield each key of each `[duration]`, by a call that would be billed otherwise at another value of it.

    ``plain`` are examples of a call that bears no mark.
    """
    if offer.duration is None:
        return
    for mark in ("", *offer.duration.of):
        rules = offer.duration.of[mark] if mark else offer.duration
        fact = facts_of_mark(mark)[-1] if mark else BILLED_SECONDS
        table = ("duration", "of", mark) if mark else ("duration",)
        setting = [way for way in found if way.parsed.rule.then.mark == mark]
        for key, least in INCREMENTS.items():
            if getattr(rules, key) == least and (not mark or key not in ("first", "further")):
                continue
            lengths = dict.fromkeys(length for length in _lengths(rules) if _tells(rules, key, [length]))
            title = f"what a call{f' marked {mark}' if mark else ''} is billed as, by {key}"
            examples = (
                evolve(example, counts={fact: 0})
                for length in lengths
                for example in (tries(title, setting, {TALK: length}) if mark else _lasting(plain, title, length))
            )
            yield Wanted(title, "call", _shows(rules, key, fact), examples, table)
        if mark:
            yield _otherwise(offer.duration, mark, tries(_AS_MARKED.format(mark), setting, {}))


def _otherwise(rules: DurationRules, mark: str, tries: Iterator[Example]) -> Wanted:
    """Return that a call that bears a mark is billed otherwise than it would be without a table of that mark."""
    own, fact = rules.of[mark], facts_of_mark(mark)[-1]
    carried = {one.number_after: AFTER for one in (own, rules) if one.number_after}

    def differs(call: ExampleCall) -> bool:
        return _billed(own, call) != _billed(rules, call)

    lasting = (
        evolve(example, calls=(evolve(call, talk_seconds=length, number={**carried, **call.number}),), counts={fact: 0})
        for example in tries
        for call in example.calls[:1]
        for length in (call.talk_seconds, *_lengths(own), *_lengths(rules))
    )
    return Wanted(
        _AS_MARKED.format(mark),
        "call",
        lambda example, _played: fact in example.counts and any(map(differs, example.calls)),
        (example for example in lasting if any(map(differs, example.calls))),
        ("duration", "of", mark),
    )


def _billed(rules: CallLength, call: ExampleCall) -> int:
    """Return the seconds that a call is billed as by some rules, with the work after it that it carries."""
    after = call.number.get(rules.number_after, 0) if rules.number_after else int(rules.after_call or 0)
    return int(billed_lengths(rules, np.array([call.talk_seconds], np.int64), after)[0])


def _lengths(rules: CallLength) -> Iterator[int]:
    """Yield conversations around those at which what is billed changes, the likeliest to tell first."""
    last = rules.free + rules.first
    yield from (length for length in (last + 1, last - 1, last, last + rules.further + 1, 1, 0) if length >= 0)


def _lasting(plain: Sequence[Example], title: str, length: int) -> Iterator[Example]:
    for example in plain:
        yield evolve(example, title=title, calls=tuple(evolve(call, talk_seconds=length) for call in example.calls))


def _shows(rules: CallLength, key: str, fact: str) -> Shown:
    """Return what tells whether an example says what some calls are billed as, and would say otherwise."""
    return lambda example, _played: (
        example.counts.get(fact, 0) > 0 and _tells(rules, key, [call.talk_seconds for call in example.calls])
    )


def _tells(rules: CallLength, key: str, talk: Sequence[int]) -> bool:
    """Tell whether conversations would be billed otherwise, one by one, if a key said one more or one less."""
    value, seconds = getattr(rules, key), np.array(talk, np.int64)
    others = [one for one in (value - 1, value + 1) if one >= INCREMENTS[key]]
    billed = billed_lengths(rules, seconds)
    return all(bool((billed_lengths(evolve(rules, **{key: one}), seconds) != billed).any()) for one in others)


def wanted_beginnings(
    offer: Offer, found: Sequence[Way], tries: Tries, tells: Callable[[Way], Shown]
) -> Iterator[Wanted]:
    """Yield each beginning of each set of numbers that a call rule asks for, where it has several."""
    for name, numbers in offer.called.items():
        asking = [way for way in found if way.fits(CALLED, name) and not way.fits(CALLED, "")]
        for prefix in numbers.prefixes if asking and len(numbers.prefixes) > 1 else ():
            yield _beginning(offer, (name, numbers), prefix, (asking, tries, tells(asking[0])))


def _beginning(
    offer: Offer, named: tuple[str, CalledNumbers], prefix: str, asked: tuple[Sequence[Way], Tries, Shown]
) -> Wanted:
    (name, _), (asking, tries, told) = named, asked
    number = number_beginning(offer, name, prefix)
    title = f"a call to {prefix}, one of the numbers {name}"
    examples = (
        evolve(example, calls=tuple(evolve(call, called=number) for call in example.calls))
        for example in (tries(title, asking, {CALLED: name}) if number else ())
    )

    def shown(example: Example, played: object) -> bool:
        return any(_begins(call, prefix) for call in example.calls) and told(example, played)  # type: ignore[arg-type]

    return Wanted(title, "call", shown, examples, ("called", name))


def _begins(call: ExampleCall, prefix: str) -> bool:
    return call.called.startswith(prefix)
