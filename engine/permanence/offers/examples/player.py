"""An offer's examples played: through facts of a month, or through calls, dates and months like any contract's."""

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import evolve

from ...bill.price.bands import Unpriceable
from ...bill.price.price_list import NotQuoted, check_quoted, tariff_of
from ...contracts.book import Book
from ...decide.decider import Decider
from ...model.contract import Contract
from ...model.example import Example
from ...model.option_failed import OptionFailed
from ...model.period import ONE_MONTH, Month
from ...model.problem import Place, Problem
from ...model.unusable_option import unusable
from ...plugin_manager import Plugins
from .billed import billed, month_billed, with_floor
from .choosing import chosen_of
from .dated import dated, renewed
from .deviation import Deviation, broken, deviations
from .played import BEFORE, Played, Unplayable, example_contract, month_of, name_problems, played_month


class Player:
    """Plays examples of one offer; what its rules answered is remembered, and what came out of its own examples."""

    def __init__(self, plugins: Plugins, decider: Decider) -> None:
        self.offer, self.decider = decider.offer, decider
        self._own: dict[str, Played] = {}
        self.book = Book(plugins, {self.offer.version: decider}, ())

    def problems(self) -> Iterator[Problem]:
        """Yield a problem for each example of the offer from which something else comes out than it says.

        Examples of an option that cannot be used are not played: its own problem is told.
        """
        left = unusable(self.offer.options).keys()
        for number, example in enumerate(self.offer.examples):
            if not left & {*example.options, example.event.option if example.event else ""}:
                yield from tuple(name_problems(self.offer, example)) or self._wrong(number, example)

    def _wrong(self, number: int, example: Example) -> Iterator[Problem]:
        try:
            played = self.own(example)
        except Unplayable as error:
            yield Problem(example.place, f'the example "{example.title}" cannot be played: {error}')
        except Unpriceable as error:
            yield Problem(example.place, f'the example "{example.title}" cannot be priced: {error}')
        except NotQuoted as error:
            what = f'the example "{example.title}" charges "{error.line.label}", which no quote would list'
            yield Problem(example.place, what, "name each price in prices() of the option's plugin")
        except OptionFailed as error:
            yield Problem(example.place, str(error), "mend its plugin")
        else:
            if found := deviations(example, played, self.offer.head.currency):
                yield broken(self.offer, number, played, self._place(number, found), found)

    def _place(self, number: int, found: Iterable[Deviation]) -> Place:
        """Return where the first of the values stands that are wrong in an example."""
        places = (self.offer.places.place(("example", number, *one.path)) for one in found)
        return min(places, key=lambda place: (place.line, place.column))

    def own(self, example: Example) -> Played:
        """Return what comes out of one of the offer's own examples, which is played once; raise what `play` raises."""
        if example.title not in self._own:
            self._own[example.title] = self.play(example)
        return self._own[example.title]

    def play(self, example: Example) -> Played:
        """Return what comes out of an example.

        Raises Unplayable where nothing can, and what pricing raises: Unpriceable, NotQuoted, OptionFailed.
        """
        if example.renewal is not None:
            contract = self._contract(example)
            return renewed(evolve(self.book, contracts=(contract,)), example.renewal)
        if not (example.calls or example.past or example.notice or example.event):
            return self._quoted(example)
        contract = self._contract(example)
        book = evolve(self.book, contracts=(contract,))
        played = Played(asked={})
        if example.calls or example.total is not None or example.lines:
            played = billed(book, example, month_billed(example, contract))
        if example.floor is not None:
            played = with_floor(book, example, month_billed(example, contract), played)
        return dated(book, example, played)

    def _quoted(self, example: Example) -> Played:
        offer = self.book.offer_of(self._contract(example)) if example.settings else self.offer
        played = played_month(offer, self.book.decider(offer.edition), example)
        check_quoted(played.lines, [self.book.once(tariff_of, offer.edition, chosen_of(offer, example))])
        return played

    def _contract(self, example: Example) -> Contract:
        start = BEFORE if not example.past else _earlier(example.month or month_of(example), len(example.past))
        return example_contract(self.offer, example, start)


def _earlier(month: Month, months: int) -> date:
    return ONE_MONTH.after(month.first, -months)
