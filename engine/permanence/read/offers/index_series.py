"""Indices that prices follow: files of their own in `indices/`, beside the rule files that name them."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from ...model.fault import Fault
from ...model.period import Month
from ...model.price import Price
from ...model.price_index import IndexSeries
from ...model.problem import Problem, Refused, did_you_mean
from ..toml.faults import problems
from ..toml.located_toml import LocatedToml, read_toml
from ..toml.structure import structure

INDICES = "indices"
NAME = re.compile(r"[a-z][a-z0-9_-]*")


def index_files(folder: Path) -> tuple[Path, ...]:
    """Return the files of the indices that the rule files of a folder may name, by name; none where there are none."""
    return tuple(sorted((folder / INDICES).glob("*.toml")))


def series_of(file: str, prices: Mapping[str, Price]) -> tuple[Mapping[str, IndexSeries], list[Fault], list[Problem]]:
    """Return the indices that the prices of a rule file name, what is wrong with their naming, and with their files."""
    found: dict[str, IndexSeries] = {}
    faults, wrong = list[Fault](), list[Problem]()
    for name, price in prices.items():
        if not price.index or price.index in found:
            continue
        path = Path(file).parent / INDICES / f"{price.index}.toml"
        if not NAME.fullmatch(price.index) or not path.is_file():
            known = [one.stem for one in index_files(Path(file).parent)]
            hint = did_you_mean(price.index, known) if known else f"write {path}: title, source, and [values] by month"
            faults.append(Fault(("price", name, "index"), f'there is no index "{price.index}" in {path.parent}', hint))
            continue
        try:
            found[price.index] = _read(read_toml(path))
        except Refused as refused:
            wrong += refused.problems
    return found, faults, wrong


def _read(source: LocatedToml) -> IndexSeries:
    series: IndexSeries = structure(source, IndexSeries, file=source.file)
    if faults := tuple(_faults(series)):
        raise Refused(problems(faults, source))
    return series


def _faults(series: IndexSeries) -> Iterator[Fault]:
    """Yield what is wrong with values: each is of a month, and above zero."""
    for month, value in series.values.items():
        try:
            Month.parse(month)
        except ValueError as error:
            yield Fault(("values", month), str(error), "a value is of a month: 2026-01", at_key=True)
        if value <= 0:
            yield Fault(("values", month), f"the value of {month} is not above zero")
