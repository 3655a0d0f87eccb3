"""Telephone numbers of other countries that a contract names without their country: no call is their customer's."""

from collections.abc import Iterator

from ..model.contract import Contract
from ..model.line import COUNTRY, is_number, one_spelling
from ..model.problem import Problem
from ..model.regions import country_of


def national_lines(contract: Contract) -> Iterator[tuple[str, str]]:
    """Yield each line that reads as a number of the customer's country without it, and the same with its country.

    A number without a country is French: elsewhere it is taken for an account code, or for another number. Where the
    contract has the whole number too, digits are its account code.
    """
    country = country_of(contract.customer.region)
    if country == COUNTRY:
        return
    lines = [*contract.lines, *(event.line for event in contract.events if event.what == "line_added")]
    held = set(map(one_spelling, lines))
    for line in dict.fromkeys(lines):
        whole = one_spelling(line, country)
        if is_number(whole) and whole not in held:
            yield line, whole


def national_line_problems(contract: Contract) -> Iterator[Problem]:
    """Yield a warning for each such line of a contract on file."""
    for line, whole in national_lines(contract):
        what = f'contract "{contract.id}": calls to {whole} are not its customer\'s: the line "{line}" has no country'
        hint = f'add an [[event]], what = "line_added", line = "{whole}"'
        yield Problem(contract.place, what, hint, warning=True)
