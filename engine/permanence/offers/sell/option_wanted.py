"""An option as somebody asks for it in one word: its name, how many, and what is settled of it."""

import re
from collections.abc import Mapping
from datetime import date

from ...model.option_settings import Setting
from ...model.problem import Place, Problem, Refused

FROM = re.compile(r"(?P<option>.*\S)\s+from\s+(?P<since>\S+)\s*")
YES_NO = {"true": True, "false": False}


def option_wanted(text: str, where: str = "--option") -> tuple[str, Mapping[str, Setting]]:
    """Return the name of an option and what is settled of it: ``escalation:level=2,delay=15``; ``where`` it was typed.

    Raises Refused for a key without a value.
    """
    name, _, rest = text.partition(":")
    agreed: dict[str, Setting] = {}
    for pair in filter(None, (one.strip() for one in rest.split(","))):
        key, equals, value = (part.strip() for part in pair.partition("="))
        if not (key and equals and value):
            what = f'"{pair}" settles nothing of "{name}"'
            raise Refused(
                [
                    Problem(
                        Place(where), what, f"write {'--option ' * (where == '--option')}{name}:{key or 'quantity'}=2"
                    )
                ]
            )
        agreed[key] = YES_NO[value] if value in YES_NO else int(value) if value.isdecimal() else value
    return name.strip(), agreed


def option_since(text: str) -> tuple[str, date | None]:
    """Return an option as it is typed, without the day from which it is wanted, and that day: ``bilingual from …``.

    Raises Refused for what is no day.
    """
    found = FROM.fullmatch(text)
    if found is None:
        return text, None
    try:
        return found["option"], date.fromisoformat(found["since"])
    except ValueError:
        told = Problem(Place("--option"), f'"{found["since"]}" is no day', "write it as 2027-06-30")
        raise Refused([told]) from None
