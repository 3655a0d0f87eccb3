"""A quote becomes a contract: exactly as it was made, on a day on which it is valid, or not at all."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import zip_longest
from pathlib import Path
from re import fullmatch

from attrs import asdict, evolve, fields, frozen

from ...contracts.book import Book
from ...contracts.national_lines import national_lines
from ...contracts.signature import pinned
from ...decide.decider import Decider
from ...model.contract import Contract
from ...model.money import plain
from ...model.offer import Offer
from ...model.party import LegalData
from ...model.price_list import QuotedPrice
from ...model.problem import Place, Problem, Refused, did_you_mean
from ...model.quote import Quote
from ...model.unusable_option import unusable
from ...plugin_manager import Plugins
from ...read.contracts.contract_checks import check_alone, check_together
from ...read.contracts.quotes import QuoteFile
from ...read.toml.located_toml import LocatedToml
from .earlier_words import as_said_in
from .expected import Asked
from .quoting import contract_of_quote, make_quote, numbered

OPTIONS: Mapping[str, str] = {
    "id": "--contract",
    "lines": "--line",
    "signed": "--on",
    "live": "--live",
    "legal": "--legal",
}
ASKED: Mapping[str, tuple[str, ...]] = {
    "--mission": ("mission",),
    "--service": ("services",),
    "--option": ("options",),
    "--window": ("windows",),
    "--quantity": ("quantity",),
    "--discount": ("discount",),
    "--agreed": ("agreed",),
    "--calls": ("calls",),
    "--for": ("customer", "name"),
    "--region": ("customer", "region"),
    "--on": ("made",),
}
"""Where a quote's file says what the options of `permanence quote` say."""
ANEW = "make a new quote"


@frozen(kw_only=True)
class Signature:
    """What signing adds to a quote: the day, the lines, the first day of service, number, group, parties."""

    signed: date
    lines: Sequence[str]
    live: date | None
    number: str
    group: str = ""
    seller: str = ""
    legal: LegalData | None = None


def sign(
    file: QuoteFile, signature: Signature, deciders: Iterable[Decider], contracts: Sequence[Contract], plugins: Plugins
) -> Contract:
    """Return the contract that a quote becomes, with its fingerprint, beside the contracts that there are.

    Raises Refused with everything that forbids it: the quote's validity, a contract that it became before, its rule
    file, its own text, a number or a line that is another contract's.
    """
    known = {decider.offer.version: decider for decider in deciders}
    quote, source = file.quote, file.source
    found = [*_validity(quote, source, signature.signed), *_signed_before(quote, source, contracts)]
    decider = known.get(quote.offer)
    if decider is None:
        what = f'there is no offer "{quote.offer}"'
        raise Refused([*found, Problem(source.place(("offer",)), what, did_you_mean(quote.offer, known))])
    offer = decider.offer
    if offer.digest != quote.digest:
        what = f"{offer.file} was edited after {quote.number} was made"
        found.append(Problem(source.place(("digest",)), what, f"put its text back, or {ANEW}"))
    else:
        found += _edits(quote, source, decider, plugins)
    contract = evolve(
        contract_of_quote(quote, offer, signature.number, signature.lines, signature.signed),
        live=signature.live,
        group=signature.group,
        seller=signature.seller,
        legal=signature.legal,
        place=Place(f"contract {signature.number}"),
    )
    for fault in check_alone(contract):
        found.append(Problem(Place(OPTIONS.get(str(fault.path[0]), source.file)), fault.what, fault.hint))
    for line, whole in national_lines(contract):
        what = f'"{line}" has no country: no call would be its customer\'s'
        found.append(Problem(Place("--line"), what, f"write {whole}, and the digits besides where they are an account"))
    before = set(check_together(contracts))
    found += (problem for problem in check_together([*contracts, contract]) if problem not in before)
    if found:
        raise Refused(found)
    return pinned(Book(plugins, known, ()), contract)


def next_number(contracts: Iterable[Contract]) -> str:
    """Return the contract number that follows the highest of the form C0123."""
    numbers = [int(contract.id[1:]) for contract in contracts if fullmatch(r"C[0-9]{1,9}", contract.id)]
    return f"C{max(numbers, default=0) + 1:04d}"


def contract_file(folder: Path, number: str) -> Path:
    """Return the file that a new contract is written to; raise Refused when it is there already."""
    path = folder / f"{number}.toml"
    if fullmatch(r"\.*|.*[/\\].*", number) or path.exists():
        what = "this file is there already" if path.exists() else f'"{number}" cannot name a file'
        raise Refused([Problem(Place(str(path)), what, "give the contract another number with --contract")])
    return path


def _validity(quote: Quote, source: LocatedToml, day: date) -> Iterator[Problem]:
    if day > quote.valid_until:
        what = f"{quote.number} could be signed until {quote.valid_until}, not on {day}"
        yield Problem(source.place(("valid_until",)), what, ANEW)
    if day < quote.made:
        yield Problem(source.place(("made",)), f"{quote.number} was made on {quote.made}, after {day}")


def _signed_before(quote: Quote, source: LocatedToml, contracts: Iterable[Contract]) -> Iterator[Problem]:
    if contract := next((one for one in contracts if one.quote == quote.number), None):
        what = f"{quote.number} was signed already: contract {contract.id}, in {contract.place.file}"
        yield Problem(source.place(("number",)), what, f"{ANEW} for a second contract, with another --for or --on")


def _edits(quote: Quote, source: LocatedToml, decider: Decider, plugins: Plugins) -> Iterator[Problem]:
    """Yield the first thing that the quote's file says otherwise than the quote that the offer makes."""
    asked = Asked(
        customer=quote.customer,
        mission=quote.mission,
        services=quote.services,
        calls=quote.calls,
        plan=quote.plan,
        options=quote.options,
        options_from=quote.options_from,
        settings=quote.settings,
        windows=quote.windows,
        quantities=quote.quantities,
        discounts=quote.discounts,
        agreed=quote.agreed,
        made=quote.made,
        live=quote.live,
        valid_until=quote.valid_until,
    )
    try:
        made = make_quote(decider, asked, plugins)
    except Refused as refused:
        for problem in refused.problems:
            yield evolve(problem, where=source.place(ASKED.get(problem.where.file, ())))
        return
    made = _as_quoted(quote, as_said_in(quote, made), decider.offer)
    for number, (written, price) in enumerate(zip_longest(quote.prices, made.prices)):
        if written != price:
            yield _edited_price(number, written, price, source)
            return
    for field in fields(Quote):
        if getattr(quote, field.name) != getattr(made, field.name):
            what = f"{quote.number} was edited: {quote.offer} makes {made.number} of it"
            yield Problem(source.place((field.name,)), what, ANEW)
            return


def _as_quoted(quote: Quote, made: Quote, offer: Offer) -> Quote:
    """Return a quote as it is made now with the prices, beside it, of options that cannot say them now.

    He does not ask for these options; that their prices were not edited is told by the number of the quote.
    """
    unsaid = {f"option.{name}" for name in unusable(offer.options)}
    said = [price for price in quote.prices if price.code not in unsaid]
    if len(said) == len(quote.prices) or said != [*made.prices]:
        return made
    return numbered(evolve(made, prices=quote.prices))


def _edited_price(number: int, written: QuotedPrice | None, price: QuotedPrice | None, source: LocatedToml) -> Problem:
    where = source.place(("price", number)) if written else source.place(("price",))
    if written is None or price is None:
        one = written or price
        missing = "is missing" if written is None else "is not among the offer's"
        return Problem(where, f'the price "{one.label if one else ""}" {missing}', ANEW)
    if written.unit_price != price.unit_price:
        what = f'"{price.label}" costs {plain(price.unit_price)}, not {plain(written.unit_price)}'
        return Problem(source.place(("price", number, "unit_price")), what, ANEW)
    here, there = asdict(written), asdict(price)
    changed = next(name for name, value in here.items() if value != there[name])
    return Problem(where, f'the price "{price.label}" was edited: its "{changed}"', ANEW)
