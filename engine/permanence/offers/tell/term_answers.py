"""What customers ask about the contract, answered: trial, commitment, renewal, leaving, changes, a month in part."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from ...bill.price.price_list import LIMITS, tariff
from ...contracts.renewal_cases import lifetime
from ...decide.decider import Decider
from ...model.chosen import Chosen
from ...model.countries import reminders_owed
from ...model.customer_kind import KINDS, CustomerKind, usual_customer
from ...model.event import REQUESTED, REQUESTS, EventKind
from ...model.facts import WINDOW, FactValue
from ...model.offer import Offer
from ...model.scalars import Words
from ...model.words.phrases import OR, inside, listed, said, sentence, span_in_words
from ...model.words.terms import binding_in_words
from .life_words import noticed_in_words, renewed_in_words
from .partial_words import partial_told
from .rule_words import effect_in_words, end_in_words, why_in_words

Told = tuple[Words, Iterable[Words]]
Facts = Mapping[str, FactValue]
IN_TRIAL: Facts = {"notice.received": 1, "contract.in_trial": 1, "contract.renewed": 0, "notice.in_time": 1}
IN_TIME: Facts = {**IN_TRIAL, "contract.in_trial": 0}
LATE: Facts = {**IN_TIME, "notice.in_time": 0}
REQUEST: Facts = {
    "event.name": "",
    "event.same_offer": 1,
    "contract.in_trial": 0,
    "contract.renewed": 0,
    "contract.months": 120,
}
GIVEN = {
    "received": Words("préavis reçu", "a notice received"),
    "sent": Words("préavis envoyé", "a notice sent"),
}
UNANSWERED = Words("l'offre ne prévoit rien", "the offer does not say")
THIRTY_DAYS = Words("Chaque mois compte pour trente jours.", "Each month counts for thirty days.")


def term_answers(offer: Offer, decider: Decider) -> Iterator[Told]:
    """Yield each question about the contract with its answer, where rules say so as they decide."""
    yield Words("Y a-t-il un essai, un engagement ?", "Is there a trial, a commitment?"), _binding(offer, decider)
    yield Words("Comment résilier ?", "How do I leave?"), _leaving(offer, decider)
    yield Words("Et si je veux changer quelque chose ?", "What if I want to change something?"), _asking(offer, decider)
    yield Words("Et un mois incomplet ?", "What about an incomplete month?"), _partial(offer)


def _binding(offer: Offer, decider: Decider) -> Iterator[Words]:
    if not offer.term.trial.count:
        yield Words("Il n'y a pas de période d'essai.", "There is no trial.")
    yield from binding_in_words(offer)
    yield from _by_kind(offer, {kind: (renewed_in_words(decider, kind),) for kind in offer.head.customers})
    for rule in offer.rules_on("renewal"):
        if rule.when.strip() != "renewal.number >= 1":
            yield why_in_words(rule, offer)


def _leaving(offer: Offer, decider: Decider) -> Iterator[Words]:
    yield from _by_kind(offer, {kind: tuple(noticed_in_words(decider, kind)) for kind in offer.head.customers})
    situations, quiet = _situations(offer, decider), _quiet(offer)
    usual = {name.fr: _end(offer, decider, {**facts, **quiet}) for name, facts in situations}
    if len({end.fr for end in usual.values()}) == 1:
        yield sentence(said("à tout moment : {}", "at any time: {}", next(iter(usual.values()))))
    else:
        yield from (sentence(said("{} : {}", "{}: {}", name, usual[name.fr])) for name, _ in situations)
    for who, more, otherwise in _exceptions(offer):
        for name, facts in situations:
            if facts["contract.in_trial"] and more.get("contract.renewed"):
                continue
            end = _end(offer, decider, {**facts, **quiet, **more})
            if end != _end(offer, decider, {**facts, **quiet, **otherwise}):
                yield sentence(said("{}, {} : {}", "{}, {}: {}", who, name, end))


def _quiet(offer: Offer) -> Facts:
    """Return the facts of a notice of the usual customer, whom nobody forgot to remind."""
    return {"notice.not_reminded": 0, "customer.kind": usual_customer(offer.head.customers)}


def _by_kind(offer: Offer, told: Mapping[CustomerKind, Iterable[Words]]) -> Iterator[Words]:
    """Yield the sentences on a usual customer, then those on each kind of whom others are true."""
    usual = told[usual_customer(offer.head.customers)]
    yield from usual
    for kind, sentences in told.items():
        if sentences != usual:
            yield from (said("Pour {} : {}", "For {}: {}", KINDS[kind].one, inside(one)) for one in sentences)


def _situations(offer: Offer, decider: Decider) -> list[tuple[Words, Facts]]:
    given, span = GIVEN[offer.term.notice_counted_on], span_in_words(offer.term.notice)
    in_time = said("{} au moins {} avant le terme", "{} at least {} before the term ends", given, span)
    found: list[tuple[Words, Facts]] = [(in_time, IN_TIME), (said("{} plus tard", "{} later", given), LATE)]
    if not offer.term.commitment.count and not lifetime(decider, usual_customer(offer.head.customers)).has_renewed_term:
        found = [(given, IN_TIME)]
    if offer.term.trial.count:
        found.insert(0, (said("{} pendant l'essai", "{} in the trial", given), IN_TRIAL))
    return found


def _exceptions(offer: Offer) -> Iterator[tuple[Words, Facts, Facts]]:
    """Yield for whom another end may be decided: in words, by facts, and the facts with which it is compared."""
    renewed = Words("une fois le contrat reconduit", "once the contract was renewed")
    yield renewed, {"contract.renewed": 1}, {}
    for kind, customer in KINDS.items():
        if kind not in offer.head.customers or not reminders_owed(offer.head.country, kind):
            continue
        its: Facts = {"customer.kind": kind}
        yield said("pour {}", "for {}", customer.one), its, {}
        who = said(
            "{}, pour {} que personne n'a prévenu de la reconduction",
            "{}, for {} whom nobody reminded of the renewal",
            renewed,
            customer.one,
        )
        yield who, {**its, "contract.renewed": 1, "notice.not_reminded": 1}, {**its, "contract.renewed": 1}


def _end(offer: Offer, decider: Decider, facts: Facts) -> Words:
    rules = decider.decide("notice", facts)
    return end_in_words(rules[0].then.end, offer) if rules else UNANSWERED


def _always(_: Offer) -> bool:
    return True


def _are_windows_read(offer: Offer) -> bool:
    """Tell whether it makes a difference which windows a customer takes."""
    return bool(offer.priced_with) or any(WINDOW in rule.when for rule in offer.rules_on("month"))


POSSIBLE: Mapping[EventKind, Callable[[Offer], bool]] = {
    "mission_changed": lambda offer: len(offer.head.mission) > 1,
    "option_added": lambda offer: bool(offer.options),
    "option_removed": lambda offer: bool(offer.options),
    "plan_changed": lambda offer: len(offer.plans) > 1,
    "windows_changed": _are_windows_read,
    "quantity_changed": lambda offer: bool(offer.quantities),
}
"""What can be asked for of some offers alone."""


def _agreed(offer: Offer) -> Iterator[Words]:
    """Yield what is counted by agreement: the fewest of it, and how many there are where nothing is agreed."""
    for one in offer.quantities.values():
        least, usual = (Words(str(number), str(number)) for number in (one.least, one.default))
        french, english = "{} : au moins {}, et {} si rien n'est convenu.", "{}: at least {}, and {} unless agreed."
        yield said(french, english, one.title, least, usual)


def _asking(offer: Offer, decider: Decider) -> Iterator[Words]:
    yield from _agreed(offer)
    by_effect: dict[str, list[Words]] = {}
    for what in (what for what in REQUESTS if POSSIBLE.get(what, _always)(offer)):
        asked_for = {**REQUEST, "customer.kind": usual_customer(offer.head.customers), "mission": offer.head.mission[0]}
        rules = decider.decide("event", {**asked_for, "event.what": what})
        usual = "announced_term" if what == "offer_changed" else "at_once"
        by_effect.setdefault(rules[0].then.effect if rules else usual, []).append(REQUESTED[what])
    for effect, asked in by_effect.items():
        yield sentence(said("{} : {}", "{}: {}", listed(asked, OR), effect_in_words(effect, offer)))
    for rule in offer.rules_on("event"):
        if set(decider.facts_read(rule)) - {"event.what"}:
            yield why_in_words(rule, offer)


def _partial(offer: Offer) -> Iterator[Words]:
    prices = [price for price in tariff(offer, Chosen(offer.head.mission[0])).prices if price.code not in LIMITS]
    yield from partial_told(offer, (price for price in prices if not price.code.startswith("option.")))
    if offer.billing.month_days == "thirty":
        yield THIRTY_DAYS
