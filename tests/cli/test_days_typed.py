"""A day is typed as people write it, at each command that takes one; what is none is told in one sentence."""

from collections.abc import Iterator
from datetime import datetime

import click
import pytest
from permanence.cli.main import main
from permanence.cli.typed import DAY, DayType
from permanence.model.problem import Refused

NOT_FOR_PEOPLE = "datetime"
"""What click calls its own type, whose help and errors show the pattern of a program."""


def parameters(group: click.Group, context: click.Context) -> Iterator[click.Parameter]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command
        if isinstance(command, click.Group):
            yield from parameters(command, click.Context(command, parent=context))
        yield from command.params


def test_every_day_that_a_command_takes_is_written_by_people() -> None:
    found = [one for one in parameters(main, click.Context(main)) if one.type.name in {NOT_FOR_PEOPLE, DAY.name}]
    assert len(found) > 10
    assert [one.name for one in found if not isinstance(one.type, DayType)] == []


@pytest.mark.parametrize("typed", ["2026-10-04", "04/10/2026", "4/10/2026"])
def test_a_day_is_read_in_either_order(typed: str) -> None:
    assert DAY.convert(typed, None, None) == datetime(2026, 10, 4)  # noqa: DTZ001


@pytest.mark.parametrize("typed", ["2026-13-01", "31/02/2026", "10/14/2026", "hier", ""])
def test_what_is_no_day_is_told_with_how_to_write_one(typed: str) -> None:
    with pytest.raises(Refused, match="is no day; write it like 2026-10-14 or 14/10/2026"):
        DAY.convert(typed, None, None)
