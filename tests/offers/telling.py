"""Offers told and compared in tests: from rule files, and from texts that were changed."""

from functools import cache
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from permanence.cli.screens.description import description_text
from permanence.decide.decider import Decider
from permanence.model.offer import Offer
from permanence.model.scalars import Language
from permanence.offers.form import read_offer
from permanence.offers.tell.description import describe
from permanence.offers.tell.difference import difference

from tests.installed import PLUGINS

ROOT, HERE = Path(__file__).parents[2], Path(__file__).parent
EVERYTHING = HERE / "everything.toml"
SPACES = str.maketrans("\u00a0\u202f", "  ")
FILES = (*sorted((ROOT / "rules").glob("*.toml")), EVERYTHING)
ESSENTIELLE, CONTINUE = (
    (ROOT / "rules" / f"{name}-2023-01-01.toml").read_text(encoding="utf-8").split("\n[[example]]")[0]
    for name in ("essentielle", "continue")
)
"""The offers on sale, without their examples: a changed price breaks some of those."""


@cache
def offer_of(text: str) -> Offer:
    """Return the offer that a rule file's text is."""
    with TemporaryDirectory() as folder:
        copytree(HERE / "indices", Path(folder, "indices"))
        path = Path(folder, "offer.toml")
        path.write_text(text, encoding="utf-8")
        reading = read_offer(path, PLUGINS.options)
    assert reading.problems == ()
    assert reading.offer is not None
    return reading.offer


def told(offer: Offer, language: Language = "fr") -> str:
    """Return an offer as a salesperson reads it out."""
    return description_text(describe(offer, Decider(offer)), language)


def replaced(text: str, *changes: tuple[str, str]) -> str:
    """Return a text with each of some pieces, which must be there, put otherwise."""
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    return text


def noticed(text: str, *changes: tuple[str, str], language: Language = "fr") -> list[str]:
    """Return what a customer notices when a rule file's text is changed."""
    found = difference(offer_of(text), offer_of(replaced(text, *changes)))
    return [words.told(language).translate(SPACES) for words in found.noticed]


def unnoticed(text: str, *changes: tuple[str, str]) -> list[str]:
    """Return what changes that no customer notices, when that is all that changes."""
    found = difference(offer_of(text), offer_of(replaced(text, *changes)))
    assert found.noticed == ()
    return [words.fr for words in found.unnoticed]
