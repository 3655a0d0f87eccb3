"""An index that prices follow: its published values, and what a price is revised by at an anniversary."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from attrs import frozen

from .keys import inner, key
from .money import Micros
from .period import Month
from .scalars import Words

INDEX = "indice"
"""The unit of a line that revises others by an index."""


@frozen(kw_only=True)
class IndexSeries:
    """`indices/<name>.toml`: an index as it is published, month by month."""

    title: Words = key("What it is called.", example={"fr": "Indice Syntec", "en": "Syntec index"})
    source: str = key("Who publishes it, and where.", example="https://www.syntec.fr/indicateurs/indice-syntec/")
    values: Mapping[str, Micros] = key("The value of each month.", example={"2026-01": "300.0"})
    file: str = inner(default="")

    def value(self, month: Month) -> Micros:
        """Return the value of a month; raise Unpublished where the series has none."""
        value = self.values.get(str(month))
        if value is None:
            raise Unpublished(self, month)
        return value

    def supposed(self, month: Month) -> Micros:
        """Return the value of a month, or the last one before it, as if the index stood still from then on.

        Raises Unpublished where there is none before it either.
        """
        known = max((one for one in self.values if one <= str(month)), default=None)
        return self.value(month if known is None else Month.parse(known))


class Unpublished(Exception):  # noqa: N818 - named after what happened
    """A value of an index that is needed and is not in its file."""

    def __init__(self, series: IndexSeries, month: Month) -> None:
        self.series, self.month = series, month
        super().__init__(f"{series.file} has no value of {month}")


@frozen(kw_only=True)
class Revision:
    """What a price is revised by from an anniversary on: by how much of itself, exactly, and from which values.

    ``capped`` tells that the index rose by more than a year may bring.
    """

    since: date
    base_month: Month
    base: Micros
    month: Month
    value: Micros
    change: Fraction
    capped: bool = False
