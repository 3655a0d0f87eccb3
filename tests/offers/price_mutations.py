"""What changes in the tables of plans, shares, quantities, lengths, caps and sets: prices of other ways than bands."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from tests.offers.rule_text import Mutation, RuleText, Spot

LENGTHS = ("after_call", "after_call_most", "least", "fewest", "default")
SETTINGS: Mapping[tuple[str, str], tuple[str, Sequence[str]]] = {
    ("plans", "included"): ("[plan.", ("whole", "by_days")),
    ("plans", "best"): ("[plan.", ("false", "true")),
    ("billing", "percents"): ("percent =", ("same_base", "one_after_other")),
}
"""Keys that may be absent, where the text says twice what is theirs, with their values: the first is the default."""
TABLES = re.compile(r"(price|plan|plans|bands|duration|quantity|package|called|option)\b")
LINE = re.compile(r"^(\w+) = (?!\[$).*\n", re.MULTILINE)
LIST = re.compile(r"^(?P<key>of|prefixes|by_days) = \[(?P<items>[^\]\n]*)\]", re.MULTILINE)
BEYOND = re.compile(r"^beyond = (?P<value>\{[^}\n]*\}|\"average\")", re.MULTILINE)
NO_PRICE = ("title", "unit", "units", "languages")
DEFAULTS = ("first = 1", "further = 1", 'model = "band"', 'floor = "lowest"', "prorate = true")
NAMED = ("charge", "mark", "per", "for_every", "counts")
"""Keys whose value names something of the offer: it may name another one."""


def price_mutations(file: RuleText) -> Iterator[Mutation]:
    """Yield every change of the prices of a rule file that is not one of bands or of a package."""
    for spot in file.spots:
        for change in CHANGES:
            for kind, value in change(spot):
                yield file.put(kind, spot, value)
        others = {one.value for one in file.spots if one.key == spot.key in NAMED} - {spot.value}
        yield from (file.put(f"another {spot.key}", spot, value) for value in sorted(others))
    for kind, found, value in _written_otherwise(file):
        yield _put(file, kind, found.start(), found.end(), value)
    yield from _dropped(file)
    yield from _set(file)


def _per_cents(spot: Spot) -> Iterator[tuple[str, str]]:
    if spot.key == "percent":
        yield from (("per cent", str(int(spot.value) + step)) for step in (-1, 1))
        yield "per cent's sign", spot.value.removeprefix("-") if spot.value.startswith("-") else f"-{spot.value}"


def _lengths(spot: Spot) -> Iterator[tuple[str, str]]:
    free = spot.table == "duration.free_marked"
    if spot.value.isdigit() and (free or spot.key in LENGTHS):
        kind = "free calls" if free else spot.key
        yield from ((kind, str(int(spot.value) + step)) for step in (-1, 1))


def _most_per_call(spot: Spot) -> Iterator[tuple[str, str]]:
    if spot.key == "most_per_call":
        yield from (("most per call", f"{float(spot.value) + step:.2f}") for step in (-0.01, 0.01))


def _toggled(spot: Spot) -> Iterator[tuple[str, str]]:
    if spot.value in ("true", "false") and TABLES.match(spot.table):
        yield f"{spot.key} toggled", "false" if spot.value == "true" else "true"


CHANGES: Sequence[Callable[[Spot], Iterator[tuple[str, str]]]] = (_per_cents, _lengths, _most_per_call, _toggled)


def _written_otherwise(file: RuleText) -> Iterator[tuple[str, re.Match[str], str]]:
    """Yield lists with one of several items left out, and what goes beyond a plan at its average or not."""
    for found in LIST.finditer(file.said):
        items = found["items"].split(", ")
        for dropped in items if len(items) > 1 else ():
            kept = ", ".join(item for item in items if item != dropped)
            yield f"{found['key']} shortened", found, f"{found['key']} = [{kept}]"
    missions = ("simple", "complex") if '"complex"' in file.said else ("simple",)
    for found in BEYOND.finditer(file.said):
        table = "{ " + ", ".join(f'{mission} = "9.99"' for mission in missions) + " }"
        yield (
            "beyond",
            found,
            f"beyond = {table if found['value'].startswith(chr(34)) else chr(34) + 'average' + chr(34)}",
        )


def _dropped(file: RuleText) -> Iterator[Mutation]:
    """Yield tables of prices without one of their keys, and the file without one of them."""
    for table, start, end in file.tables:
        if TABLES.match(table):
            for found in LINE.finditer(file.said, file.said.index("\n", start) + 1, end):
                if found[1] not in NO_PRICE and found[0].partition("#")[0].strip() not in DEFAULTS and table != "plans":
                    yield _put(file, f"{found[1]} left out", found.start(), found.end(), "", table)
            if "." in table and not table.startswith("option"):
                kind = f"{table.split('.')[0]}{'.with' if '.with.' in table else ''} dropped"
                yield _put(file, kind, start, end, "", table)


def _set(file: RuleText) -> Iterator[Mutation]:
    """Yield each other value of the keys of which one is the default."""
    for (table, key), (sign, values) in SETTINGS.items():
        spots = [spot for spot in file.spots if (spot.table, spot.key) == (table, key)]
        for value in values if file.said.count(sign) > 1 else ():
            kind = f"{table}.{key}"
            if spots:
                yield file.put(kind, spots[0], value)
            elif value != values[0]:
                text = value if value in ("true", "false") else f'"{value}"'
                yield Mutation(
                    kind, f"{file.name}: {kind} {values[0]} → {value}", file.with_key(table, f"{key} = {text}\n")
                )


def _put(file: RuleText, kind: str, start: int, end: int, value: str, table: str = "") -> Mutation:
    before = file.text[start:end].strip().partition("\n")[0]
    told = f"{file.name}: {table or _table_at(file, start)}: {before} → {value or 'nothing'}"
    return Mutation(kind, told, file.text[:start] + value + file.text[end:])


def _table_at(file: RuleText, place: int) -> str:
    return next(table for table, start, end in file.tables if start <= place < end)
