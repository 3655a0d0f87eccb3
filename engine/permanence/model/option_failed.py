"""That an option's plugin failed, or answered what cannot be."""

from .problem import Place, Problem, Refused, raised, said_by


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

    def refused(self, whose: str) -> Refused:
        """Return the refusal of what was asked: it says ``whose`` option failed, and what its plugin raised."""
        return Refused([Problem(Place("plugins"), f"the {whose} failed: {self.told}")])
