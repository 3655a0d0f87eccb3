"""What is wrong at which path of a table; the file that it was read from turns paths into places."""

from datetime import date

from attrs import evolve, frozen

from .problem import KeyPath, OptionProblem, Place, Problem
from .slip import Slip


@frozen
class Fault:
    """Something wrong at a path: with its value, or, ``at_key``, with its key.

    What is wrong with one ``contract`` alone, from the day ``since``, is told to the staff in ``french``; where no bill
    rests on it, it ``holds`` nobody and needs no French.
    """

    path: KeyPath
    what: str
    hint: str = ""
    at_key: bool = False
    french: str = ""
    contract: str = ""
    since: date | None = None
    holds: bool = True

    @property
    def option(self) -> str:
        """Return the option in whose table of a rule file it is, nothing where it is in none."""
        table, name = (*self.path, "", "")[:2]
        return name if table == "option" and isinstance(name, str) else ""

    def below(self, path: KeyPath) -> "Fault":
        """Return the fault as seen from a table further out, in which its own table has this path."""
        return evolve(self, path=(*path, *self.path))

    def of(self, contract: str, since: date | None) -> "Fault":
        """Return the fault as one contract's own, from a day on."""
        return evolve(self, contract=contract, since=since)

    def at(self, place: Place) -> Problem:
        """Return the fault as a problem at a place: a slip where it is one contract's own, or one of an option."""
        if self.contract and (self.french or not self.holds):
            whose = (self.contract,)
            return Slip(
                place, self.what, self.hint, contracts=whose, french=self.french, since=self.since, holds=self.holds
            )
        if self.option:
            return OptionProblem(place, self.what, self.hint, options=(self.option,))
        return Problem(place, self.what, self.hint)
