"""What customers ask about the service, answered: hours, public holidays, which calls count, when it begins."""

from collections.abc import Iterable, Iterator
from datetime import date

from ...model.countries import timezone_in, zone_in_words
from ...model.coverage import CoverageWindow
from ...model.offer import Offer
from ...model.option_asked import windows_with
from ...model.regions import REGIONS
from ...model.scalars import HOLIDAY, Words
from ...model.words.lengths import durations_in_words
from ...model.words.numbers_called import called_in_words
from ...model.words.phrases import (
    OR,
    counted,
    date_in_words,
    days_in_words,
    hours_in_words,
    listed,
    quoted,
    said,
    span_in_words,
)
from ...model.words.tags import tag_title
from ...model.words.terms import calls_that_count, holidays_in_words, windows_in_words
from .rule_words import rule_in_words

Told = tuple[Words, Iterable[Words]]
INSTANTS = {
    "start": Words("L'heure d'arrivée de l'appel décide.", "The time at which the call comes in decides."),
    "answer": Words("L'heure du décroché décide.", "The time at which the call is answered decides."),
}
LEGS = {
    "linked": Words("Un appel transféré compte une fois.", "A call that is put through counts once."),
    "call": Words(
        "Chaque enregistrement d'un appel transféré compte.", "Each record of a call that is put through counts."
    ),
}
POOLED = Words(
    "Les appels de toutes les lignes d'un contrat sont comptés ensemble.",
    "The calls of all lines of a contract are counted together.",
)
CALENDARS = {
    "working": (Words("jour ouvré", "working day"), Words("jours ouvrés", "working days")),
    "civil": (Words("jour", "day"), Words("jours", "days")),
}


def service_answers(offer: Offer) -> Iterator[Told]:
    """Yield each question about the service with its answer.

    Raises OptionFailed when an option's plugin raises.
    """
    yield Words("Quels horaires ? Et les jours fériés ?", "Which hours? And public holidays?"), _hours(offer)
    yield Words("Quels appels comptent ?", "Which calls count?"), _counted(offer)
    yield Words("Quand le service commence-t-il ?", "When does the service begin?"), _start(offer)


def holiday_region(offer: Offer) -> Words:
    """Return whose public holidays count, in a sentence."""
    region = offer.coverage.holiday_region
    if region == "customer":
        return Words(
            "Les jours fériés sont ceux de la région du client.", "Public holidays are those of the customer's region."
        )
    there = Words(REGIONS[region].name)
    return said("Les jours fériés sont ceux de cette région : {}.", "Public holidays are those of {}.", there)


def tags_in_words(offer: Offer) -> Words:
    """Return which tags keep a call from counting, in a sentence."""
    if not offer.count.exclude_tags:
        return Words("Aucune étiquette n'écarte un appel du compte.", "No tag keeps a call from counting.")
    tags = listed((tag_title(offer, tag) for tag in offer.count.exclude_tags), OR)
    return said("Un appel étiqueté {} ne compte pas.", "A call tagged {} does not count.", tags)


def go_live_in_words(offer: Offer) -> Words:
    """Return within how many days of the signature the service begins, in a sentence."""
    if not offer.term.go_live_days:
        return Words("Le jour de la signature.", "On the day of the signature.")
    days = counted(offer.term.go_live_days, *CALENDARS[offer.term.go_live_calendar])
    return said("Au plus tard {} après la signature.", "At the latest {} after the signature.", days)


def _hours(offer: Offer) -> Iterator[Words]:
    coverage = offer.coverage
    yield from windows_in_words(coverage.windows)
    if coverage.promise == "always":
        yield Words("Une réponse est promise à tout moment.", "An answer is promised at every moment.")
    holidays = holidays_in_words(offer, coverage.windows)
    if holidays.fr:
        yield holidays
    if coverage.holidays != "as_weekday" or any(HOLIDAY in window.days for window in coverage.windows):
        yield holiday_region(offer)
    if coverage.extra_closed:
        days = _on(coverage.extra_closed)
        yield said("Fermé aussi {}.", "Closed on {} too.", days)
    if coverage.extra_open:
        days = _on(coverage.extra_open)
        yield said("Ouvert comme un jour ordinaire {}.", "Open as on an ordinary day on {}.", days)
    if offer.head.timezone != timezone_in(offer.head.country):
        yield said(
            "Ces heures sont celles de {}.", "These hours are {} time.", Words(*zone_in_words(offer.head.timezone))
        )
    for name in offer.options:
        yield from _with_option(offer, name)


def _on(days: Iterable[date]) -> Words:
    return listed(said("le {}", "{}", date_in_words(day)) for day in days)


def _with_option(offer: Offer, name: str) -> Iterator[Words]:
    option, own = offer.options[name], offer.coverage.windows
    more = [window for window in windows_with(option, own) if window not in own]
    if more:
        yield said("Avec l'option {} : {}.", "With the option {}: {}.", quoted(option.words), _joined(more))


def _joined(windows: Iterable[CoverageWindow]) -> Words:
    when = ((days_in_words(window.days), hours_in_words(window.hours)) for window in windows)
    spoken = tuple(said("{}, {}", "{}, {}", days, hours) for days, hours in when)
    return Words(" ; ".join(one.fr for one in spoken), "; ".join(one.en for one in spoken))


def _counted(offer: Offer) -> Iterator[Words]:
    yield calls_that_count(offer.count)
    yield INSTANTS[offer.count.instant]
    yield tags_in_words(offer)
    yield LEGS[offer.count.dedupe]
    yield POOLED
    for rule in offer.rules_on("call"):
        yield rule_in_words(rule, offer)
    yield from called_in_words(offer)
    yield from durations_in_words(offer)


def _start(offer: Offer) -> Iterator[Words]:
    yield go_live_in_words(offer)
    if every := offer.term.quality_calls:
        yield said("Un appel qualité est passé tous les {}.", "A quality call is made every {}.", span_in_words(every))
