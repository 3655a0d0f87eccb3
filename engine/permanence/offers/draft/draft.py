"""The answers of somebody who starts an offer, as they stand before they are a rule file."""

from collections.abc import Callable, Iterator, Mapping

from attrs import frozen

from ...model.countries import COUNTRIES
from ...model.example import Example
from ...model.period import SHORTEST_MONTH, Span, SpanUnit

FRANCE = "FR"
NONE, OPEN_ENDED = "none", "open_ended"
ONE_MONTH = "1 month"
LEAST_DAYS: Mapping[SpanUnit, int] = {"days": 1, "weeks": 7, "months": SHORTEST_MONTH, "years": 365}


@frozen
class BandDraft:
    """One band: up to how many calls (past the last band: how many calls each), and a price per mission.

    A mission without a price of its own has that of the one before.
    """

    calls: str
    prices: tuple[str, ...]


@frozen(kw_only=True)
class SizeDraft:
    """A package, or one of several plans with an id and a title: what it includes, and prices per mission.

    ``beyond`` is what each further call, or minute, costs. A mission without a price of its own has that of the one
    before.
    """

    id: str = ""
    title: str = ""
    included: str
    prices: tuple[str, ...]
    beyond: tuple[str, ...]


@frozen
class EachDraft:
    """What each call or minute costs per mission, the least of a month, and the seconds that are billed together."""

    prices: tuple[str, ...] = ("1.00",)
    least: str = "0.00"
    started: str = "1"


@frozen
class OptionKey:
    """One key of an option's table: its name, what it is, and the answer: an amount, or a list of words."""

    name: str
    what: str
    answer: str | tuple[str, ...]

    @property
    def shown(self) -> str:
        """Return the answer as it is typed."""
        return self.answer if isinstance(self.answer, str) else ", ".join(self.answer)


@frozen
class OptionDraft:
    """One option on sale, with the keys of its table."""

    id: str
    keys: tuple[OptionKey, ...]


@frozen(kw_only=True)
class OfferDraft:
    """Answers of somebody who starts an offer, in the notation of rule files; what is wrong the reader says."""

    id: str = "accueil"
    title_fr: str = "Permanence"
    title_en: str = ""
    sold_from: str
    country: str = FRANCE
    currency: str = "EUR"
    timezone: str = ""
    mission: str = "simple, complex"
    weekdays: str = "08:00-19:00"
    saturday: str = "09:00-12:00"
    sunday: str = NONE
    holidays: str = "closed"
    model: str = "bands"
    sizes: tuple[SizeDraft, ...] = ()
    each: EachDraft = EachDraft()
    bands: tuple[BandDraft, ...] = (BandDraft("50", ("59.00",)),)
    further: BandDraft | None = None
    trial: str = ONE_MONTH
    commitment: str = "12 months"
    renewal: str = "12 months"
    notice: str = "3 months"
    setup_fee: str = "0.00"
    options: tuple[OptionDraft, ...] = ()
    examples: tuple[Example, ...] = ()

    @property
    def file(self) -> str:
        """Return the name of the file."""
        return f"{self.id}-{self.sold_from}.toml"

    @property
    def missions(self) -> tuple[str, ...]:
        """Return the missions by name."""
        return listed(self.mission)

    @property
    def unit(self) -> str:
        """Return what a size includes so many of: ``call``, or ``minute``."""
        return "minute" if self.model == "minute_plans" else "call"

    @property
    def has_trial(self) -> bool:
        """Tell whether the offer has a trial."""
        return not self.trial.startswith("0")

    @property
    def has_term(self) -> bool:
        """Tell whether the offer binds for a term."""
        return not self.commitment.startswith("0")

    @property
    def needs_timezone(self) -> bool:
        """Tell whether its country has several time zones, of which the offer names one."""
        return self.country in COUNTRIES and not COUNTRIES[self.country].timezone

    @property
    def owes_reminders(self) -> bool:
        """Tell whether the law of its country asks for a reminder before a tacit renewal."""
        return self.has_term and self.country in COUNTRIES and COUNTRIES[self.country].reminders is not None

    @property
    def renewal_period(self) -> str:
        """Return the length of a renewed term; an offer without a commitment has none."""
        return self.renewal if self.has_term else OPEN_ENDED

    @property
    def price_notice(self) -> str:
        """Return the notice of a new price: a month, or that of the customer, who can then leave over it (A27)."""
        try:
            notice = Span.parse(self.notice)
        except ValueError:
            return self.notice
        days = (
            notice.count * {"days": 1, "weeks": 7, "months": SHORTEST_MONTH, "years": 12 * SHORTEST_MONTH}[notice.unit]
        )
        return self.notice if days > SHORTEST_MONTH else ONE_MONTH

    @property
    def is_free_to_join(self) -> bool:
        """Tell whether there is no set-up fee."""
        return not self.setup_fee.strip("0.")


def listed(answer: str) -> tuple[str, ...]:
    """Return what an answer lists, with commas; nothing for ``none``."""
    found = tuple(word.strip() for word in answer.split(",") if word.strip())
    return () if found == (NONE,) else found


def by_mission(draft: OfferDraft, prices: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return each mission with its price."""
    of_each = (*prices, *prices[-1:] * len(draft.missions))
    return tuple(zip(draft.missions, of_each, strict=False))


def answers(draft: OfferDraft) -> Iterator[tuple[str, str]]:
    """Yield what was answered, in a few words each: what it is about, then the answer."""
    yield "Offer", f"{draft.id}, sold from {draft.sold_from}"
    yield "Title", " / ".join(dict.fromkeys((draft.title_fr, draft.title_en or draft.title_fr)))
    yield "Country", ", ".join(filter(None, (draft.country, draft.currency, draft.timezone)))
    yield "Missions", draft.mission
    for days, hours in (("Monday to Friday", draft.weekdays), ("Saturday", draft.saturday), ("Sunday", draft.sunday)):
        yield days, ", ".join(listed(hours)) or "closed"
    yield "Public holidays", draft.holidays
    yield from PRICED[draft.model](draft)
    yield "Trial", draft.trial if draft.has_trial else NONE
    yield "Commitment", draft.commitment if draft.has_term else NONE
    yield "Renewal", draft.renewal_period
    yield "Notice", draft.notice
    yield "Notice of a new price", draft.price_notice
    yield "Set-up fee", "none, and promised" if draft.is_free_to_join else draft.setup_fee
    if not draft.options:
        yield "Options", NONE
    for option in draft.options:
        yield f"Option {option.id}", ", ".join(f"{key.name} {key.shown}" for key in option.keys)


def _bands(draft: OfferDraft) -> Iterator[tuple[str, str]]:
    for band in draft.bands:
        yield f"Up to {band.calls} calls", _prices(draft, band.prices)
    if draft.further:
        yield f"Each further {draft.further.calls} calls", f"{_prices(draft, draft.further.prices)} more"


def _sizes(draft: OfferDraft) -> Iterator[tuple[str, str]]:
    for size in draft.sizes:
        beyond = _prices(draft, size.beyond)
        included = f"{size.title or 'Package'}, {size.included} {draft.unit}s"
        yield included, f"{_prices(draft, size.prices)}; then {beyond}"
    if draft.model == "minute_plans":
        yield "Started seconds", draft.each.started


def _each(draft: OfferDraft) -> Iterator[tuple[str, str]]:
    yield f"Each {draft.model.removeprefix('per_')}", _prices(draft, draft.each.prices)
    if draft.each.started != "1":
        yield "Started seconds", draft.each.started
    yield "Least of a month", draft.each.least if draft.each.least.strip("0.") else NONE


PRICED: Mapping[str, Callable[[OfferDraft], Iterator[tuple[str, str]]]] = {
    "bands": _bands,
    "plans": _sizes,
    "minute_plans": _sizes,
    "package": _sizes,
    "per_call": _each,
    "per_minute": _each,
}
"""The ways of pricing that an offer can be started with, each with what was answered."""


def _prices(draft: OfferDraft, prices: tuple[str, ...]) -> str:
    return ", ".join(f"{mission} {price}" for mission, price in by_mission(draft, prices))
