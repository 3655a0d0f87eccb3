"""`permanence accounts`."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import click

from ...model.period import ONE_DAY, Month
from ...model.problem import Place, Problem, Refused
from ...publish.fec import fec_name, fec_text, journal_csv
from ...read.file_lock import changing
from ...read.files import replace_file
from ...read.settings import settings_in
from ...store.kept_money import money_of
from ..bookkeeping import books_of
from ..console import out, print_json
from ..files_noted import note_in
from ..screens.accounts import journals_summary, show_journals
from ..typed import FOLDER, billing_option, example, json_option


class BooksType(click.ParamType[tuple[date, date]]):
    """A month or a year as people write it, as its first and last day."""

    name = "month or year"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[date, date]:
        text = str(value)
        try:
            first = Month.parse(text if "-" in text else f"{text}-01")
        except ValueError as error:
            hint = 'write "2026-11", or "2026" for the year'
            raise Refused([Problem(Place("MONTH"), f'"{text}" is neither a month nor a year', hint)]) from error
        last = first if "-" in text else Month(first.year, 12)
        return first.first, last.next.first - ONE_DAY


@click.command()
@click.argument("month", type=BooksType())
@click.option("--into", type=FOLDER, default=Path("accounts"), show_default=True, help="Folder of the files.")
@billing_option
@json_option
@example("permanence accounts 2026-11")
def accounts(month: tuple[date, date], into: Path, billing: Path, as_json: bool) -> None:
    """Write the sales journal of what was issued in a MONTH or a year, as FEC and as CSV, for each legal entity.

    Each document is one entry, numbered by year without a gap; before anything is written, the journal is checked
    against the ledger. Accounts stand in permanence.toml.
    """
    (first, last), chart = month, settings_in(Path()).accounts
    books = books_of(billing, first.year, chart)
    journals = tuple(books.journals(chart, first, last))
    if not journals:
        what = f"nothing was issued from {first} to {last}"
        raise Refused([Problem(Place(str(billing)), what, _when_issued(billing, Month.of(first)))])
    files = {into / fec_name(one): fec_text(one) for one in journals}
    files |= {path.with_suffix(".csv"): journal_csv(one) for path, one in zip(tuple(files), journals, strict=True)}
    with changing(into):
        for path, text in files.items():
            replace_file(path, text.encode())
    note_in(billing, {"written": {path.as_posix(): sha256(text.encode()).hexdigest() for path, text in files.items()}})
    left = [one for one in books.left if first.isoformat() <= one["issued_on"] <= last.isoformat()]
    summary = journals_summary(journals, left, tuple(files))
    if as_json:
        print_json(summary)
    else:
        show_journals(out(), summary)


def _when_issued(billing: Path, month: Month) -> str:
    """Return where the books have the invoices of a month that was billed."""
    found = {Month.of(claim.issued_on) for claim in money_of(billing).claims if claim.month == str(month)}
    commands = " and ".join(f"`permanence accounts {one}`" for one in sorted(found))
    return f"the invoices of {month} were issued later: {commands}" if found else "run `permanence issue` first"
