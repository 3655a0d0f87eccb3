"""Script d'accueil sur mesure: its writing once, and its upkeep by the month, each at a price per mission."""

from collections.abc import Iterator

from permanence import ByMission, Micros, Option, QuotedPrice, Words, frozen, hookimpl, key


@frozen(kw_only=True)
class MissionScript(Option):
    """What agents say, written for the customer; complex missions take longer."""

    id = "mission_script"
    label = Words("Script sur mesure", "Script of one's own")

    writing: ByMission = key("Price of its writing, once.", default=Micros(0), example="80.00")

    def prices(self) -> Iterator[QuotedPrice]:
        yield from self.sold(self.writing, Words("Rédaction du script", "Writing of the script"), "one_off")
        yield from Option.prices(self)


@hookimpl
def register_options() -> list[type[Option]]:
    return [MissionScript]
