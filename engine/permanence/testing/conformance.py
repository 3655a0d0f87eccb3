"""One test of all that an option must keep: `conform(Fax)`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from time import perf_counter
from typing import Any

from attrs import evolve
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Flaky

from ..model.option import Option
from ..model.problem import Refused, raised
from ..plugin_manager import Plugins
from . import kept
from .hash_order import answers_here, differs_by_hash, is_in_a_file
from .kept import Case, NotKept
from .option_cases import (
    DAYS,
    at_bounds,
    calls_of,
    first_tables,
    many_calls,
    months_of,
    option_in,
    sells,
    tables,
    usual_calls,
    usual_month,
    windows_wanted,
    written,
)
from .option_words import never_charged, refuses_what_is_bad, told_in_both
from .trial_month import Alone, option_month

MANY = 1_000_000
EXAMPLES = 50
READS_NOTHING = "it reads nothing but what it is given"
CHECKS: Mapping[str, Callable[[Case], None]] = {
    READS_NOTHING: kept.pure,
    "the same input has the same answer": kept.same_again,
    "order and grouping of calls have no effect": kept.order_without_effect,
    "a month in parts adds up": kept.adds_up,
    "nothing is charged without a price in the quote": kept.quoted,
    "nothing is charged outside its dates": kept.none_outside,
    "nothing is charged below zero": kept.none_negative,
}
"""What is tried with every case, by what the option keeps; what reads a clock or the network is asked no more."""
SHOWN = "\n  the smallest example:\n"


def conform(
    kind: type[Option], *tables: str, examples: int = EXAMPLES, calls: int = MANY, marks: Sequence[str] = ()
) -> None:
    """Raise AssertionError with a sentence for everything that an option does not keep, and the smallest example.

    ``tables`` are the keys of tables that sell it, as TOML; without one it is sold at 39.00, with the examples of the
    keys that it needs. Each is varied: amounts, whole numbers, conventions. ``examples`` is how many cases are tried of
    each thing that it keeps. How fast it measures so many ``calls`` is printed. ``marks`` are those of an offer's call
    rules that its prices count, by ``usage.<mark>``.
    """
    if answers_here():
        return
    if broken := list(broken_by(kind, tables, examples, marks)):
        raise AssertionError("\n".join(f"option « {getattr(kind, 'id', kind.__name__)} »: {one}" for one in broken))
    table = written(first_tables(kind, tables)[0])
    print(_speed(option_in(kind, table), calls))
    if not is_in_a_file(kind):
        print(f"option « {kind.id} »: the order of sets is not tried, since its class is in no file of its own")


def broken_by(
    kind: type[Option], given: Sequence[str] = (), examples: int = EXAMPLES, marks: Sequence[str] = ()
) -> Iterator[str]:
    """Yield a sentence for each thing that an option does not keep, with the smallest example."""
    try:
        Plugins.of(Alone(kind))
    except Refused as refused:
        yield from (problem.what for problem in refused.problems)
        return
    except Exception as error:
        yield f"it cannot be registered: {raised(error)}"
        return
    if wrong := sells(kind, given):
        yield f"a table that sells it is refused: {wrong}"
        return
    first = first_tables(kind, given)
    for table in first:
        option = option_in(kind, written(table))
        if unsaid := tuple(told_in_both(option)) or tuple(never_charged(option, marks)):
            yield from unsaid
            return
    if taken := tuple(refuses_what_is_bad(kind, first[0])):
        yield from taken
        return
    cases = st.one_of([_cases(kind, table) for table in first])
    usual = [case for table in first for case in _usual(kind, table)]
    all_kept = True
    for keeps, check in CHECKS.items():
        if broken := _tried_usual(check, usual) or _tried(check, cases, examples):
            all_kept = False
            yield broken
            if keeps == READS_NOTHING and " reads " in broken:
                return
    if all_kept and (differs := differs_by_hash(kind, written(first[0]))):
        what = "the same input has not the same answer each time that Python starts"
        yield f"{what}: {differs} hang on the order of a set: take its members in order, sorted(…)"


def _cases(kind: type[Option], table: Mapping[str, Any]) -> st.SearchStrategy[Case]:
    option = option_in(kind, written(table))
    parts = st.tuples(tables(kind, table), calls_of(option), months_of(option), st.integers(0, DAYS))
    windows = windows_wanted(option)
    return parts.map(lambda found: Case(option_in(kind, found[0]), *found, windows))


def _usual(kind: type[Option], table: Mapping[str, Any]) -> Iterator[Case]:
    """Yield a month that has all that the option looks for, before a day and after it, at each bound of its numbers."""
    for text in at_bounds(kind, table):
        option = option_in(kind, text)
        yield Case(option, text, usual_calls(option), usual_month(option), DAYS // 2, windows_wanted(option))


def _tried_usual(check: Callable[[Case], None], cases: Sequence[Case]) -> str:
    for case in cases:
        if _broken(check, case):
            simple = evolve(
                case, month=option_month({**dict.fromkeys(case.month.facts, 0), "mission": case.month.mission})
            )
            least = simple if _broken(check, simple) else case
            for one in case.calls:
                less = evolve(least, calls=tuple(other for other in least.calls if other is not one))
                least = less if _broken(check, less) else least
            return f"{_broken(check, least)}{SHOWN}{least}"
    return ""


def _broken(check: Callable[[Case], None], case: Case) -> str:
    try:
        check(case)
    except NotKept as broken:
        return str(broken)
    return ""


def _tried(check: Callable[[Case], None], cases: st.SearchStrategy[Case], examples: int) -> str:
    """Return what a check finds in some cases, and the smallest of them; nothing where it finds nothing."""
    found: list[tuple[NotKept, Case]] = []

    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        derandomize=True,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )
    @given(cases)
    def run(case: Case) -> None:
        try:
            check(case)
        except NotKept as broken:
            found.append((broken, case))
            raise

    try:
        run()
    except NotKept:
        broken, case = found[-1]
        return f"{broken}{SHOWN}{case}"
    except Flaky:
        if not found:
            raise
        broken, case = found[-1]
        return f"the same input has not the same answer; once, {broken}{SHOWN}{case}"
    return ""


def _speed(option: Option, count: int) -> str:
    calls = many_calls(count)
    before = perf_counter()
    kept.measured(option, calls)
    return f"option « {option.id} »: {count:,} calls are measured in {perf_counter() - before:.3f} s"
