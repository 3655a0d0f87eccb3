"""How one kind of customer's contract goes on and ends, in the sentences of what the offer's rules do in its cases."""

from collections.abc import Iterable, Iterator, Mapping

from ...contracts.notice_cases import notice_cases
from ...contracts.renewal_cases import lifetime
from ...decide.decider import Decider
from ...model.countries import reminders_owed
from ...model.customer_kind import CustomerKind
from ...model.facts import FactValue, Stage
from ...model.offer import Offer, Rule
from ...model.period import Span
from ...model.price_list import QuotedPrice
from ...model.scalars import Words
from ...model.term_rules import TermRules
from ...model.words.advance import bands_ahead
from ...model.words.carry_over import carried_told
from ...model.words.groups import shared_in_words
from ...model.words.phrases import said, span_in_words
from ...model.words.price_index import revision_told
from ...model.words.terms import billing_in_words, binding_in_words, renewal_in_words
from .joining_words import no_fee_told
from .partial_words import partial_told

LIFE: tuple[Stage, ...] = ("notice", "renewal", "event")
NO_NOTICE = Span(0, "days")
WITH_A_MONTH = Words(
    "Sans terme fixe, un préavis met fin au contrat avec un mois civil.",
    "Without a fixed term, a notice ends the contract with a calendar month.",
)
COUNTED_ON: Mapping[str, Words] = {
    "received": Words("son jour de réception compte", "the day on which it is received counts"),
    "sent": Words("son jour d'envoi compte", "the day on which it is sent counts"),
}
ONCE: Mapping[str, Words] = {
    "renewed_term": Words("Une fois le contrat reconduit", "Once the contract is renewed"),
    "open_ended": Words("Une fois le contrat sans terme", "Once the contract has no term"),
}


def terms_in_words(decider: Decider, kind: CustomerKind, prices: Iterable[QuotedPrice] = ()) -> tuple[str, ...]:
    """Return how a contract binds, what the offer's rules say of its life, and how months are billed, in French."""
    offer = decider.offer
    own = (rule.why for stage in LIFE for rule in _rules_for(decider, stage, kind) if rule.why)
    life = (*binding_in_words(offer), renewed_in_words(decider, kind), *noticed_in_words(decider, kind))
    revised = (revision_told(offer, price) for price in offer.prices.values() if price.index)
    shared = shared_in_words(offer)
    billing = (
        *billing_in_words(offer),
        *bands_ahead(offer),
        *shared,
        *carried_told(offer),
        *revised,
        *partial_told(offer, prices),
        *no_fee_told(offer),
    )
    first = tuple(words.fr for words in life)
    rest = (_without_said(why, first) for why in dict.fromkeys(own))
    return (*first, *filter(None, rest), *(words.fr for words in billing))


def _without_said(why: str, sentences: Iterable[str]) -> str:
    """Return what a rule's own sentence says more than others do: nothing, or what follows their words in it."""
    known = {sentence.rstrip(" .").lower() for sentence in sentences}
    first, colon, more = why.partition(" : ")
    if why.rstrip(" .").lower() in known:
        return ""
    return f"{more[:1].upper()}{more[1:]}" if colon and first.lower() in known else why


def _rules_for(decider: Decider, stage: Stage, kind: CustomerKind) -> Iterator[Rule]:
    """Yield the rules of a stage that hold in some case which one kind of customer comes to, in the file's order."""
    cases = (fired for _, facts, fired in decider.every_case(stage) if _comes_to(decider.offer, facts, kind))
    theirs = {parsed.rule.id for fired in cases for parsed in fired}
    yield from (rule for rule in decider.offer.rules_on(stage) if rule.id in theirs)


def _comes_to(offer: Offer, facts: Mapping[str, FactValue], kind: CustomerKind) -> bool:
    reminded = reminders_owed(offer.head.country, kind) or not facts.get("notice.not_reminded")
    return bool(reminded) and facts.get("customer.kind", kind) == kind


def renewed_in_words(decider: Decider, kind: CustomerKind) -> Words:
    """Return what becomes of a customer's contract when nobody says anything, in a sentence."""
    life = lifetime(decider, kind)
    return renewal_in_words(decider.offer.term.renewal_period, life.renewed_terms, life.then)


def _notice_in_words(notice: Span, counted: TermRules) -> Words:
    if not notice.count:
        return Words("Sans préavis.", "No notice.")
    return said("Préavis : {} ; {}.", "Notice: {}; {}.", span_in_words(notice), COUNTED_ON[counted.notice_counted_on])


def noticed_in_words(decider: Decider, kind: CustomerKind) -> Iterator[Words]:
    """Yield which notice a customer's contract asks for, in a sentence, and in one more where that changes later."""
    notice, term = decider.offer.term.notice, decider.offer.term
    before, *later = notice_cases(decider, kind)
    yield _notice_in_words(notice if before.is_notice_asked else NO_NOTICE, term)
    if term.notice_ends == "month_end":
        yield WITH_A_MONTH
    for case in later:
        if case.is_notice_asked != before.is_notice_asked and notice.count:
            asked = said("préavis de {}", "a notice of {}", span_in_words(notice))
            asked = asked if case.is_notice_asked else Words("sans préavis", "without notice")
            yield said("{} : {}.", "{}: {}.", ONCE[case.state], asked)
        before = case
