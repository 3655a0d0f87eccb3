"""What calls are billed as by their length, one at a time, as somebody with a watch and a list of them would."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from tests.oracle.contracts import Signed, Table
from tests.oracle.verdicts import Call, Verdict

Seconds = Counter[tuple[str, str]]
"""By contract and fact of its month."""


def billed_length(call: Call, marks: Sequence[str], rules: Table) -> int:
    """Return the seconds that a call is billed as which bears some marks, by the table `[duration]` of its offer."""
    own = next((table for mark, table in rules.get("of", {}).items() if mark in marks), rules)
    after = own.get("after_call", 0)
    if isinstance(after, str):
        after = int(call.details.get(after.removeprefix("number."), 0))
    left = max(call.talk + min(after, own.get("after_call_most", after)) - own.get("free", 0), own.get("least", 0))
    if left <= 0:
        return 0
    billed: int = own.get("first", 1)
    while billed < left:
        billed += own.get("further", 1)
    return billed


def seconds_judged(verdicts: Iterable[Verdict], signed: Iterable[Signed]) -> Seconds:
    """Return the seconds of each contract's month, all of them and those of each mark; none that are 0."""
    tables: Mapping[str, Table] = {one.id: (one.offer or {}).get("duration", {}) for one in signed}
    found, met = Seconds(), Counter[tuple[str, str]]()
    counted = [one for one in verdicts if one.outcome == "counted"]
    counted.sort(
        key=lambda one: (one.call.start, billed_length(one.call, one.marks.split(), tables[one.contract]), one.marks)
    )
    for one in counted:
        marks, rules = one.marks.split(), tables[one.contract]
        billed = billed_length(one.call, marks, rules)
        free = [mark for mark in marks if met[one.contract, mark] < rules.get("free_marked", {}).get(mark, 0)]
        for mark in marks:
            met[one.contract, mark] += 1
        for fact, seconds in (("talk_seconds", one.call.talk), ("billed_seconds", 0 if free else billed)):
            for name in (fact, *(f"{mark}_{fact}" for mark in marks)):
                found[one.contract, f"usage.{name}"] += seconds
    return +found
