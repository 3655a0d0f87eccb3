"""What contradicts itself in a rule file whose tables are right: names, terms and coverage."""

import difflib
import re
import zoneinfo
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any

from ...model.countries import COUNTRIES
from ...model.coverage import Coverage, CoverageWindow
from ...model.currency import currency_fault
from ...model.deposit import Deposit
from ...model.fault import Fault
from ...model.offer import Rule
from ...model.offer_head import OfferHead
from ...model.problem import did_you_mean
from ...model.regions import REGIONS, region_hint
from ...model.scalars import Days, Hours
from ...model.term_rules import TermRules
from ...model.vat_rates import FRENCH_RATES
from ...model.words.numbers import percent
from ..toml.faults import Notes
from ..toml.located_toml import Path
from .bound_checks import check_bounds
from .duration_checks import check_called, check_duration
from .example_checks import check_examples
from .name_checks import check_names, check_quantities, check_work_of_options
from .price_checks import check_plans, check_prices
from .rule_checks import check_floors, check_marks, check_rules, counted_facts

ID = re.compile(r"[a-z][a-z0-9_-]*")


def check_offer(read: Mapping[str, Any], table: Mapping[str, Any], notes: Notes) -> list[Fault]:
    """Return the faults of a rule file, from those fields of Offer that could be read and its whole table.

    What could not be read is not judged: it has its fault already.
    """
    head: OfferHead | None = read.get("head")
    rules: tuple[Rule, ...] = read.get("rules", ())
    wrong = {fault.path[:2] for fault in notes.faults}
    missions = head.mission or None if head and ("offer", "mission") not in wrong else None
    checks: list[Iterable[Fault]] = [
        _check_head(head, table) if head else (),
        _check_ids(read, notes),
        _check_term(read["term"], head) if "term" in read else (),
        _check_coverage(read["coverage"], notes) if "coverage" in read else (),
        _check_count(read),
        _check_deposit(read.get("deposit")),
        check_rules(rules, notes),
        check_floors(rules, table, notes),
        check_marks(rules, read.get("options", {}), notes),
        check_names(table),
        check_bounds(table),
        check_quantities(read.get("quantities", {})),
        check_called(read.get("called", {})),
        check_examples(read.get("examples", ()), table, missions, notes),
    ]
    if not any(path[:1] == ("rule",) for path in wrong):
        prices, options = read.get("prices", {}), read.get("options", {})
        counted = counted_facts(rules, options, table)
        checks += [check_prices(prices, counted, read.get("quantities", {})), check_work_of_options(options, counted)]
        checks.append(check_plans(read.get("plans", {}), counted))
        if read.get("duration"):
            checks.append(check_duration(read["duration"], table, rules, options.values()))
    return [fault for check in checks for fault in check]


def _check_head(head: OfferHead, table: Mapping[str, Any]) -> Iterator[Fault]:
    if not head.mission:
        yield Fault(("offer", "mission"), "an offer has at least one mission")
    for number, mission in enumerate(head.mission):
        if mission in head.mission[:number]:
            yield Fault(("offer", "mission", number), f'mission "{mission}" is named twice')
    if not head.customers:
        yield Fault(("offer", "customers"), "nobody may sign the offer", "take the key out: every kind of customer may")
    for number, kind in enumerate(head.customers):
        if kind in head.customers[:number]:
            yield Fault(("offer", "customers", number), f'"{kind}" is named twice')
    for number, service in enumerate(head.services):
        if service in head.services[:number]:
            yield Fault(("offer", "services", number), f'service "{service}" is named twice')
    yield from _check_country(head, table["offer"].get("vat"))
    if not head.timezone and head.country in COUNTRIES:
        hint = 'write it, such as timezone = "America/New_York" or "Australia/Sydney"'
        yield Fault(("offer", "timezone"), f"{COUNTRIES[head.country].english} has several time zones", hint)
    try:
        zoneinfo.ZoneInfo(head.timezone or "UTC")
    except (KeyError, OSError, ValueError):
        near = difflib.get_close_matches(head.timezone, zoneinfo.available_timezones(), n=1)
        hint = f'did you mean "{near[0]}"?' if near else 'write a zone such as "Europe/Paris"'
        yield Fault(("offer", "timezone"), f'no time zone is named "{head.timezone}"', hint)


def _check_country(head: OfferHead, written_vat: object) -> Iterator[Fault]:
    """Yield what is wrong with country, currency and VAT: each is one that the tables of the trade have."""
    country = COUNTRIES.get(head.country)
    if country is None:
        what = f'"{head.country}" is no country whose VAT is known'
        yield Fault(("offer", "country"), what, did_you_mean(head.country.upper(), COUNTRIES))
        return
    if fault := currency_fault(head.currency):
        yield Fault(("offer", "currency"), *fault)
    known = [name for name in country.vat[-1].rates if country.vat[-1].rates[name] or name == "none"]
    if written_vat in FRENCH_RATES and head.country != "FR":
        meant = ", ".join(f'"{name}" ({percent(country.vat[-1].rates[name])})' for name in known)
        what = f'"{written_vat}" is the name of a French rate, and the offer is sold in {country.english}'
        yield Fault(("offer", "vat"), what, f"write one of: {meant}")
    elif head.vat not in country.vat[-1].rates:
        what = f'{country.english} has no VAT of the kind "{head.vat}"'
        yield Fault(("offer", "vat"), what, did_you_mean(head.vat, known))


def _check_ids(read: Mapping[str, Any], notes: Notes) -> Iterator[Fault]:
    """Names are words that files, conditions and tables of results can share; rules and windows have their own."""
    head, coverage = read.get("head"), read.get("coverage")
    named: list[tuple[Path, str]] = [(("offer", "id"), head.id)] if head else []
    named += [(("offer", "mission", number), name) for number, name in enumerate(head.mission if head else ())]
    named += [(("price", name), name) for name in read.get("prices", {})]
    for siblings in (coverage.windows if coverage else (), read.get("rules", ())):
        first: dict[str, object] = {}
        for sibling in siblings:
            path = (*notes.path_of(sibling), "id")
            named.append((path, sibling.id))
            other = first.setdefault(sibling.id, sibling)
            if other is not sibling:
                hint = f"the first stands at {notes.place_of(notes.path_of(other))}"
                yield Fault(path, f'the id "{sibling.id}" is there twice', hint)
    for path, name in named:
        if not ID.fullmatch(name):
            yield Fault(
                path, f'"{name}" is no id', "an id has small letters, digits, - and _, and begins with a letter"
            )


def _check_term(term: TermRules, head: OfferHead | None) -> Iterator[Fault]:
    for name in ("trial_until_calls", "trial_until_minutes"):
        most = getattr(term, name)
        if most is not None and most < 1:
            hint = f'write {name} = 1 or more, or trial = "0 days" for none'
            yield Fault(("term", name), f'"{name}" is less than 1: no trial would begin', hint)
    if term.setup_fee < 0:
        yield Fault(("term", "setup_fee"), '"setup_fee" is negative')
    if head and head.no_setup_fees and term.setup_fee > 0:
        yield Fault(  # « pas de frais de dossier ni de frais d'ouverture » (R9)
            ("term", "setup_fee"),
            "the offer promises no set-up fees, and asks for one",
            'write setup_fee = "0.00", or take no_setup_fees out of [offer]',
        )
    if term.renewal_period != "open_ended" and term.renewal_period.count == 0:
        yield Fault(("term", "renewal_period"), "a renewed term has a length", 'write "12 months" or "open_ended"')


def _check_count(read: Mapping[str, Any]) -> Iterator[Fault]:
    if "count" in read and read["count"].min_talk_seconds < 0:
        yield Fault(("count", "min_talk_seconds"), '"min_talk_seconds" is negative')


def _check_deposit(deposit: Deposit | None) -> Iterator[Fault]:
    if deposit is None:
        return
    if deposit.of and deposit.amount is not None:
        what = '"amount" and "of" exclude each other'
        yield Fault(("deposit", "of"), what, "keep one of them", at_key=True)
    elif not deposit.of and deposit.amount is None:
        yield Fault(("deposit",), "the deposit has no amount", 'write amount = "100.00", or of = "usual_month"')
    elif deposit.amount is not None and deposit.amount <= 0:
        yield Fault(("deposit", "amount"), "a deposit is above zero", "take [deposit] out where there is none")


def _check_coverage(coverage: Coverage, notes: Notes) -> Iterator[Fault]:
    if coverage.holiday_region != "customer" and coverage.holiday_region not in REGIONS:
        what = f'"{coverage.holiday_region}" is neither "customer" nor a region'
        yield Fault(("coverage", "holiday_region"), what, region_hint(coverage.holiday_region))
    if not coverage.windows and ("coverage", "window") not in {fault.path[:2] for fault in notes.faults}:
        yield Fault(("coverage", "window"), "there is no window: nobody would ever answer")
    for number, day in enumerate(coverage.extra_open):
        if day in coverage.extra_closed:
            yield Fault(("coverage", "extra_open", number), f"{day} is in extra_closed too")
    for one, other in combinations(coverage.windows, 2):
        shared = _shared(one, other)
        if shared:
            hint = f"the other stands at {notes.place_of(notes.path_of(one))}"
            yield Fault(notes.path_of(other), f'"{other.id}" and "{one.id}" both cover {shared}', hint)


def _shared(one: CoverageWindow, other: CoverageWindow) -> str:
    """Return the days and hours that two windows both cover."""
    days = tuple(number for number in one.days.numbers if number in other.days)
    start, end = max(one.hours.start, other.hours.start), min(one.hours.end, other.hours.end)
    return f"{Days(days)} {Hours(start, end)}" if days and start < end else ""
