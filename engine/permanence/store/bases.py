"""What the months in billing.db rest on: written with their bills, and read back to be compared."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from ..model.basis import BilledText, CallsBasis, ContractBasis, MonthBasis, WorkBasis
from ..model.period import Month
from .migrations import BILLING
from .opening import reading

Row = tuple[Any, ...]
BASES = """
SELECT month, zone, calls_source, stamp, last_import, calls, calls_digest, crossing FROM basis
WHERE month = coalesce(?, month) ORDER BY month
"""
CONTRACTS = "SELECT contract, digest, on_file, lines, calls FROM basis_contract WHERE month = ? ORDER BY contract"
PARTS = "SELECT name, stood FROM basis_part WHERE month = ? AND part = ? ORDER BY name"
TEXTS = """
SELECT billed.version, billed.text, coalesce(offer.file, ''), billed.month
FROM (
    SELECT offer.version AS version, offer.id AS text, month FROM invoice JOIN offer ON offer.id = invoice.offer
    UNION
    SELECT name, stood, month FROM basis_part WHERE part = 'offer'
) AS billed LEFT JOIN offer ON offer.id = billed.text
ORDER BY 1, 2, 4
"""
"""Each offer text with the months that it billed: those billed before bases were kept have it of their invoices."""


def basis_tables(basis: MonthBasis) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield the rows of what a month's bills rest on, by table."""
    month, calls = str(basis.month), basis.calls
    if calls:
        read = (calls.source, calls.stamp, calls.last_import, calls.calls, calls.digest)
        yield "basis", [(month, month, basis.zone, *read, int(basis.crossing))]
    yield "basis_contract", [_contract_row(month, name, one) for name, one in basis.contracts.items()]
    work = {contract: f"{one.records} {one.digest}" for contract, one in basis.work.items()}
    source = {basis.work_source: ""} if basis.work_source else {}
    parts = (("offer", basis.offers), ("option", basis.options), ("work", work), ("work_source", source))
    for part, named in parts:
        yield "basis_part", [(f"{month}-{part}-{name}", month, part, name, stood) for name, stood in named.items()]


def _contract_row(month: str, name: str, one: ContractBasis) -> Row:
    return (f"{month}-{name}", month, name, one.digest, one.on_file, "\n".join(one.lines), one.calls)


def bases(path: Path, month: Month | None = None) -> tuple[MonthBasis, ...]:
    """Return what each month in a billing.db, or the one, rests on; those billed before it was kept are left out.

    A database that is not there yet has none. Raises Refused for one that is not ours or not up to date.
    """
    asked = (str(month) if month else None,)
    with reading(path, BILLING) as database:
        return tuple(_basis(database, row) for row in database.execute(BASES, asked).fetchall()) if database else ()


def _basis(database: Database, row: Row) -> MonthBasis:
    month, zone, source, stamp, last_import, calls, digest, crossing = row

    def parts(part: str) -> dict[str, str]:
        return dict(database.execute(PARTS, (month, part)).fetchall())

    return MonthBasis(
        month=Month.parse(month),
        zone=zone,
        contracts={
            name: ContractBasis(
                digest=stood, on_file=on_file, lines=tuple(lines.split("\n")) if lines else (), calls=count
            )
            for name, stood, on_file, lines, count in database.execute(CONTRACTS, (month,))
        },
        offers=parts("offer"),
        options=parts("option"),
        work={name: _work_basis(stood) for name, stood in parts("work").items()},
        work_source=next(iter(parts("work_source")), ""),
        calls=CallsBasis(source=source, stamp=stamp, last_import=last_import, calls=calls, digest=digest),
        crossing=bool(crossing),
    )


def _work_basis(stood: str) -> WorkBasis:
    records, _, digest = stood.partition(" ")
    return WorkBasis(records=int(records), digest=digest)


def texts_billed(path: Path) -> tuple[BilledText, ...]:
    """Return each text of an offer version that months in a billing.db were billed with.

    A database that is not there yet has none. Raises Refused for one that is not ours or not up to date.
    """
    found: dict[tuple[str, str, str], list[Month]] = {}
    with reading(path, BILLING) as database:
        for version, digest, file, month in database.execute(TEXTS) if database else ():
            found.setdefault((version, digest, file), []).append(Month.parse(month))
    return tuple(
        BilledText(version=version, digest=digest, file=file, months=tuple(months))
        for (version, digest, file), months in found.items()
    )
