"""Options whose answers hang on the order of a set, which is another each time that Python starts."""

from collections.abc import Iterator

from permanence import Micros, Option, QuotedPrice, Words, frozen

LANGUAGES = {"anglais", "allemand", "espagnol", "italien", "portugais", "arabe", "grec"}
LETTERS = {f"Lettre {letter}" for letter in "abcdefgh"}


@frozen(kw_only=True)
class Promising(Option):
    """It promises languages as a set has them."""

    id = "promising"
    label = Words("Langues", "Languages")

    def promises(self) -> Iterator[Words]:
        yield Words(", ".join(LANGUAGES), "languages")


@frozen(kw_only=True)
class Pricing(Option):
    """It names its prices as a set has them."""

    id = "pricing"
    label = Words("Lettres", "Letters")

    def prices(self) -> Iterator[QuotedPrice]:
        for name in LETTERS:
            yield from self.sold(Micros(1_000_000), Words(name, name), "recurring")


@frozen(kw_only=True)
class Sorted(Option):
    """It puts what a set has in order."""

    id = "in_order"
    label = Words("Langues", "Languages")

    def promises(self) -> Iterator[Words]:
        yield Words(", ".join(sorted(LANGUAGES)), "languages")
