"""A first rule file from a few answers, judged by the reader of rule files; the next version of one that is there."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from attrs import evolve

from ...decide.decider import Decider
from ...model.offer import Offer
from ...model.problem import Place, Problem, Refused, did_you_mean
from ...plugin_manager import Plugins
from ..examples.missing import missing_examples
from ..examples.player import Player
from ..form import read_offer_text, read_offers
from ..proved import Proved
from .draft import OfferDraft
from .text import draft_text


def offers_on_file(rules: Path, plugins: Plugins) -> tuple[Offer, ...]:
    """Return the offers in a folder of rule files that can be read, in whatever state their rules are."""
    return read_offers(sorted(rules.glob("*.toml")), plugins.options)[0]


def draft_problems(draft: OfferDraft, plugins: Plugins, rules: Path) -> tuple[Problem, ...]:
    """Return what is wrong with a draft, in the words of the reader of rule files."""
    return read_offer_text(draft_text(draft), (rules / draft.file).as_posix(), plugins.options).problems


def with_examples(draft: OfferDraft, plugins: Plugins) -> tuple[OfferDraft, Proved]:
    """Return a draft without problems with an example of all that it says, and what was proved of it before."""
    offer = read_offer_text(draft_text(draft), draft.file, plugins.options).offer
    if offer is None:
        raise ValueError("a draft with problems has no examples")
    player = Player(plugins, Decider(offer))
    examples = tuple(one.example for one in missing_examples(player))
    return evolve(draft, examples=examples), Proved((offer,), (), (player,))


def next_version(version: str, sold_from: date, rules: Path, on_file: Sequence[Offer]) -> tuple[Path, bytes]:
    """Return the file of an offer's next version and what is in it: the old one's bytes, with another first day.

    Raises Refused when the version is not on file, the day is not later, or the new version is there already.
    """
    old = next((offer for offer in on_file if offer.version == version), None)
    if old is None:
        what = f'there is no offer "{version}" in {rules.as_posix()}'
        raise Refused([Problem(Place("--from"), what, did_you_mean(version, [offer.version for offer in on_file]))])
    if sold_from <= old.head.sold_from:
        what = f"{version} is sold since {old.head.sold_from}; {sold_from} is not later"
        raise Refused([Problem(Place("--sold-from"), what, "name a later day")])
    path = rules / f"{old.head.id}-{sold_from}.toml"
    if found := tuple(there_already(f"{old.head.id}@{sold_from}", path, on_file)):
        raise Refused(found)
    where = old.places.place(("offer", "sold_from"))
    lines = Path(old.file).read_bytes().decode("utf-8-sig").split("\n")
    line, start = lines[where.line - 1], where.column - 1
    lines[where.line - 1] = f"{line[:start]}{sold_from}{line[start + where.width :]}"
    return path, "\n".join(lines).encode()


def there_already(version: str, path: Path, on_file: Iterable[Offer]) -> Iterator[Problem]:
    """Yield a problem when a version has a rule file already."""
    files = [offer.file for offer in on_file if offer.version == version]
    if files or path.exists():
        what = f"{version} is there already, in {files[0] if files else path.as_posix()}"
        yield Problem(Place("--sold-from"), what, "a version has one file: name another day")
