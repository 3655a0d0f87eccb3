"""What an offer promises and asks for, in sentences: coverage, which calls count, terms, how months are billed.

They are said in French and English. A quote, which a customer signs, has the French ones.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from ..call_kinds import DIRECTIONS as CALL_DIRECTIONS
from ..count_rules import CountRules
from ..coverage import CoverageWindow
from ..offer import BillingRules, Offer, Renewal
from ..option_asked import windows_with
from ..period import Span
from ..quantity import is_quantity
from ..scalars import HOLIDAY, Words
from ..service import SERVICES, Service
from ..term_rules import TermRules
from .lengths import durations_in_words
from .numbers_called import called_in_words
from .phrases import (
    OR,
    WHOLE_DAY,
    counted,
    days_in_words,
    hours_in_words,
    listed,
    said,
    seconds,
    sentence,
    span_in_words,
)

HOLIDAYS = {
    "closed": Words("Fermé les jours fériés", "Closed on public holidays"),
    "as_weekday": Words(
        "Les jours fériés sont des jours comme les autres.", "Public holidays are days like any other."
    ),
    "as_sunday": Words("Les jours fériés ont les horaires du dimanche.", "Public holidays have the hours of a Sunday."),
}
DIRECTIONS: Mapping[str, Words] = {
    **{way: several + Words(" ") for way, (_, several) in CALL_DIRECTIONS.items()},
    "any": Words("", ""),
}
PARTIAL = {
    "prorate_price": Words(
        "Le premier et le dernier mois, seuls les jours de service sont facturés.",
        "In the first and the last month, only the days of service are billed.",
    ),
    "full": Words("Un mois commencé est dû en entier.", "A month that is begun is due in full."),
    "prorate_price_and_bands": Words(
        "Le premier et le dernier mois, seuls les jours de service comptent, pour les prix et pour les tranches.",
        "In the first and the last month, only the days of service count, for prices and for bands alike.",
    ),
}
FLOORS = {
    "lowest": Words("sans aucun appel, c'est la première", "without any call, it is the first"),
    "contracted": Words("c'est au moins celle du contrat", "it is at least the contract's"),
}
ANCHORS = {
    "signature": Words(
        "La première période prend fin à l'anniversaire de la signature.",
        "The first term ends at the anniversary of the signature.",
    ),
    "signature_realigned": Words(
        "Les reconductions suivantes comptent de l'anniversaire de la signature.",
        "Later renewals count from the anniversary of the signature.",
    ),
}
MEMORY = Words(
    "Les mois passés peuvent fixer un plancher, la plus basse tranche facturée.",
    "Past months may set a floor, the lowest band that is billed.",
)
NONE = Words("")
AS_WELL = {
    "à toute heure": ("24h/24", "24/24", "24/7", "jour et nuit"),
    "at all hours": ("24/7", "24 hours", "day and night", "around the clock"),
    "tous les jours": ("7j/7", "7 j/7", "7/7", "24/7"),
    "every day": ("7/7", "24/7"),
}
"""Other words for some days and hours that titles have."""
TIMES = Words("fois", "time"), Words("fois", "times")
ENDS_AT_ONCE = Words(
    "Sans reconduction tacite : le contrat prend fin à son terme, sauf nouvel accord.",
    "No tacit renewal: the contract ends with its term, unless both agree anew.",
)
OPEN_ENDED = Words("Reconduction tacite, pour une durée indéterminée.", "Tacit renewal, without a fixed term.")
ENDS_THEN = Words(
    " ; le contrat prend ensuite fin à son terme, sauf nouvel accord.",
    "; the contract then ends with its term, unless both agree anew.",
)
OPEN_ENDED_THEN = Words(", puis pour une durée indéterminée.", ", then without a fixed term.")
FREE_TRIAL = Words(", gratuit", ", free of charge")
FREE_BUT_FOR_USE = Words(
    ", sans abonnement : seul ce qui est facturé à l'usage reste dû",
    ", without the monthly price: only what is charged per use is due",
)
APART = Words(
    " ; ses appels sont sans effet sur le forfait",
    "; its calls have no effect on the package",
)
CALLS_OF_A_TRIAL = Words("appel compté", "counted call"), Words("appels comptés", "counted calls")
MINUTES_OF_A_TRIAL = (
    Words("minute de conversation", "minute of talk"),
    Words("minutes de conversation", "minutes of talk"),
)
BILLED_TRIAL = Words(", facturé au prix normal", ", billed at the usual price")
COUNTED = {
    "answered": (
        "Sont comptés les appels {}traités{} dans ces plages",
        "We count answered {}calls{} in these hours",
    ),
    "any": (
        "Sont comptés les appels {}reçus, traités ou non,{} dans ces plages",
        "We count all {}calls{}, answered or not, in these hours",
    ),
}
NO_SETUP_FEE = Words("Aucuns frais de dossier ni d'ouverture.", "No file or opening fee.")
NO_FEE_BUT_OF_OPTIONS = Words(
    "Aucuns frais de dossier ni d'ouverture pour le contrat ; ce qu'une option coûte une fois est indiqué à ses prix.",
    "No file or opening fee for the contract; what an option costs once stands among its prices.",
)


def coverage_in_words(offer: Offer, options: Iterable[str]) -> tuple[str, ...]:
    """Return when calls are answered for a contract with some options, and which of them count, in French.

    Raises OptionFailed where an option's plugin fails.
    """
    windows, taken = offer.coverage.windows, set(options)
    for name, option in offer.options.items():
        windows = windows_with(option, windows) if name in taken else windows
    holidays = holidays_in_words(offer, windows)
    spoken = (*windows_in_words(windows), *([holidays] if holidays.fr else []), calls_that_count(offer.count))
    return tuple(words.fr for words in (*spoken, *called_in_words(offer), *durations_in_words(offer)))


def services_in_words(services: Iterable[Service]) -> Words:
    """Return which services are included: ``prise de messages ou prise de rendez-vous``."""
    return listed((SERVICES[service] for service in services), OR)


def windows_in_words(windows: Iterable[CoverageWindow]) -> Iterator[Words]:
    """Yield a sentence for each window: its title, and whatever of its days and hours the title does not say."""
    for window in windows:
        parts = when_in_words(window)
        title = window.title or Words("")
        french, english = title.fr, title.told("en")
        yield sentence(
            Words(
                _titled(french, [part.fr for part in parts], " : "),
                _titled(english, [part.en for part in parts], ": "),
            )
        )


def holidays_in_words(offer: Offer, windows: Iterable[CoverageWindow]) -> Words:
    """Return what public holidays are to an offer with some windows; nothing where its hours say that already."""
    holidays = HOLIDAYS[offer.coverage.holidays]
    if offer.coverage.holidays != "closed":
        return holidays
    naming = [window for window in windows if HOLIDAY in window.days]
    if any(window.hours == WHOLE_DAY for window in naming):
        return NONE
    if naming:
        return Words("Les jours fériés, fermé aux autres heures.", "On public holidays, closed at other hours.")
    return holidays + Words(".")


def calls_that_count(count: CountRules) -> Words:
    """Return which calls count, by direction, outcome and length, and whether only inside the hours."""
    spoken = seconds(count.min_talk_seconds)
    long = said(" d'au moins {}", " of at least {}", spoken) if count.min_talk_seconds else NONE
    where = (
        Words(" et hors d'elles.", " and outside them.")
        if count.outside == "count"
        else Words(" ; les autres ne comptent pas.", "; the others do not count.")
    )
    return said(*COUNTED[count.status], DIRECTIONS[count.direction], long) + where


def binding_in_words(offer: Offer) -> Iterator[Words]:
    """Yield how long a contract binds, a sentence for each of trial, commitment and first term."""
    term = offer.term
    yield from trial_in_words(offer)
    if term.commitment.count:
        after = (Words(", essai compris", ", trial included"), Words(" après l'essai", " after the trial"))
        when = after[not term.trial_included] if term.trial.count else NONE
        yield said("Engagement : {}{}.", "Commitment: {}{}.", span_in_words(term.commitment), when)
    else:
        yield Words("Sans engagement.", "No commitment.")
    if term.renewal_anchor in ANCHORS:
        yield ANCHORS[term.renewal_anchor]


def trial_in_words(offer: Offer) -> Iterator[Words]:
    """Yield the trial where there is one: how long, from when, and whether it is billed."""
    term = offer.term
    if term.trial.count:
        origin = Words("la mise en service", "the first day of service")
        origin = origin if term.trial_start == "go_live" else Words("la signature", "the signature")
        paid = BILLED_TRIAL if term.trial_billed else _free(offer)
        length = span_in_words(term.trial)
        yield said("Essai : {} à compter de {}{}{}.", "Trial: {} from {}{}{}.", length, origin, _sooner(term), paid)


def _free(offer: Offer) -> Words:
    """Return what a trial that is not billed leaves due, and that its calls are apart where months have a volume."""
    charged = {
        rule.then.charge.removeprefix("price.")
        for rule in offer.rules_on("month")
        if "contract.in_trial" not in rule.when
    }
    by_use = any(price.per and not is_quantity(price.per) for name, price in offer.prices.items() if name in charged)
    volume = offer.bands or offer.package or offer.plans
    apart = APART if volume and offer.term.calls_apart else NONE
    return (FREE_BUT_FOR_USE if by_use and not offer.term.usage_free else FREE_TRIAL) + apart


def use_that_ends_a_trial(term: TermRules) -> Words:
    """Return the use that ends a trial sooner: ``50 appels comptés ou 200 minutes de conversation``; else nothing."""
    limits = ((term.trial_until_calls, CALLS_OF_A_TRIAL), (term.trial_until_minutes, MINUTES_OF_A_TRIAL))
    return listed([counted(count, one, several) for count, (one, several) in limits if count is not None], OR)


def sooner_in_words(term: TermRules) -> str:
    """Return, in French, that what is used may end a trial before its last day, and what that makes of other dates."""
    use = use_that_ends_a_trial(term).fr
    return (
        f"L'essai prend fin plus tôt, le jour où le compte atteint {use} : "
        "les dates qui comptent à partir de sa fin sont les plus tardives possibles."
    )


def _sooner(term: TermRules) -> Words:
    if not term.ends_by_use:
        return NONE
    return said(
        ", ou, si elle vient plus tôt, jusqu'à la fin du jour où le compte atteint {}",
        ", or, where that comes sooner, until the end of the day on which the count reaches {}",
        use_that_ends_a_trial(term),
    )


def renewal_in_words(period: Span | str, renewed_terms: int | None, then: Renewal) -> Words:
    """Return what becomes of a contract when nobody says anything.

    It is renewed for so many terms of a period, None for always another one; then for no fixed term, or no more.
    """
    if not renewed_terms and isinstance(period, Span) and then == "period":
        return said("Reconduction tacite, par périodes de {}.", "Tacit renewal, in terms of {}.", span_in_words(period))
    if not renewed_terms or not isinstance(period, Span):
        return ENDS_AT_ONCE if then == "end" else OPEN_ENDED
    times = Words("une fois", "once") if renewed_terms == 1 else counted(renewed_terms, *TIMES)
    renewed = said("Reconduction tacite, {} pour {}", "Tacit renewal, {} for {}", times, span_in_words(period))
    return renewed + (ENDS_THEN if then == "end" else OPEN_ENDED_THEN)


def partial_in_words(billing: BillingRules) -> Words:
    """Return how a first or last month is billed that is not whole."""
    return PARTIAL[billing.partial]


def billing_in_words(offer: Offer) -> Iterator[Words]:
    """Yield how months are billed: in which band, and with which memory of past months."""
    if offer.bands:
        yield said(
            "Chaque mois entier est facturé dans la tranche de ses appels ; {}.",
            "Each whole month is billed in the band of its calls; {}.",
            FLOORS[offer.bands.floor],
        )
    if past := offer.rules_on("history"):
        yield MEMORY + Words("".join(f" {rule.why}" for rule in past if rule.why))


def when_in_words(window: CoverageWindow) -> tuple[Words, Words]:
    """Return the days and the hours of a window."""
    return days_in_words(window.days), hours_in_words(window.hours)


def _titled(title: str, parts: Iterable[str], colon: str) -> str:
    pieces = ", ".join(parts).split(", ")
    rest = ", ".join(piece for piece in pieces if not _says(plain_text(title), plain_text(piece)))
    return colon.join(filter(None, (title, rest)))


def _says(title: str, piece: str) -> bool:
    """Tell whether a title says some days or hours, in those words or in others."""
    return any(words in title for words in (piece, *AS_WELL.get(piece, ())))


def plain_text(text: str) -> str:
    """Return a text as it is compared with others: in small letters, its spaces all alike, hours as ``8h``."""
    return re.sub(r"(?<=\d)[\s\u00a0\u202f]*h\b", "h", text.lower()).replace("\u00a0", " ").replace("\u202f", " ")
