"""A month's drafts and what is issued of it already: what is to be issued, what differs, and what is left, and why."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal

from attrs import frozen

from ..model.issued import Document, ToIssue
from ..model.problem import Place, Problem, Refused
from ..model.seller import Series

APART = frozenset({"number", "series", "count", "issued_on", "issued_at", "replaces", "why", "payment"})
"""What an invoice has of its issue: its draft has none of it."""
PARTIES = frozenset({"seller", "customer"})
"""What an invoice says of both parties as they stood on the day of issue."""
MADE_FROM = frozenset({"capsule", "read", "made_with", "contract_text", "offers", "indices"})
"""What an invoice was worked out from: it may be other things that come to the same bill."""
WORDING = frozenset({"label", "sentence"})
"""How a line tells its amount: a later version that puts it in better words asks for no correction."""
Why = Literal["issued", "otherwise", "nothing", "lacking", "outdated", "altered"]


@frozen
class Left:
    """A contract of which nothing is issued now: why, the invoice that is issued of it, and what it lacks."""

    contract: str
    why: Why
    number: str = ""
    lacks: tuple[str, ...] = ()


@frozen
class OfMonth:
    """What is issued of a month's drafts, and what is left."""

    found: tuple[ToIssue, ...]
    left: tuple[Left, ...]


def standing_invoices(documents: Iterable[Document]) -> Mapping[str, Document]:
    """Return the invoice that stands of each contract, by contract: the last one that no credit note corrects."""
    found: dict[str, Document] = {}
    for document in documents:
        if document["kind"] == "invoice":
            found[document["contract"]] = document
        else:
            found.pop(document["contract"], None)
    return found


def differs(document: Document, draft: Document) -> bool:
    """Tell whether an issued invoice says anything else of its money, or of what it was counted from, than a draft."""
    return _money(document) != _money(draft)


def _money(document: Document) -> Mapping[str, Any]:
    apart = APART | PARTIES | MADE_FROM
    lines = [{name: value for name, value in line.items() if name not in WORDING} for line in document["lines"]]
    return {**{name: value for name, value in document.items() if name not in apart}, "lines": lines}


@frozen
class Ready:
    """What a contract's invoice says besides its draft: the parties, what it rests on, and how numbers begin."""

    series: str
    says: Document
    texts: Mapping[str, tuple[str, str]]


def of_month(
    drafts: Sequence[Document],
    documents: Sequence[Document],
    ready: Callable[[str], Ready | tuple[str, ...]],
    outdated: Collection[str],
    sells: Callable[[str], str],
    altered: Collection[str] = (),
) -> OfMonth:
    """Return what is to be issued of a month's drafts, and what is left.

    ``documents`` are those that are issued of the month. ``ready`` tells of a contract what its invoice says besides
    the draft, or everything that is lacking before it can be issued; of ``outdated`` contracts the drafts are to be
    made again. ``sells`` tells who sells to a contract now, nothing where that is not known. ``altered`` are those
    whose drafts are not as they were billed: nothing wrong is ever frozen.
    """
    standing, found, left = standing_invoices(documents), list[ToIssue](), list[Left]()
    for draft in drafts:
        contract = draft["contract"]
        if issued := standing.get(contract):
            others = differs(issued, draft) or sells(contract) not in ("", issued["seller"]["id"])
            left.append(Left(contract, "otherwise" if others else "issued", issued["number"]))
        elif contract in altered:
            left.append(Left(contract, "altered"))
        elif not draft["lines"]:
            left.append(Left(contract, "nothing"))
        elif contract in outdated:
            left.append(Left(contract, "outdated"))
        else:
            beside = ready(contract)
            if isinstance(beside, Ready):
                found.append(ToIssue(beside.series, {**draft, **beside.says}, beside.texts))
            else:
                left.append(Left(contract, "lacking", lacks=beside))
    return OfMonth(tuple(found), tuple(left))


@frozen
class Otherwise:
    """An invoice that is issued, and what it would be now: None where nothing would be invoiced."""

    document: Document
    draft: Document | None


def issued_otherwise(
    drafts: Iterable[Document], documents: Iterable[Document], held: Collection[str] = ()
) -> tuple[Otherwise, ...]:
    """Return the invoices of a month that stand as they were issued, and would be others now.

    Of contracts that are ``held`` it is not known what they would be.
    """
    now = {draft["contract"]: draft for draft in drafts if draft["lines"]}
    standing = (one for name, one in standing_invoices(documents).items() if name not in held)
    found = (Otherwise(one, now.get(one["contract"])) for one in standing)
    return tuple(one for one in found if one.draft is None or differs(one.document, one.draft))


def corrected(
    number: str,
    why: str,
    drafts: Iterable[Document],
    documents: Iterable[Document],
    ready: Callable[[str], Ready | tuple[str, ...]],
    held: Mapping[str, str],
    day: date,
) -> tuple[ToIssue, ...]:
    """Return what corrects an invoice on a day: a credit note, then the invoice that its draft is, where it has lines.

    The credit note is its seller's, whoever sells now. ``held`` says why contracts are on hold. Raises Refused where
    the invoice does not stand any more, is the same now, cannot be told now, or where something is lacking.
    """
    where = Place(number)
    standing = {one["number"]: one for one in standing_invoices(documents).values()}
    if number not in standing:
        raise Refused([Problem(where, "it is no invoice that stands: a credit note, or corrected already")])
    invoice = standing[number]
    if reason := held.get(invoice["contract"]):
        raise Refused([Problem(where, f"its contract is on hold: {reason}", f"mend that, and bill {invoice['month']}")])
    draft = next((one for one in drafts if one["contract"] == invoice["contract"]), None)
    beside = ready(invoice["contract"])
    same_seller = not isinstance(beside, Ready) or beside.says["seller"]["id"] == invoice["seller"]["id"]
    if draft and same_seller and not differs(invoice, draft):
        what = "it says what its month comes to now: there is nothing to correct"
        raise Refused([Problem(where, what, f"bill {invoice['month']} again once calls or contracts are right")])
    if not isinstance(beside, Ready):
        raise Refused([Problem(where, f"the new invoice lacks: {', '.join(beside)}")])
    series = Series(**invoice["seller"]["series"]).of("credit_notes", day.year)
    note = ToIssue(series, credit_note(invoice, why), {})
    if draft is None or not draft["lines"]:
        return (note,)
    says = {**draft, **beside.says, "replaces": {"number": number, "issued_on": invoice["issued_on"]}, "why": why}
    return note, ToIssue(beside.series, says, beside.texts)


def credit_note(invoice: Document, why: str) -> Document:
    """Return the credit note that takes an invoice back whole: each line, each VAT and each total with its sign turned.

    It names the number and the date of the invoice (CGI 289, I, 5; 242 nonies A).
    """
    turned = {name: _turned(invoice[name]) for name in TURNED}
    kept = {name: value for name, value in invoice.items() if name not in APART}
    return {
        **kept,
        **turned,
        "kind": "credit_note",
        "corrects": {"number": invoice["number"], "issued_on": invoice["issued_on"]},
        "why": why,
        "lines": [{**line, **{name: _turned(line[name]) for name in TURNED_OF_LINE}} for line in invoice["lines"]],
        "vat": [{**vat, **{name: _turned(vat[name]) for name in TURNED_OF_VAT}} for vat in invoice["vat"]],
    }


TURNED = ("net_cents", "vat_cents", "total_cents", "deposit_cents")
TURNED_OF_LINE = ("quantity", "amount_cents")
TURNED_OF_VAT = ("base_cents", "amount_cents")


def _turned(amount: int) -> int:
    return -amount
