"""Réservation en ligne: it writes into the shared agenda, and does not go with answering around the clock."""

from permanence import Option, Words, frozen, hookimpl


@frozen(kw_only=True)
class OnlineBooking(Option):
    """A price by the month, for contracts that have an agenda to write into."""

    id = "online_booking"
    label = Words("Réservation en ligne", "Online booking")
    needs = ("shared_agenda",)
    excludes = ("round_the_clock",)


@hookimpl
def register_options() -> list[type[Option]]:
    return [OnlineBooking]
