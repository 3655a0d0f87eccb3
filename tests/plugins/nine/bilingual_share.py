"""Accueil bilingue: so many per cent of the subscription, as the offer's table says."""

from permanence import Option, Words, frozen, hookimpl


@frozen(kw_only=True)
class BilingualShare(Option):
    """Agents who answer in two languages; `percent` and `of` are keys that every option has."""

    id = "bilingual_share"
    label = Words("Accueil bilingue", "Bilingual answering")


@hookimpl
def register_options() -> list[type[Option]]:
    return [BilingualShare]
