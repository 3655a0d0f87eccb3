"""Options that a contract waits for: they cannot be used, or cost otherwise than when it was signed (R8, R10)."""

from collections.abc import Iterable, Iterator, Mapping

from ..decide.decider import Decider
from ..model.contract import Contract, OptionTaken
from ..model.fingerprint import Fingerprint, print_of
from ..model.offer import Offer
from ..model.option_asked import priced_by_count, prices_of
from ..model.option_failed import OptionFailed
from ..model.unusable_option import UnusableOption
from .book import Book
from .disagreement import Disagreement

MEND = "mend its plugin, or put the version back with which it was signed"
PIN = "where the prices are those that were signed, `permanence contracts pin {} --correct` says so"


def option_prices(book: Book, version: str) -> Mapping[str, str]:
    """Return what identifies every price of each option of an offer version; an option that cannot be asked has none.

    Each is known by itself, so that who has signed waits for no option but those that he has.
    """
    return book.once(_printed, version, "")


def print_of_prices(prices: Mapping[str, str]) -> str:
    """Return what identifies the prices of all options, each of which is known by its own print."""
    return print_of(*(f"{name} {told}" for name, told in sorted(prices.items())))


def options_awaited(book: Book, contract: Contract, taken: Iterable[OptionTaken]) -> Iterator[Disagreement]:
    """Yield why a contract has to wait for some options that it has taken, once for each."""
    for one in {one.id: one for one in taken}.values():
        offer = book.offers.get(one.of or contract.offer)
        if offer is None or one.id not in offer.options:
            continue  # that is told by who looks whether its offer has it
        option = offer.options[one.id]
        if isinstance(option, UnusableOption):
            blamed, why = book.plugins.blame(one.id), option.why
            french = f"L'{blamed} de {offer.version} ne peut pas être utilisée : {why}."
            yield Disagreement(f'its option "{one.id}" cannot be used: {why}', "", french)
        elif not one.of and _costs_otherwise(book, contract, one.id):
            blamed, called = book.plugins.blame(one.id), book.plugins.blame(one.id, option.name)
            french = (
                f"L'{called} ne coûte plus ce qui a été signé par le contrat {contract.id} : son module donne d'autres "
                "prix. Remettez la version du module avec laquelle il a été signé."
            )
            what = f"the {book.plugins.blame(one.id)} does not cost what was signed"
            yield Disagreement(what, f"{MEND}; {PIN.format(contract.id)}", french)


def _costs_otherwise(book: Book, contract: Contract, option: str) -> bool:
    """Tell whether an option costs otherwise than when a contract was signed; not where its rule file was edited.

    Of a contract that was signed when all options had one print together, nobody knows which of them changed.
    """
    signed, offer = contract.fingerprint, book.offers[contract.offer]
    if signed is None or contract.digest != offer.digest:
        return False
    now = option_prices(book, contract.offer)
    if not signed.option_prices:
        return book.once(_printed_together, contract.offer, "") not in ("", signed.prices)
    return option in now and signed.option_prices.get(option, "") != now[option]


def prices_as_signed(book: Book, contract: Contract, signed: Fingerprint) -> bool:
    """Tell whether each option costs what it did at a signature, as far as that can be told now."""
    if not signed.option_prices:
        return book.once(_printed_together, contract.offer, "") == signed.prices
    return signed.option_prices == option_prices(book, contract.offer)


def _printed(decider: Decider, _: str) -> Mapping[str, str]:
    found = {}
    for name in decider.offer.options:
        try:
            found[name] = print_of(*sorted(_priced(decider.offer, name)))
        except OptionFailed:
            continue  # whoever has the option is told whose it is and what it raised
    return found


def _printed_together(decider: Decider, _: str) -> str:
    """Return what identified every price of every option before each was known by itself; nothing where one fails."""
    try:
        return print_of(*sorted(told for name in decider.offer.options for told in _priced(decider.offer, name)))
    except OptionFailed:
        return ""


def _priced(offer: Offer, name: str) -> Iterator[str]:
    for price in prices_of(offer.options[name]):
        terms = (price.due, price.for_each, price.included, price.by_days)
        more = [one for one in (price.mission, price.counts, price.percent, *price.base) if one not in ("", None)]
        yield " ".join(map(str, (name, price.unit_price, *terms, *more)))
    yield from (f"{name} {price}" for price in priced_by_count(offer.options[name]))
