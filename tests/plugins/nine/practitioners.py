"""Par praticien: a price for each practitioner of the practice, by the month and by days."""

from permanence import Option, Words, frozen, hookimpl


@frozen(kw_only=True)
class Practitioners(Option):
    """What is held several times; the contract says how many, with dates."""

    id = "practitioners"
    label = Words("Ligne par praticien", "Line per practitioner")
    several = "praticiens"


@hookimpl
def register_options() -> list[type[Option]]:
    return [Practitioners]
