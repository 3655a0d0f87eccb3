"""Astreinte de nuit: calls are answered every night too, from 19:00 to 08:00.

```toml
[option.night_duty]
price = "70.00"
```
"""

from permanence import CoverageWindow, Days, Hours, Option, Words, frozen, hookimpl

EVERY_DAY = Days.parse("mon-sun,holiday")


@frozen(kw_only=True)
class NightDuty(Option):
    """Coverage of every night, public holidays included, by the month."""

    id = "night_duty"
    label = Words("Astreinte de nuit", "Night duty")

    def widen(self, windows: tuple[CoverageWindow, ...]) -> tuple[CoverageWindow, ...]:
        """Return the contract's own windows, and behind them the evening and the early morning."""
        title = self.title or type(self).label
        return (
            *windows,
            CoverageWindow(id="night_duty_evening", title=title, days=EVERY_DAY, hours=Hours.parse("19:00-24:00")),
            CoverageWindow(id="night_duty_morning", title=title, days=EVERY_DAY, hours=Hours.parse("00:00-08:00")),
        )


@hookimpl
def register_options() -> list[type[Option]]:
    return [NightDuty]
