"""An offer version: what its rule file says, table by table."""

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Literal, get_args

from attrs import Factory, evolve, frozen

from .called_numbers import MOBILE, CalledNumbers
from .carried import AGENT, BOOKED, PAGES, SUM, Carried, CarriedNumber
from .count_rules import CountRules
from .coverage import Coverage
from .deposit import Deposit
from .duration import DurationRules
from .example import Example
from .facts import Stage
from .keys import inner, key
from .mission import mission_words
from .money import Cents
from .occurrence import LATE, Occurrence
from .offer_head import OfferHead
from .option import Option
from .option_settings import Setting
from .period import Period
from .plan import STANDARD, Plan, PlanRules
from .price import NIGHT, Price
from .price_index import IndexSeries
from .problem import KeyPath, NoPlaces, Place, Places
from .quantity import DOCTORS, LINES_HELD, QUANTITY, Quantity, is_quantity
from .scalars import Words
from .subscriptions import Bands, Package
from .term_rules import TermRules
from .titled import COURTESY, LEGAL, SHORT, Titled
from .units import LINES, UNITS, InUnits, Unit
from .work import LETTERS, WORK, WorkKind

Effect = Literal["at_once", "next_month", "next_term", "announced_term", "refused"]
"""From when a request holds: its day, the next first of a month, the next renewal, the first renewal that it announces
in time (A27), or never."""
Renewal = Literal["period", "open_ended", "end"]
Floor = Literal["reached", "passed", "lowest"]
"""What a floor becomes: the lowest band of the months above it, the band just below that one, or none at all."""


@frozen(kw_only=True)
class BillingRules:
    """`[billing]`: how a month becomes an invoice (A6, A7)."""

    period: Literal["civil"] = key("Months are civil months, on the offer's wall clock (A6).", default="civil")
    partial: Literal["prorate_price", "full", "prorate_price_and_bands"] = key(
        "First and last month: price by calendar days served, full price, or price and the bands' capacity by days; "
        "what a package or a price includes stays whole.",
        default="prorate_price",
    )
    month_days: Literal["actual", "thirty"] = key(
        "How days are counted: as they are, or thirty to every month (30/360).", default="actual"
    )
    percents: Literal["same_base", "one_after_other"] = key(
        "Several per cents of one thing: each of the same base, or each of what those before it left.",
        default="same_base",
    )
    seniority: Literal["by_day", "by_month"] = key(
        "Where rules compare `contract.months`: a month is cut on that day, or as old as on its first.",
        default="by_day",
    )
    lines: Literal["all", "numbers"] = key(
        "What `contract.lines` counts: every line, account codes too, or telephone numbers alone.", default="all"
    )
    least: Cents | None = key("Least that a month comes to, excluding VAT.", default=None, example="60.00")
    most: Cents | None = key("Most that a month comes to, excluding VAT.", default=None, example="500.00")

    def days_of(self, period: Period) -> int:
        """Return how many days a period has, as the offer counts them; raise ValueError for one without an end."""
        return period.days if self.month_days == "actual" else period.days_of_thirty


@frozen(kw_only=True)
class Then:
    """`then`: what a rule leads to; one key, by its stage."""

    charge: str = key(
        "month: charge `bands`, `plan`, `package`, `price.<id>` or `option.<id>`.", default="", example="bands"
    )
    mark: str = key("call: mark the call; the month then has the fact `usage.<mark>`.", default="", example="night")
    exclude: str = key("call: do not count the call, for this reason.", default="", example="courtesy")
    end: Literal["", "trial_end", "term_end", "next_term_end", "notice_end", "notice_day"] = key(
        "notice: the day on which the contract ends.", default=""
    )
    effect: Effect | Literal[""] = key("event: the day from which what is asked for holds.", default="")
    renew: Renewal | Literal[""] = key("renewal: what becomes of the contract.", default="")
    floor: Floor | Literal[""] = key("history: the lowest band that is billed from now on.", default="")


@frozen(kw_only=True)
class Rule:
    """`[[rule]]`: what happens when."""

    id: str = key("Name of the rule, unique in the offer.", example="subscription")
    on: Stage = key(
        "Stage: each call, the months before, each month, an event, a notice, or a renewal.", example="month"
    )
    when: str = key("Condition over the facts of the stage.", example="contract.active")
    then: Then = key("What follows.", example={"charge": "bands"})
    why: str = key("The sentence that customers and staff read (French).", default="", example="La nuit coûte plus.")
    place: Place = inner(default=Place(""))
    when_place: Place = inner(default=Place(""))
    digest: str = inner(default="", eq=False)


@frozen(kw_only=True)
class Offer:
    """One version of an offer: a rule file."""

    format: Literal[1] = key("Version of the file format.")
    head: OfferHead = key("What is sold.", name="offer")
    term: TermRules = key("How long it binds.", factory=TermRules)
    coverage: Coverage = key("When calls are answered.")
    count: CountRules = key("Which calls count.", factory=CountRules)
    duration: DurationRules | None = key("What a call's conversation is billed as.", default=None)
    billing: BillingRules = key("How a month becomes an invoice.", factory=BillingRules)
    bands: Bands | None = key("Prices by band.", default=None)
    package: Package | None = key("A price with included calls.", default=None)
    plans: Mapping[str, Plan] = key(
        "Sizes of the offer, of which the contract names one.", name="plan", factory=dict, example=STANDARD
    )
    plan_rules: PlanRules = key("How plans are charged.", name="plans", factory=PlanRules, example={"best": True})
    deposit: Deposit | None = key("What is given back at the end.", default=None)
    prices: Mapping[str, Price] = key("Named prices that rules may charge.", name="price", factory=dict, example=NIGHT)
    options: Mapping[str, Option] = key("Options on sale: one table per option.", name="option", factory=dict)
    quantities: Mapping[str, Quantity] = key(
        "What is counted by agreement: practitioners, sites.", name="quantity", factory=dict, example=DOCTORS
    )
    work: Mapping[str, WorkKind] = key(
        "Work that is no call, by the names that imported records have.", factory=dict, example=LETTERS
    )
    occurrences: Mapping[str, Occurrence] = key(
        "What may occur to a contract and has a price.", name="occurrence", factory=dict, example=LATE
    )
    numbers: Mapping[str, CarriedNumber] = key(
        "Numbers that calls carry, by the names that mappings have.", name="number", factory=dict, example=PAGES
    )
    words: Mapping[str, Carried] = key(
        "Words that calls carry, by the names that mappings have.", name="word", factory=dict, example=AGENT
    )
    tags: Mapping[str, Carried] = key(
        "Tags that call rules may ask for, by the words that records have.", name="tag", factory=dict, example=BOOKED
    )
    missions: Mapping[str, Titled] = key(
        "What missions are called besides `simple` and `complex`.", name="mission", factory=dict, example=LEGAL
    )
    marks: Mapping[str, Titled] = key(
        "What calls are called that call rules mark.", name="mark", factory=dict, example=SHORT
    )
    reasons: Mapping[str, Titled] = key(
        "What calls are that call rules exclude, by the reason.", name="reason", factory=dict, example=COURTESY
    )
    called: Mapping[str, CalledNumbers] = key(
        "Sets of numbers called, by how they begin.", factory=dict, example=MOBILE
    )
    rules: tuple[Rule, ...] = key("What happens when.", name="rule")
    examples: tuple[Example, ...] = key("What must come out.", name="example", default=())
    file: str = inner(default="")
    text: str = inner(default="", repr=False)
    digest: str = inner(default="")
    series: Mapping[str, IndexSeries] = inner(factory=dict, repr=False, eq=False)
    beside: "Mapping[str, Offer]" = inner(factory=dict, repr=False, eq=False)
    settings: Mapping[str, Mapping[str, Setting]] = inner(factory=dict, repr=False, eq=False)
    places: Places = inner(default=Factory(lambda offer: NoPlaces(offer.file), takes_self=True), repr=False, eq=False)

    @cached_property
    def version(self) -> str:
        """Return the name that a contract pins: ``essentielle@2026-01-01``."""
        return f"{self.head.id}@{self.head.sold_from.isoformat()}"

    @cached_property
    def edition(self) -> str:
        """Return the version, each option beside its own with the version that it comes from, and what was settled."""
        beside = (f"{name} {offer.version}" for name, offer in sorted(self.beside.items()))
        settings = (f"{name} {sorted(values.items())}" for name, values in sorted(self.settings.items()))
        return "+".join((self.version, *beside, *settings))

    @cached_property
    def digests(self) -> frozenset[str]:
        """Return the digests of the rule files that its rules stand in."""
        return frozenset((self.digest, *(offer.digest for offer in self.beside.values())))

    def with_options_of(self, others: "Mapping[str, Offer]") -> "Offer":
        """Return the offer with options of other versions beside its own, by name (R26)."""
        options = {**self.options, **{name: offer.options[name] for name, offer in others.items()}}
        work = {name: kind for offer in (*others.values(), self) for name, kind in offer.work.items()}
        return evolve(self, options=options, work=work, beside=others)

    @cached_property
    def priced_with(self) -> frozenset[str]:
        """Return the options and windows with which a price of the offer is another."""
        tables = (*([self.bands] if self.bands else ()), *self.plans.values())
        return frozenset(name for table in tables for name in table.priced_with)

    def shared_by_groups(self, plan: str) -> Package | Plan | None:
        """Return of what the contracts of one group share the included calls, those with a plan; None of nothing."""
        tables = (self.package, self.plans.get(plan))
        return next((one for one in tables if one and one.included_for == "group"), None)

    @property
    def has_groups(self) -> bool:
        """Tell whether contracts of one group share something that the offer includes."""
        return any(self.shared_by_groups(plan) for plan in ("", *self.plans))

    @cached_property
    def quantities_priced(self) -> frozenset[str]:
        """Return the facts of the quantities that a price multiplies, or for each of which it says something."""
        read = {fact for price in self.prices.values() for fact in (price.per, price.for_every)}
        return frozenset(filter(is_quantity, read))

    def mission_called(self, mission: str) -> Words:
        """Return a mission as customers read it."""
        return mission_words(mission, self.missions)

    def counted_in(self, quantity: str) -> Unit:
        """Return what one is called, and several, of the fact of a quantity."""
        return UNITS[LINES] if quantity == LINES_HELD else self.quantities[quantity.removeprefix(QUANTITY)].counted_in

    def named_count(self, fact: str) -> InUnits | None:
        """Return what a fact counts that has a name of the offer's own: work, or a number that calls carry."""
        return self.work.get(fact.removeprefix(WORK)) or self.numbers.get(fact.removeprefix(SUM))

    @cached_property
    def option_places(self) -> Mapping[str, Place]:
        """Return where the table of each option on sale stands, by id."""
        return {name: self.beside.get(name, self).places.key_place(("option", name)) for name in self.options}

    def rules_on(self, stage: Stage) -> tuple[Rule, ...]:
        """Return the rules of one stage, in the file's order, then those that the offer has of its own."""
        return self._rules[stage]

    @cached_property
    def _rules(self) -> Mapping[Stage, tuple[Rule, ...]]:
        written = {stage: tuple(rule for rule in self.rules if rule.on == stage) for stage in get_args(Stage)}
        charged = {rule.then.charge for rule in written["month"]}
        own = (*self._setup_fee_rule(), *self._option_rules(charged), *self._limit_rules())
        return {**written, "month": (*written["month"], *own)}

    def _setup_fee_rule(self) -> Iterator[Rule]:
        """Yield the rule of a set-up fee: it is due in the first month, and its place is its key."""
        if self.term.setup_fee > 0:
            why = "Les frais de mise en service sont dus une fois, le premier mois."
            yield self._own("setup-fee", "contract.first_month", "setup_fee", why, ("term", "setup_fee"))

    def _option_rules(self, charged: Collection[str]) -> Iterator[Rule]:
        """Yield the rule of each option that no written rule charges: it is due where the contract has it."""
        for name, option in self.options.items():
            if f"option.{name}" not in charged:
                why = f"Le contrat comprend l'option « {option.name} »."
                rule = self._own(f"option-{name}", f"option.{name}", f"option.{name}", why, ("option", name))
                where, digest = self.option_places[name], self.beside.get(name, self).digest
                yield evolve(rule, place=where, when_place=where, digest=digest)

    def _limit_rules(self) -> Iterator[Rule]:
        """Yield the rules of the least and the most of a month, which come last."""
        for name, limit, word in (("least", self.billing.least, "minimum"), ("most", self.billing.most, "plafond")):
            if limit is not None:
                why = f"L'offre prévoit un {word} mensuel."
                yield self._own(f"monthly-{name}", "contract.active", name, why, ("billing", name))

    def _own(self, name: str, when: str, charge: str, why: str, path: KeyPath) -> Rule:
        where = self.places.key_place(path)
        return Rule(id=name, on="month", when=when, then=Then(charge=charge), why=why, place=where, when_place=where)
