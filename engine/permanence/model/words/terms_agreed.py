"""What a customer chose and agreed of an offer besides its options, as the quote and the staff say it in French."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from attrs import frozen

from ..contract import Contract, Dated
from ..instruction import Instruction
from ..money import Cents
from ..offer import Offer
from ..own_terms import AgreedPrice, Discount
from ..period import ONE_DAY
from ..quantity import QuantityAgreed
from ..scalars import Words
from .agreed import OwnTerm
from .amounts import in_money, rate_in_money
from .french import day_in_words
from .hours import window_title
from .instructions import instruction_in_words
from .lines import share_of_in_words
from .numbers import in_thousands, percent
from .phrases import listed, quoted

KINDS_OF_TERMS: Mapping[str, str] = {
    "plan": "formule",
    "window": "horaires",
    "quantity": "quantité",
    "discount": "remise",
    "agreed": "prix convenu",
}
"""What staff call each kind of thing that a contract chose or agreed."""
TABLES: Mapping[str, str] = {"bands": "le forfait", "plan": "la formule", "package": "l'abonnement"}
"""What is charged by a table that has no title of its own."""


@frozen(kw_only=True)
class OwnTermTold:
    """One thing that a contract chose or agreed: its kind and name, what it is in words, its days, and why."""

    kind: str
    name: str = ""
    said: str
    since: date | None = None
    until: date | None = None
    why: str = ""

    @property
    def sentence(self) -> str:
        """Return it with its days and its reason: ``Remise de 10 % …, jusqu'au 30 juin 2027 : bienvenue``."""
        since = f", à compter du {day_in_words(self.since)}" if self.since else ""
        until = f", jusqu'au {day_in_words(self.until - ONE_DAY)} inclus" if self.until else ""
        why = self.why.strip().rstrip(".")
        return f"{self.said}{since}{until}" + (f" : {why}" if why else "")


def own_terms_told(contract: Contract, offer: Offer | None, currency: str) -> Iterator[OwnTermTold]:
    """Yield what a contract chose and agreed, in order; where its offer is not known, things go by their names."""
    if contract.plan:
        title = offer.plans[contract.plan] if offer and contract.plan in offer.plans else None
        yield OwnTermTold(kind="plan", name=contract.plan, said=f"Formule {_title(title, contract.plan)}")
    if contract.windows:
        words = listed(window_title(offer, name) if offer else Words(name) for name in contract.windows)
        yield OwnTermTold(kind="window", name=" ".join(contract.windows), said=f"Horaires choisis : {words.fr}")
    for one in contract.quantities:
        yield _dated(one, kind="quantity", name=one.id, said=quantity_in_words(one, offer))
    for discount in contract.discounts:
        said = discount_in_words(discount, offer, currency)
        yield _dated(discount, kind="discount", name=" ".join(discount.of), said=said, why=discount.why)
    for price in contract.agreed:
        said = agreed_price_in_words(price, offer, currency)
        yield _dated(price, kind="agreed", name=price.charge, said=said, why=price.why)


def own_term_in_words(one: OwnTerm, offer: Offer, currency: str) -> str:
    """Return what was agreed with one customer alone, and why: ``Remise de 10 % de la formule : bienvenue``."""
    match one:
        case Discount():
            told = discount_in_words(one, offer, currency)
        case AgreedPrice():
            told = agreed_price_in_words(one, offer, currency)
        case QuantityAgreed():
            return quantity_in_words(one, offer)
        case Instruction():
            return instruction_in_words(one, offer)
    return f"{told} : {one.why.strip().rstrip('.')}"


def quantity_in_words(one: QuantityAgreed, offer: Offer | None) -> str:
    """Return ``Praticiens : 3``."""
    title = offer.quantities[one.id].title.fr if offer and one.id in offer.quantities else one.id
    return f"{title} : {in_thousands(one.quantity)}"


def discount_in_words(discount: Discount, offer: Offer | None, currency: str) -> str:
    """Return ``Remise de 10 % de la formule``, ``Remise de 15,00 € par mois``."""
    size = percent(abs(discount.percent or 0))
    if discount.amount is not None:
        size = f"{in_money(Cents(abs(discount.amount)), currency)} par mois"
    of = share_of_in_words(offer, discount.of).fr if offer else f"de {' et de '.join(discount.of)}"
    if not discount.of:
        return f"Remise de {size}"
    return f"Remise de {size} {of}" if discount.amount is None else f"Remise de {size} ({of})"


def agreed_price_in_words(price: AgreedPrice, offer: Offer | None, currency: str) -> str:
    """Return ``Prix convenu pour « Appels de nuit » : 0,45 €``."""
    band = f" jusqu'à {in_thousands(price.up_to)} appels" if price.up_to is not None else ""
    charged = charged_in_words(price.charge, offer)
    return f"Prix convenu pour {charged}{band} : {rate_in_money(price.amount, currency)}"


def charged_in_words(charge: str, offer: Offer | None) -> str:
    """Return what a rule charges by its title: ``« Appels de nuit »``, ``le forfait``."""
    kind, _, name = charge.partition(".")
    if offer and kind == "price" and name in offer.prices:
        return quoted(offer.prices[name].title).fr
    if offer and kind == "option" and name in offer.options:
        return quoted(offer.options[name].words).fr
    return TABLES.get(charge, charge)


def sentences(told: Iterable[OwnTermTold]) -> tuple[str, ...]:
    """Return each thing in one sentence."""
    return tuple(one.sentence for one in told)


def _dated(one: Dated, *, kind: str, name: str, said: str, why: str = "") -> OwnTermTold:
    return OwnTermTold(kind=kind, name=name, said=said, since=one.since, until=one.until, why=why)


def _title(plan: object, name: str) -> str:
    title = getattr(plan, "title", None)
    return title.fr if isinstance(title, Words) else f"« {name} »"
