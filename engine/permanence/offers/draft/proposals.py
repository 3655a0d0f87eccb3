"""What is proposed to somebody who starts an offer: each proposal follows from the answers before it."""

from collections.abc import Iterator

import attrs

from ...model.countries import COUNTRIES
from ...model.keys import DOC, EXAMPLE, is_key, key_name
from ...model.money import Micros, micros, plain, round_half_up
from ...model.option import AMOUNTS, Option
from ...model.period import Span, SpanUnit
from .draft import NONE, ONE_MONTH, OfferDraft, OptionKey

BANDS = (("50", 59), ("150", 149), ("250", 229))
"""The bands that are proposed: up to how many calls, at how many euros for the first mission."""
PLANS = (("standard", "50", "59.00", "1.50"), ("plus", "150", "149.00", "1.20"), ("pro", "300", "269.00", "1.00"))
"""The plans that are proposed: short name, calls included, price a month, price of each further call."""
EACH = {"per_call": "1.20", "per_minute": "1.40"}
"""What each call or minute is proposed to cost."""
STARTED = "30"
"""The seconds that are proposed to be billed together."""
MORE_CALLS, FURTHER_EUROS = 100, 65
DEARER = (6, 5)
"""By which ratio a band beyond the proposed ones costs more than the one before."""
PER_CENT_MORE = 30
"""By how much each further mission is proposed to cost more in the first band."""
PRICES = {"recurring": ("39.00", "a month"), "one_off": ("80.00", "once"), "usage": ("0.50", "per use")}
"""Of each kind of option, the price that is proposed and what it is for."""
ONE_EURO, ONE_CENT = 1_000_000, 10_000
LONG_TERM = 12
ZONES = {"US": "America/New_York", "CA": "America/Toronto", "AU": "Australia/Sydney"}
"""Of countries that have several time zones, that of their largest city."""
MONTHS: dict[SpanUnit, int] = {"days": 0, "weeks": 0, "months": 1, "years": 12}


def title(draft: OfferDraft) -> str:
    """Return the French title of an offer by its id."""
    return f"Permanence {draft.id.replace('-', ' ').capitalize()}"


def currency(draft: OfferDraft) -> str:
    """Return the currency of an offer's country."""
    return COUNTRIES[draft.country].currency if draft.country in COUNTRIES else draft.currency


def timezone(draft: OfferDraft) -> str:
    """Return the time zone in which most people of a country of several live."""
    return ZONES.get(draft.country, "")


def notice(draft: OfferDraft) -> str:
    """Return three months for terms of a year or more, and one month for shorter ones."""
    terms = [span for span in (draft.commitment, draft.renewal_period) if span.partition(" ")[0].isdecimal()]
    months = [span.count * MONTHS[span.unit] for span in map(Span.parse, terms)]
    return "3 months" if min(months) >= LONG_TERM else ONE_MONTH


def calls(draft: OfferDraft) -> str:
    """Return up to how many calls the next band goes, ``none`` after those that are proposed."""
    number = len(draft.bands)
    if number >= len(BANDS):
        return NONE
    return str(int(draft.bands[-1].calls) + MORE_CALLS) if draft.bands else BANDS[0][0]


def price(draft: OfferDraft, mission: int) -> str:
    """Return the price of a mission in the draft's last band, or past it.

    The first mission's follows from the band before, that of the others from the first one's, in the ratio that they
    have in the band before.
    """
    *before, last = [*draft.bands, *([draft.further] if draft.further else [])]
    if not before:
        return _scaled(last.prices[0], 100 + PER_CENT_MORE * mission, 100) if mission else f"{BANDS[0][1]}.00"
    if not mission:
        return _scaled(before[-1].prices[0], *_growth(draft))
    ratio = [int(micros(before[-1].prices[number])) for number in (mission, 0)]
    return _scaled(last.prices[0], *(ratio if all(ratio) else (1, 1)))


def plan(draft: OfferDraft) -> str:
    """Return the short name of the next plan, ``none`` after those that are proposed."""
    return PLANS[len(draft.sizes)][0] if len(draft.sizes) < len(PLANS) else NONE


def size_of(draft: OfferDraft) -> tuple[str, str, str]:
    """Return what the last plan or package of a draft is proposed to include, to cost, and each call beyond it."""
    return PLANS[min(len(draft.sizes), len(PLANS)) - 1][1:]


def of_mission(amount: str, prices: tuple[str, ...], number: int) -> str:
    """Return an amount for a mission by its number: for each but the first, dearer than that of the first."""
    return _scaled(prices[0], 100 + PER_CENT_MORE * number, 100) if number and prices else amount


def option_keys(kind: type[Option]) -> Iterator[OptionKey]:
    """Yield the keys of an option that are asked for, with what is proposed: its amounts and its lists of words."""
    fields, of_all = attrs.fields_dict(kind), attrs.fields_dict(Option)
    for field in fields.values():
        if not is_key(field) or (field.name in of_all and field.name != "price"):
            continue
        doc, name = field.metadata[DOC], key_name(field)
        what = f"{doc[:1].lower()}{doc[1:].rstrip('.')}"
        if name == "price":
            amount, due = PRICES[str(fields["kind"].default)]
            yield OptionKey(name, due, amount)
        elif field.type in AMOUNTS:
            yield OptionKey(name, what, field.metadata[EXAMPLE] or "0.00")
        elif field.type == tuple[str, ...]:
            yield OptionKey(name, what, field.default or ())


def can_be_started(kind: type[Option]) -> bool:
    """Tell whether the keys of an option that are asked for are all that it needs: no table of steps."""
    asked = {key.name for key in option_keys(kind)}
    needed = {key_name(field) for field in attrs.fields(kind) if is_key(field) and field.default is attrs.NOTHING}
    return needed <= asked


def doubt_of_price(draft: OfferDraft, mission: int, price: str) -> str:
    """Return what is odd about a price of the last band: that it is not above that of the band before; else nothing."""
    if draft.further or len(draft.bands) < 2:
        return ""
    before = draft.bands[-2].prices[mission]
    if micros(price) > micros(before):
        return ""
    than = "is less than" if micros(price) < micros(before) else "is no more than"
    return f"{price} {than} the {before} of the band before: another price, or the same again to keep it"


def _growth(draft: OfferDraft) -> tuple[int, int]:
    number = len(draft.bands)
    if draft.further:
        return FURTHER_EUROS, BANDS[-1][1]
    return (BANDS[number - 1][1], BANDS[number - 2][1]) if number <= len(BANDS) else DEARER


def _scaled(amount: str, times: int, by: int) -> str:
    """Return an amount in proportion, in whole euros from ten on, else in whole cents."""
    exact = micros(amount) * times
    step = ONE_EURO if exact >= 10 * ONE_EURO * by else ONE_CENT
    return plain(Micros(round_half_up(exact, by * step) * step))
