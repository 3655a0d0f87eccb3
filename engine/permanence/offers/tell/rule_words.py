"""A rule in words, French and English: when it applies, and what then follows."""

from datetime import date

from ...contracts.renewals import as_counted, as_written
from ...decide.condition import Comparison, Condition
from ...decide.condition_text import parse
from ...decide.vocabulary import vocabulary
from ...model.offer import Offer, Rule, Then
from ...model.period import Span
from ...model.scalars import Words
from ...model.words.lengths import mark_title
from ...model.words.phrases import inside, quoted, said, sentence, span_in_words
from .call_words import call_in_words
from .condition_words import condition_in_words

LONG_MONTH = date(2023, 7, 1)
"""The first day of a month of 31 days: a notice of thirty is not longer than one of a month."""
CHARGED = {
    "bands": Words("le mois est facturé selon ses appels", "the month is billed by its calls"),
    "package": Words("l'abonnement est dû", "the package is due"),
    "plan": Words("la formule choisie est due", "the plan chosen is due"),
    "setup_fee": Words("les frais de mise en service sont dus", "the set-up fee is due"),
    "least": Words("le minimum mensuel vaut", "the monthly minimum holds"),
    "most": Words("le plafond mensuel vaut", "the monthly maximum holds"),
}
ENDS = {
    "trial_end": Words("le contrat prend fin avec l'essai", "the contract ends with the trial"),
    "term_end": Words(
        "le contrat prend fin au terme de la période en cours", "the contract ends with the current term"
    ),
    "next_term_end": Words(
        "le contrat prend fin au premier terme pour lequel le préavis arrive à temps",
        "the contract ends with the first term for which the notice is in time",
    ),
    "notice_day": Words("le contrat prend fin le soir même", "the contract ends that same evening"),
}
SENT_IN_TIME = Words(
    "le contrat prend fin au premier terme pour lequel le préavis est envoyé à temps",
    "the contract ends with the first term for which the notice is sent in time",
)
FROM = {"received": Words("la réception", "received"), "sent": Words("l'envoi", "sent")}
"""From which day of a notice is counted."""
EFFECTS = {
    "at_once": Words("cela vaut dès le jour demandé", "it holds from the day asked for"),
    "next_month": Words("cela vaut dès le premier du mois suivant", "it holds from the first of the next month"),
    "next_term": Words("cela vaut à la prochaine reconduction", "it holds from the next renewal"),
    "refused": Words("c'est refusé", "it is refused"),
}
RENEWALS = {
    "open_ended": Words("le contrat continue sans terme", "the contract goes on without a fixed term"),
    "end": Words("le contrat prend fin", "the contract ends"),
}
FLOORS = {
    "reached": Words(
        "le forfait minimum devient le plus bas forfait de ces mois",
        "the lowest band that is billed becomes the lowest of those months",
    ),
    "passed": Words(
        "le forfait minimum devient celui juste au-dessous du plus bas de ces mois",
        "the lowest band that is billed becomes the one just below the lowest of those months",
    ),
    "lowest": Words("il n'y a plus de forfait minimum", "there is no lowest band any more"),
}


def condition_of(rule: Rule, offer: Offer) -> Condition:
    """Return a rule's condition; raise Refused when it cannot be understood."""
    return parse(rule, vocabulary(offer, rule.on))


def when_in_words(rule: Rule, offer: Offer) -> Words:
    """Return when a rule applies, in a clause; raise Refused when its condition cannot be understood."""
    return condition_in_words(condition_of(rule, offer), offer)


def rule_in_words(rule: Rule, offer: Offer) -> Words:
    """Return a rule in a sentence; raise Refused when its condition cannot be understood."""
    which = call_in_words(condition_of(rule, offer), offer) if rule.on == "call" else None
    if which:
        return sentence(said("{} {}", "{} {}", which, _of_call(rule.then, offer)))
    return sentence(said("quand {}, {}", "when {}, {}", when_in_words(rule, offer), outcome_in_words(rule.then, offer)))


def why_in_words(rule: Rule, offer: Offer) -> Words:
    """Return a rule in its own sentence, which is French alone; without one, and in English, in ours."""
    spoken = rule_in_words(rule, offer)
    return Words(rule.why or spoken.fr, spoken.en)


def is_plain(rule: Rule, offer: Offer) -> bool:
    """Tell whether a monthly rule charges a price whenever there is something to charge."""
    charge = rule.then.charge
    if rule.when.strip() in ("contract.active", charge) or charge == "setup_fee":
        return True
    price = offer.prices.get(charge.removeprefix("price."))
    condition = condition_of(rule, offer)
    if price is None or not isinstance(condition, Comparison) or not isinstance(condition.literal, int):
        return False
    least = condition.literal + (condition.operator == ">")
    return condition.fact == price.per and condition.operator in (">", ">=") and least <= price.included + 1


def outcome_in_words(then: Then, offer: Offer) -> Words:
    """Return what a rule leads to, in a clause."""
    if then.charge:
        return CHARGED.get(then.charge) or said("{} est facturé", "{} is charged", charge_name(then.charge, offer))
    if then.mark or then.exclude:
        return said("l'appel {}", "the call {}", _of_call(then, offer))
    if then.end:
        return end_in_words(then.end, offer)
    if then.effect:
        return effect_in_words(then.effect, offer)
    return renewal_in_words(then.renew, offer) if then.renew else FLOORS[then.floor or "lowest"]


def _of_call(then: Then, offer: Offer) -> Words:
    if then.mark:
        return said("compte pour {}", "counts towards {}", mark_title(offer, then.mark))
    reason = inside(offer.reasons[then.exclude].title) if then.exclude in offer.reasons else Words(then.exclude)
    return said("ne compte pas ({})", "does not count ({})", reason)


def charge_name(charge: str, offer: Offer) -> Words:
    """Return a named price or an option, quoted, as customers read its name."""
    kind, _, name = charge.partition(".")
    return quoted(offer.prices[name].title if kind == "price" else offer.options[name].words)


def end_in_words(end: str, offer: Offer) -> Words:
    """Return when a notice ends a contract, in a clause.

    Where no term follows the first one, a notice that is too late for it counts from its own day (A15).
    """
    late_without_term = end == "next_term_end" and _renewed_as(offer) == {"open_ended"}
    if end in ENDS and not late_without_term:
        return SENT_IN_TIME if (end, offer.term.notice_counted_on) == ("next_term_end", "sent") else ENDS[end]
    notice = span_in_words(offer.term.notice)
    counted = FROM[offer.term.notice_counted_on]
    if offer.term.notice_ends == "month_end":
        fr, en = "le contrat prend fin avec un mois civil, au moins {} après {}", "the contract ends with a calendar "
        return said(fr, f"{en}month, at least {{}} after the notice is {{}}", notice, counted)
    fr, en = "le contrat prend fin {} après {}", "the contract ends {} after the notice is {}"
    return said(fr, en, notice, counted)


def effect_in_words(effect: str, offer: Offer) -> Words:
    """Return from when a request holds, in a clause."""
    if effect in EFFECTS:
        return EFFECTS[effect]
    notice = span_in_words(max(offer.term.announcements, key=lambda span: span.after(LONG_MONTH)))
    kinds = _renewed_as(offer)
    if not offer.term.commitment.count and "period" not in kinds:
        return said("cela vaut {} après son annonce par écrit", "it holds {} after it is announced in writing", notice)
    from_renewal = said(
        "cela vaut dès la première reconduction au moins {} après l'annonce par écrit",
        "it holds from the first renewal at least {} after it is announced in writing",
        notice,
    )
    later = said(", et, sans terme fixe, {} après elle", ", and, without a fixed term, {} after that", notice)
    return from_renewal + later if "open_ended" in kinds else from_renewal


def _renewed_as(offer: Offer) -> frozenset[str]:
    """Return what renewals may lead to, by a rule, and by `[term]` where none says anything."""
    said_by_rules = {as_counted(rule.then.renew, offer.term) for rule in offer.rules_on("renewal") if rule.then.renew}
    return frozenset(said_by_rules or {renewal for renewal, _ in as_written(offer.term).answers})


def renewal_in_words(renew: str, offer: Offer) -> Words:
    """Return what becomes of a contract at a renewal, in a clause."""
    period = offer.term.renewal_period
    if renew == "period" and isinstance(period, Span) and period.count:
        return said("le contrat est reconduit pour {}", "the contract is renewed for {}", span_in_words(period))
    return RENEWALS["end" if renew == "end" else "open_ended"]
