"""What a customer chose of an offer, as far as prices hang on it."""

from attrs import frozen


@frozen
class Chosen:
    """What a customer chose of an offer that prices depend on: mission, plan, and options or windows with prices of
    their own.
    """

    mission: str
    plan: str = ""
    hours: frozenset[str] = frozenset()
