"""The report: figures with their median, their range and their target, and a sentence where ranges are wide."""

from collections.abc import Iterable

from attrs import frozen
from rich.table import Table

from bench.rounds import WIDE, Spread

WIDE_MARK = "~"


@frozen
class Figure:
    """One line of the report; ``most`` or ``least`` is the target, where there is one."""

    name: str
    spread: Spread
    unit: str = ""
    most: float | None = None
    least: float | None = None

    @property
    def target(self) -> str:
        """Return the target as it is printed, nothing where there is none."""
        if self.most is not None:
            return f"≤ {shown(self.most)}"
        return f"≥ {shown(self.least)}" if self.least is not None else ""

    @property
    def mark(self) -> str:
        """Return ✓ or ✗ for the median, and how many rounds met the target where they do not agree."""
        if not self.target:
            return ""
        met, rounds = sum(map(self._meets, self.spread.values)), len(self.spread.values)
        split = f" {met}/{rounds}" if 0 < met < rounds else ""
        return ("✓" if self._meets(self.spread.median) else "✗") + split

    def cells(self) -> tuple[str, ...]:
        """Return the figure as the cells of a table row."""
        colour = "green" if self.mark.startswith("✓") else "red"
        mark = f"[{colour}]{self.mark}[/]" if self.mark else ""
        return self.name, f"{shown(self.spread.median)} {self.unit}".strip(), span(self.spread), self.target, mark

    def _meets(self, value: float) -> bool:
        return (self.most is None or value <= self.most) and (self.least is None or value >= self.least)


def report(title: str, figures: Iterable[Figure]) -> Table:
    """Return the figures as a table."""
    table = Table("Figure", "Median", "Range", "Target", "", title=title)
    for figure in figures:
        table.add_row(*figure.cells())
    return table


def noise(spreads: Iterable[Spread]) -> str:
    """Return the sentence that goes with wide ranges, nothing when there is none."""
    if not any(spread.wide for spread in spreads):
        return ""
    return (
        f"{WIDE_MARK} The rounds lie apart by more than {WIDE:.0%} of their median: the machine had other work, "
        "or the run is too short to tell. Believe the range, not the median."
    )


def shown(value: float) -> str:
    """Return a figure as it is printed: whole where it is large, with two decimals where it is small."""
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.2f}"


def span(spread: Spread) -> str:
    """Return the range of a figure as it is printed, nothing when all rounds agree; a wide one is marked."""
    least, most = shown(spread.least), shown(spread.most)
    return "" if least == most else f"{least}–{most}" + f" {WIDE_MARK}" * spread.wide
