"""What is wrong with one contract alone: it waits, and every other is billed as if nothing were."""

from datetime import date

from attrs import frozen

from .problem import Problem


@frozen
class Slip(Problem):
    """A problem of contracts' own, which holds them and nobody else, and what the staff are told of it.

    ``since`` is the day from which it is known, None where that is no day to count by. One that ``holds`` nobody is
    told by `check` alone: no bill rests on what is wrong.
    """

    contracts: tuple[str, ...] = ()
    french: str = ""
    since: date | None = None
    holds: bool = True

    def known_on(self, day: date) -> bool:
        """Tell whether the slip was made by a day."""
        return self.since is None or self.since <= day
