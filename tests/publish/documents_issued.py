"""Issued documents as the ledger keeps them, each of another kind: what they say is written here by hand."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from permanence.bill.ledger import credit_note
from permanence.model.regions import REGIONS

Kept = dict[str, Any]
LATE = "taux de refinancement de la Banque centrale européenne majoré de 10 points"
ADDRESS = {"lines": ["1 rue de l'Exemple"], "postcode": "59000", "town": "Lille", "country": "FR"}
SELLER = {
    "id": "exemple",
    "name": "Permanence Exemple",
    "legal_form": "SAS",
    "capital": 1_000_000,
    "address": ADDRESS,
    "siren": "000319996",
    "siret": "00031999600017",
    "rcs": "Lille",
    "vat_number": "FR88000319996",
    "iban": "FR7699999000010000005000174",
    "bic": "EXEMFRPPXXX",
    "creditor_identifier": "FR53ZZZ999999",
    "vat_due": "debits",
    "email": "facturation@permanence.example",
    "telephone": "+33199000000",
    "penalties": {"late_rate": LATE, "late_per_cent": None, "indemnity": 4000, "early": "Pas d'escompte."},
    "series": {"invoices": "F", "credit_notes": "A", "yearly": True},
}
MANDATE = {
    "reference": "RUM-C0001",
    "signed": "2026-01-12",
    "kind": "core",
    "day": None,
    "prenotification": None,
    "last_used": None,
}
CUSTOMER = {
    "name": "Garage du Parc SARL",
    "kind": "professional",
    "region": "FR",
    "address": {**ADDRESS, "lines": ["2 rue de l'Exemple"]},
    "siren": "000010009",
    "vat_number": "FR66000010009",
    "email": "compta@client.example",
    "iban": "FR7699999000010000000000115",
    "mandate": MANDATE,
}
USAGE = [
    ["counted", "", "weekdays", "du lundi au vendredi, de 8 h à 19 h", "", 140, 9000],
    ["counted", "", "weekdays", "du lundi au vendredi, de 8 h à 19 h", "vip", 2, 60],
    ["excluded", "tag", "weekdays", "du lundi au vendredi, de 8 h à 19 h", "", 4, 30],
    ["outside", "", "", "", "", 9, 700],
]


def line(label: str, quantity: int, unit: str, price: str, amount: int, **more: Any) -> Kept:
    """Return a line; its price is in euros."""
    whole, _, decimals = price.partition(".")
    return {
        "position": 1,
        "code": "bands",
        "label": label,
        "quantity": quantity,
        "unit": unit,
        "unit_price_micros": int(whole) * 1_000_000 + int(decimals.ljust(6, "0")),
        "for_each": 1,
        "days": 31,
        "of_days": 31,
        "amount_cents": amount,
        "sentence": f"{label} : la phrase de sa règle.",
        "first_day": "2026-10-01",
        "last_day": "2026-10-31",
        "apart": None,
        **more,
    }


def invoice(*lines: Kept, rate: int = 2000, reason: str = "Taux applicable en métropole", **more: Any) -> Kept:
    """Return an invoice of some lines, with VAT at a rate in hundredths of a per cent."""
    lines = lines or (line("Essentielle, jusqu'à 150 appels", 1, "mois", "149.00", 14900),)
    net = sum(one["amount_cents"] for one in lines if not one["apart"])
    vat = (abs(net) * rate + 5000) // 10_000 * (1 if net > 0 else -1)
    return deepcopy(
        {
            "number": "F-2026-00042",
            "series": "F-2026-",
            "count": 42,
            "kind": "invoice",
            "issued_on": "2026-11-03",
            "issued_at": 1_793_700_000,
            "month": "2026-10",
            "contract": "C0001",
            "first_day": "2026-10-01",
            "last_day": "2026-10-31",
            "currency": "EUR",
            "region": "FR",
            "calls": 142,
            "band": 150,
            "offer": {"title": "Permanence Essentielle", "version": "essentielle@2026-01-01", "text": "0"},
            "mission": {"name": "simple", "title": "mission simple"},
            "lines": lines,
            "vat": [{"rate_bp": rate, "base_cents": net, "amount_cents": vat, "reason": reason}],
            "usage": USAGE,
            "net_cents": net,
            "vat_cents": vat,
            "total_cents": net + vat,
            "deposit_cents": sum(one["amount_cents"] for one in lines if one["apart"]),
            "seller": SELLER,
            "customer": CUSTOMER,
            "payment": {"by": "debit", "on": "2026-11-17"},
            **more,
        }
    )


def sold_in(region: str, rate: int, vat_number: str = "") -> Kept:
    """Return an invoice to a customer of a region."""
    found = REGIONS[region]
    reason = found.vat[-1].reason.format(found.where)
    address = {**ADDRESS, "country": found.country}
    customer = {**CUSTOMER, "region": region, "address": address, "vat_number": vat_number, "siren": ""}
    return invoice(rate=rate, reason=reason, region=region, customer=customer)


def note() -> Kept:
    """Return the credit note of an invoice with a discount."""
    return {
        **credit_note(_discounted(), "Deux appels reçus après la facture."),
        "number": "A-2026-00001",
        "series": "A-2026-",
        "count": 1,
        "issued_on": "2026-11-05",
        "issued_at": 1_793_900_000,
    }


def _discounted() -> Kept:
    band = line("Essentielle, jusqu'à 150 appels", 1, "mois", "149.00", 14900)
    share = line("Remise, − 3 %", -300, "%", "149.00", -447, code="discount", for_each=10_000)
    return invoice(band, share)


def _prorated() -> Kept:
    part = line("Essentielle, jusqu'à 150 appels", 1, "mois", "149.00", 5768, days=12)
    talk = line("Conversations", 12_345, "s", "1.40", 28_805, for_each=60)
    other = line("Comme convenu", 3, "appels", "10.00", 2500, first_day=None, last_day=None)
    return invoice(part, talk, other)


def _untaxed() -> Kept:
    seller = {**SELLER, "vat_due": "franchise", "vat_number": "", "creditor_identifier": ""}
    by_transfer = {"by": "transfer", "on": "2026-12-03"}
    return invoice(rate=0, reason="TVA non applicable, art. 293 B du CGI", seller=seller, payment=by_transfer)


def _with_deposit(amount: int) -> Kept:
    deposit = line("Dépôt de garantie", 1, "forfait", "100.00", amount, code="deposit", apart="deposit")
    return invoice(line("Essentielle", 1, "mois", "149.00", 14900), deposit)


def _consumer() -> Kept:
    whom = {**CUSTOMER, "kind": "consumer", "siren": "", "vat_number": "", "mandate": None, "iban": ""}
    seller = {**SELLER, "vat_due": "receipts", "capital": None, "rcs": "", "siret": "", "telephone": ""}
    return invoice(customer=whom, seller=seller, payment={"by": "transfer", "on": "2026-12-03"})


def _long(lines: int) -> Kept:
    label = "Permanence Continue avec prise de rendez-vous, transmission au responsable et rappel par l'équipe du soir"
    address = {**ADDRESS, "lines": ["Bâtiment C, escalier 4", "Zone d'activité", "12 bis avenue de l'Exemple", "BP 40"]}
    name = "Société civile professionnelle des médecins associés du centre de la Fontaine-aux-Lilas & Cie <Nord>"
    found = [line(f"{label} n° {number}", number, "appels", "1.05", number * 105) for number in range(1, lines + 1)]
    return invoice(*found, customer={**CUSTOMER, "name": name, "address": address})


KINDS: Mapping[str, Callable[[], Kept]] = {
    "usual": invoice,
    "discount": _discounted,
    "credit note": note,
    "part of a month, by the minute, as agreed": _prorated,
    "no VAT, 293 B": _untaxed,
    "La Réunion, 8.5 %": lambda: sold_in("FR-974", 850),
    "Guyane, exempt": lambda: sold_in("FR-973", 0),
    "New Caledonia, outside the tax": lambda: sold_in("FR-988", 0),
    "taxed at zero": lambda: invoice(rate=0),
    "deposit taken": lambda: _with_deposit(10_000),
    "deposit given back": lambda: _with_deposit(-30_000),
    "consumer": _consumer,
    "seventy lines": lambda: _long(70),
    "replaced": lambda: invoice(replaces={"number": "F-2026-00041", "issued_on": "2026-11-02"}, why="Une erreur."),
}
"""Documents that the French rules are for."""
ABROAD: Mapping[str, Callable[[], Kept]] = {
    "Belgium": lambda: sold_in("BE", 2100, "BE0123456749"),
    "Switzerland, in francs": lambda: {**sold_in("CH", 0), "currency": "CHF"},
    "nobody reaches him": lambda: invoice(
        customer={**CUSTOMER, "kind": "consumer", "siren": "", "vat_number": "", "email": ""}
    ),
}
"""Documents that the European rules are for, and the French ones are not: other rates, no firm in the directory."""
