"""Fax: each page that came in has a price; calls carry the number ``pages``."""

from collections.abc import Mapping

from permanence import Calls, FactField, Measured, Option, OptionKind, Words, frozen, hookimpl, key


@frozen(kw_only=True)
class FaxPages(Option):
    """Pages of faxes, whether or not the call counts."""

    id = "fax_pages"
    label = Words("Réception de fax", "Faxes received")
    facts = (FactField("usage.fax_pages", "number", "Pages de fax reçues", "pages"),)
    counts = "usage.fax_pages"
    counted_in = "pages"
    measures = "received"

    kind: OptionKind = key("How the price is charged.", default="usage")

    def measure(self, calls: Calls) -> Mapping[str, Measured]:
        return {"usage.fax_pages": calls.amounts("pages")}


@hookimpl
def register_options() -> list[type[Option]]:
    return [FaxPages]
