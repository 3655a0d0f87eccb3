"""Two offers' rules compared by what they say, not by their names: when they apply, and what follows."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from attrs import frozen

from ...decide.condition import All, AnyOf, Comparison, Condition, Not
from ...model.offer import Offer, Rule
from ...model.scalars import Words
from ...model.words.phrases import said
from .rule_words import condition_of, is_plain, outcome_in_words, when_in_words
from .week_difference import open_hours

Meaning: TypeAlias = tuple[object, ...]
KINDS_OF_DAY = range(8)


@frozen
class Compared:
    """The rules of two offers: pairs that say the same, pairs that do not, those that went, and those that came."""

    same: tuple[tuple[Rule, Rule], ...]
    changed: tuple[tuple[Rule, Rule], ...]
    gone: tuple[Rule, ...]
    new: tuple[Rule, ...]


def compared_rules(old: Offer, new: Offer) -> Compared:
    """Return the rules of two offers in pairs: first those that say the same, then those of one name or one charge.

    A window counts by its days and hours, whatever its name is. Raises Refused for a condition that is none.
    """
    before, after = list(_all_rules(old)), list(_all_rules(new))
    meanings = {id(rule): _meaning(rule, offer) for offer, rules in ((old, before), (new, after)) for rule in rules}
    same = _pairs(before, after, {key: (meaning,) for key, meaning in meanings.items()})
    by_name = {id(rule): (rule.on, rule.id) for rule in (*before, *after)}
    by_charge = {id(rule): (rule.on, rule.then.charge or rule.id) for rule in (*before, *after)}
    changed = [*_pairs(before, after, by_name), *_pairs(before, after, by_charge)]
    return Compared(tuple(same), tuple(changed), tuple(before), tuple(after))


def rules_told(found: Compared, old: Offer, new: Offer) -> Iterator[Words]:
    """Yield a sentence for each rule that applies to other cases, leads to something else, came or went."""
    for before, after in found.changed:
        yield from rule_changed(before, old, after, new)
    for rule in found.new:
        if not (rule.then.charge and is_plain(rule, new)):
            yield said("Nouvelle règle : {}.", "New rule: {}.", _whole(rule, new))
    for rule in found.gone:
        if not (rule.then.charge and is_plain(rule, old)):
            yield said("Une règle disparaît : {}.", "A rule goes: {}.", _whole(rule, old))


def _all_rules(offer: Offer) -> Iterator[Rule]:
    yield from offer.rules_on("month")
    yield from (rule for rule in offer.rules if rule.on != "month")


def _pairs(old: list[Rule], new: list[Rule], key: Mapping[int, Meaning]) -> list[tuple[Rule, Rule]]:
    """Take out of two lists the rules that have a key in common, and return them in pairs."""
    found = []
    for before in tuple(old):
        after = next((rule for rule in new if key[id(rule)] == key[id(before)]), None)
        if after:
            found.append((before, after))
            old.remove(before)
            new.remove(after)
    return found


def rule_changed(before: Rule, old: Offer, after: Rule, new: Offer) -> Iterator[Words]:
    """Yield to which other cases a rule applies, and to what else it leads.

    A rule that charges a price whenever there is something to charge says no more than the price does.
    """
    plain = bool(after.then.charge) and is_plain(before, old) and is_plain(after, new)
    if not plain and _canonical(condition_of(before, old), old) != _canonical(condition_of(after, new), new):
        yield said(
            "Désormais, {} quand {} (avant : quand {}).",
            "Now {} when {} (before: when {}).",
            outcome_in_words(before.then, old),
            when_in_words(after, new),
            when_in_words(before, old),
        )
    if before.then != after.then:
        yield said(
            "Quand {}, désormais {} (avant : {}).",
            "When {}, now {} (before: {}).",
            when_in_words(after, new),
            outcome_in_words(after.then, new),
            outcome_in_words(before.then, old),
        )


def _whole(rule: Rule, offer: Offer) -> Words:
    return said("quand {}, {}", "when {}, {}", when_in_words(rule, offer), outcome_in_words(rule.then, offer))


def _meaning(rule: Rule, offer: Offer) -> Meaning:
    return (rule.on, rule.then, _canonical(condition_of(rule, offer), offer))


def _canonical(condition: Condition, offer: Offer) -> Condition:
    """Return a condition with each window named by its days and hours."""
    match condition:
        case Comparison("call.window", sign, name):
            windows = [window for window in offer.coverage.windows if window.id == name]
            hours = [open_hours(windows, day) for day in KINDS_OF_DAY]
            return Comparison("call.window", sign, str(hours) if windows else name)
        case Not(part):
            return Not(_canonical(part, offer))
        case All(parts):
            return All(tuple(_canonical(part, offer) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(_canonical(part, offer) for part in parts))
    return condition
