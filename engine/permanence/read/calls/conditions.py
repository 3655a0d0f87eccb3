"""What a case of a mapping asks of a column: a word, one of several, a comparison, something, or nothing."""

import operator
import re
from collections.abc import Callable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ...model.usage import Flags, Numbers
from .mapping import ANY_OTHER, Theirs, parts

COMPARISON = re.compile(r"(?P<sign>[<>]=?)\s*(?P<number>.*)")
OTHER_THAN = "!="
SIGNS: Mapping[str, Callable[[Numbers, float], Flags]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}


def condition_fault(wanted: Theirs) -> str:
    """Return what is wrong with what a case asks of a column; nothing when nothing is."""
    for one in _alternatives(wanted):
        found = COMPARISON.fullmatch(one)
        if found and not re.fullmatch(r"\d+", found["number"].strip()):
            return f'"{one}" compares with no whole number'
    return ""


def fits(texts: "pa.Array", wanted: Theirs, seconds: Callable[["pa.Array"], Numbers]) -> Flags:
    """Return, per record, whether a column says what a case asks.

    ``seconds`` gives the numbers of a column's distinct texts, negative for what is none; an empty cell counts as 0.
    """
    coded = pc.fill_null(texts, "").dictionary_encode()
    words = [word.strip() for word in coded.dictionary.to_pylist()]
    found = np.zeros(len(words), dtype=np.bool_)
    for one in _alternatives(wanted):
        compared = COMPARISON.fullmatch(one)
        if compared:
            values = seconds(pa.array([word or "0" for word in words], pa.string()))
            found |= (values >= 0) & SIGNS[compared["sign"]](values, int(compared["number"]))
        elif one == ANY_OTHER:
            found |= np.array([bool(word) for word in words], dtype=np.bool_)
        elif one.startswith(OTHER_THAN):
            other = one.removeprefix(OTHER_THAN).strip()
            found |= np.array([word != other for word in words], dtype=np.bool_)
        else:
            found |= np.array([word == one for word in words], dtype=np.bool_)
    return np.asarray(found[np.asarray(coded.indices)], dtype=np.bool_)


def _alternatives(wanted: Theirs) -> tuple[str, ...]:
    return parts(wanted) or ("",)
