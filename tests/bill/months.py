"""Whole months from small texts: an offer, some contracts, some calls, and what is billed for them."""

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from permanence.bill.month import NOTHING_PAST, bill_month
from permanence.contracts.book import Book
from permanence.model.invoice import Invoice, MonthRun
from permanence.model.period import Month
from permanence.model.problem import Refused
from permanence.model.records import CallBatch
from permanence.model.unusable_option import unusable
from permanence.model.usage import PastCalls
from permanence.offers.proved import prove_offers
from permanence.on_file import open_book
from permanence.plugin_manager import Plugins

from tests.bill.oracle import Call
from tests.bill.samples import make_call, records
from tests.installed import PLUGINS

JANUARY, MARCH, APRIL, MAY = Month(2026, 1), Month(2026, 3), Month(2026, 4), Month(2026, 5)
SEPTEMBER, OCTOBER, NOVEMBER = Month(2026, 9), Month(2026, 10), Month(2026, 11)
MONDAY = "2026-10-05 10:00:00"

OFFER = """format = 1

[offer]
id = "essentielle"
title = { fr = "Permanence Essentielle" }
sold_from = 2026-01-01
mission = ["simple", "complex"]

[term]
TERM

[coverage]
holidays = "closed"

[[coverage.window]]
id = "weekdays"
title = { fr = "en semaine" }
days = "mon-fri"
hours = "08:00-19:00"

[count]
COUNT

[billing]
BILLING

[bands]
FLOOR
steps = [
    { up_to = 50, simple = "59.00", complex = "79.00" },
    { up_to = 150, simple = "149.00", complex = "194.00" },
    { up_to = 250, simple = "229.00", complex = "298.00" },
]
then = { every = 100, simple = "65.00", complex = "84.50" }

[[rule]]
id = "subscription"
on = "month"
when = "contract.active"
then = { charge = "bands" }
why = "Le forfait correspond au nombre d'appels traités dans le mois."
"""
THEN = 'then = { every = 100, simple = "65.00", complex = "84.50" }\n'
WEEKDAYS = """format = 1

[offer]
id = "essentielle"
title = "Permanence Essentielle"
sold_from = 2026-01-01

[coverage]
window = [{ id = "weekdays", days = "mon-fri", hours = "08:00-19:00" }]
"""


def weekday_offer(tables: str, name: str = "essentielle") -> str:
    """Return an offer that has hours on weekdays and these tables, and no more."""
    return WEEKDAYS.replace('"essentielle"', f'"{name}"') + tables


PACKAGE = weekday_offer(
    """
[package]
included = 20
price = { simple = "24.00" }
per_call = { simple = "1.05" }

[[rule]]
id = "package"
on = "month"
when = "contract.active"
then = { charge = "package" }
why = "Vingt appels sont compris."
""",
    name="a-la-carte",
)


def offer(more: str = "", *, term: str = "", count: str = "", billing: str = "", floor: str = "") -> str:
    """Return the basic offer with these lines in its tables, and more tables behind them."""
    text = OFFER.replace("TERM", term).replace("COUNT", count).replace("BILLING", billing).replace("FLOOR", floor)
    return f"{text}\n{more}"


def contract(
    name: str = "C1",
    more: str = "",
    *,
    signed: str = "2026-01-05",
    live: str | None = None,
    region: str = "FR",
    version: str = "essentielle@2026-01-01",
) -> str:
    """Return the table of a contract whose line is its number, served from its signature unless ``live`` is empty."""
    since = signed if live is None else live
    service = f"live = {since}" if since else ""
    return f"""
[[contract]]
id = "{name}"
customer = {{ name = "Garage du Parc", region = "{region}" }}
offer = "{version}"
lines = ["{name}"]
signed = {signed}
{service}
{more}
"""


def rule(name: str, on: str, when: str, then: str) -> str:
    """Return the table of a rule."""
    return f'\n[[rule]]\nid = "{name}"\non = "{on}"\nwhen = \'{when}\'\nthen = {{ {then} }}\n'


def event(on: str, what: str, more: str = "", name: str = "C1") -> str:
    """Return the table of what happened to a contract on a day."""
    return f'\n[[event]]\ncontract = "{name}"\non = {on}\nwhat = "{what}"\n{more}\n'


def taken(option: str, since: str = "") -> str:
    """Return the table of an option that a contract has taken."""
    return f'[[contract.option]]\nid = "{option}"\n' + (f"from = {since}\n" if since else "")


def on_file(
    offers: str | Sequence[str],
    contracts: str | Sequence[str],
    plugins: Plugins = PLUGINS,
    *,
    out_of_use: bool = False,
    folder: Path | None = None,
) -> Book:
    """Return the book that these rule files and contracts make, in a ``folder`` where they are to stay.

    Raises Refused with whatever is wrong, with options too, unless some are meant to be ``out_of_use``.
    """
    offers = [offers] if isinstance(offers, str) else offers
    contracts = [contracts] if isinstance(contracts, str) else contracts
    with nullcontext(folder) if folder else TemporaryDirectory() as name:
        rules, signed = Path(name, "rules"), Path(name, "contracts")
        rules.mkdir(exist_ok=True)
        signed.mkdir(exist_ok=True)
        for number, text in enumerate(offers):
            (rules / f"{number}.toml").write_text(text, encoding="utf-8")
        (signed / "all.toml").write_text("format = 1\n" + "".join(contracts), encoding="utf-8")
        book = open_book(rules, signed, plugins)
        if not out_of_use and any(unusable(offer.options) for offer in book.offers.values()):
            raise Refused(prove_offers(sorted(rules.glob("*.toml")), plugins).problems)
        return book


def calls(count: int, start: str = MONDAY, **fields: Any) -> list[Call]:
    """Return so many answered calls to the line C1, all alike."""
    return [make_call(start, **fields) for _ in range(count)]


def bill(
    book: Book,
    came_in: Iterable[Call] = (),
    month: Month = OCTOBER,
    past: PastCalls = NOTHING_PAST,
    *,
    provisional: bool = False,
) -> MonthRun:
    """Return the month's run over these calls, and over what was counted in the months before."""
    batch = CallBatch(records=records(list(came_in)), source="calls.db")
    return bill_month(book, month, batch, past, provisional=provisional)


def only_invoice(run: MonthRun) -> Invoice:
    """Return the one invoice of a run in which nothing waits."""
    assert run.holds == ()
    (invoice,) = run.invoices
    return invoice


def charged(run: MonthRun) -> list[tuple[str, int]]:
    """Return what the one invoice of a run charges: code and cents of each line."""
    return [(line.code, line.amount) for line in only_invoice(run).lines]
