"""`permanence simulate-life`."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from ...bill.simulated_life import months_until, play
from ...contracts.waiting import contract_of
from ...model.problem import Place, Problem, Refused
from ...on_file import open_book
from ..console import out, print_json
from ..plugins_in_use import plugins_in_use, without_option
from ..screens.life import life_summary, show_life
from ..sellers_in_use import sellers_in_use, sellers_read_option
from ..typed import DAY, contracts_option, example, json_option, rules_option

PER_MONTH = re.compile(r"([0-9]{1,6}(?:,[0-9]{1,6})*)/month")
MOST_MONTHS = 600


class CallsType(click.ParamType[tuple[int, ...]]):
    """Calls a month as people write them: 160/month, or 40,160,90/month for months in turn."""

    name = "calls"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, ...]:
        found = PER_MONTH.fullmatch(str(value))
        if not found:
            what = f'"{value}" is not a number of calls, of at most six digits, such as "160/month"'
            raise Refused([Problem(Place("--calls"), what, 'months in turn are written "40,160,90/month"')])
        return tuple(int(number) for number in found[1].split(","))


@click.command("simulate-life")
@click.argument("contract")
@click.option("--until", type=DAY, required=True, help="Play to the month of this day.")
@click.option("--calls", type=CallsType(), required=True, help="MonthNow calls: 160/month, or 40,160,90/month in turn.")
@rules_option
@contracts_option
@sellers_read_option
@without_option
@json_option
@example("permanence simulate-life C0001 --until 2031-12-31 --calls 40,160,90/month")
def simulate_life(
    contract: str, until: datetime, calls: tuple[int, ...], rules: Path, contracts: Path, as_json: bool
) -> None:
    """Play a CONTRACT through its months, with invented calls: each month's invoice and events, in one table.

    Nothing is stored. Each civil month has the same calls, a partial one too; the last month is played whole.
    """
    book = open_book(rules, contracts, plugins_in_use(), sellers=sellers_in_use())
    signed = contract_of(book, contract)
    day = until.date()
    if day < signed.start:
        what = f"contract {signed.id} is in service later, from {signed.start}"
        raise Refused([Problem(Place("--until"), what, "name that day or a later one")])
    if (count := months_until(signed, day)) > MOST_MONTHS:
        what = f"{day} is {count} months from {signed.start}"
        raise Refused([Problem(Place("--until"), what, f"play at most {MOST_MONTHS}")])
    months = play(book, signed, day, calls)
    if not months:
        raise Refused([Problem(signed.place, f"contract {signed.id} ends before its first day of service")])
    summary = life_summary(signed, day, calls, months)
    if as_json:
        print_json(summary)
    else:
        show_life(out(), summary)
