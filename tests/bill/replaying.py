"""Months replayed from small texts: an offer on file, another text in its place, some contracts, some calls."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from permanence.bill.month import NOTHING_PAST
from permanence.bill.replay import Replacement, replacement, replay
from permanence.contracts.book import Book
from permanence.decide.decider import Decider
from permanence.model.impact import Impact
from permanence.model.period import Month
from permanence.model.usage import PastCalls
from permanence.offers.proved import prove_offers
from permanence.plugin_manager import Plugins

from tests.bill.months import OCTOBER, on_file
from tests.bill.oracle import Call
from tests.bill.samples import records
from tests.installed import PLUGINS

AGAINST = "essentielle@2026-01-01"


def proved(text: str, plugins: Plugins = PLUGINS) -> Decider:
    """Return who decides for the offer in a rule file of its own, which must be without a problem."""
    with TemporaryDirectory() as name:
        path = Path(name, "new.toml")
        path.write_text(text, encoding="utf-8")
        found = prove_offers([path], plugins)
    assert found.problems == ()
    return found.deciders[found.offers[0].version]


def instead(book: Book, text: str, against: str = AGAINST) -> Replacement:
    """Return the offer of a text in place of the one on file."""
    return replacement(book, against, proved(text))


def replayed(
    old: str | Sequence[str] | Book,
    new: str,
    contracts: str | Sequence[str] = "",
    came_in: Iterable[Call] | Mapping[Month, Iterable[Call]] = (),
    *,
    months: Sequence[Month] = (OCTOBER,),
    past: PastCalls = NOTHING_PAST,
    against: str = AGAINST,
) -> Impact:
    """Return the impact of a text in place of the offer on file, over some months, all with the same calls or own."""
    book = old if isinstance(old, Book) else on_file(old, contracts)
    own = came_in if isinstance(came_in, Mapping) else dict.fromkeys(months, tuple(came_in))
    return replay(instead(book, new, against), months, lambda month: records(list(own.get(month, ()))), past)
