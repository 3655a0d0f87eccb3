"""What named prices that are shares of others have in common: when they are due, their faults, and what changed."""

from collections.abc import Iterator
from typing import ClassVar

from ...model.charged import ALL, SUMS, chargeable
from ...model.chosen import Chosen
from ...model.due import DueTime
from ...model.fault import Fault
from ...model.offer import Offer
from ...model.price import Price
from ...model.problem import did_you_mean
from ...model.scalars import Words
from ...model.words.phrases import quoted, said
from .price_changes import priced, renamed
from .price_model import NamedTable
from .share import circle_faults


class ShareTable(NamedTable):
    """A way of pricing of those tables `[price.<id>]` that are shares of other prices.

    ``key`` is the key that makes a price one, ``beside`` those that cannot stand with it. ``of_something`` says that it
    has to name what it is of.
    """

    key: ClassVar[str]
    beside: ClassVar[tuple[str, ...]]
    of_something: ClassVar[str]

    def due(self, offer: Offer, name: str, unit: str) -> DueTime:
        """Return when the share is due."""
        return offer.prices[name].due

    def own_faults(self, price: Price, name: str) -> Iterator[Fault]:
        """Yield what is wrong with the keys that shares of this kind alone have."""
        raise NotImplementedError

    def faults(self, offer: Offer, name: str) -> Iterator[Fault]:
        """Yield what is wrong with a share: it is of something that the offer charges, never of itself."""
        price, path = offer.prices[name], ("price", name)
        written = {key: getattr(price, key) for key in self.beside}
        for key in (key for key, value in written.items() if value not in (None, (), "")):
            yield Fault((*path, key), f'"{self.key}" and "{key}" exclude each other', "keep one of them", at_key=True)
        yield from self.own_faults(price, name)
        if not price.of:
            hint = 'write of = ["subscription"], ["price.<id>"] … or ["all"]'
            yield Fault((*path, "of"), self.of_something, hint, at_key=True)
        known = (*SUMS, ALL, *chargeable(offer))
        for number, code in enumerate(price.of):
            if code not in known:
                what = f'"{code}" is nothing that the offer charges'
                yield Fault((*path, "of", number), what, did_you_mean(code, known))
        yield from circle_faults(offer, f"price.{name}", (*path, "of"))

    def changes(self, old: tuple[Offer, Price], new: tuple[Offer, Price]) -> Iterator[Words]:
        """Yield what changed in a share, besides its title."""
        raise NotImplementedError

    def differences(self, old: Offer, new: Offer, name: str) -> Iterator[Words]:
        """Yield that a share came or went, or what changed in it."""
        before, after = (offer.prices[name] if self.owns(offer, name) else None for offer in (old, new))
        if after is None:
            if before and name not in new.prices:
                yield said("Le prix {} disparaît.", "The price {} goes.", quoted(before.title))
            return
        if before is None:
            [now] = self.prices(new, Chosen(new.head.mission[0]), name)
            yield said("Nouveau prix : {}.", "New price: {}.", priced(now, new.head.currency))
            return
        if before.title != after.title:
            yield renamed(Words("Le prix", "The price"), before.title, after.title)
        yield from self.changes((old, before), (new, after))
