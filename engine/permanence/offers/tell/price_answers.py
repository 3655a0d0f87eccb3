"""What customers ask about prices, answered: the formulas, going past them, no call at all, options, hidden fees."""

from collections.abc import Iterable, Iterator

from ...bill.price.price_list import LIMITS, tariff
from ...bill.price.vat import rate_for
from ...decide.decider import Decider
from ...model.countries import COUNTRIES, sold_in
from ...model.money import price_of
from ...model.offer import Bands, Offer, Package
from ...model.price import Price
from ...model.scalars import Words
from ...model.words.amounts import rate
from ...model.words.numbers import number
from ...model.words.phrases import calls, listed, quoted, said
from ...model.words.terms import services_in_words
from .count_answers import count_changes_told, more_calls_told, no_calls_told
from .option_answers import hidden_fees_told, option_prices_told
from .price_words import MONTHLY, by_mission, price_in_words
from .rule_words import is_plain, why_in_words

Told = tuple[Words, Iterable[Words]]
CARRIED = Words(
    "Non : chaque mois a ses propres appels, rien ne passe d'un mois à l'autre.",
    "No: each month has its own calls, and nothing passes from one month to the next.",
)
FIRST = "The first plan includes {}: {}."


def price_answers(offer: Offer, decider: Decider) -> Iterator[Told]:
    """Yield each question about prices with its answer.

    Raises OptionFailed when an option's plugin raises.
    """
    yield Words("Que coûte l'offre ?", "What does it cost?"), _costs(offer)
    yield Words("Comment évolue mon forfait ?", "How does my price change?"), count_changes_told(offer)
    yield Words("Que se passe-t-il si je dépasse ?", "What if I have more calls?"), more_calls_told(offer)
    yield Words("Et si je n'ai aucun appel ?", "What if I have no calls?"), no_calls_told(offer, decider)
    yield Words("Les appels non utilisés sont-ils reportés ?", "Are unused calls carried over?"), (CARRIED,)
    yield Words("Quelles options, à quel prix ?", "Which options, at which price?"), option_prices_told(offer)
    yield Words("Y a-t-il des frais cachés ?", "Are there hidden fees?"), hidden_fees_told(offer)


def _costs(offer: Offer) -> Iterator[Words]:
    if offer.head.services:
        included = services_in_words(offer.head.services)
        yield said("Services compris : {}.", "Services included: {}.", included)
    if offer.bands:
        yield from _bands(offer, offer.bands)
    if offer.package:
        yield from _package(offer, offer.package)
    for price in tariff(offer, offer.head.mission[0]).prices:
        if price.code.startswith("price.") and price.due not in LIMITS:
            yield price_in_words(price, offer.head.currency)
    for named in offer.prices.values():
        yield from _of_price(named, offer.head.currency)
    yield from _on_top(offer)
    for rule in offer.rules_on("month"):
        if not rule.then.charge.startswith("option.") and not is_plain(rule, offer):
            yield why_in_words(rule, offer)
    yield _taxed(offer)


def _taxed(offer: Offer) -> Words:
    """Return that prices exclude VAT, and how much that is in most of the country; where there is none, why."""
    code = offer.head.country
    vat, reason = rate_for(code, offer.head.vat, offer.head.sold_from)
    where = Words(sold_in(code), f"in {COUNTRIES[code].english}")
    if not vat and offer.head.vat != "none":
        return said(
            "Ces prix sont hors taxes. {}.", "These prices exclude taxes: {}.", Words(reason, f"no VAT {where.en}")
        )
    if code == "FR":
        where = Words("en France métropolitaine", "in mainland France")
    return said(
        "Ces prix sont hors taxes ; la TVA est de {} % {}.",
        "These prices exclude VAT, which is {}% {}.",
        Words(f"{vat / 100:g}".replace(".", ","), f"{vat / 100:g}"),
        where,
    )


def _bands(offer: Offer, bands: Bands) -> Iterator[Words]:
    first = 0
    for step in bands.steps:
        price = by_mission(offer, lambda mission, step=step: price_of(step.prices[mission]), MONTHLY)  # type: ignore[misc]
        if not first:
            included = calls(step.up_to)
            yield said("La première formule comprend {} : {}.", FIRST, included, price)
        else:
            yield said("De {} à {} : {}.", "{} to {}: {}.", first, calls(step.up_to), price)
        first = step.up_to + 1
    last = calls(first - 1)
    if growth := bands.then:
        added = by_mission(offer, lambda mission: price_of(growth.prices[mission]), MONTHLY)
        every = calls(growth.every)
        yield said(
            "Au-delà de {}, chaque tranche de {} ajoute {}.",
            "Beyond {}, each further {} add {}.",
            last,
            every,
            added,
        )
    else:
        yield said("L'offre va jusqu'à {} par mois.", "The offer goes up to {} a month.", last)


def _package(offer: Offer, package: Package) -> Iterator[Words]:
    price = by_mission(offer, lambda mission: price_of(package.prices[mission]), MONTHLY)
    yield said(
        "L'abonnement comprend {} : {}.",
        "The package includes {}: {}.",
        calls(package.included),
        price,
    )
    yield said("Chaque appel de plus : {}.", "Each further call: {}.", by_mission(offer, package.overage.__getitem__))


def _of_price(price: Price, currency: str) -> Iterator[Words]:
    """Yield how the steps, lots and limits of a named price are to be read."""
    title = quoted(price.title)
    if len(price.steps) > 1 and price.per:
        yield said(
            "{} : chaque unité est au prix de son palier."
            if price.model == "graduated"
            else "{} : toutes les unités du mois sont au prix du palier atteint.",
            "{}: each unit is charged at the price of its own step."
            if price.model == "graduated"
            else "{}: all units of the month are charged at the price of the step reached.",
            title,
        )
    if price.every > 1:
        yield said("{} : un lot commencé est dû en entier.", "{}: a lot that is begun is due in full.", title)
    if price.steps and price.steps[-1].up_to is not None and price.per:
        top = number(price.steps[-1].up_to + price.included)
        yield said("{} : jusqu'à {} par mois.", "{}: up to {} a month.", title, top)
    for limit, fr, en in ((price.least, "au moins", "at least"), (price.most, "au plus", "at most")):
        if limit is not None:
            whole = Words("") if price.prorate else Words(", même incomplet", ", even if incomplete")
            amount = rate(price_of(limit), currency)
            yield said(f"{{}} : {fr} {{}} par mois{{}}.", f"{{}}: {en} {{}} a month{{}}.", title, amount, whole)


def _on_top(offer: Offer) -> Iterator[Words]:
    """Yield which prices are charged besides the formula or the package, where that is due in any month in service."""
    due = {rule.then.charge for rule in offer.rules_on("month") if rule.when.strip() == "contract.active"}
    named = [quoted(price.title) for price in offer.prices.values()]
    if named and due & {"bands", "package"}:
        of = Words("la formule", "the plan") if "bands" in due else Words("l'abonnement", "the package")
        fr = "Les prix {} s'ajoutent à celui de {}." if len(named) > 1 else "Le prix {} s'ajoute à celui de {}."
        en = "The prices {} come on top of {}." if len(named) > 1 else "The price {} comes on top of {}."
        yield said(fr, en, listed(named), of)
