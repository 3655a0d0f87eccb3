"""Terms of one customer's own that touch nothing of the offer: a discount, or a price, of what it does not charge."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ..model.charged import ALL, SUMS, chargeable, covers
from ..model.contract import Contract
from ..model.money import MICROS_PER_CENT, WHOLE
from ..model.offer import Offer
from ..model.own_terms import AgreedPrice, Discount, Granted
from ..model.problem import did_you_mean
from ..model.subscriptions import Bands
from .disagreement import Disagreement, nearest_in_french

WHOLE_CENTS = ("bands", "plan", "package")
"""What is charged in whole cents; units of other prices may cost fractions."""


def own_terms_otherwise(contract: Contract, offer: Offer) -> Iterator[Disagreement]:
    """Yield the discounts and the agreed prices of a contract that name what its offer does not charge."""
    if not (contract.discounts or contract.agreed):
        return
    charged = chargeable(offer)
    known = (*charged, *(word for word in (*SUMS, ALL) if any(covers((word,), code) for code in charged)))
    for name in dict.fromkeys(name for one in contract.discounts for name in one.of):
        if name not in known:
            french = f"La remise du contrat porte sur « {name} », que l'offre {offer.version} ne facture pas"
            what = f'a discount is of "{name}", which {offer.version} does not charge'
            yield Disagreement(what, did_you_mean(name, known), f"{french}{nearest_in_french(name, known)}.")
    for agreed in {(one.charge, one.up_to): one for one in contract.agreed}.values():
        if agreed.charge not in charged:
            french = f"Un prix est convenu pour « {agreed.charge} », que l'offre {offer.version} ne facture pas"
            what = f'a price is agreed for "{agreed.charge}", which {offer.version} does not charge'
            near = nearest_in_french(agreed.charge, charged)
            yield Disagreement(what, did_you_mean(agreed.charge, charged), f"{french}{near}.")
        else:
            yield from _band(agreed, offer)
            yield from _no_amount(agreed, offer)
    if offer.billing.percents == "same_base":
        yield from _together(contract.discounts, charged)


def _no_amount(agreed: AgreedPrice, offer: Offer) -> Iterator[Disagreement]:
    """Yield that a price is no amount in place of which another could be agreed, or has no fractions of a cent."""
    kind, _, name = agreed.charge.partition(".")
    price, option = offer.prices.get(name), offer.options.get(name)
    percent = (price and price.percent) if kind == "price" else (option and option.percent)
    if percent is not None:
        french = f"Un prix est convenu pour « {agreed.charge} », que l'offre {offer.version} facture en pour cent."
        what = f'a price is agreed for "{agreed.charge}", which {offer.version} charges as a per cent'
        yield Disagreement(what, "agree on the price that it is a share of, or write [[contract.discount]]", french)
    elif kind == "price" and price and price.most_per_call is not None:
        french = f"Un prix est convenu pour « {agreed.charge} », qui est ce qu'un appel coûte au plus."
        what = f'a price is agreed for "{agreed.charge}", which is what a call costs at most'
        yield Disagreement(what, f"agree on one of the prices that it caps: {', '.join(price.of)}", french)
    elif kind in WHOLE_CENTS and agreed.amount % MICROS_PER_CENT:
        french = f"Un prix convenu pour « {agreed.charge} » a des fractions de centime."
        what = f'an agreed price of "{agreed.charge}" has fractions of a cent'
        yield Disagreement(what, "write whole cents, such as 39.00", french)


def _together(discounts: Sequence[Discount], charged: Iterable[str]) -> Iterator[Disagreement]:
    """Yield the first thing of which discounts of one base take off more than the whole, on the first such day."""
    for day in sorted({one.since or date.min for one in discounts}):
        held = Granted.on(day, discounts, ()).discounts
        for code in charged:
            some = [one.percent or 0 for one in held if covers(one.of or (ALL,), code)]
            if min(some, default=0) >= -WHOLE > sum(some):
                french = f"Les remises du contrat dépassent ensemble le tout de « {code} »."
                what = f'discounts together take off more than the whole of "{code}"'
                yield Disagreement(what, "let them be -100 together at the most, or end one of them sooner", french)
                return


def _band(agreed: AgreedPrice, offer: Offer) -> Iterator[Disagreement]:
    """Yield that an agreed price names no band of the offer, or needs to name one."""
    if agreed.charge != "bands" or offer.bands is None:
        if agreed.up_to is not None:
            french = f"Un prix est convenu pour « {agreed.charge} », qui n'a pas de tranches : « up_to » n'y dit rien."
            yield Disagreement(f'"up_to" says nothing about {agreed.charge}', "take it out", french)
    elif agreed.up_to is None or not is_band(agreed.up_to, offer.bands):
        tops = tops_in_words(offer.bands)
        named = "nomme aucune tranche" if agreed.up_to is None else f"nomme, avec {agreed.up_to}, aucune tranche"
        french = f"Un prix convenu ne {named} de l'offre {offer.version} (tranches : {tops})."
        yield Disagreement(f"an agreed price names no band of {offer.version}", f"up_to is one of: {tops}", french)


def is_band(band: int, bands: Bands) -> bool:
    """Tell whether a count is the highest of a band."""
    tops = [step.up_to for step in bands.steps]
    return band in tops or (bands.then is not None and band > tops[-1] and (band - tops[-1]) % bands.then.every == 0)


def tops_in_words(bands: Bands) -> str:
    """Return the highest counts of bands: ``50, 150 …``."""
    return ", ".join(str(step.up_to) for step in bands.steps) + (" …" if bands.then else "")
