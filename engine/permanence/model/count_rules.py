"""Which calls of a month count."""

from typing import Literal

from attrs import frozen

from .keys import key


@frozen(kw_only=True)
class CountRules:
    """`[count]`: which calls count (A1, A2, A3, A4, A26, A28)."""

    direction: Literal["inbound", "outbound", "any"] = key("Direction of a call that counts.", default="inbound")
    status: Literal["answered", "any"] = key("Outcome of a call that counts.", default="answered")
    min_talk_seconds: int = key("Shortest conversation that counts, in seconds.", default=0, example=5)
    exclude_tags: tuple[str, ...] = key("Tags of calls that do not count.", default=("wrong_number", "test", "spam"))
    dedupe: Literal["linked", "call"] = key(
        "One call per linked id (transfers are one call), or one per record.", default="linked"
    )
    instant: Literal["start", "answer"] = key("Which instant decides the window.", default="start")
    outside: Literal["ignore", "count"] = key(
        "Calls handled outside the windows: shown only, or counted.", default="ignore"
    )
    pool: Literal["contract"] = key("All lines of a contract are counted together (A28).", default="contract")
