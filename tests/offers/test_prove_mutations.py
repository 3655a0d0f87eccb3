"""Rule files are changed on purpose, one value at a time: a check finds what changes the meaning."""

import os
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from permanence.offers.check.files import check_files

from tests.installed import PLUGINS
from tests.offers.mutations import drawn, mutations, price_changes
from tests.offers.rule_text import Mutation, RuleText

RULES = Path(__file__).parents[2] / "rules"
SEED, MOST_OF_A_KIND = 4, 60 if os.environ.get("SOAK") else 3
AT_LEAST, PERCENT = 100, 95
FIRST = "renewals are counted from 1: from 0 up is the same"
NO_LINE = "a price for no use at all is no line"
NO_SUNDAY = "nobody answers on a Sunday, nor on a closed public holiday"
NO_TERM = "the term is open: the next end that a notice reaches is that of the notice"
IN_TIME = "the next term's end that a notice reaches is that of the term, where the notice is in time"
DEFAULT = "what holds where no rule says anything is the same; only the rule's sentence is lost"
OPEN = "the term is open: the next one begins at once"
SAME = {
    **{
        f"{offer}: {told}": why
        for offer in ("formules", "sur-mesure")
        for told, why in (
            ("rule leave: end notice_end → next_term_end", NO_TERM),
            ("rule leave: end notice_end → term_end", NO_TERM),
            ("rule asked-for: effect at_once → next_term", OPEN),
            ("rule renewed: when renewal.number >= 1 → renewal.number >= 0", FIRST),
            ("coverage: holidays closed → as_sunday", NO_SUNDAY),
        )
    },
    "a-la-carte: rule asked-for: effect at_once → next_term": OPEN,
    'formules: count.status "answered" → "any"': "a call that nobody answered has no conversation of 5 seconds",
    'formules: billing.partial "prorate_price" → "prorate_price_and_bands"': "plans have no bands",
    "sur-mesure: billing.percents same_base → one_after_other": "the one share is of the other, and of its base once",
    "continue: rule night: when usage.night > 0 → usage.night >= 0": NO_LINE,
    "continue: rule night: when usage.night > 0 → usage.night > -1": NO_LINE,
    "continue: rule leave-at-term: end term_end → next_term_end": IN_TIME,
    "essentielle: rule leave-at-term: end term_end → next_term_end": IN_TIME,
    "a-la-carte: rule leave: end notice_end → next_term_end": NO_TERM,
    "a-la-carte: rule leave: end notice_end → term_end": NO_TERM,
    "a-la-carte: rule renewed: when renewal.number >= 1 → renewal.number >= 0": FIRST,
    "continue: rule renewed: when renewal.number >= 1 → renewal.number >= 0": FIRST,
    "essentielle: rule renewed: when renewal.number >= 1 → renewal.number >= 0": FIRST,
    "a-la-carte: coverage: holidays closed → as_sunday": NO_SUNDAY,
    "essentielle: coverage: holidays closed → as_sunday": NO_SUNDAY,
    "continue: coverage: holidays closed → as_sunday": "Sundays and public holidays are one window",
    'continue: count.outside "ignore" → "count"': "no moment is outside its windows",
    'a-la-carte: count.status "answered" → "any"': "a call that nobody answered has no conversation of 5 seconds",
    'a-la-carte: billing.partial "prorate_price" → "prorate_price_and_bands"': "a package has no bands",
}
"""Changes of the text that leave the offer as it is: no check can find them, and they are not counted."""
SURVIVORS = {
    f"{offer}: rule {rule} dropped": DEFAULT
    for offer in ("a-la-carte", "continue", "essentielle", "formules", "sur-mesure")
    for rule in ("asked-for", "new-price", "renewed")
}
"""Changes that no check finds, with the reason."""

SAME_HERE = {
    "mutated: rule leave: end notice_end → next_term_end": NO_TERM,
    "mutated: rule leave: end notice_end → term_end": NO_TERM,
    'mutated: coverage.holidays "closed" → "as_sunday"': NO_SUNDAY,
    'mutated: billing.partial "prorate_price" → "prorate_price_and_bands"': "no price has bands",
}
SURVIVE_HERE = {
    'mutated: count.instant "start" → "answer"',
    'mutated: billing.partial "prorate_price" → "full"',
}
"""Changes of what no example is asked for: a call that waits over the edge of a window, a month served in part."""

LISTS = sorted((Path(__file__).parents[1] / "price_lists").glob("*.toml"))
EVERY = 1_000_000
SAME_IN_LISTS = {
    "quantity.practitioners: least": "how few a contract may have is asked of contracts, not of months",
    "quantity.numbers: least": "how few a contract may have is asked of contracts, not of months",
    "billing.percents same_base": "one share is of what the other is not of",
}
"""Changes that are none of a price, by words of them, with the reason: they are not counted."""


def found(text: str) -> Counter[str]:
    with TemporaryDirectory() as name:
        path = Path(name, "offer.toml")
        path.write_text(text, encoding="utf-8")
        problems = check_files([path], Path(name), Path(name), PLUGINS).problems
        return Counter(problem.what for problem in problems)


FILES = [RuleText(path.name[:-16], path.read_text("utf-8")) for path in sorted(RULES.glob("*.toml"))]


@cache
def tried_of_shipped_offers() -> list[Mutation]:
    return [*drawn(FILES, SEED, MOST_OF_A_KIND)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_check_finds_95_of_100_changed_meanings(
    file: RuleText, record_property: Callable[[str, object], None]
) -> None:
    before = found(file.text)
    tried = [one for one in tried_of_shipped_offers() if one.told.partition(":")[0] == file.name]
    unseen = [one for one in tried if not found(one.text) - before]
    counted = [one for one in tried if one.told not in SAME]
    survivors = [one for one in unseen if one.told not in SAME]
    record_property("counted", f"{file.name}: {tally(counted, survivors)}")
    known = {one.told for one in tried} & (SAME.keys() | SURVIVORS.keys())
    assert {one.told for one in unseen} == known
    assert counted
    assert (len(counted) - len(survivors)) * 100 >= PERCENT * len(counted)


def test_changed_meanings_of_every_shipped_offer_are_many_and_what_is_said_of_them_is_of_one_of_them() -> None:
    assert SAME.keys() | SURVIVORS.keys() <= {one.told for file in FILES for one in mutations(file)}
    assert len([one for one in tried_of_shipped_offers() if one.told not in SAME]) >= AT_LEAST


def test_a_check_finds_95_of_100_changes_of_tables_that_no_shipped_offer_has(
    record_property: Callable[[str, object], None],
) -> None:
    file = RuleText("mutated", (Path(__file__).parent / "mutated.toml").read_text("utf-8"))
    assert not found(file.text)
    tried = [one for one in drawn([file], SEED, 6) if one.told not in SAME_HERE]
    survivors = [one for one in tried if not found(one.text)]
    record_property("counted", tally(tried, survivors))
    assert {one.told for one in survivors} <= SURVIVE_HERE
    assert SAME_HERE.keys() | SURVIVE_HERE <= {one.told for one in mutations(file)}
    assert (len(tried) - len(survivors)) * 100 >= PERCENT * len(tried)


def test_a_check_finds_95_of_100_changed_prices_of_the_lists_of_the_trade(
    record_property: Callable[[str, object], None],
) -> None:
    """A few of each kind, drawn anew from all lists where a file of them changes; all of them where SOAK is set."""
    files = [RuleText(path.stem, path.read_text("utf-8")) for path in LISTS]
    tried = drawn(files, SEED, EVERY if os.environ.get("SOAK") else 1, price_changes)
    counted = [one for one in tried if not any(words in one.told for words in SAME_IN_LISTS)]
    survivors = [one for one in counted if not found(one.text)]
    record_property("counted", tally(counted, survivors))
    kinds = {one.kind for one in counted}
    assert kinds >= {
        "per cent",
        "most per call",
        "free calls",
        "fewest",
        "plan dropped",
        "bands.with dropped",
        "beyond",
    }
    assert (len(counted) - len(survivors)) * 100 >= PERCENT * len(counted), tally(counted, survivors)


def test_a_check_finds_each_price_of_the_lists_that_is_per_nothing_and_each_length_of_marked_calls_that_goes() -> None:
    """One use costs as much as once a month: an example of several tells them apart."""
    files = [RuleText(path.stem, path.read_text("utf-8")) for path in LISTS]
    tried = [one for file in files for one in price_changes(file) if one.kind in ("per left out", "duration dropped")]
    assert len(tried) >= 50
    assert [one.told for one in tried if not found(one.text)] == []


def tally(tried: list[Mutation], survivors: list[Mutation]) -> str:
    """Return how many changes of each kind were found, and which were not, with the reason."""
    kinds, missed = Counter(one.kind for one in tried), Counter(one.kind for one in survivors)
    told = [f"{kind} {count - missed[kind]}/{count}" for kind, count in kinds.items()]
    why = [f"  {one.told}: {SURVIVORS.get(one.told, 'not explained')}" for one in survivors]
    found = f"{len(tried) - len(survivors)} of {len(tried)} changed meanings are found: {', '.join(told)}"
    return "\n".join((found, *why))
