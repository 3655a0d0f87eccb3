"""What billing a month came to for a contract."""

from attrs import frozen

from .money import Cents


@frozen(kw_only=True)
class BilledContract:
    """A contract's draft of a month: the calls that it counts, and what it comes to, deposits included."""

    contract: str
    customer: str
    calls: int
    due: Cents
    currency: str
