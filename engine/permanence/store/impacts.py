"""An impact into a file of its own: impact.db, to browse."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ..model.distribution import histogram, quartiles
from ..model.impact import Amounts, Charged, Impact, LineTotal, Replayed, Total
from .migrations import IMPACT
from .opening import Tell, open_to_write, untold

Row = tuple[Any, ...]


def write_database(path: Path, impact: Impact, tell: Tell = untold, product: str | None = None) -> None:
    """Write an impact to a database, in place of the one that it holds, in one transaction.

    ``product`` is the version of Permanence that compared, None where it is not known. Raises Refused for a file that
    is there and is no such database.
    """
    database = open_to_write(path, IMPACT, tell)
    try:
        with database.atomic():
            for table in reversed(IMPACT.tables):
                database.execute(f"DELETE FROM [{table.name}]")
            for name, rows in _tables(impact, product):
                columns = next(table.columns for table in IMPACT.tables if table.name == name)
                sql = f"INSERT INTO [{name}] VALUES ({', '.join('?' * len(columns))})"
                # The last column of every table is the currency, one for the whole comparison.
                database.conn.executemany(sql, ((*row, impact.currency) for row in rows))
    finally:
        database.close()


def _tables(impact: Impact, product: str | None) -> Iterator[tuple[str, Iterable[Row]]]:
    yield "replay", [(*_replay_row(impact), product)]
    yield "replay_month", ((str(month), *_sums(total)) for month, total in impact.by_month.items())
    yield "replay_contract", (_contract_row(name, total) for name, total in impact.by_contract.items())
    yield "replay_bill", map(_bill_row, impact.bills)
    lines = enumerate(impact.by_line.items(), 1)
    yield "replay_rule", ((place, *_line_row(impact, *line)) for place, line in lines)
    yield "replay_reason", (row for bill in impact.bills for row in _reason_rows(bill))
    bins = enumerate(histogram(impact.changes), 1)
    yield "replay_bin", ((place, found.start, found.end, found.size) for place, found in bins)
    yield (
        "replay_hold",
        (
            (
                _key(one),
                one.contract,
                one.customer,
                str(one.month),
                one.before,
                one.after,
                one.why_before,
                one.why_after,
                one.mission,
            )
            for one in impact.not_compared
        ),
    )


def _replay_row(impact: Impact) -> Row:
    spread = quartiles(impact.changes)
    months = (str(impact.months[0]), str(impact.months[-1]))
    head = (impact.version, impact.file, impact.against, *months, ", ".join(impact.measured_again))
    between = (spread.least, spread.first, spread.median, spread.third, spread.most) if spread else (None,) * 5
    return (*head, len(impact.by_contract), *_sums(impact.total), *between)


def _contract_row(name: str, total: Total) -> Row:
    *sums, up, down = _sums(total)
    return (name, total.customer, *sums, total.amounts.change_bp, up, down)


def _line_row(impact: Impact, charged: Charged, line: LineTotal) -> Row:
    code, rule, label = charged
    return (code, rule, impact.whys.get(rule, ""), label, line.bills, *_amounts(line.amounts))


def _bill_row(bill: Replayed) -> Row:
    return (_key(bill), bill.contract, str(bill.month), *_figures(bill), bill.mission)


def _reason_rows(bill: Replayed) -> Iterator[Row]:
    changed = ((charged, amounts) for charged, amounts in bill.charged.items() if amounts.change)
    for number, (charged, amounts) in enumerate(changed, 1):
        yield (f"{_key(bill)}-{number}", _key(bill), *charged, *_amounts(amounts))


def _key(one: Any) -> str:
    return f"{one.month}-{one.contract}"


def _figures(bill: Replayed) -> Row:
    return (bill.calls, *_amounts(bill.amounts), bill.band_before, bill.band_after)


def _sums(total: Total) -> Row:
    return (total.bills, total.calls, *_amounts(total.amounts), total.up, total.down)


def _amounts(amounts: Amounts) -> Row:
    return (amounts.before, amounts.after, amounts.change)
