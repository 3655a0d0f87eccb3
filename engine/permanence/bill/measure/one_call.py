"""Records into calls: what a caller made is one call, however many records it left."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
from attrs import evolve

from ...model.carried import details_joined
from ...model.records import Legs, Records
from ...model.usage import Calls, Flags, Numbers, WordColumn, no_words, wide_enough
from .line_holders import Lines

ANSWERED = ("answered",)
NEVER = np.iinfo(np.int64).max


def naming_records(records: Records, lines: Lines) -> Numbers:
    """Return, per call of several records, the one that names its lines and direction: the first on a known line.

    Where none of them is on a line or account that some contract holds, it is the earliest.
    """
    each, legs = records.each, records.legs
    account, number = lines.numbers(each.account), lines.numbers(each.number)
    known = (account[each.account.codes[legs.rows]] > 0) | (number[each.number.codes[legs.rows]] > 0)
    return legs.first_of(known)


def one_call_each(each: Calls, legs: Legs, naming: Numbers) -> Calls:
    """Return the calls that records are, each in the place of its earliest; nothing is copied where all are alone.

    A call is answered when one of its records is. It waits from its arrival to the first answer, or to the end where
    nobody answers; its conversation is that of its answered records. Their tags are united, its language is that of
    the first record that has one, account, number and direction are those of the record that names it. Of what its
    records carry, numbers are summed, and of words the first holds. Where somebody excluded one of them, the call is.
    """
    each = _talk_of_the_answered(each)
    if not legs.first.size:
        return each
    keep = np.ones(len(each), np.bool_)
    keep[legs.rows] = False
    keep[legs.heads] = True
    heads = legs.heads - np.searchsorted(np.flatnonzero(~keep), legs.heads)
    calls: dict[str, Any] = {name: getattr(each, name)[keep] for name in ("row", "start", "wait", "talk")}
    calls["records"] = np.ones(len(calls["row"]), np.min_scalar_type(legs.sizes.max()))
    for name, values in {**_numbers(each, legs), "records": legs.sizes}.items():
        calls[name][heads] = values
    for name, column in _words(each, legs, naming).items():
        if not column.words:
            calls[name] = no_words(len(calls["row"]))
            continue
        codes = wide_enough(getattr(each, name).codes[keep], len(column.words))
        codes[heads] = column.codes
        calls[name] = WordColumn(codes, column.words)
    return Calls(**calls)


def _talk_of_the_answered(each: Calls) -> Calls:
    """Return records without the conversation of those that nobody answered; most systems write none."""
    silent = ~each.status.is_in(ANSWERED) & (each.talk > 0)
    if not silent.any():
        return each
    return evolve(each, talk=np.where(silent, np.int32(0), each.talk))


def _numbers(each: Calls, legs: Legs) -> Mapping[str, Numbers]:
    """Return how long each call waits and talks."""
    rows, first = legs.rows, legs.first
    start, answered = each.start[rows], _answered(each, legs)
    met = start + each.wait[rows]
    answer = np.minimum.reduceat(np.where(answered, met, NEVER), first)
    until = np.where(answer < NEVER, answer, np.maximum.reduceat(met, first))
    # Records without an answer have no conversation any more.
    return {"wait": until - start[first], "talk": np.add.reduceat(each.talk[rows].astype(np.int64), first)}


def _answered(each: Calls, legs: Legs) -> Flags:
    return each.status.take(legs.rows).is_in(ANSWERED)


def _words(each: Calls, legs: Legs, naming: Numbers) -> Mapping[str, WordColumn]:
    """Return the words of each call; the codes of a column are those of its records."""
    named = {name: getattr(each, name).take(naming) for name in ("account", "number", "direction")}
    language = each.language.take(legs.first_of(each.language.codes[legs.rows] >= 0))
    excluded = each.excluded.take(legs.first_of(each.excluded.codes[legs.rows] >= 0))
    answered = _answered(each, legs)
    is_answered = np.logical_or.reduceat(answered, legs.first)
    status = each.status.take(np.where(is_answered, legs.first_of(answered), legs.tails))
    tags = _united(each.tags, legs, _all_tags, adds=False)
    details = _united(each.details, legs, details_joined, adds=True)
    joined = {"status": status, "language": language, "tags": tags, "details": details}
    return {**named, **joined, "excluded": excluded}


def _all_tags(words: Iterable[str]) -> str:
    return " ".join(sorted({tag for word in words for tag in word.split()}))


def _united(column: WordColumn, legs: Legs, joined: Callable[[Iterable[str]], str], *, adds: bool) -> WordColumn:
    """Return the word of each call that is made of its records' words, in order; ``adds`` where equal ones add up."""
    codes = column.codes[legs.rows].astype(np.int64)
    most = np.maximum.reduceat(codes, legs.first)
    least = np.minimum.reduceat(np.where(codes >= 0, codes, most[legs.call]), legs.first)
    several = np.add.reduceat(codes >= 0, legs.first, dtype=np.int64) > 1 if adds else most != least
    found, number = most.astype(np.int32), {word: code for code, word in enumerate(column.words)}
    known: dict[tuple[int, ...], int] = {}
    for call in np.flatnonzero(several).tolist():
        theirs = tuple(codes[legs.first[call] : legs.first[call] + legs.sizes[call]].tolist())
        if theirs not in known:
            known[theirs] = number.setdefault(joined(column.words[code] for code in theirs if code >= 0), len(number))
        found[call] = known[theirs]
    return WordColumn(found, tuple(number))
