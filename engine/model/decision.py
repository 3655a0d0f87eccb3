"""What the rules decided, and the facts that they read."""

from attrs import frozen

from .facts import FactValue
from .offer import Rule


@frozen
class Decision:
    """A rule that holds, with the facts that its condition read, in the order it names them.

    ``digest`` is that of the rule file in which the rule stands.
    """

    rule: Rule
    facts: tuple[tuple[str, FactValue], ...]
    digest: str = ""
