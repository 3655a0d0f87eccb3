"""What an offer says to no effect, or charges twice: days that are as they would be anyway, hours, uses, keys."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from attrs import evolve

from ...contracts.superfluous import covered_twice
from ...decide.alone import cases_of
from ...decide.decider import Decider
from ...model.called_numbers import CALLED
from ...model.carried import CALL_NUMBER, CALL_TAG, CALL_WORD, SUM
from ...model.coverage import Coverage
from ...model.occurrence import OCCURRENCE
from ...model.offer import Offer, Rule
from ...model.regions import REGIONS
from ...model.work import WORK
from .calls_asked import calls_asked
from .coverage_cases import timetable_of, widened
from .finding import Finding
from .finding_words import day_in_english
from .looked_for import looked_for
from .term_against_rules import is_written

DAYS = ("extra_open", "extra_closed")
WHY = {"extra_open": "it is no public holiday", "extra_closed": "no window is open on it"}
OF_A_TRIAL = (
    "trial_until_calls",
    "trial_until_minutes",
    "trial_start",
    "trial_billed",
    "trial_usage",
    "trial_included",
)


def idle_names(offer: Offer, decider: Decider) -> Iterator[Finding]:
    """Yield, as warnings, the names of work and of what calls carry that no price, option or rule counts or reads."""
    read = {*decider.facts_needed("month"), *decider.facts_needed("call")}
    read |= {plan.counts for plan in offer.plans.values()}
    read |= {price.per for price in offer.prices.values()} | {type(option).counts for option in offer.options.values()}
    lengths = offer.duration.lengths if offer.duration else ()
    read |= {f"{CALL_NUMBER}{length.number_after}" for length in lengths if length.number_after}
    read |= {f"{CALL_TAG}{tag}" for tag in offer.count.exclude_tags}
    read |= set(_looked_for(offer))
    named: Mapping[str, Mapping[str, Sequence[str]]] = {
        "work": {name: (f"{WORK}{name}",) for name in offer.work},
        "occurrence": {name: (f"{OCCURRENCE}{name}",) for name in offer.occurrences},
        "number": {name: (f"{SUM}{name}", f"{CALL_NUMBER}{name}") for name in offer.numbers},
        "word": {name: (f"{CALL_WORD}{name}",) for name in offer.words},
        "tag": {name: (f"{CALL_TAG}{name}",) for name in offer.tags},
        "called": dict.fromkeys(offer.called, (CALLED,)),
    }
    for kind, names in named.items():
        for name, facts in names.items():
            if read.isdisjoint(facts):
                what = f"no price, option or rule counts {' or '.join(facts)}"
                yield Finding((kind, name), what, "charge it, or take the table out", warning=True)


def _looked_for(offer: Offer) -> Iterator[str]:
    """Yield the facts of calls that options look for when they measure: numbers, words and tags, numbers called."""
    for option in offer.options.values():
        found = looked_for(option, calls_asked(offer, option))
        yield from (f"{CALL_NUMBER}{name}" for name in found.numbers)
        yield from (f"{CALL_WORD}{name}" for name in found.carried)
        yield from (f"{CALL_TAG}{tag}" for tag in found.every_tag)
        yield from [CALLED] if found.of("number") else ()


def idle_findings(offer: Offer) -> Iterator[Finding]:
    """Yield, as warnings, what is without effect in an offer, and what who takes an option pays for twice."""
    yield from _days(offer)
    yield from _terms(offer)
    yield from _by_days(offer)
    for name in offer.options:
        path = ("option", name)
        if any(covered_twice(offer, [name])):
            what = f'the option "{name}" covers no hour that the offer does not cover'
            yield Finding(path, what, "who takes it pays for hours twice", warning=True)
        for fact, rule in _charged_as_well(offer, name):
            what = f'who takes the option "{name}" pays twice for {fact}: the rule "{rule.id}" charges it too'
            hint = f'take the option out, or let the rule hold without it: "not option.{name}"'
            yield Finding(path, what, hint, warning=True)


def _days(offer: Offer) -> Iterator[Finding]:
    """Yield each day of `extra_open` and `extra_closed` that has the same windows without being there."""
    try:
        sold = tuple(widened(offer).values())
    except Exception:
        return
    everywhere = sorted(code for code, region in REGIONS.items() if region.country == offer.head.country)
    regions = everywhere if offer.coverage.holiday_region == "customer" else [offer.coverage.holiday_region]
    for key in DAYS:
        for number, day in enumerate(getattr(offer.coverage, key)):
            without = evolve(offer, coverage=_without(offer.coverage, key, day))
            tables = (
                [evolve(timetable_of(one, windows), region=region) for one in (offer, without)]
                for windows in sold
                for region in regions
            )
            if all(mine.windows_on(day) == other.windows_on(day) for mine, other in tables):
                what = f"{key} changes nothing on {day_in_english(day)}: {_why(offer.coverage, key)}"
                yield Finding(("coverage", key, number), what, "take the day out", warning=True)


def _without(coverage: Coverage, key: str, day: date) -> Coverage:
    rest = tuple(other for other in getattr(coverage, key) if other != day)
    return evolve(coverage, extra_open=rest) if key == "extra_open" else evolve(coverage, extra_closed=rest)


def _why(coverage: Coverage, key: str) -> str:
    return "public holidays are weekdays" if (key, coverage.holidays) == ("extra_open", "as_weekday") else WHY[key]


def _terms(offer: Offer) -> Iterator[Finding]:
    """Yield the keys of `[term]` that another key leaves without a meaning."""
    term = offer.term
    keys = [] if term.trial.count else [(key, f'trial = "{term.trial}"') for key in OF_A_TRIAL]
    if term.trial.count and term.trial_billed:
        keys.append(("trial_usage", "the trial is billed"))
    if term.usage_free:
        keys.append(("trial_calls", 'trial_usage = "free"'))
    if term.renewal == "express" and not offer.rules_on("renewal"):
        keys.append(("renewal_period", 'renewal = "express"'))
    ends = {rule.then.end for rule in offer.rules_on("notice")}
    renewed = {rule.then.renew for rule in offer.rules_on("renewal")}
    if term.commitment.count and "open_ended" not in {term.renewal_period, *renewed} and "notice_end" not in ends:
        keys.append(("notice_ends", "each notice ends the contract with a term"))
    for key, because in keys:
        if is_written(offer, key):
            yield Finding(("term", key), f"{key} is without effect: {because}", "take it out", warning=True)


def _by_days(offer: Offer) -> Iterator[Finding]:
    """Yield the keys that say what of prices follows the days, where `[billing]` says that nothing does."""
    for name, price in offer.prices.items() if offer.billing.partial == "full" else ():
        if price.by_days:
            what = 'by_days is without effect: [billing] partial = "full"'
            yield Finding(("price", name, "by_days"), what, "take it out", warning=True)


def _charged_as_well(offer: Offer, name: str) -> Iterator[tuple[str, Rule]]:
    """Yield what an option is the price of, with each rule that charges a named price of the same to who has it."""
    kind = type(offer.options[name])
    fact = kind.counts or kind.about
    for rule in offer.rules_on("month") if fact else ():
        price = offer.prices.get(rule.then.charge.removeprefix("price."))
        if price and price.per == fact and any(facts.get(f"option.{name}", 1) for facts in cases_of(offer, rule)):
            yield fact, rule
