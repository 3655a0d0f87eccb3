"""Accueil téléphonique 24 h/24, 7 j/7: calls are answered at every hour, public holidays included.

```toml
[option.round_the_clock]
price = "120.00"
```
"""

from permanence import CoverageWindow, Days, Hours, Option, Words, frozen, hookimpl


@frozen(kw_only=True)
class RoundTheClock(Option):
    """Coverage at every hour of every day, by the month."""

    id = "round_the_clock"
    label = Words("Accueil téléphonique 24 h/24, 7 j/7", "Answering around the clock")

    def widen(self, windows: tuple[CoverageWindow, ...]) -> tuple[CoverageWindow, ...]:
        """Return one window that is never closed, instead of the offer's own."""
        return (
            CoverageWindow(
                id="round_the_clock",
                title=self.title or type(self).label,
                days=Days.parse("mon-sun,holiday"),
                hours=Hours.parse("00:00-24:00"),
            ),
        )


@hookimpl
def register_options() -> list[type[Option]]:
    return [RoundTheClock]
