"""That an option's plugin failed, or answered what cannot be."""

from .problem import Place, Problem, Refused, in_one_line, raised, said_by

SAID = BaseException.__dict__["args"]
"""Gives what an error was made with, whatever its class says."""


class Unusable(Exception):  # noqa: N818 - named after what is so
    """An option was asked that cannot be used; its text says why."""


class OptionFailed(Exception):  # noqa: N818 - named after what happened
    """An option's plugin failed, or answered what cannot be; the cause is chained."""

    def __init__(self, option: str) -> None:
        self.option = option
        super().__init__(option)

    def __str__(self) -> str:
        return f'the option "{self.option}" failed: {said_by(self.__cause__)}'

    @property
    def told(self) -> str:
        """Return what the plugin raised, with its kind; of an option that cannot be used, why that is so."""
        cause = self.__cause__
        return said_by(cause) if issubclass(type(cause), Unusable) else raised(cause)

    @property
    def meant(self) -> str:
        """Return what the plugin says of a value that it refuses; of anything else that it raises, its kind too."""
        cause = self.__cause__
        if not issubclass(type(cause), ValueError | TypeError):
            return raised(cause)
        arguments = SAID.__get__(cause)
        return in_one_line(arguments[0]) if arguments and type(arguments[0]) is str else said_by(cause)

    def refused(self, whose: str) -> Refused:
        """Return the refusal of what was asked: it says ``whose`` option failed, and what its plugin raised."""
        return Refused([Problem(Place("plugins"), f"the {whose} failed: {self.told}")])
