"""`permanence new-option`."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from ...model.problem import Place, Problem, Refused
from ...model.units import CALLS
from ...plugin_manager import Plugins
from ...read.whole_folder import placed_whole, written_new
from ...testing.new_coverage import EVERY_DAY, EVERY_NIGHT
from ...testing.new_option import KINDS, WHERE, NewOption, what_is_counted
from ...testing.new_unit import FORMS, has_words
from ..console import out, print_json
from ..product import product_version
from ..typed import FOLDER, example, json_option
from ..unanswered import refused_unanswered

FIRST_VERSION = "0.1.0"


@click.command("new-option")
@click.argument("option", metavar="ID")
@click.option("--kind", type=click.Choice(tuple(KINDS)), help="What it is charged by.")
@click.option("--label", metavar="TEXT", help="Its name on quotes and invoices, in French.")
@click.option("--english", metavar="TEXT", help="Its name in English.")
@click.option("--unit", metavar="WORD", help="What its uses are called, such as pages; calls, unless said.")
@click.option("--unit-words", metavar="WORDS", help=f"How a unit is called that nobody else has: {FORMS}.")
@click.option("--number", metavar="NAME", help="It counts a number that calls carry by this name; calls, unless said.")
@click.option("--counted", metavar="TEXT", help="What it counts, in French, as staff read it.")
@click.option("--days", metavar="DAYS", help="Days on which it answers calls: mon-fri, or mon-sun,holiday.")
@click.option("--hours", metavar="HOURS", help="Hours of these days: 12:00-14:00, or 20:00-07:00 for nights.")
@click.option("--folder", type=FOLDER, default=Path(), help="Where the distribution's own folder is made; here.")
@click.option("--yes", is_flag=True, help="Ask nothing: take everything that is proposed.")
@json_option
@example("permanence new-option fax --kind per-use --unit pages --number pages")
def new_option(
    option: str,
    kind: str | None,
    label: str | None,
    english: str | None,
    unit: str | None,
    unit_words: str | None,
    number: str | None,
    counted: str | None,
    days: str | None,
    hours: str | None,
    folder: Path,
    yes: bool,
    as_json: bool,
) -> None:
    """Write a distribution that ships the priced option ID: its module, tests, pyproject.toml and README.

    It installs and passes its tests as it is; prices are the offer's, what it counts and charges is yours to change.
    """
    named = option.replace("_", " ").capitalize()
    kind = kind or _asked("What it is charged by", "recurring", yes, type=click.Choice(tuple(KINDS)))
    counting = {"--unit": unit, "--unit-words": unit_words, "--number": number, "--counted": counted}
    _check_fit(kind, counting, {"--days": days, "--hours": hours})
    label = label or _asked("Its name in French", named, yes)
    english = english or _asked("Its name in English", named, yes)
    if KINDS[kind].counts:
        said = bool(unit) and number is not None
        unit = unit or _asked("What its uses are called", CALLS, yes)
        unit_words = unit_words or _words_of(unit, yes)
        number = number if number is not None else _asked("A number that calls carry (none: the tag)", "", yes)
        counted = counted or _asked("What it counts, in French", what_is_counted(label, unit), yes or said)
    if kind == "coverage":
        days = days or _asked("On which days", EVERY_DAY, yes)
        hours = hours or _asked("At which hours", EVERY_NIGHT, yes)
    wanted = NewOption(
        id=option,
        kind=kind,
        label=label,
        english=english,
        version=product_version() or FIRST_VERSION,
        unit=unit or CALLS,
        unit_words=unit_words or "",
        number=number or "",
        counted=counted or "",
        days=days or EVERY_DAY,
        hours=hours or EVERY_NIGHT,
    )
    written = _written(wanted, folder)
    if as_json:
        print_json({"folder": (folder / wanted.folder).as_posix(), "files": [path.as_posix() for path in written]})
        return
    for path in written:
        out().print(path.as_posix(), soft_wrap=True)
    home = (folder / wanted.folder).as_posix()
    out().print(f"cd {home} && pip install --editable '.[dev]' && pytest", soft_wrap=True, markup=False)


def _words_of(unit: str, yes: bool) -> str:
    """Return what a unit is called that nobody knows, nothing for others."""
    if has_words(unit):
        return ""
    question = f"What one and several {unit} are called, in French, then in English"
    return "" if yes else _asked(question, ", ".join([unit] * 4), yes)


def _check_fit(kind: str, counting: Mapping[str, str | None], opening: Mapping[str, str | None]) -> None:
    """Raise Refused where something is said that an option of a kind has not."""
    unfit = [] if KINDS[kind].counts else [name for name, said in counting.items() if said is not None]
    unfit += [] if kind == "coverage" else [name for name, said in opening.items() if said is not None]
    if unfit:
        what = f"an option of the kind {kind} has no {' and no '.join(unfit)}"
        counts = ", ".join(name for name, one in KINDS.items() if one.counts)
        raise Refused([Problem(WHERE, what, f"what is counted is for {counts}; days and hours are for coverage")])


def _asked(question: str, proposed: str, yes: bool, **more: Any) -> str:
    """Return an answer; raise Refused where the answers end before the questions do."""
    if yes:
        return proposed
    with refused_unanswered(question):
        answer: str = click.prompt(question, default=proposed, err=True, **more)
    return answer


def _written(wanted: NewOption, folder: Path) -> list[Path]:
    """Return the files that were written; raise Refused, before any is, for what cannot be or is there already."""
    problems = [*wanted.wrong(), *_taken(wanted)]
    home = folder / wanted.folder
    if home.exists():
        problems.append(Problem(Place(home.as_posix()), "is there already", "move it away, or name another --folder"))
    if problems:
        raise Refused(problems)
    files = wanted.files()
    with placed_whole(home, f".{home.name}.part") as part:
        for name, text in files.items():
            written_new(part / name, text.encode())
    return [home / name for name in files]


def _taken(wanted: NewOption) -> Iterator[Problem]:
    """Yield what an option that is installed has already: of two that have it, neither would be on sale."""
    for name, option in Plugins.installed().options.items():
        if name == wanted.id:
            yield Problem(WHERE, f'the option "{name}" is installed already', "give it another name")
        elif wanted.fact in {fact.name for fact in option.facts}:
            yield Problem(WHERE, f'the option "{name}" measures {wanted.fact} already', "give it another name")
