"""A new version of an offer replayed on past months: the same contracts and calls, billed both ways."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property

from attrs import evolve, fields, frozen

from ..contracts.against_offer import against_offers
from ..contracts.book import Book
from ..contracts.parts import ReadInParts, changes_apart, read_in_parts
from ..contracts.standing import Standing, standing_in
from ..contracts.trial import free_apart
from ..decide.decider import Decider
from ..model.contract import Contract
from ..model.impact import Impact, NotCompared, Replayed
from ..model.offer import Offer, Then
from ..model.option import Option
from ..model.period import Month
from ..model.problem import Place, Problem, Refused, did_you_mean
from ..model.records import CallBatch, Records
from ..model.served import Served
from ..model.term_rules import TermRules
from ..model.usage import PastCalls
from ..model.work import Work
from .month import NOTHING_PAST, MeasuredMonth, measure_month, price_month
from .replayed_bills import Billed, Past, compared

NOT_REPLAYED = "Pas rejoué : ce mois n'a pas pu être facturé avec la version en vigueur."
CameIn = tuple[Records, Sequence[Work]]
"""What came in for a month: the records of its calls, and its work."""


@frozen(eq=False)
class Replacement:
    """What is on file, and the same with a new version of an offer in place of an old one."""

    book: Book
    old: Offer
    decider: Decider

    @property
    def new(self) -> Offer:
        """Return the new version."""
        return self.decider.offer

    @cached_property
    def changed(self) -> Book:
        """Return the book in which the old version's name means the new one."""
        deciders = {**self.book.deciders, **dict.fromkeys((self.old.version, self.new.version), self.decider)}
        return evolve(self.book, deciders=deciders, memory={})

    @cached_property
    def measured_again(self) -> tuple[str, ...]:
        """Return the tables that make the new version measure calls otherwise than the old one."""
        old, new = self.old, self.new
        differs = {
            "[coverage]": old.coverage != new.coverage,
            "[count]": old.count != new.count,
            "[duration]": old.duration != new.duration,
            "[term]": not new.term.trial_billed and _free_trial(old.term) != _free_trial(new.term),
            '[[rule]] on = "call"': _call_rules(old) != _call_rules(new),
            '[[rule]] on = "month"': self._old_parts != self.new_parts
            or old.quantities.keys() != new.quantities.keys(),
        }
        for name in sorted(old.options.keys() & new.options.keys()):
            differs[f"[option.{name}]"] = not _measure_alike(old.options[name], new.options[name])
        return tuple(name for name, is_so in differs.items() if is_so)

    @cached_property
    def new_parts(self) -> ReadInParts:
        """Return where the new version's monthly rules and prices cut a month."""
        return read_in_parts(self.decider, "")

    @property
    def _old_parts(self) -> ReadInParts:
        return read_in_parts(self.book.deciders[self.old.version], "")

    def parts(self, served: Served) -> Iterator[Served]:
        """Yield a contract's days in a month as the new version has them, apart where it reads what changes."""
        for part in free_apart(self.under_new(served)):
            yield from changes_apart(part, self.new_parts) if self.bears(served) else (part,)

    def bears(self, served: Served) -> bool:
        """Tell whether a contract's days in a month are billed by the old version."""
        return served.offer is self.old

    def names(self, contract: Contract) -> bool:
        """Tell whether a contract, or an event of its, names the old version."""
        return self.old.version in (contract.offer, *(event.offer for event in contract.events))

    def under_new(self, served: Served) -> Served:
        """Return a contract's days in a month as the new version has them; those of another offer as they are."""
        if not self.bears(served):
            return served
        # The trial is that of the offer that was signed, which may be an earlier one.
        trial = self.new.term if served.trial_rules is self.old.term else served.trial_rules
        return evolve(served, offer=self.new, trial_rules=trial)

    def why_not(self, served: Served) -> str:
        """Return why the new version cannot bill a contract as it stands in these days; nothing when it can."""
        taken = tuple(option for option in served.contract.options if option.id in served.held)
        contract = evolve(served.contract, offer=self.new.version, digest="", options=taken)
        return against_offers(contract, {self.new.version: self.new})


def replacement(book: Book, against: str, decider: Decider) -> Replacement:
    """Return a new version, as its decider proved it, in place of the one on file that is named ``against``.

    Raises Refused when there is none, when the new version's months are those of another time zone, or when its name
    is that of a third rule file.
    """
    if against not in book.offers:
        what = f'there is no offer "{against}"'
        raise Refused([Problem(Place("--against"), what, did_you_mean(against, book.offers))])
    new = decider.offer
    old, other = book.offers[against], book.offers.get(new.version)
    problems = []
    if new.head.timezone != old.head.timezone:
        what = f'its time zone is "{new.head.timezone}", that of {against} "{old.head.timezone}"'
        problems.append(Problem(Place(new.file), what, "their months do not begin together: take the same zone"))
    if new.head.currency != old.head.currency:
        what = f"its prices are in {new.head.currency}, those of {against} in {old.head.currency}"
        problems.append(Problem(Place(new.file), what, "amounts of two currencies are not compared"))
    if other and other is not old and other.digest != new.digest:
        what = f"{new.version} is in {other.file} too, with another text"
        problems.append(Problem(Place(new.file), what, "give it another `sold_from`, or name that file"))
    if problems:
        raise Refused(problems)
    return Replacement(book, old, decider)


def replay(
    asked: Replacement,
    months: Sequence[Month],
    records_of: Callable[[Month], Records],
    past: PastCalls = NOTHING_PAST,
    work_of: Callable[[Month], Sequence[Work]] = lambda _month: (),
) -> Impact:
    """Return what each month comes to both ways; ``records_of`` gives the records of a month's calls, once for each.

    ``work_of`` gives the work of a month that is no call.

    A contract's life is the one that it had: who is in service, when and with which options is the old version's to
    say. ``past`` is what was counted in months before; those that are replayed count as each version counts them.
    """
    before, after = ({name: dict(counts) for name, counts in past.items()} for _ in range(2))
    bills: list[Replayed] = []
    left: list[NotCompared] = []
    own: dict[str, str] = {}
    for month in months:
        batch = CallBatch(records=records_of(month), work=tuple(work_of(month)))
        for one in _month(asked, month, batch, (before, after), own):
            if isinstance(one, Replayed):
                bills.append(one)
            else:
                left.append(one)
    return Impact(
        against=asked.old.version,
        version=asked.new.version,
        file=asked.new.file,
        currency=asked.new.head.currency,
        measured_again=asked.measured_again,
        whys={**own, **_whys(asked.old), **_whys(asked.new)},
        months=tuple(months),
        bills=tuple(bills),
        not_compared=tuple(left),
    )


def _whys(offer: Offer) -> Mapping[str, str]:
    return {rule.id: rule.why for rule in offer.rules_on("month") if rule.why}


def _month(
    asked: Replacement, month: Month, batch: CallBatch, past: tuple[Past, Past], own: dict[str, str]
) -> Iterator[Replayed | NotCompared]:
    """Yield each contract of the old version in a month, by number.

    Its calls are added to what is past, and why it has discounts of its own to those by their rules.
    """
    standing = standing_in(asked.book, month)
    waiting = {hold.contract.id: hold.contract for hold in standing.holds if asked.names(hold.contract)}
    served = {one.contract.id: one.contract for one in standing.served if asked.bears(one)}
    old, new = _both_ways(asked, month, batch, standing, past)
    for billed, counted in zip((old, new), past, strict=True):
        billed.remember(counted)
        own.update(billed.own_whys)
    for name, contract in sorted({**waiting, **served}.items()):
        if name in old.invoices and name in new.invoices:
            yield compared(old.invoices[name], new.invoices[name])
            continue
        yield NotCompared(
            contract=name,
            customer=contract.customer.name,
            mission=contract.mission,
            month=month,
            why_before=old.reasons.get(name, ""),
            why_after=new.reasons.get(name, ""),
            before=old.net(name),
            after=new.net(name),
        )


def _both_ways(
    asked: Replacement, month: Month, batch: CallBatch, standing: Standing, past: tuple[Past, Past]
) -> tuple[Billed, Billed]:
    """Return a month by the old version and by the new one; calls are measured once where both measure alike."""
    theirs = {one.contract.id for one in standing.served if asked.bears(one)}
    waiting = {hold.contract.id: hold.reason for hold in standing.holds if asked.names(hold.contract)}
    lacking = {one.contract.id: why for one in standing.served if asked.bears(one) and (why := asked.why_not(one))}
    measured = measure_month(asked.book, month, batch.records, standing, work=batch.work)
    old = Billed.of(price_month(asked.book, month, measured, past[0], chosen=theirs, in_arrears=True), waiting)
    again = _measured_again(asked, month, batch, measured, theirs)
    bills = price_month(asked.changed, month, again, past[1], chosen=theirs - lacking.keys(), in_arrears=True)
    return old, Billed.of(bills, {**dict.fromkeys(waiting, NOT_REPLAYED), **lacking})


def _measured_again(
    asked: Replacement, month: Month, batch: CallBatch, measured: MeasuredMonth, theirs: Collection[str]
) -> MeasuredMonth:
    """Return a month as the new version measures it: the old version's contracts, by the new one's terms."""
    served = tuple(part for one in measured.standing.served for part in asked.parts(one))
    standing = evolve(measured.standing, served=served)
    if not asked.measured_again:
        return evolve(measured, standing=standing, roster=evolve(measured.roster, served=served))
    return measure_month(asked.changed, month, batch.records, standing, theirs, batch.work)


def _free_trial(term: TermRules) -> tuple[object, ...]:
    """Return what the days of a free trial hang on: their calls are counted apart."""
    return term.trial_billed, term.usage_free, term.trial, term.trial_start, term.month_end


def _call_rules(offer: Offer) -> frozenset[tuple[str, Then]]:
    return frozenset((rule.when, rule.then) for rule in offer.rules_on("call"))


def _measure_alike(old: Option, new: Option) -> bool:
    """Tell whether two options differ in nothing but the price: what else a plugin measures by is its own affair."""
    return type(old) is type(new) and evolve(old, **{one.name: getattr(new, one.name) for one in fields(Option)}) == new
