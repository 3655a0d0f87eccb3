"""A first rule file from a few answers, judged by the reader of rule files; the next version of one that is there."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from attrs import evolve

from .decide.decider import Decider
from .draft_text import Draft, draft_text
from .model.money import Cents
from .model.offer import Example, Offer
from .model.option import Option
from .model.problem import Place, Problem, Refused, did_you_mean
from .plugin_manager import Plugins
from .prove.examples import example_lines
from .read.located_toml import parse
from .read.offers import read_offer_text, read_offers


def offers_on_file(rules: Path, plugins: Plugins) -> tuple[Offer, ...]:
    """Return the offers in a folder of rule files that can be read, in whatever state their rules are."""
    return read_offers(sorted(rules.glob("*.toml")), plugins.options)[0]


def draft_problems(draft: Draft, plugins: Plugins, rules: Path) -> tuple[Problem, ...]:
    """Return what is wrong with a draft, in the words of the reader of rule files."""
    return read_offer_text(draft_text(draft), (rules / draft.file).as_posix(), plugins.options).problems


def with_examples(draft: Draft, plugins: Plugins) -> Draft:
    """Return a draft without problems with an example for each band edge, mission and option, totals worked out."""
    offer = read_offer_text(draft_text(draft), draft.file, plugins.options).offer
    if offer is None:
        raise ValueError("a draft with problems has no examples")
    decider = Decider(offer)
    totals = ((one, sum(line.amount for line in example_lines(offer, decider, one))) for one in _examples(offer))
    return evolve(draft, examples=tuple(evolve(one, total=Cents(total)) for one, total in totals))


def _examples(offer: Offer) -> Iterator[Example]:
    """Yield the examples that show an offer's prices; their totals are not worked out yet."""
    bands, missions = offer.bands, offer.head.mission
    if bands is None:
        return
    yield _example("no call at all is billed at the lowest band", {"usage.calls": 0})
    for step, further in zip(bands.steps, [*bands.steps[1:], bands.then], strict=False):
        yield _example(f"{step.up_to} calls are still in the band up to {step.up_to}", {"usage.calls": step.up_to})
        if further:
            title = f"the call number {step.up_to + 1} moves the month up a band"
            yield _example(title, {"usage.calls": step.up_to + 1})
    for mission in missions[1:]:
        yield _example(f"the mission {mission} has its own price", {"usage.calls": 0, "mission": mission})
    for name, option in offer.options.items():
        yield _of_option(name, option)


def _of_option(name: str, option: Option) -> Example:
    given: dict[str, int | str | bool] = {"usage.calls": 0}
    dues = {price.due for price in option.prices()}
    if "usage" in dues and option.counts:
        given[option.counts] = 10
    if "one_off" in dues:
        given["contract.first_month"] = True
    return _example(f"the option {name} is a line of its own", given, name)


def _example(title: str, given: dict[str, int | str | bool], *options: str) -> Example:
    return Example(title=title, given=given, options=options, total=Cents(0))


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
    where = parse(old.text, old.file).place(("offer", "sold_from"))
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
