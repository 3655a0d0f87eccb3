"""The parts of countries, as the package holidays names them: ``python -m tests.model.subdivisions_known`` prints them.

Its answer is `permanence/model/subdivisions.py`, whole: run it again for a newer package, or a further country.
"""

import re
import textwrap
from collections.abc import Mapping
from importlib import import_module

from holidays.registry import COUNTRIES as KNOWN
from permanence.model.countries import COUNTRIES

ISO = re.compile(r"[A-Z0-9]{1,3}")
HEAD = '''"""The parts of countries with public holidays of their own: by code, with what they are called there.

Printed, not typed, from what the package holidays knows: `python -m tests.model.subdivisions_known` prints it anew.
"""

from collections.abc import Mapping

SUBDIVISIONS: Mapping[str, str] = {'''


def subdivisions(country: str) -> Mapping[str, str]:
    """Return the parts of a country by code, each with its first name in the package, in the order of the codes."""
    module, (name, *_) = next((module, names) for module, names in KNOWN.items() if names[1] == country)
    made = getattr(import_module(f"holidays.countries.{module}"), name)
    called = {code: name for name, code in reversed(tuple((made.subdivisions_aliases or {}).items()))}
    return {code: called.get(code, code) for code in sorted(made.subdivisions) if ISO.fullmatch(code)}


def printed() -> str:
    """Return the text of the module: France is not in it, whose regions the law of taxes knows by other codes."""
    lines = [HEAD]
    for country in COUNTRIES:
        parts = subdivisions(country)
        if country != "FR" and parts:
            told = ", ".join(f"{code} {name}" for code, name in parts.items())
            lines += [f'    "{country}": """', *textwrap.wrap(told, 118, break_on_hyphens=False), '""",']
    return "\n".join([*lines, "}", '"""The parts of each country by its code: the code of each, and its name."""\n'])


if __name__ == "__main__":
    print(printed(), end="")
