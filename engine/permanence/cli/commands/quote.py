"""`permanence quote`."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import get_args

import click

from ...model.contract import Customer
from ...model.customer_kind import CustomerKind
from ...model.period import Span
from ...model.problem import Place, Problem, Refused
from ...model.quote import Quote
from ...model.service import Service
from ...offers.proved import proved_deciders
from ...offers.sell.expected import Asked
from ...offers.sell.on_sale import offer_on_sale
from ...offers.sell.option_wanted import option_since, option_wanted
from ...offers.sell.quoting import make_quote
from ...offers.sell.terms_wanted import (
    LIKE_AGREED,
    LIKE_DISCOUNT,
    LIKE_QUANTITY,
    agreed_wanted,
    discount_wanted,
    quantity_wanted,
)
from ...on_file import open_sellers
from ...publish.quote_page import quote_page
from ...publish.quote_pdf import quote_pdf
from ...publish.typesetter import typesetter
from ...read.contracts.quotes import write_quote
from ...read.file_lock import changing
from ...read.files import create_file, replace_file
from ...read.folders import rule_files
from ..console import out, print_json
from ..plugins_in_use import plugins_in_use, without_option
from ..screens.quote import quote_summary, show_quote
from ..sellers_in_use import sellers_in_use, sellers_read_option
from ..typed import DAY, FILE, FOLDER, SpanType, day_asked, example, json_option, on_option, rules_option

PARIS = "Europe/Paris"


@click.command()
@click.argument("offer")
@click.option("--for", "name", required=True, help="The customer's name.")
@click.option("--calls", type=click.IntRange(0, 999_999), required=True, help="Calls a month that are expected.")
@click.option("--mission", default="simple", show_default=True, help="Mission, one of the offer's.")
@click.option("--plan", default="", help="Plan, one of the offer's, where it is sold by plans.")
@click.option(
    "--service",
    "services",
    multiple=True,
    type=click.Choice(get_args(Service)),
    help="A service that the customer takes, of those that the offer includes; all of them when absent.",
)
@click.option("--kind", type=click.Choice(get_args(CustomerKind)), default="professional", show_default=True)
@click.option(
    "--region", help="Region, for VAT and holidays: FR, FR-57, CH-GE …; when absent, the offer's whole country."
)
@click.option(
    "--option",
    "options",
    multiple=True,
    help="An option that the customer wants; again for another. With how many, and what he settles of it: "
    'practitioners:quantity=3, escalation:level=2,delay=15; later than from the start, "bilingual from 2027-03-01".',
)
@click.option("--window", "windows", multiple=True, help="A window that he takes, of the offer's; all when absent.")
@click.option("--quantity", "quantities", multiple=True, help=f"How many of something: {LIKE_QUANTITY}; again.")
@click.option("--discount", "discounts", multiple=True, help=f"His own discount, with why: {LIKE_DISCOUNT}; again.")
@click.option("--agreed", "agreed", multiple=True, help=f"A price agreed with him, with why: {LIKE_AGREED}; again.")
@on_option
@click.option(
    "--live",
    type=DAY,
    help="First day of service: with it, months of the contract have their dates.",
)
@click.option("--valid", type=SpanType("--valid"), default="30 days", show_default=True, help="How long it holds.")
@click.option("--save", type=FOLDER, help="Write the quote to a file of this folder, to sign it later.")
@click.option("--html", type=FILE, help="Write it to this file too, as a page to print.")
@click.option("--pdf", type=FILE, help="Write it to this file too, as PDF.")
@rules_option
@sellers_read_option
@without_option
@json_option
@example('permanence quote essentielle --for "Garage du Parc" --calls 180 --option bilingual --save quotes')
def quote(
    offer: str,
    name: str,
    calls: int,
    mission: str,
    plan: str,
    services: tuple[Service, ...],
    kind: CustomerKind,
    region: str | None,
    options: tuple[str, ...],
    windows: tuple[str, ...],
    quantities: tuple[str, ...],
    discounts: tuple[str, ...],
    agreed: tuple[str, ...],
    on: datetime | None,
    live: datetime | None,
    valid: Span,
    save: Path | None,
    html: Path | None,
    pdf: Path | None,
    rules: Path,
    as_json: bool,
) -> None:
    """Quote an OFFER: every price that could ever be invoiced, the terms, and what a usual month comes to.

    OFFER is a version, or an id: then the version on sale on the day. The same question has the same answer, number
    included.
    """
    plugins, day = plugins_in_use(), day_asked(on, PARIS)
    decider = offer_on_sale(proved_deciders(rule_files(rules), plugins), offer, day)
    dated = [option_since(text) for text in options]
    wanted = [(*option_wanted(text), since) for text, since in dated]
    asked = Asked(
        customer=Customer(name=name, kind=kind, region=region or decider.offer.head.country),
        mission=mission,
        plan=plan,
        services=tuple(dict.fromkeys(services)),
        calls=calls,
        options=tuple(name for name, _, _ in wanted),
        options_from={name: since for name, _, since in wanted if since},
        settings={name: settled for name, settled, _ in wanted if settled},
        windows=windows,
        quantities=tuple(map(quantity_wanted, quantities)),
        discounts=tuple(map(discount_wanted, discounts)),
        agreed=tuple(map(agreed_wanted, agreed)),
        made=day,
        valid_until=valid.after(day),
        live=live.date() if live else None,
        sellers=open_sellers(sellers_in_use()),
    )
    made = make_quote(decider, asked, plugins)
    files = [saved_new(save, made.number, write_quote(made))] if save else []
    files += _pages(made, asked, html, pdf)
    if as_json:
        print_json(quote_summary(made))
    else:
        show_quote(out(), made, [path.as_posix() for path in files])


def _pages(made: Quote, asked: Asked, html: Path | None, pdf: Path | None) -> Iterator[Path]:
    """Yield the pages of a quote that are wanted, each written; who sells is on them where there is one alone."""
    sells = asked.sellers[0].as_of(made.made) if len(asked.sellers) == 1 else None
    if html:
        replace_file(html, quote_page(made, sells).encode())
        yield html
    if pdf:
        with typesetter() as typeset:
            content = quote_pdf(made, sells, typeset)
        replace_file(pdf, content)
        yield pdf


def saved_new(folder: Path, number: str, text: str) -> Path:
    """Return the file of a quote, written where it is not there yet; raise Refused for one that says otherwise."""
    path, content = folder / f"{number}.toml", text.encode()
    with changing(folder):
        if not path.exists():
            create_file(path, content)
        elif path.read_bytes() != content:
            what = f"{number} is there already, and this file says otherwise"
            raise Refused([Problem(Place(path.as_posix()), what, "move it away first")])
    return path
