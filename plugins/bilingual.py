"""Secrétaire bilingue: agents who answer in another language, by the month.

```toml
[option.bilingual]
price = "39.00"
languages = ["en"]
```
"""

from collections.abc import Mapping

from engine import Calls, FactField, Flags, Option, Words, frozen, hookimpl, key


@frozen(kw_only=True)
class Bilingual(Option):
    """A bilingual agent; it counts the calls held in one of its languages."""

    id = "bilingual"
    label = Words("Secrétaire bilingue", "Bilingual agent")
    facts = (FactField("usage.bilingual", "number", "Appels comptés dans une langue de l'option", "appels"),)
    counts = "usage.bilingual"

    languages: tuple[str, ...] = key("Languages that the agents speak besides French.", default=("en",))

    def measure(self, calls: Calls) -> Mapping[str, Flags]:
        return {"usage.bilingual": calls.language.is_in(self.languages)}


@hookimpl
def register_options() -> list[type[Option]]:
    return [Bilingual]
