"""The ways of pricing, each registered once, and which of them has what a rule charges."""

from collections.abc import Iterator, Mapping

from ...model.offer import Offer
from .models.bands import BandPrice
from .models.call_cap import CallCap
from .models.discount import OwnDiscount
from .models.indexed import IndexedPrice
from .models.month_limits import MonthlyLeast, MonthlyMost
from .models.named import NamedPrice
from .models.option import OptionPrice
from .models.package import PackagePrice
from .models.per_cent import PerCentPrice
from .models.plan import PlanPrice
from .models.quantity import QuantityPrice
from .models.setup_fee import SetupFee
from .models.suspension import SuspensionPrice
from .price_model import Edge, PriceModel

MODELS: tuple[PriceModel, ...] = (
    BandPrice(),
    PlanPrice(),
    PackagePrice(),
    SuspensionPrice(),
    CallCap(),
    QuantityPrice(),
    NamedPrice(),
    PerCentPrice(),
    IndexedPrice(),
    OptionPrice(),
    SetupFee(),
    OwnDiscount(),
    MonthlyLeast(),
    MonthlyMost(),
)
"""Several may share a kind, by the form of its tables; an offer's table is of the first that names it."""
BY_KIND: Mapping[str, tuple[PriceModel, ...]] = {
    one.kind: tuple(model for model in MODELS if model.kind == one.kind) for one in MODELS
}


def model_of(offer: Offer, charge: str) -> tuple[PriceModel, str]:
    """Return the way of pricing of what a rule of an offer charges, and the name of the price in it, if any."""
    kind, _, name = charge.partition(".")
    return next(model for model in BY_KIND[kind] if model.owns(offer, name)), name


def code_of(model: PriceModel, name: str) -> str:
    """Return what rules write to charge a price."""
    return f"{model.kind}.{name}" if name else model.kind


def priced(offer: Offer) -> Iterator[tuple[PriceModel, str]]:
    """Yield each price that an offer's tables give, option prices among them, with its way of pricing."""
    for model in MODELS:
        names = (name for name in model.names(offer) if model_of(offer, code_of(model, name))[0] is model)
        yield from ((model, name) for name in names)


def edges_of(offer: Offer, fact: str = "") -> Iterator[tuple[str, Edge]]:
    """Yield every edge of an offer's prices, of one counted fact or of all, with what rules write to charge it."""
    for model, name in priced(offer):
        yield from ((code_of(model, name), edge) for edge in model.edges(offer, name) if fact in ("", edge.fact))
