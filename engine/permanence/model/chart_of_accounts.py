"""The accounts of the books to which invoices are entered: customers, sales by offer and option, VAT by rate."""

import re
from collections.abc import Iterator
from typing import Any

import attrs
from attrs import frozen

from .keys import key, key_name
from .money import PerCent

ACCOUNT, JOURNAL = re.compile("[0-9A-Z]{3,15}"), re.compile("[0-9A-Z]{1,10}")


def _written_as(form: re.Pattern[str], what: str) -> Any:
    def check(_made: object, attribute: "attrs.Attribute[Any]", value: str) -> None:
        if not form.fullmatch(value):
            raise ValueError(f'"{key_name(attribute)}" is {what}, and "{value}" is none')

    return check


_ACCOUNT = _written_as(ACCOUNT, "an account: 3 to 15 figures and capitals")


@frozen(kw_only=True)
class SaleAccount:
    """`[[accounts.sale]]`: the account of what one offer sells, or one option of it or of any."""

    offer: str = key("Id of an offer; of every offer when absent.", default="", example="essentielle")
    option: str = key(
        "Id of an option; everything but what has its own account when absent.", default="", example="sms"
    )
    account: str = key("Account.", example="706100", validator=_ACCOUNT)


@frozen(kw_only=True)
class VatAccount:
    """`[[accounts.vat_rate]]`: the account of the VAT at one rate."""

    rate: PerCent = key("Rate, in per cent.", example="8.5")
    account: str = key("Account.", example="445712", validator=_ACCOUNT)


@frozen(kw_only=True)
class ChartOfAccounts:
    """`[accounts]`: where invoices are entered (PCG); what has no account of its own goes to the common one."""

    journal: str = key("Code of the sales journal.", default="VE", validator=_written_as(JOURNAL, "1 to 10 capitals"))
    journal_name: str = key("Name of the sales journal.", default="Ventes")
    customers: str = key("Customers: what they owe.", default="411000", validator=_ACCOUNT)
    sales: str = key("Sales of services.", default="706000", validator=_ACCOUNT)
    vat: str = key("VAT collected.", default="445710", validator=_ACCOUNT)
    deposits: str = key("Deposits received.", default="165000", validator=_ACCOUNT)
    sale: tuple[SaleAccount, ...] = key("Accounts of offers and options of their own.", default=())
    vat_rate: tuple[VatAccount, ...] = key("Accounts of rates of VAT of their own.", default=())

    def of_sale(self, offer: str, option: str) -> str:
        """Return the account of what an offer sells, as an option or not: the one that says most about it."""
        for one in sorted(self.sale, key=lambda one: (bool(one.option), bool(one.offer)), reverse=True):
            if one.offer in ("", offer) and one.option in ("", option):
                return one.account
        return self.sales

    def of_vat(self, rate: int) -> str:
        """Return the account of the VAT at a rate, in hundredths of a per cent."""
        return next((one.account for one in self.vat_rate if one.rate == rate), self.vat)

    def names(self) -> Iterator[tuple[str, str]]:
        """Yield each account with what the books call it (French)."""
        yield self.customers, "Clients"
        yield self.deposits, "Dépôts et cautionnements reçus"
        yield self.sales, "Prestations de services"
        yield self.vat, "TVA collectée"
        for sale in self.sale:
            yield sale.account, " ".join(["Prestations de services", *filter(None, (sale.offer, sale.option))])
        for vat in self.vat_rate:
            yield vat.account, f"TVA collectée {vat.rate / 100:g} %".replace(".", ",")
