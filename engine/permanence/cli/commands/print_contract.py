"""`permanence contracts print`."""

from datetime import date
from pathlib import Path

import click

from ...contracts.parties import legal_on, seller_on
from ...contracts.waiting import contract_of
from ...model.problem import Place, Problem, Refused
from ...model.words.instructions import instructions_told
from ...offers.sell.as_signed import quoted_as_signed
from ...on_file import open_book
from ...publish.quote_pdf import ContractToldBy, contract_pdf
from ...publish.typesetter import typesetter
from ...read.files import replace_file
from ...read.settings import settings_in
from ..console import out, print_json
from ..plugins_in_use import plugins_in_use, without_option
from ..sellers_in_use import sellers_in_use, sellers_read_option
from ..typed import FILE, contracts_option, example, json_option, rules_option
from .calendar import calendar_on


@click.command("print", short_help="Write a contract as PDF, as it was signed.")
@click.argument("name", metavar="CONTRACT")
@click.option("--pdf", type=FILE, required=True, help="Write it to this file.")
@rules_option
@contracts_option
@sellers_read_option
@without_option
@json_option
@example("permanence contracts print C0004 --pdf C0004.pdf")
def print_contract(name: str, pdf: Path, rules: Path, contracts: Path, as_json: bool) -> None:
    """Write a CONTRACT as PDF, as it was signed: parties, every price, hours, terms, instructions, and its dates.

    What came later, an event, is none of it.
    """
    book = open_book(rules, contracts, plugins_in_use(), sellers=sellers_in_use())
    contract = contract_of(book, name)
    seller = seller_on(contract, book.sellers, contract.signed)
    if seller is None:
        hint = 'write sellers/….toml, and seller = "…" in the contract where there are several'
        raise Refused([Problem(Place(name), "it is not known who sells", hint)])
    told = ContractToldBy(
        contract=contract,
        seller=seller.as_of(contract.signed),
        legal=legal_on(contract, contract.signed),
        dates=[
            (date.fromisoformat(row["date"]), row["what"])
            for row in calendar_on(book, contract, contract.signed)["dates"]
        ],
        due_days=settings_in(Path()).payments.due_days,
        instructions=instructions_told(contract.instructions, contract, book.offers[contract.offer]),
    )
    quote = quoted_as_signed(book, contract)
    with typesetter() as typeset:
        content = contract_pdf(quote, told, typeset)
    replace_file(pdf, content)
    if as_json:
        print_json({"contract": contract.id, "file": pdf.as_posix()})
    else:
        out().print(f"{contract.id} : {pdf.as_posix()}", soft_wrap=True)
