"""Records into calls: what a caller made is one call, however many records it left."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from attrs import evolve

from ...model.records import Legs, Records
from ...model.usage import Calls, Flags, Numbers, WordColumn
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
    the first record that has one, account, number and direction are those of the record that names it.
    """
    each = _talk_of_the_answered(each)
    if not legs.first.size:
        return each
    keep = np.ones(len(each), np.bool_)
    keep[legs.rows] = False
    keep[legs.heads] = True
    rows = np.flatnonzero(keep)
    heads = np.cumsum(keep)[legs.heads] - 1
    calls: dict[str, Any] = {name: getattr(each, name)[rows] for name in ("row", "start", "wait", "talk")}
    calls["records"] = np.ones(rows.size, np.int32)
    for name, values in {**_numbers(each, legs), "records": legs.sizes}.items():
        calls[name][heads] = values
    for name, column in _words(each, legs, naming).items():
        codes = getattr(each, name).codes[rows]
        if len(column.words) > np.iinfo(codes.dtype).max:
            codes = codes.astype(np.int32)
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
    answered = _answered(each, legs)
    is_answered = np.logical_or.reduceat(answered, legs.first)
    status = each.status.take(np.where(is_answered, legs.first_of(answered), legs.tails))
    return {**named, "status": status, "language": language, "tags": _united(each.tags, legs)}


def _united(tags: WordColumn, legs: Legs) -> WordColumn:
    """Return the tags of each call: all words of its records."""
    codes = tags.codes[legs.rows].astype(np.int64)
    most = np.maximum.reduceat(codes, legs.first)
    least = np.minimum.reduceat(np.where(codes >= 0, codes, most[legs.call]), legs.first)
    found, number = most.astype(np.int32), {word: code for code, word in enumerate(tags.words)}
    for call in np.flatnonzero(most != least).tolist():
        theirs = codes[legs.first[call] : legs.first[call] + legs.sizes[call]].tolist()
        words = sorted({word for code in theirs if code >= 0 for word in tags.words[code].split()})
        found[call] = number.setdefault(" ".join(words), len(number))
    return WordColumn(found, tuple(number))
