"""What customers ask about options and hidden fees, answered."""

from collections.abc import Iterator

from ...bill.price.due_once import opening_fees
from ...bill.price.models.option import OptionPrice
from ...bill.price.price_list import tariff
from ...model.chosen import Chosen
from ...model.money import price_of
from ...model.offer import Offer
from ...model.scalars import Words
from ...model.words.amounts import rate
from ...model.words.deposits import deposit_in_words
from ...model.words.phrases import said
from ...model.words.prices import price_in_words
from .joining_words import no_fee_told
from .rule_words import is_plain, why_in_words


def option_prices_told(offer: Offer) -> Iterator[Words]:
    """Yield what each option costs and promises; raise OptionFailed when its plugin raises."""
    model = OptionPrice()
    for name in offer.options:
        yield from model.told(offer, name)
        yield from _companions_told(offer, name)
    for rule in offer.rules_on("month"):
        if rule.then.charge.startswith("option.") and not is_plain(rule, offer):
            yield why_in_words(rule, offer)
    if not offer.options:
        yield Words("L'offre n'a pas d'option.", "The offer has no option.")


def _companions_told(offer: Offer, name: str) -> Iterator[Words]:
    """Yield with which options alone one can be had, and with which it cannot; what the offer does not sell is left."""
    option = offer.options[name]
    for other in type(option).needs:
        if other in offer.options:
            words = offer.options[other].words
            yield said("« {} » ne se prend qu'avec « {} ».", "“{}” is only taken with “{}”.", option.words, words)
    for other in type(option).excludes:
        if other in offer.options:
            words = offer.options[other].words
            yield said("« {} » ne va pas avec « {} ».", "“{}” does not go with “{}”.", option.words, words)


def hidden_fees_told(offer: Offer) -> Iterator[Words]:
    """Yield that nothing is charged which no quote has, and what is due once."""
    yield Words(
        "Non : toute ligne de facture a son prix dans le devis.",
        "No: every line of an invoice has its price in the quote.",
    )
    if offer.term.setup_fee:
        fee = rate(price_of(offer.term.setup_fee), offer.head.currency)
        yield said("La mise en service coûte {}, une fois.", "Set-up costs {}, once.", fee)
    yield from no_fee_told(offer)
    for price in tariff(offer, Chosen(offer.head.mission[0])).prices:
        if price.due == "one_off" and price.code in opening_fees(offer):
            yield price_in_words(price, offer.head.currency)
    if offer.deposit:
        yield deposit_in_words(offer.deposit, offer.deposit.known, offer.head.currency)
    for limit, fr, en in ((offer.billing.least, "au moins", "at least"), (offer.billing.most, "au plus", "at most")):
        if limit is not None:
            amount = rate(price_of(limit), offer.head.currency)
            yield said(f"Un mois coûte {fr} {{}}.", f"A month costs {en} {{}}.", amount)
