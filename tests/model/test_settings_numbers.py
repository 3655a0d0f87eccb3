"""A number in the settings, or in what a contract has instead of them, is one with which days can be counted."""

from collections.abc import Iterator
from typing import Any, get_args, get_type_hints

import attrs
import pytest
from permanence.model.alert import OwnAlerts
from permanence.model.keys import is_key
from permanence.model.party import Mandate
from permanence.model.report_terms import OwnReport
from permanence.model.settings import Settings

OTHERWISE = {Mandate: {"reference": "RUM-1", "signed": "2026-01-12"}}
FAR = 10**6


def numbers(kind: type) -> Iterator[tuple[type, str]]:
    """Yield each whole number that a table has, and those of the tables in it."""
    hints = get_type_hints(kind)
    for one in attrs.fields(kind):
        parts = {hints[one.name], *get_args(hints[one.name])}
        if is_key(one) and int in parts and ... not in parts:
            yield kind, one.name
        for part in parts:
            if is_key(one) and attrs.has(part):
                yield from numbers(part)


EACH = [found for kind in (Settings, OwnAlerts, OwnReport, Mandate) for found in numbers(kind)]


def test_there_are_such_numbers() -> None:
    assert len(EACH) >= 10


@pytest.mark.parametrize(("kind", "name"), EACH)
def test_a_number_that_leads_beyond_every_calendar_is_refused(kind: Any, name: str) -> None:
    for number in (FAR, 10**12, -1):
        with pytest.raises(ValueError, match=r"at most|at least|hour|day"):
            kind(**{**OTHERWISE.get(kind, {}), name: number})
