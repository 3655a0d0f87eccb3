"""A day of the month, as keys name it; in a shorter month it stands for the last one."""

from typing import Any

import attrs

from .keys import key_name

LONGEST = 31


def month_day(_made: object, attribute: "attrs.Attribute[Any]", value: int | None) -> None:
    """Refuse, as ValueError, a number that is no day of a month; None is none."""
    if value is not None and not 1 <= value <= LONGEST:
        raise ValueError(f'"{key_name(attribute)}" is a day of the month, 1 to {LONGEST}')
