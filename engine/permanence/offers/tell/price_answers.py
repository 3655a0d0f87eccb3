"""What customers ask about prices, answered: the formulas, going past them, no call at all, options, hidden fees."""

from collections.abc import Iterable, Iterator

from ...bill.price.price_list import LIMITS, tariff
from ...bill.price.registry import priced
from ...bill.price.vat import rate_for
from ...decide.decider import Decider
from ...model.chosen import Chosen
from ...model.countries import COUNTRIES, sold_in
from ...model.offer import Offer
from ...model.price import Price
from ...model.price_list import QuotedPrice
from ...model.scalars import Words
from ...model.words.amounts import rate
from ...model.words.carry_over import NOT_CARRIED, carried_told
from ...model.words.phrases import listed, quoted, said
from ...model.words.prices import price_in_words
from ...model.words.taxes import tax_words
from ...model.words.terms import services_in_words
from .conditional_prices import conditional_prices
from .count_answers import count_changes_told, more_calls_told, no_calls_told
from .option_answers import hidden_fees_told, option_prices_told
from .rule_words import is_plain, why_in_words

Told = tuple[Words, Iterable[Words]]
CALLS = "usage.calls"
CALLS_CARRIED = Words("Les appels non utilisés sont-ils reportés ?", "Are unused calls carried over?")
MINUTES_CARRIED = Words("Les minutes non utilisées sont-elles reportées ?", "Are unused minutes carried over?")
UNTAXED = {"US": "no VAT in the United States, and sales taxes are not worked out"}
"""Why there is no tax, in English, where there is more to say than that there is none."""
TAXES = {"AU": "GST", "CA": "GST or HST"}
"""What the tax on sales is called in English, where that is not VAT."""


def price_answers(offer: Offer, decider: Decider) -> Iterator[Told]:
    """Yield each question about prices with its answer.

    Raises OptionFailed when an option's plugin raises.
    """
    yield Words("Que coûte l'offre ?", "What does it cost?"), _costs(offer, decider)
    yield Words("Comment évolue mon forfait ?", "How does my price change?"), count_changes_told(offer)
    yield Words("Que se passe-t-il si je dépasse ?", "What if I have more calls?"), more_calls_told(offer)
    yield Words("Et si je n'ai aucun appel ?", "What if I have no calls?"), no_calls_told(offer, decider)
    yield MINUTES_CARRIED if _sells_minutes(offer) else CALLS_CARRIED, _carried(offer)
    yield Words("Quelles options, à quel prix ?", "Which options, at which price?"), option_prices_told(offer)
    yield Words("Y a-t-il des frais cachés ?", "Are there hidden fees?"), hidden_fees_told(offer)


def _carried(offer: Offer) -> Iterator[Words]:
    """Yield whether what a month does not use is there for later ones."""
    first, *others = carried_told(offer) or (Words(""),)
    yield said("Oui. {}", "Yes. {}", first) if first.fr else _not_carried(offer)
    yield from others


def _sells_minutes(offer: Offer) -> bool:
    """Tell whether what its plans include is no call: minutes."""
    return bool(offer.plans) and not any(plan.counts == CALLS for plan in offer.plans.values())


def _not_carried(offer: Offer) -> Words:
    if _sells_minutes(offer):
        return Words(
            "Non : chaque mois a ses propres minutes, rien ne passe d'un mois à l'autre.",
            "No: each month has its own minutes, and nothing passes from one month to the next.",
        )
    if offer.bands or offer.plans or offer.package or any(price.included for price in offer.prices.values()):
        return NOT_CARRIED
    return Words(
        "Il n'y en a pas : rien n'est compris d'avance, chaque mois est facturé selon son propre usage.",
        "There are none: nothing is included in advance, and each month is billed by its own use.",
    )


def _costs(offer: Offer, decider: Decider) -> Iterator[Words]:
    if offer.head.services:
        included = services_in_words(offer.head.services)
        yield said("Services compris : {}.", "Services included: {}.", included)
    own = [(model, name) for model, name in priced(offer) if model.kind != "option"]
    yield from (told for model, name in own if not name for told in model.told(offer, name))
    prices = conditional_prices(decider, tariff(offer, Chosen(offer.head.mission[0])).prices, {})
    for price in prices:
        if price.code.startswith("price.") and price.most_per_call is None:
            yield _limit(offer, price) if price.due in LIMITS else price_in_words(price, offer.head.currency)
    yield from (told for model, name in own if name for told in model.told(offer, name))
    yield from _on_top(offer)
    for rule in offer.rules_on("month"):
        if not rule.then.charge.startswith(("option.", "price.")) and not is_plain(rule, offer):
            yield why_in_words(rule, offer)
    yield _taxed(offer)


def _taxed(offer: Offer) -> Words:
    """Return that prices exclude VAT, and how much that is in most of the country; where there is none, why."""
    code = offer.head.country
    vat, reason = rate_for(code, offer.head.vat, offer.head.sold_from)
    where = Words(sold_in(code), f"in {COUNTRIES[code].english}")
    if not vat and offer.head.vat != "none":
        why = Words(reason, UNTAXED.get(code, f"no VAT {where.en}"))
        return said("Ces prix sont hors taxes. {}.", "These prices exclude taxes: {}.", why)
    if code == "FR":
        where = Words("en France métropolitaine", "in mainland France")
    tax = Words(tax_words(code).tax, TAXES.get(code, "VAT"))
    if (highest := _highest(offer)) > vat:
        return said(
            "Ces prix sont hors taxes ; la {} est de {} % à {} % {}, selon la région du client.",
            "These prices exclude {}, which is {}% to {}% {}, by the customer's region.",
            tax,
            _per_cent(vat),
            _per_cent(highest),
            where,
        )
    told = "Ces prix sont hors taxes ; la {} est de {} % {}.", "These prices exclude {}, which is {}% {}."
    return said(*told, tax, _per_cent(vat), where)


def _highest(offer: Offer) -> int:
    """Return the highest rate in a region of the offer's country, in hundredths of a per cent."""
    head = offer.head
    apart = (f"{head.country}-{part}" for part in COUNTRIES[head.country].apart)
    return max((rate_for(region, head.vat, head.sold_from)[0] for region in apart), default=0)


def _per_cent(rate: int) -> Words:
    return Words(f"{rate / 100:g}".replace(".", ","), f"{rate / 100:g}")


def _is_off(price: Price) -> bool:
    """Tell whether a price takes something off others."""
    return price.most_per_call is not None or any(step.amount < 0 for step in price.ladder)


def _limit(offer: Offer, price: QuotedPrice) -> Words:
    """Return the least or the most of a named price, and when that holds."""
    fr, en = ("au moins", "at least") if price.due == "least" else ("au plus", "at most")
    whole = Words("") if price.by_days else Words(", même incomplet", ", even if incomplete")
    when = said(", {}", ", {}", price.when) if price.when else Words("")
    title = quoted(offer.prices[price.code.removeprefix("price.")].title)
    amount = rate(price.unit_price, offer.head.currency)
    return said(f"{{}} : {fr} {{}} par mois{{}}{{}}.", f"{{}}: {en} {{}} a month{{}}{{}}.", title, amount, whole, when)


def _on_top(offer: Offer) -> Iterator[Words]:
    """Yield which prices are charged besides the formula or the package, where that is due in any month in service."""
    due = {rule.then.charge for rule in offer.rules_on("month") if rule.when.strip() == "contract.active"}
    named = [quoted(price.title) for price in offer.prices.values() if not (price.is_share or _is_off(price))]
    if named and due & {"bands", "package"}:
        of = Words("la formule", "the plan") if "bands" in due else Words("l'abonnement", "the package")
        fr = "Les prix {} s'ajoutent à celui de {}." if len(named) > 1 else "Le prix {} s'ajoute à celui de {}."
        en = "The prices {} come on top of {}." if len(named) > 1 else "The price {} comes on top of {}."
        yield said(fr, en, listed(named), of)
