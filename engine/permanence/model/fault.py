"""What is wrong at which path of a table; the file that it was read from turns paths into places."""

from datetime import date

from attrs import evolve, frozen

from .problem import KeyPath, NeedsPlugin, Place, Problem
from .slip import Slip


@frozen
class Fault:
    """Something wrong at a path: with its value, or, ``at_key``, with its key.

    What is wrong with one ``contract`` alone, from the day ``since``, is told to the staff in ``french``. With
    ``needs_plugin`` the file waits for a plugin that is not used.
    """

    path: KeyPath
    what: str
    hint: str = ""
    at_key: bool = False
    french: str = ""
    contract: str = ""
    since: date | None = None
    needs_plugin: bool = False

    def below(self, path: KeyPath) -> "Fault":
        """Return the fault as seen from a table further out, in which its own table has this path."""
        return evolve(self, path=(*path, *self.path))

    def of(self, contract: str, since: date | None) -> "Fault":
        """Return the fault as one contract's own, from a day on."""
        return evolve(self, contract=contract, since=since)

    def at(self, place: Place) -> Problem:
        """Return the fault as a problem at a place; as a slip where it is one contract's own."""
        if self.contract and self.french:
            whose = (self.contract,)
            return Slip(place, self.what, self.hint, contracts=whose, french=self.french, since=self.since)
        if self.needs_plugin:
            return NeedsPlugin(place, self.what, self.hint, option=str(self.path[-1]))
        return Problem(place, self.what, self.hint)
