"""The number that a call goes to: sets of numbers with a name, by how they begin."""

import re
from collections.abc import Mapping

from attrs import frozen

from .keys import key
from .line import one_spelling
from .scalars import Words

MOBILE = {"mobile": {"title": {"fr": "Mobiles", "en": "Mobile numbers"}, "prefixes": ["+336", "+337"]}}
CALLED = "call.called"
"""The fact of a call that names the set of the number called, empty where it is in none."""
MOBILE = {"mobile": {"title": {"fr": "Mobiles", "en": "Mobile numbers"}, "prefixes": ["+336", "+337"]}}
PREFIX = re.compile(r"\+[0-9]{0,14}|[1-9][0-9]{0,14}")
"""How numbers begin that are spelt as they are compared: in E.164, or short as they are dialled."""


@frozen(kw_only=True)
class CalledNumbers:
    """`[called.<name>]`: numbers called, which call rules know as `call.called == "<name>"`."""

    title: Words = key("What they are, as customers read it.", example={"fr": "Mobiles", "en": "Mobile numbers"})
    prefixes: tuple[str, ...] = key(
        "How they begin, in E.164; of several sets the longest beginning decides.", example=["+336", "+337"]
    )


def set_called(number: str, sets: Mapping[str, str], lengths: tuple[int, ...]) -> str:
    """Return the name of the set that a number is in, "" where it is in none.

    ``sets`` gives the name by each beginning, ``lengths`` how long those are, the longest first.
    """
    spelt = one_spelling(number)
    return next((sets[spelt[:length]] for length in lengths if spelt[:length] in sets), "")


def by_prefix(called: Mapping[str, CalledNumbers]) -> Mapping[str, str]:
    """Return the name of the set that each beginning stands for."""
    return {prefix: name for name, one in called.items() for prefix in one.prefixes}
