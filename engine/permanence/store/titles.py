"""What offers called the things that they give ids of their own, by month: written with it, and looked up."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ..model.invoice import MonthRun
from ..model.period import Month
from ..model.words.own_titles import Titles
from .bases import Row
from .migrations import BILLING
from .opening import reading

OF_AN_OFFER = "SELECT thing, name, title FROM title WHERE month = :month AND offer = :offer"
"""Everything that an offer version has titles for, in a month."""
OF_A_MONTH = "SELECT offer, thing, name, title FROM title WHERE month = ?"
OF_AN_ID = """
SELECT offer, title FROM title
WHERE thing = :thing AND name = :name AND month = coalesce(
    nullif(:month, ''), (SELECT max(month) FROM title WHERE thing = :thing AND name = :name AND :offer IN ('', offer))
)
ORDER BY offer
"""
"""What one id is called by each offer in a month; where none is named, in the last one of the offer that is named."""


def title_rows(run: MonthRun) -> Iterator[Row]:
    """Yield a row for each id of each offer on file; of two with one name, the last is its title."""
    month = str(run.month)
    for version, titles in run.titles.items():
        named = {(one.kind, one.name): one.title for one in titles}
        yield from ((month, version, kind, name, title) for (kind, name), title in named.items())


def by_kind(rows: Iterable[tuple[str, str, str]]) -> Titles:
    """Return the titles of `OF_AN_OFFER` by kind and id."""
    found: dict[str, dict[str, str]] = {}
    for kind, name, title in rows:
        found.setdefault(kind, {})[name] = title
    return found


def titles_of_month(path: Path, month: Month) -> Mapping[str, Titles]:
    """Return what each offer version called its own things when a month was billed."""
    with reading(path, BILLING) as database:
        rows = database.execute(OF_A_MONTH, (str(month),)).fetchall() if database else []
    found: dict[str, list[tuple[str, str, str]]] = {}
    for offer, *titled in rows:
        found.setdefault(offer, []).append(tuple(titled))
    return {offer: by_kind(several) for offer, several in found.items()}


def one_title(rows: Iterable[tuple[str, str]], offer: str) -> str:
    """Return the title of `OF_AN_ID` by an offer; by all, where it has none: ``Du soir / Nuit``; else nothing."""
    found: Mapping[str, str] = dict(rows)
    return found.get(offer) or " / ".join(dict.fromkeys(found.values()))
