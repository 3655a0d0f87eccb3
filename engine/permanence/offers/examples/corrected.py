"""Broken examples corrected in their files: what comes out in place of what they say, for review."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from attrs import frozen

from ...model.offer import Offer
from ...model.problem import Place, Problem, errors
from ...read.files import replace_file
from ...read.offers.example_text import value_text
from ...read.toml.located_toml import BOM, LocatedToml, parse
from ...read.toml.located_toml import Path as Keys
from .as_checked import LeftAlone, text_to_edit
from .deviation import Broken, Deviation


@frozen
class Change:
    """What was changed in an example: where it stands now, the example's title, and the value before and after."""

    where: Place
    title: str
    deviation: Deviation


@frozen
class Correction:
    """What was changed in a rule file, or why nothing was."""

    file: str
    changes: tuple[Change, ...] = ()
    why_not: str = ""


def correct_examples(problems: Iterable[Problem], contract_paths: Iterable[Path]) -> tuple[Correction, ...]:
    """Write into rule files what comes out of their broken examples, and return what was changed in each.

    ``problems`` are all that `check` found, ``contract_paths`` the files of contracts that may have signed an offer.
    A file is left as it is when anything else is wrong with it, when a contract has signed its text, or when it is no
    longer what was checked.
    """
    wrong = errors(problems)
    paths = tuple(contract_paths)
    offers = {one.offer.file: one.offer for one in wrong if isinstance(one, Broken)}
    return tuple(
        _corrected(offer, [one for one in wrong if one.where.file == file], paths) for file, offer in offers.items()
    )


def _corrected(offer: Offer, wrong: Sequence[Problem], contract_paths: Sequence[Path]) -> Correction:
    examples = [one for one in wrong if isinstance(one, Broken)]
    if len(examples) < len(wrong):
        return Correction(offer.file, why_not="mend what else is wrong with it first")
    for one in examples:
        if nothing := next((key for key in one.deviations if key.came is None), None):
            why_not = f'nothing comes out of "{one.example.title}" that its "{nothing.name}" could say'
            return Correction(offer.file, why_not=why_not)
    try:
        before = text_to_edit(offer, contract_paths)
    except LeftAlone as why:
        return Correction(offer.file, why_not=str(why))
    changes = _changes(_rewritten(Path(offer.file), before, examples), examples)
    return Correction(offer.file, tuple(sorted(changes, key=lambda one: (one.where.line, one.where.column))))


def _rewritten(path: Path, before: str, examples: Iterable[Broken]) -> LocatedToml:
    """Return a rule file after what comes out of broken examples was written into it, at once."""
    text = before.removeprefix(BOM)
    end = "\r\n" if "\r\n" in text else "\n"
    values: dict[Keys, str] = {
        ("example", one.number, *key.path): value_text(key.path, key.came).replace("\n", end)
        for one in examples
        for key in one.deviations
    }
    after = parse(text, path.as_posix()).replaced(values)
    replace_file(path, (BOM * before.startswith(BOM) + after).encode())
    return parse(after.replace("\r\n", "\n"), path.as_posix())


def _changes(source: LocatedToml, examples: Iterable[Broken]) -> Iterator[Change]:
    for one in examples:
        for key in one.deviations:
            yield Change(source.place(("example", one.number, *key.path)), one.example.title, key)
