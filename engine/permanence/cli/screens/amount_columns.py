"""The columns of what invoices come to, called as their country does; deposits have some where there are any."""

from collections.abc import Mapping

from ...model.words.taxes import TaxWords

DEPOSITS: Mapping[str, str] = {"deposit_cents": "Dépôt", "to_pay_cents": "À payer"}


def amount_columns(words: TaxWords, *, deposits: bool) -> Mapping[str, str]:
    """Return the names of a row's amounts, with their titles: ``Total HT``, ``TVA``, ``Total TTC``, or one total."""
    taxed = {"net_cents": words.net, "vat_cents": words.tax, "total_cents": words.total}
    titles = {"total_cents": words.total} if words.is_none else taxed
    return {**titles, **DEPOSITS} if deposits else titles
