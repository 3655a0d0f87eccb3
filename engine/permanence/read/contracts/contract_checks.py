"""What contradicts itself in contracts: each alone, and all together."""

import re
from collections.abc import Iterable, Iterator, Mapping

from ...model.contract import Contract, OptionTaken
from ...model.fault import Fault
from ...model.line import one_spelling, spoilt
from ...model.regions import REGIONS, region_hint
from ...model.service import SERVICES
from ...model.signs import strange_sign
from ...model.slip import Slip
from ...model.words.french import day_in_words
from ..parties.legal_checks import contract_legal_faults
from ..toml.strange_signs import ONE_LINE
from .choice_checks import check_choices
from .lines_held import line_clashes

ID = re.compile(r"\S+")
YEARS = range(1900, 2200)
"""Terms are counted from these days, by spans of up to a hundred years."""
OUTSIDE = f"n'est pas comprise entre {YEARS[0]} et {YEARS[-1]}"
DAYS: Mapping[str, str] = {
    "signed": "de signature",
    "live": "de mise en service",
    "notice": "du préavis",
    "notice_sent": "d'envoi du préavis",
}
"""The days of a contract, by key, as the staff call them."""
NO_NOTICE = '"notice_sent" says when a notice was sent, and none was received'


def check_alone(contract: Contract) -> Iterator[Fault]:
    """Yield what is wrong with a contract, whatever its offer; paths begin in its own table."""
    if not ID.fullmatch(contract.id) or strange_sign(contract.id):
        what = f'"{contract.id}" is no contract number'
        french = f"« {contract.id} » n'est pas un numéro de contrat : il a au moins un signe, et aucune espace."
        yield Fault(("id",), what, "it has at least one sign, and no space", french=french)
    if not contract.customer.name.strip():
        yield Fault(("customer", "name"), "the customer has no name", french="Le client n'a pas de nom.")
    if sign := strange_sign(contract.customer.name):
        french = f"Le nom du client a un signe que rien ne montre, {sign.code}."
        yield Fault(("customer", "name"), f"the customer's name has {sign.code}, {sign.does}", ONE_LINE, french=french)
    if (region := contract.customer.region) not in REGIONS:
        french = f"La région « {region} » n'est pas connue."
        yield Fault(("customer", "region"), f'"{region}" is no region', region_hint(region), french=french)
    for number, service in enumerate(contract.services):
        if service in contract.services[:number]:
            french = f"Le contrat nomme deux fois la {SERVICES[service].fr}."
            yield Fault(("services", number), f'service "{service}" is named twice', french=french)
    yield from _check_lines(contract.lines)
    yield from _check_days(contract)
    yield from _check_sent(contract)
    for number, option in enumerate(contract.options):
        yield from _check_option(number, option, contract)
    yield from check_choices(contract)
    yield from contract_legal_faults(contract)
    if contract.deposit is not None and contract.deposit <= 0:
        yield Fault(("deposit",), "a deposit is above zero", french="Le dépôt de garantie est d'un montant positif.")


def _check_days(contract: Contract) -> Iterator[Fault]:
    days = [(name, day) for name in DAYS if (day := getattr(contract, name))]
    for name, day in days:
        if day.year not in YEARS:
            french = f"La date {DAYS[name]}, le {day_in_words(day)}, {OUTSIDE}."
            yield Fault((name,), f'"{name}" is not in the years {YEARS[0]} to {YEARS[-1]}', french=french)
    for name, day in days:
        if day < contract.signed:
            french = f"La date {DAYS[name]} précède la signature du {day_in_words(contract.signed)}."
            yield Fault((name,), f'"{name}" is before the day of signature, {contract.signed}', french=french)


def _check_sent(contract: Contract) -> Iterator[Fault]:
    """Yield that a notice was sent after it was received, or never received."""
    if contract.notice_sent and contract.notice is None:
        french = "La date d'envoi d'un préavis est indiquée, et aucun préavis n'est reçu."
        yield Fault(("notice_sent",), NO_NOTICE, "write notice = … with the day on which it came", french=french)
    elif contract.notice_sent and contract.notice and contract.notice_sent > contract.notice:
        french = f"La date d'envoi du préavis suit sa réception, le {day_in_words(contract.notice)}."
        what = f'"notice_sent" is after "notice", {contract.notice}, on which it was received'
        yield Fault(("notice_sent",), what, "correct one of the two", french=french)


def _check_lines(lines: tuple[str, ...]) -> Iterator[Fault]:
    if not lines:
        hint, french = "no call would ever be its customer's", "Le contrat n'a aucune ligne."
        yield Fault(("lines",), "the contract has no line", hint, french=french)
    for number, line in enumerate(lines):
        if not line.strip():
            yield Fault(("lines", number), "the line is empty", french="Une ligne du contrat est vide.")
        elif not line.isdecimal() and (what := spoilt(line)):
            # Digits alone may be an account code.
            french = f"La ligne « {line} » est un numéro abîmé par un tableur."
            yield Fault(("lines", number), f'"{line}": {what}', "write its digits", french=french)
        elif one_spelling(line) in map(one_spelling, lines[:number]):
            french = f"La ligne « {line} » y figure deux fois."
            yield Fault(("lines", number), f'the line "{line}" is there twice', french=french)


def _check_option(number: int, option: OptionTaken, contract: Contract) -> Iterator[Fault]:
    period = contract.option_period(option)
    if period.end and period.end <= period.start:
        french = f"L'option « {option.id} » prend fin avant de commencer, le {day_in_words(period.start)}."
        what = f'"{option.id}" ends before it begins, on {period.start}'
        yield Fault(("option", number, "until"), what, french=french)
    if option.quantity is not None and option.quantity < 1:
        french = f"L'option « {option.id} » a la quantité {option.quantity} : il en faut au moins une."
        what = f'the contract has {option.quantity} of "{option.id}"'
        yield Fault(("option", number, "quantity"), what, "one at the least: leave the option out", french=french)
    for earlier in contract.options[:number]:
        both = contract.option_period(earlier) & period
        if earlier.id == option.id and (both.end is None or both.days):
            french = f"Le contrat a deux fois l'option « {option.id} » le {day_in_words(both.start)}."
            what = f'the contract has "{option.id}" twice on {both.start}'
            yield Fault(("option", number, "id"), what, french=french)


def check_together(contracts: Iterable[Contract]) -> Iterator[Slip]:
    """Yield the slips that contracts make for each other: one number twice, one line with two holders."""
    first: dict[str, Contract] = {}
    for contract in contracts:
        other = first.setdefault(contract.id, contract)
        if other is not contract:
            yield Slip(
                contract.place,
                f'contract "{contract.id}" is there twice',
                f"the first: {other.place}",
                contracts=(contract.id,),
                french=f"Le numéro {contract.id} est celui de deux contrats.",
                since=min(contract.signed, other.signed),
            )
    yield from line_clashes(first.values())
