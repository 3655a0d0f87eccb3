"""What binds and what counts, compared key by key: the offer itself, its terms, its counting, its billing."""

from collections.abc import Iterator, Mapping
from typing import Any

from ...model.call_kinds import DIRECTIONS, STATUSES
from ...model.countries import COUNTRIES, country_name, zone_in_words
from ...model.customer_kind import KINDS
from ...model.duration import CallLength, DurationRules
from ...model.offer import Offer
from ...model.outcome import OUTCOMES, Outcome
from ...model.period import Span
from ...model.scalars import Words
from ...model.service import Service
from ...model.units import DAYS, UNITS
from ...model.vat_rates import VAT_NAMES
from ...model.words.changes import NONE, Moneys, Told, amount_told, instead, keys_told
from ...model.words.lengths import after_in_words, length_in_words, mark_title
from ...model.words.lines import SETUP_FEE
from ...model.words.numbers import number
from ...model.words.phrases import OR, counted, listed, quoted, said, seconds, span_in_words
from ...model.words.tags import tag_title
from ...model.words.terms import services_in_words
from .service_answers import CALENDARS

NO = Words("non", "no")
AFTER_CALL = Words("Traitement après l'appel, compté", "Work after a call that is counted")
FREE = "Premiers appels du mois non facturés à la durée, {}", "First calls of a month not billed by their length, {}"


def _choice(**words: tuple[str, str]) -> Any:
    return lambda value: Words(*words[value])


def _both(words: Words) -> tuple[str, str]:
    return words.fr, words.en


def _limit(most: int | None) -> Words:
    return Words("sans limite", "no limit") if most is None else Words(str(most))


def _yes_no(value: bool) -> Words:
    return Words("oui", "yes") if value else NO


def _span(span: Span) -> Words:
    return span_in_words(span) if span.count else NONE


def _announced(span: Span | None) -> Words:
    return _span(span) if span else Words("un mois, et comme le préavis", "a month, and as for a notice")


def _at_most(count: int | None) -> Words:
    return NONE if count is None else seconds(count)


def _worked(length: CallLength, offer: Offer) -> Words:
    return after_in_words(length, offer) if length.after_call else NONE


def _renewed(period: Span | str) -> Words:
    return span_in_words(period) if isinstance(period, Span) else Words("sans terme fixe", "without a fixed term")


def _services(services: tuple[Service, ...]) -> Words:
    return services_in_words(services) if services else NONE


def _tags(offer: Offer) -> Words:
    return listed(tag_title(offer, tag) for tag in offer.count.exclude_tags) if offer.count.exclude_tags else NONE


HEAD: Mapping[str, Told] = {
    "title": Told(Words("Nom de l'offre", "Name of the offer"), quoted),
    "country": Told(Words("Pays", "Country"), lambda code: Words(country_name(code), COUNTRIES[code].english)),
    "currency": Told(Words("Monnaie", "Currency"), Words),
    "timezone": Told(Words("Heures de", "Hours of"), lambda zone: Words(*zone_in_words(zone))),
    "vat": Told(Words("TVA", "VAT"), lambda vat: VAT_NAMES[vat]),
    "customers": Told(
        Words("Pour", "For"), lambda kinds: listed([KINDS[kind].one for kind in KINDS if kind in kinds], OR)
    ),
    "services": Told(Words("Services compris", "Services included"), _services),
    "no_setup_fees": Told(Words("Sans frais de dossier, promis", "No opening fee, promised"), _yes_no),
}
TERM: Mapping[str, Told] = {
    "trial": Told(Words("Essai", "Trial"), _span),
    "trial_until_calls": Told(Words("Appels qui mettent fin à l'essai", "Calls that end the trial"), _limit),
    "trial_until_minutes": Told(
        Words("Minutes de conversation qui mettent fin à l'essai", "Minutes of talk that end the trial"), _limit
    ),
    "trial_start": Told(
        Words("Début de l'essai", "Trial begins"),
        _choice(go_live=("la mise en service", "with service"), signature=("la signature", "with the signature")),
    ),
    "trial_billed": Told(Words("Essai facturé", "Trial billed"), _yes_no),
    "trial_calls": Told(
        Words("Appels d'un essai gratuit", "Calls of a free trial"),
        _choice(
            apart=("sans effet sur le forfait", "without effect on the band or package"),
            count=("comptés dans le forfait", "counted in the band or package"),
        ),
    ),
    "trial_usage": Told(
        Words("Usage pendant un essai gratuit", "Use in a free trial"),
        _choice(charged=("facturé", "charged"), free=("gratuit", "free")),
    ),
    "trial_included": Told(Words("Essai compris dans l'engagement", "Trial part of the commitment"), _yes_no),
    "commitment": Told(Words("Engagement", "Commitment"), _span),
    "renewal": Told(
        Words("Reconduction", "Renewal"), _choice(tacit=("tacite", "tacit"), express=("expresse", "express"))
    ),
    "renewal_period": Told(Words("Durée d'une reconduction", "Length of a renewed term"), _renewed),
    "renewal_anchor": Told(
        Words("Fin de la première période", "End of the first term"),
        _choice(
            commitment_end=("la fin de l'engagement", "the commitment's end"),
            signature=("l'anniversaire de la signature", "the anniversary of the signature"),
            signature_realigned=(
                "la fin de l'engagement, puis l'anniversaire de la signature",
                "the commitment's end, then the anniversary of the signature",
            ),
        ),
    ),
    "notice": Told(Words("Préavis", "Notice"), _span),
    "notice_ends": Told(
        Words("Un préavis met fin au contrat", "A notice ends the contract"),
        _choice(
            any_day=("n'importe quel jour", "on any day"),
            month_end=("à la fin d'un mois civil", "at the end of a calendar month"),
        ),
    ),
    "notice_counted_on": Told(
        Words("Jour d'un préavis qui compte", "Day of a notice that counts"),
        _choice(
            received=("celui de sa réception", "on which it is received"),
            sent=("celui de son envoi", "on which it is sent"),
        ),
    ),
    "price_notice": Told(Words("Annonce d'un nouveau prix", "Announcement of a new price"), _announced),
    "month_end": Told(
        Words("Quand le mois est trop court", "Where a month is too short"),
        _choice(
            last_day=("son dernier jour", "its last day"),
            next_first=("le premier du mois suivant", "the first of the next month"),
        ),
    ),
    "go_live_days": Told(
        Words("Délai de mise en service", "Service begins within"),
        lambda days: counted(days, UNITS[DAYS].one, UNITS[DAYS].several),
    ),
    "go_live_calendar": Told(
        Words("Délai de mise en service compté en", "Service begins within, counted in"),
        lambda calendar: CALENDARS[calendar][1],
    ),
    "quality_calls": Told(
        Words("Appel qualité, tous les", "Quality call, every"), lambda span: _span(span or Span(0, "days"))
    ),
}
COUNT: Mapping[str, Told] = {
    "direction": Told(
        Words("Appels comptés", "Calls that count"),
        _choice(
            **{way: _both(several) for way, (_, several) in DIRECTIONS.items()},
            any=("dans les deux sens", "both ways"),
        ),
    ),
    "status": Told(
        Words("Appels comptés", "Calls that count"),
        _choice(answered=_both(STATUSES["answered"][1]), any=("traités ou non", "answered or not")),
    ),
    "min_talk_seconds": Told(
        Words("Conversation la plus courte qui compte", "Shortest conversation that counts"), seconds
    ),
    "dedupe": Told(
        Words("Un appel transféré compte", "A call that is put through counts"),
        _choice(linked=("une fois", "once"), call=("à chaque enregistrement", "for each record")),
    ),
    "instant": Told(
        Words("Heure qui décide de la plage", "Time that decides the hours"),
        _choice(start=("l'arrivée de l'appel", "the call's arrival"), answer=("le décroché", "the answer")),
    ),
    "outside": Told(
        Words("Appels hors des horaires", "Calls outside the hours"),
        _choice(ignore=("jamais comptés", "never counted"), count=(OUTCOMES[Outcome.COUNTED].several, "counted")),
    ),
}
DURATION: Mapping[str, Told] = {
    "free": Told(Words("Secondes gratuites au début d'un appel", "Free seconds at the start of a call"), number),
    "first": Told(Words("Durée facturée au moins", "Least billed of a call"), seconds),
    "further": Told(Words("Durée facturée au-delà, par tranches de", "What is longer is billed in steps of"), seconds),
    "least": Told(Words("Durée facturée, même sans conversation", "Billed even without a conversation"), seconds),
    "after_call_most": Told(Words("Traitement après l'appel, au plus", "Work after a call, at most"), _at_most),
}
BILLING: Mapping[str, Told] = {
    "partial": Told(
        Words("Mois incomplet", "An incomplete month"),
        _choice(
            prorate_price=("le prix suit les jours", "the price follows the days"),
            full=("dû en entier", "due in full"),
            prorate_price_and_bands=("le prix et les tranches suivent les jours", "price and bands follow the days"),
        ),
    ),
    "month_days": Told(
        Words("Jours d'un mois", "Days of a month"),
        _choice(actual=("ses jours", "as they are"), thirty=("trente", "thirty")),
    ),
    "percents": Told(
        Words("Pour cent d'une même chose", "Per cents of one thing"),
        _choice(
            same_base=("tous de la même base", "all of the same base"),
            one_after_other=("chacun de ce que les précédents laissent", "each of what those before it left"),
        ),
    ),
    "seniority": Told(
        Words("Prix selon l'ancienneté", "Prices by the contract's age"),
        _choice(
            by_day=("dès le jour anniversaire", "from the very day"),
            by_month=("au mois entier", "by whole months"),
        ),
    ),
    "lines": Told(
        Words("Lignes comptées", "Lines that are counted"),
        _choice(
            all=("toutes", "all of them"),
            numbers=("les numéros de téléphone seuls", "telephone numbers alone"),
        ),
    ),
}


LIMITS: Mapping[str, Words] = {
    "least": Words("Minimum d'un mois", "Least of a month"),
    "most": Words("Maximum d'un mois", "Most of a month"),
}


def head_told(old: Offer, new: Offer) -> Iterator[Words]:
    """Yield what changed in what is sold: the name, the missions, the tax."""
    yield from keys_told(HEAD, old.head, new.head)
    for mission in new.head.mission:
        if mission not in old.head.mission:
            yield said("Nouvelle mission : {}.", "New mission: {}.", new.mission_called(mission))
    for mission in old.head.mission:
        if mission not in new.head.mission:
            yield said("N'est plus proposée : {}.", "Not on sale any more: {}.", old.mission_called(mission))


def term_told(old: Offer, new: Offer) -> Iterator[Words]:
    """Yield what changed in how a contract binds."""
    yield from keys_told(TERM, old.term, new.term)
    yield from amount_told(SETUP_FEE, old.term.setup_fee, new.term.setup_fee, Moneys.of(old, new))


def count_told(old: Offer, new: Offer) -> Iterator[Words]:
    """Yield what changed in which calls count."""
    yield from keys_told(COUNT, old.count, new.count)
    if old.count.exclude_tags != new.count.exclude_tags:
        yield instead(
            Words("Étiquettes qui écartent un appel", "Tags that keep a call from counting"), _tags(new), _tags(old)
        )


def duration_told(old: Offer, new: Offer) -> Iterator[Words]:
    """Yield what changed in what a call is billed as; without such rules it is billed by the second."""
    before, after = old.duration or DurationRules(), new.duration or DurationRules()
    yield from keys_told(DURATION, before, after)
    if before.after_call != after.after_call:
        yield instead(AFTER_CALL, _worked(after, new), _worked(before, old))
    for mark in dict.fromkeys((*before.of, *after.of)):
        words = [length_in_words(rules.length_of(mark), offer) for rules, offer in ((after, new), (before, old))]
        if words[0].fr != words[1].fr:
            yield instead(said("Durée facturée, {}", "Billed, {}", mark_title(new, mark)), *words)
    for mark in dict.fromkeys((*before.free_marked, *after.free_marked)):
        counts = [rules.free_marked.get(mark, 0) for rules in (after, before)]
        if counts[0] != counts[1]:
            yield instead(said(*FREE, mark_title(new, mark)), *map(number, counts))


def billing_told(old: Offer, new: Offer) -> Iterator[Words]:
    """Yield what changed in how a month is billed."""
    yield from keys_told(BILLING, old.billing, new.billing)
    for key, name in LIMITS.items():
        yield from amount_told(name, getattr(old.billing, key), getattr(new.billing, key), Moneys.of(old, new))
