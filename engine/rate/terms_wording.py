"""What an offer promises and asks for, in the French sentences that a customer signs: coverage and terms."""

from collections.abc import Iterable, Iterator, Mapping

from ..model.coverage import CoverageWindow
from ..model.facts import Stage
from ..model.offer import Offer, TermRules
from ..model.period import Span, SpanUnit
from ..model.scalars import HOLIDAY, Days, Hours, Minutes

DAY_NAMES = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
UNITS: Mapping[SpanUnit, tuple[str, str]] = {
    "days": ("jour", "jours"),
    "weeks": ("semaine", "semaines"),
    "months": ("mois", "mois"),
    "years": ("an", "ans"),
}
HOLIDAYS = {
    "closed": "Fermé les jours fériés",
    "as_weekday": "Les jours fériés sont des jours comme les autres.",
    "as_sunday": "Les jours fériés ont les horaires du dimanche.",
}
DIRECTIONS = {"inbound": "entrants ", "outbound": "sortants ", "any": ""}
LIFE: tuple[Stage, ...] = ("notice", "renewal", "event")
PARTIAL = {
    "prorate_price": "Premier et dernier mois : un prix mensuel suit les jours de service.",
    "full": "Un mois commencé est dû en entier.",
    "prorate_price_and_bands": "Premier et dernier mois : prix mensuels et tranches suivent les jours de service.",
}
FLOORS = {
    "lowest": "sans aucun appel, c'est la première",
    "contracted": "c'est au moins celle du contrat",
}
MEMORY = "Les mois passés peuvent fixer un plancher, la plus basse tranche facturée."


def span_in_words(span: Span) -> str:
    """Return ``12 mois`` or ``1 jour``."""
    return f"{span.count} {UNITS[span.unit][span.count > 1]}"


def coverage_in_words(offer: Offer, options: Iterable[str]) -> tuple[str, ...]:
    """Return when calls are answered for a contract with some options, and which of them count.

    Whatever an option's plugin raises goes through.
    """
    windows, taken = offer.coverage.windows, set(options)
    for name, option in offer.options.items():
        windows = tuple(option.widen(windows)) if name in taken else windows
    return tuple(_coverage(offer, windows))


def _coverage(offer: Offer, windows: tuple[CoverageWindow, ...]) -> Iterator[str]:
    for window in windows:
        title = window.title.fr if window.title else ""
        words = (days_in_words(window.days), hours_in_words(window.hours))
        yield _sentence(" : ".join(filter(None, (title, ", ".join(word for word in words if word not in title)))))
    holidays = HOLIDAYS[offer.coverage.holidays]
    if offer.coverage.holidays == "closed":
        named = any(HOLIDAY in window.days for window in windows)
        holidays += ", hors des plages qui les nomment." if named else "."
    yield holidays
    count = offer.count
    long = f" d'au moins {count.min_talk_seconds} secondes" if count.min_talk_seconds else ""
    handled = "traités" if count.status == "answered" else "reçus, traités ou non,"
    yield f"Sont comptés les appels {DIRECTIONS[count.direction]}{handled}{long} dans ces plages" + (
        " et hors d'elles." if count.outside == "count" else " ; les autres ne comptent pas."
    )
    if rules := offer.duration:
        free = f" ; ses {rules.free} premières secondes sont gratuites" if rules.free else ""
        steps = f"au moins {rules.first} s, puis par {rules.further} s commencées"
        yield f"Durée facturée d'un appel : {steps}{free}."


def days_in_words(days: Days) -> str:
    """Return ``du lundi au vendredi``, ``le samedi`` or ``tous les jours, jours fériés compris``."""
    week = [number for number in days.numbers if number != HOLIDAY]
    if len(week) == len(DAY_NAMES):
        return "tous les jours" + (", jours fériés compris" if HOLIDAY in days else "")
    runs: list[list[int]] = []
    for number in week:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [part for run in runs for part in _run(run)] + ["les jours fériés"] * (HOLIDAY in days)
    return " et ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def hours_in_words(hours: Hours) -> str:
    """Return ``de 8 h à 19 h``, ``de 8 h 30 à 12 h`` or ``à toute heure``."""
    if hours == Hours(Minutes(0), Minutes(24 * 60)):
        return "à toute heure"
    return f"de {_time(hours.start)} à {_time(hours.end)}"


def terms_in_words(offer: Offer) -> tuple[str, ...]:
    """Return how long a contract binds, what the offer's own rules say of its life, and how its months are billed."""
    own = (rule.why for stage in LIFE for rule in offer.rules_on(stage) if rule.why)
    return (*_term(offer.term), *own, *_billing(offer))


def _term(term: TermRules) -> Iterator[str]:
    if term.trial.count:
        origin = "la mise en service" if term.trial_start == "go_live" else "la signature"
        yield f"Essai : {span_in_words(term.trial)} à compter de {origin}{'' if term.trial_billed else ', gratuit'}."
    after = (", essai compris" if term.trial_included else " après l'essai") if term.trial.count else ""
    yield f"Engagement : {span_in_words(term.commitment)}{after}." if term.commitment.count else "Sans engagement."
    if term.renewal_anchor == "signature":
        yield "La première période prend fin à l'anniversaire de la signature."
    if term.renewal == "express":
        yield "Sans reconduction tacite : le contrat prend fin à son terme, sauf nouvel accord."
    elif isinstance(term.renewal_period, Span):
        yield f"Reconduction tacite, par périodes de {span_in_words(term.renewal_period)}."
    else:
        yield "Reconduction tacite, pour une durée indéterminée."
    yield f"Préavis : {span_in_words(term.notice)} ; son jour de réception compte."


def _billing(offer: Offer) -> Iterator[str]:
    if offer.bands:
        yield f"Chaque mois entier est facturé dans la tranche de ses appels ; {FLOORS[offer.bands.floor]}."
    if past := offer.rules_on("history"):
        yield " ".join((MEMORY, *(rule.why for rule in past if rule.why)))
    yield PARTIAL[offer.billing.partial]
    if not offer.term.setup_fee:
        yield "Aucuns frais de dossier ni d'ouverture."


def _run(run: list[int]) -> list[str]:
    if len(run) > 2:
        return [f"du {DAY_NAMES[run[0]]} au {DAY_NAMES[run[-1]]}"]
    return [f"le {DAY_NAMES[number]}" for number in run]


def _time(minutes: Minutes) -> str:
    hour, minute = divmod(minutes, 60)
    return f"{hour} h {minute:02d}" if minute else f"{hour} h"


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
