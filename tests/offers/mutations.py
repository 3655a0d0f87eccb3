"""Rule files with one key or value changed, so that the offer means something else; their examples stay as they are."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from random import Random

from tests.offers.price_mutations import price_mutations
from tests.offers.rule_text import Mutation, RuleText, Spot

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday")
PRICES = (
    *("simple", "complex", "price", "amount", "installation", "creation", "per_call"),
    *("flat", "least", "most", "setup_fee"),
)
LENGTHS = ("free", "first", "further", "for_each")
SPANS = ("trial", "commitment", "notice", "renewal_period", "price_notice")
OUTCOMES: Mapping[str, Sequence[str]] = {
    "charge": ("bands", "price.night", "price.escalation", "package", "option.svi"),
    "mark": ("night", "escalated"),
    "end": ("trial_end", "term_end", "next_term_end", "notice_end", "notice_day"),
    "effect": ("at_once", "next_month", "next_term", "announced_term", "refused"),
    "renew": ("period", "open_ended", "end"),
}
SETTINGS: Mapping[tuple[str, str], Sequence[str]] = {
    ("term", "renewal"): ('"tacit"', '"express"'),
    ("coverage", "holidays"): ('"closed"', '"as_weekday"', '"as_sunday"'),
    ("count", "direction"): ('"inbound"', '"outbound"', '"any"'),
    ("count", "status"): ('"answered"', '"any"'),
    ("count", "min_talk_seconds"): ("0", "1", "4", "5", "6"),
    ("count", "outside"): ('"ignore"', '"count"'),
    ("count", "instant"): ('"start"', '"answer"'),
    ("billing", "partial"): ('"prorate_price"', '"full"', '"prorate_price_and_bands"'),
}
"""Keys that may be absent, with values that they can have: the first is the default."""
OPERATORS: Sequence[tuple[str, str, str]] = (
    ("operator", r">=", ">"),
    ("operator", r">(?!=)", ">="),
    ("operator", r">=?", "<"),
    ("operator", r"==", "!="),
    ("operator", r"!=", "=="),
    ("operator", r"\band\b", "or"),
    ("operator", r"\bnot ", ""),
    ("operator", r"^(?=\w+\.\w+$)", "not "),
    ("operator", r" in \(", " not in ("),
    ("literal", r'"offer_changed"', '"option_added"'),
    ("literal", r'"night"', '"day"'),
    ("literal", r'"inbound"', '"outbound"'),
    ("literal", r'"outbound"', '"inbound"'),
    ("fact renamed", r"call\.tag\.\w+", "call.urgent"),
    ("literal", r'"evening", ', ""),
    ("literal", r', "sunday"', ""),
    ("fact renamed", r"(?<=\w)(?= |$)", "_of"),
    ("fact renamed", r"contract\.active", "contract.first_month"),
    ("fact renamed", r"contract\.in_trial", "notice.in_time"),
    ("fact renamed", r"notice\.in_time", "contract.in_trial"),
    ("fact renamed", r"notice\.received", "contract.in_trial"),
    ("fact renamed", r"call\.wait_seconds", "call.talk_seconds"),
    ("fact renamed", r"usage\.escalated", "usage.night"),
    ("fact renamed", r"usage\.night", "usage.calls"),
)


def mutations(file: RuleText) -> Iterator[Mutation]:
    """Yield every mutation of a rule file."""
    for spot in file.spots:
        for change in CHANGES:
            for kind, value in change(spot):
                yield file.put(kind, spot, value)
    yield from _swapped(file)
    yield from _dropped(file)
    yield from _set(file)
    yield from price_mutations(file)


def price_changes(file: RuleText) -> Iterator[Mutation]:
    """Yield every mutation of what a rule file charges, and by what: prices, and the counts at which they change."""
    for spot in file.spots:
        yield from (file.put(kind, spot, value) for change in (_prices, _numbers) for kind, value in change(spot))
    yield from price_mutations(file)


def drawn(
    files: Sequence[RuleText], seed: int, most: int, changes: Callable[[RuleText], Iterator[Mutation]] = mutations
) -> tuple[Mutation, ...]:
    """Return some mutations of each kind, at most so many of one, no two alike."""
    known = {file.text for file in files}
    by_kind: dict[str, dict[str, Mutation]] = {}
    for one in (one for file in files for one in changes(file)):
        if one.text not in known:
            known.add(one.text)
            by_kind.setdefault(one.kind, {})[one.told] = one
    random = Random(seed)
    return tuple(
        one for found in by_kind.values() for one in random.sample(list(found.values()), min(most, len(found)))
    )


def _numbers(spot: Spot) -> Iterator[tuple[str, str]]:
    kinds = {"up_to": "band edge", "every": "growth", "included": "included", **dict.fromkeys(LENGTHS, "length")}
    if spot.key in kinds and spot.value.isdigit():
        yield from ((kinds[spot.key], str(int(spot.value) + step)) for step in (-1, 1))


def _prices(spot: Spot) -> Iterator[tuple[str, str]]:
    if spot.key in PRICES and "." in spot.value:
        decimals = len(spot.value.partition(".")[2])
        for step in (-1, 1):
            changed = Decimal(spot.value) + Decimal(step).scaleb(-decimals)
            yield "option price" if spot.table.startswith("option") else "price", str(changed)


def _hours(spot: Spot) -> Iterator[tuple[str, str]]:
    if spot.key == "hours":
        first, last = (int(hour[:2]) * 60 + int(hour[3:]) for hour in spot.value.split("-"))
        for start, end in ((first - 1, last), (first + 1, last), (first, last - 1), (first, last + 1)):
            if start >= 0 and end <= 24 * 60:
                yield "window hours", f"{_clock(start)}-{_clock(end)}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _days(spot: Spot) -> Iterator[tuple[str, str]]:
    if spot.key == "days":
        days = list[str]()
        for part in spot.value.split(","):
            first, _, last = part.partition("-")
            days += DAYS[DAYS.index(first) : DAYS.index(last or first) + 1]
        if len(days) > 1:
            yield from (("day dropped", ",".join(day for day in days if day != dropped)) for dropped in days)


def _spans(spot: Spot) -> Iterator[tuple[str, str]]:
    number, _, unit = spot.value.partition(" ")
    if spot.table == "term" and spot.key in SPANS and unit:
        for changed in (int(number) - 1, int(number) + 1):
            if changed >= 0:
                yield f"term.{spot.key}", f"{changed} {unit.rstrip('s')}s"


def _conditions(spot: Spot) -> Iterator[tuple[str, str]]:
    if spot.key == "when":
        for kind, pattern, put in OPERATORS:
            for found in re.finditer(pattern, spot.value):
                yield kind, spot.value[: found.start()] + put + spot.value[found.end() :]
        for found in re.finditer(r"\b\d+\b", spot.value):
            for changed in (int(found[0]) - 1, int(found[0]) + 1):
                yield "literal", spot.value[: found.start()] + str(changed) + spot.value[found.end() :]


def _outcomes(spot: Spot) -> Iterator[tuple[str, str]]:
    if spot.table.startswith("rule"):
        others = (value for value in OUTCOMES.get(spot.key, ()) if value != spot.value)
        yield from ((f"then {spot.key}", value) for value in others)


CHANGES: Sequence[Callable[[Spot], Iterator[tuple[str, str]]]] = (
    _numbers,
    _prices,
    _hours,
    _days,
    _spans,
    _conditions,
    _outcomes,
)


def _swapped(file: RuleText) -> Iterator[Mutation]:
    """Yield prices swapped between the missions of a band or package, and between a band and the next."""
    for kind, keys in (("missions swapped", ("simple", "complex")), ("bands swapped", ("simple",))):
        priced = [spot for spot in file.spots if spot.key in keys]
        for one, other in pairwise(priced):
            if one.table == other.table and one.key == "simple":
                yield file.swap(kind, one, other)


def _dropped(file: RuleText) -> Iterator[Mutation]:
    for table, start, end in file.tables:
        what = table.replace(".", " ").split()[0]
        if what in ("rule", "option") or table.startswith("coverage.window"):
            kind = {"coverage": "window"}.get(what, what) + " dropped"
            yield Mutation(kind, f"{file.name}: {table} dropped", file.text[:start] + file.text[end:])


def _set(file: RuleText) -> Iterator[Mutation]:
    """Yield each other value of the keys of which one is the default."""
    for (table, key), (default, *others) in SETTINGS.items():
        spots = [spot for spot in file.spots if (spot.table, spot.key) == (table, key)]
        for value in (default, *others):
            kind = f"{table}.{key}"
            if spots:
                yield file.put(kind, spots[0], value.strip('"'))
            elif value != default:
                told = f"{file.name}: {kind} {default} → {value}"
                yield Mutation(kind, told, file.with_key(table, f"{key} = {value}\n"))
