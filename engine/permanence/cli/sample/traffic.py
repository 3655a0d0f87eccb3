"""The calls of the sample: when they come in, how long they wait and last, and what agents note of them."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from attrs import frozen

from ...model.period import Month
from . import numbers
from .customers import SampleCustomer

PARIS = ZoneInfo("Europe/Paris")
FIXED_HOLIDAYS = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
SATURDAY, SUNDAY = 5, 6

# How likely a call is in each local hour, 0 to 23, of customers with office hours, and of those always open.
WORKDAY_HOURS = (0, 0, 0, 0, 0, 0, 0, 2, 22, 60, 74, 56, 20, 24, 62, 66, 52, 34, 12, 3, 1, 1, 0, 0)
SATURDAY_HOURS = (0, 0, 0, 0, 0, 0, 0, 0, 6, 34, 40, 28, 4, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0)
SUNDAY_HOURS = (0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 2, 1, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0)
SELDOM = 0.04
ALWAYS_OPEN_HOURS = (7, 6, 5, 5, 5, 7, 10, 14, 22, 38, 42, 36, 24, 24, 36, 38, 34, 30, 26, 22, 18, 15, 12, 9)
QUIET_DAY, SATURDAY_SHARE = 0.5, 0.8

ANSWERED, STRAY = 0.80, 0.004
URGENT, URGENT_ALWAYS_OPEN, SPAM, ENGLISH, CALLED_BACK = 0.01, 0.07, 0.02, 0.25, 0.15
MEAN_WAIT, MEAN_PATIENCE = 16, 35
LOG_TALK, LOG_TALK_SPREAD = 4.5, 0.8


@frozen(kw_only=True)
class SampleCall:
    """One call: start in seconds since 1970 UTC, wait and talk in seconds, tags separated by spaces.

    A stray call, to a line that no customer holds, has no account.
    """

    start: int
    account: str
    number: str
    caller: str
    answered: bool
    wait: int
    talk: int
    tags: str


def calls_of_month(seed: int, month: Month, served: Iterable[tuple[SampleCustomer, int]]) -> tuple[SampleCall, ...]:
    """Return the calls of a month, in order of time, to customers who get so many calls in an ordinary one."""
    shapes = {always_open: hour_weights(month, always_open=always_open) for always_open in (False, True)}
    calls: list[SampleCall] = []
    for customer, volume in served:
        random = Random(f"{seed} {customer.account} {month}")
        hours = shapes[customer.always_open]
        chosen = random.choices(tuple(hours), tuple(hours.values()), k=round(volume * random.uniform(0.85, 1.15)))
        calls += (_call(random, customer, start + random.randrange(3_600)) for start in chosen)
    return tuple(sorted(calls, key=lambda call: (call.start, call.account, call.caller)))


def hour_weights(month: Month, *, always_open: bool) -> dict[int, float]:
    """Return how likely a call is in each hour of a month, by the hour's start in seconds since 1970 UTC."""
    weight = _always_open_weight if always_open else _office_weight
    return {int(hour.timestamp()): weight(hour) for hour in _hours(month)}


def _hours(month: Month) -> Iterator[datetime]:
    """Yield the hours of a month in Paris, each once, whatever the clocks do."""
    start, end = (datetime(m.year, m.month, 1, tzinfo=PARIS).astimezone(UTC) for m in (month, month.next))
    for hour in range((end - start) // timedelta(hours=1)):
        yield (start + timedelta(hours=hour)).astimezone(PARIS)


def _is_quiet(hour: datetime) -> bool:
    return hour.weekday() == SUNDAY or (hour.month, hour.day) in FIXED_HOLIDAYS


def _office_weight(hour: datetime) -> float:
    if _is_quiet(hour):
        return SUNDAY_HOURS[hour.hour] + SELDOM
    return (SATURDAY_HOURS if hour.weekday() == SATURDAY else WORKDAY_HOURS)[hour.hour] + SELDOM


def _always_open_weight(hour: datetime) -> float:
    share = QUIET_DAY if _is_quiet(hour) else SATURDAY_SHARE if hour.weekday() == SATURDAY else 1
    return ALWAYS_OPEN_HOURS[hour.hour] * share


def _call(random: Random, customer: SampleCustomer, start: int) -> SampleCall:
    stray, answered = random.random() < STRAY, random.random() < ANSWERED
    return SampleCall(
        start=start,
        account="" if stray else customer.account,
        number=numbers.stray_line(random) if stray else customer.line,
        caller=numbers.caller(random),
        answered=answered,
        wait=round(random.expovariate(1 / (MEAN_WAIT if answered else MEAN_PATIENCE))),
        talk=max(1, round(random.lognormvariate(LOG_TALK, LOG_TALK_SPREAD))) if answered else 0,
        tags=" ".join(_tags(random, customer)),
    )


def _tags(random: Random, customer: SampleCustomer) -> Iterator[str]:
    if random.random() < (URGENT_ALWAYS_OPEN if customer.always_open else URGENT):
        yield "urgent"
    if random.random() < SPAM:
        yield "spam"
    if customer.has("bilingual") and random.random() < ENGLISH:
        yield "lang:en"
    if customer.has("callback") and random.random() < CALLED_BACK:
        yield "callback"
