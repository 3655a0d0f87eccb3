"""The text of a contract file in which contracts get their fingerprints; every other sign of it stays."""

from collections.abc import Iterable

from ...model.contract import Contract
from ..toml.located_toml import BOM, LocatedToml, parse
from ..toml.located_toml import Path as Keys
from ..toml.structure import record_of
from ..toml.written import KEPT

WRITTEN = ("digest", "fingerprint")


def with_fingerprints(text: str, file: str, contracts: Iterable[Contract]) -> str:
    """Return a file's text with the digest and the fingerprint of some of its contracts, where these have such.

    Raises Refused, with the place, for a contract that is written in a list on one line.
    """
    source = parse(text.removeprefix(BOM), file)
    numbers = {table["id"]: number for number, table in enumerate(source.table["contract"])}
    written = {numbers[one.id]: _values(one) for one in contracts}
    source = parse(source.replaced(_replaced(source, written)), file)
    lines: dict[Keys, list[str]] = {}
    for number, values in written.items():
        new = [f"{name} = {value}" for name, value in values.items() if not _is_there(source, number, name)]
        lines |= {("contract", number): new} if new else {}
    return BOM * text.startswith(BOM) + source.with_lines(lines)


def _values(contract: Contract) -> dict[str, str]:
    keys = record_of(Contract).keys
    values = {name: getattr(contract, name) for name in WRITTEN}
    return {name: KEPT.written(keys[name].shape, value) for name, value in values.items() if value}


def _replaced(source: LocatedToml, written: dict[int, dict[str, str]]) -> dict[Keys, str]:
    return {
        ("contract", number, name): value
        for number, values in written.items()
        for name, value in values.items()
        if _is_there(source, number, name)
    }


def _is_there(source: LocatedToml, number: int, name: str) -> bool:
    return name in source.table["contract"][number]
