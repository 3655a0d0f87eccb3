"""`permanence quote` and `permanence sign`."""

from datetime import datetime
from pathlib import Path
from typing import get_args

import click

from ..folders import rule_files
from ..model.contract import Customer, CustomerKind
from ..model.period import Span
from ..model.problem import Refused
from ..plugin_manager import Plugins
from ..proving import proved_offers
from ..quoting import Asked, make_quote, offer_on_sale
from ..read.contract_text import write_contracts
from ..read.contracts import read_contracts
from ..read.quotes import read_quote, write_quote
from ..screens.output import as_json as to_json
from ..screens.quote import quote_summary, show_quote, show_signed, signed_summary
from ..screens.quote_page import quote_page
from ..signing import Signature, contract_file, next_number
from ..signing import sign as sign_quote
from .shared import (
    FILE,
    FOLDER,
    SpanType,
    contracts_option,
    day_asked,
    example,
    json_option,
    on_option,
    out,
    rules_option,
)

PARIS = "Europe/Paris"
DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("offer")
@click.option("--for", "name", required=True, help="The customer's name.")
@click.option("--calls", type=click.IntRange(0, 999_999), required=True, help="Calls a month that are expected.")
@click.option("--mission", default="simple", show_default=True, help="Mission, one of the offer's.")
@click.option("--kind", type=click.Choice(get_args(CustomerKind)), default="professional", show_default=True)
@click.option("--region", default="FR", show_default=True, help="Region, for VAT and holidays: FR, FR-57, FR-974 …")
@click.option("--option", "options", multiple=True, help="An option that the customer wants; again for another.")
@on_option
@click.option("--valid", type=SpanType("--valid"), default="30 days", show_default=True, help="How long it holds.")
@click.option("--save", type=FOLDER, help="Write the quote to a file of this folder, to sign it later.")
@click.option("--html", type=FILE, help="Write it to this file too, as a page to print.")
@rules_option
@json_option
@example('permanence quote essentielle --for "Garage du Parc" --calls 180 --option bilingual --save quotes')
def quote(
    offer: str,
    name: str,
    calls: int,
    mission: str,
    kind: CustomerKind,
    region: str,
    options: tuple[str, ...],
    on: datetime | None,
    valid: Span,
    save: Path | None,
    html: Path | None,
    rules: Path,
    as_json: bool,
) -> None:
    """Quote an OFFER: every price that could ever be invoiced, the terms, and what a usual month comes to.

    OFFER is a version, or an id: then the version on sale on the day. The same question has the same answer, number
    included.
    """
    plugins, day = Plugins.installed(), day_asked(on, PARIS)
    asked = Asked(
        customer=Customer(name=name, kind=kind, region=region),
        mission=mission,
        calls=calls,
        options=options,
        made=day,
        valid_until=valid.after(day),
    )
    made = make_quote(offer_on_sale(proved_offers(rule_files(rules), plugins), offer, day), asked, plugins)
    files: list[Path] = []
    if save:
        save.mkdir(parents=True, exist_ok=True)
        files.append(save / f"{made.number}.toml")
        files[-1].write_text(write_quote(made), encoding="utf-8")
    if html:
        files.append(html)
        html.write_text(quote_page(made), encoding="utf-8")
    if as_json:
        click.echo(to_json(quote_summary(made)))
    else:
        show_quote(out(), made, [path.as_posix() for path in files])


@click.command()
@click.argument("file", type=FILE, metavar="QUOTE")
@click.option("--line", "lines", multiple=True, required=True, help="A line of the customer's; again for another.")
@click.option("--on", type=DAY, help="Day of signature, today when absent.")
@click.option("--live", type=DAY, help="First day of service; the day of signature when absent.")
@click.option("--contract", "number", help="Number of the contract; the next of C0001, C0002 … when absent.")
@rules_option
@contracts_option
@json_option
@example("permanence sign quotes/D-20261123-4F2A9C.toml --line +33199000099")
def sign(
    file: Path,
    lines: tuple[str, ...],
    on: datetime | None,
    live: datetime | None,
    number: str | None,
    rules: Path,
    contracts: Path,
    as_json: bool,
) -> None:
    """Turn the QUOTE in a file into a contract, exactly as it was made; the contract pins its rule file.

    A quote past its validity is refused, one whose file or rule file was edited too.
    """
    plugins, day = Plugins.installed(), day_asked(on, PARIS)
    accepted, offers = read_quote(file), proved_offers(rule_files(rules), plugins)
    signed, problems = read_contracts(sorted(contracts.glob("*.toml")))
    if problems:
        raise Refused(problems)
    number = number if number is not None else next_number(signed)
    path = contract_file(contracts, number)
    signature = Signature(signed=day, lines=lines, live=live.date() if live else None, number=number)
    contract = sign_quote(accepted, signature, offers, signed, plugins)
    contracts.mkdir(parents=True, exist_ok=True)
    path.write_text(write_contracts([contract]), encoding="utf-8")
    if as_json:
        click.echo(to_json(signed_summary(contract, path.as_posix())))
    else:
        show_signed(out(), contract, path.as_posix())
