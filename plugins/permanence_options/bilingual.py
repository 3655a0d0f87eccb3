"""Secrétaire bilingue: agents who answer in another language, by the month.

```toml
[option.bilingual]
price = "39.00"
languages = ["en"]
```
"""

from collections.abc import Iterator, Mapping

from permanence import Calls, FactField, Flags, Option, Words, frozen, hookimpl, key

LANGUAGES: Mapping[str, Words] = {
    "ar": Words("arabe", "Arabic"),
    "de": Words("allemand", "German"),
    "en": Words("anglais", "English"),
    "es": Words("espagnol", "Spanish"),
    "fr": Words("français", "French"),
    "it": Words("italien", "Italian"),
    "nl": Words("néerlandais", "Dutch"),
    "pt": Words("portugais", "Portuguese"),
}


@frozen(kw_only=True)
class Bilingual(Option):
    """A bilingual agent; it counts the calls held in one of its languages."""

    id = "bilingual"
    label = Words("Secrétaire bilingue", "Bilingual agent")
    facts = (FactField("usage.bilingual", "number", "Appels comptés dans une langue de l'option", "appels"),)
    counts = "usage.bilingual"

    languages: tuple[str, ...] = key("Languages that the agents speak besides that of the country.", default=("en",))

    def measure(self, calls: Calls) -> Mapping[str, Flags]:
        return {"usage.bilingual": calls.language.is_in(self.languages)}

    def promises(self) -> Iterator[Words]:
        """Yield the languages, French first; one without a name of its own by its code."""
        spoken = [LANGUAGES.get(code, Words(code)) for code in dict.fromkeys(("fr", *self.languages))]
        french, english = (", ".join(one.told(language) for one in spoken) for language in ("fr", "en"))
        yield Words(f"langues : {french}", f"languages: {english}")


@hookimpl
def register_options() -> list[type[Option]]:
    return [Bilingual]
