"""Who sells: a legal entity or an office of one, as its invoices must tell it (CGI ann. II, 242 nonies A)."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from attrs import evolve, frozen

from .keys import inner, key
from .money import Cents, PerCent
from .party import IBAN_EXAMPLE, SIREN_EXAMPLE, VAT_EXAMPLE, Address, compact
from .problem import Place
from .scalars import Words

VatDue = Literal["receipts", "debits", "franchise"]
VAT_DUE: Mapping[VatDue, Words] = {
    "receipts": Words("TVA sur les encaissements", "VAT on receipts"),
    "debits": Words("Option pour le paiement de la taxe d'après les débits", "VAT on debits, by option"),
    "franchise": Words("TVA non applicable, art. 293 B du CGI", "no VAT: exemption of small businesses, CGI 293 B"),
}
"""What an invoice says of when the VAT falls due; of receipts, which is the rule for services, the law asks nothing."""
FRANCHISE: VatDue = "franchise"
INDEMNITY = Cents(4_000)
"""For the costs of recovery: never less, in figures on every invoice (C. com. L441-9, D441-5)."""
SAID: Mapping[str, tuple[str, Any]] = {
    "name": ("Full name, as it is registered.", "Permanence Exemple"),
    "legal_form": ("Legal form.", "SAS"),
    "capital": ("Share capital.", "10000.00"),
    "address": ("Address of the head office, or of the establishment that sells.", None),
    "siret": ("SIRET of the establishment: the SIREN, and five digits.", f"{SIREN_EXAMPLE}00017"),
    "rcs": ("Town of the trade register (RCS).", "Lille"),
    "vat_number": ('VAT number; "none" for who has none and charges no VAT.', VAT_EXAMPLE),
    "iban": ("IBAN of the account to which customers pay.", IBAN_EXAMPLE),
    "bic": ("BIC of its bank.", "EXEMFRPPXXX"),
    "creditor_identifier": ("Creditor identifier (ICS), for direct debits.", "FR53ZZZ999999"),
    "vat_due": (
        "When the VAT falls due: on receipts, or on debits where that was opted for; `franchise` for who charges none "
        "(CGI 293 B).",
        "debits",
    ),
    "email": ("E-mail address.", "facturation@permanence.example"),
    "telephone": ("Telephone.", "+33199000000"),
    "penalties": ("What late and early payment cost and give.", {"indemnity": "40.00"}),
}
"""What each key of a seller says, with an example: at first, and in a change."""


def said(name: str, **attribute: Any) -> Any:
    """Return the field of a key of a seller."""
    doc, example = SAID[name]
    return key(doc, example=example, **attribute)


@frozen(kw_only=True)
class Penalties:
    """`[seller.penalties]`: what an invoice must say of late and of early payment."""

    late_rate: str = key(
        "Rate of the penalties for late payment, in words (French).",
        default="taux de refinancement de la Banque centrale européenne majoré de 10 points",
    )
    late_per_cent: PerCent | None = key(
        "The same rate in figures, per cent a year: what is overdue is then listed with its penalties.",
        default=None,
        example="12.15",
    )
    indemnity: Cents = key("Indemnity for the costs of recovery; not asked of consumers.", default=INDEMNITY)
    early: str = key("What early payment gives, in words (French).", default="Pas d'escompte pour paiement anticipé.")


@frozen(kw_only=True)
class Series:
    """`[seller.series]`: how the seller's numbers begin; two files of one legal entity have different ones."""

    invoices: str = key("How the numbers of invoices begin.", default="F", example="FP")
    credit_notes: str = key("How those of credit notes begin: otherwise, or in the same series.", default="A")
    yearly: bool = key("Whether they begin again each year, with the year in them.", default=True)

    def of(self, kind: Literal["invoices", "credit_notes"], year: int) -> str:
        """Return how numbers begin that are given in a year: what tells one series from another (``F-2026-``)."""
        begins: str = getattr(self, kind)
        parts = [begins, *([str(year)] if self.yearly else [])]
        return "".join(f"{part}-" for part in parts if part)


@frozen(kw_only=True)
class SellerChange:
    """`[[seller.change]]`: what is otherwise from a day on; what it does not name stays."""

    since: date = key("First day.", name="from", example="2027-01-01")
    name: str = said("name", default="")
    legal_form: str = said("legal_form", default="")
    capital: Cents | None = said("capital", default=None)
    address: Address | None = said("address", default=None)
    siret: str = said("siret", default="", converter=compact)
    rcs: str = said("rcs", default="")
    vat_number: str = said("vat_number", default="", converter=compact)
    iban: str = said("iban", default="", converter=compact)
    bic: str = said("bic", default="", converter=compact)
    creditor_identifier: str = said("creditor_identifier", default="", converter=compact)
    vat_due: VatDue | None = said("vat_due", default=None)
    email: str = said("email", default="")
    telephone: str = said("telephone", default="")
    penalties: Penalties | None = said("penalties", default=None)

    @property
    def said(self) -> Mapping[str, Any]:
        """Return what is otherwise, by its key."""
        return {name: value for name in SAID if (value := getattr(self, name)) not in ("", None)}


@frozen(kw_only=True, cache_hash=True)
class Seller:
    """`[seller]`: who sells, at first, and what changed since; ``id`` is the name of its file, which contracts name."""

    name: str = said("name")
    legal_form: str = said("legal_form", default="")
    capital: Cents | None = said("capital", default=None)
    address: Address = said("address")
    siren: str = key("SIREN; needed in France.", default="", example=SIREN_EXAMPLE, converter=compact)
    siret: str = said("siret", default="", converter=compact)
    rcs: str = said("rcs", default="")
    vat_number: str = said("vat_number", converter=compact)
    iban: str = said("iban", default="", converter=compact)
    bic: str = said("bic", default="", converter=compact)
    creditor_identifier: str = said("creditor_identifier", default="", converter=compact)
    vat_due: VatDue = said("vat_due", default="receipts")
    email: str = said("email", default="")
    telephone: str = said("telephone", default="")
    penalties: Penalties = said("penalties", factory=Penalties)
    series: Series = key("How its numbers begin.", factory=Series, example={"invoices": "F", "credit_notes": "A"})
    changes: tuple[SellerChange, ...] = key("What changed since.", name="change", default=())
    id: str = inner(default="")
    place: Place = inner(default=Place(""), eq=False)

    @property
    def without_vat(self) -> bool:
        """Tell whether the seller charges no VAT, as a small business (franchise en base, CGI 293 B)."""
        return self.vat_due == FRANCHISE

    @property
    def ever_without_vat(self) -> bool:
        """Tell whether there are days on which the seller charges no VAT."""
        return FRANCHISE in (self.vat_due, *(change.vat_due for change in self.changes))

    def as_of(self, day: date) -> "Seller":
        """Return the seller as it stands on a day: with what changed by then, and without what changes later."""
        return _as_of(self, day)


@lru_cache(maxsize=256)
def _as_of(seller: Seller, day: date) -> Seller:
    stands = evolve(seller, changes=())
    for change in sorted(seller.changes, key=lambda one: one.since):
        stands = evolve(stands, **change.said) if change.since <= day else stands
    return stands
