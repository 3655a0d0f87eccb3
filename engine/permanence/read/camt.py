"""Statements and notices of banks: camt.053 and camt.054 of ISO 20022, of any version."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as Xml

from attrs import frozen

from ..model.money import Cents, cents
from ..model.payment import BankEntry
from ..model.problem import Place, Problem, Refused

KINDS = {"BkToCstmrStmt": "Stmt", "BkToCstmrDbtCdtNtfctn": "Ntfctn"}
"""What a camt.053 and a camt.054 have below the document, and what in it has the entries."""
BOOKED = "BOOK"
NAME_ONE = "name a file camt.053 or camt.054, as the bank has it"
DECIMALS = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2}0*)?")
NO_REFERENCE = ("NOTPROVIDED", "NONREF")
REST = "reste de l'écriture"
"""What staff read of an amount that no transaction of an entry tells of."""


@frozen
class BankStatement:
    """A bank's file: its bytes, its booked entries in order, and how many it has that are not booked yet."""

    name: str
    content: bytes
    entries: tuple[BankEntry, ...]
    pending: int


def read_camt(path: Path) -> BankStatement:
    """Return what a bank's file says; raise Refused where it is none, with everything that cannot be read in it."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Refused([Problem(Place(str(path)), f"cannot be read: {error.strerror}")]) from error
    root = _root(path, content)
    entries, problems, pending, number = list[BankEntry](), list[Problem](), 0, 0
    for report in (one for kind, inner in KINDS.items() for one in root.findall(f"{{*}}{kind}/{{*}}{inner}")):
        account = _text(report, "Acct/Id/IBAN") or _text(report, "Acct/Id/Othr/Id")
        for entry in report.findall("{*}Ntry"):
            number += 1
            if (_text(entry, "Sts/Cd") or _text(entry, "Sts") or BOOKED) != BOOKED:
                pending += 1
                continue
            try:
                movements = tuple(_movements(entry, account, f"Ntry {number}"))
                entries += [*movements, *_rest(entry, movements)]
            except ValueError as error:
                problems.append(Problem(Place(f"{path}: Ntry {number}"), str(error), "ask the bank for the file anew"))
    if problems:
        raise Refused(problems)
    return BankStatement(path.name, content, tuple(entries), pending)


def _root(path: Path, content: bytes) -> Xml.Element:
    where = Place(str(path))
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Refused([Problem(where, "it declares a document type, which no bank's file does", NAME_ONE)])
    try:
        root = Xml.fromstring(content)
    except (Xml.ParseError, ValueError, LookupError) as error:
        line, column = getattr(error, "position", (0, 0))
        raise Refused([Problem(Place(str(path), line, column), f"this is no XML: {error}", NAME_ONE)]) from error
    if not any(root.find(f"{{*}}{kind}") is not None for kind in KINDS):
        raise Refused([Problem(where, "this is no statement or notice of a bank", NAME_ONE)])
    return root


def _movements(entry: Xml.Element, account: str, place: str) -> Iterator[BankEntry]:
    """Yield the movements that an entry is made of: each transaction told in it, or the whole as one."""
    booked_on = _day(_text(entry, "BookgDt/Dt") or _text(entry, "BookgDt/DtTm") or _text(entry, "ValDt/Dt"))
    told = entry.findall("{*}NtryDtls/{*}TxDtls")
    for one in told or [entry]:
        amount, currency = _amount(one if told else entry, entry, alone=len(told) < 2)
        sign = _text(one, "CdtDbtInd") or _text(entry, "CdtDbtInd")
        if sign not in ("CRDT", "DBIT"):
            raise ValueError(f'"CdtDbtInd" is neither CRDT nor DBIT: "{sign}"')
        reference = _text(one, "Refs/EndToEndId")
        yield BankEntry(
            place=place,
            account=account,
            booked_on=booked_on,
            amount=Cents(amount if sign == "CRDT" else -amount),
            currency=currency,
            reference="" if reference in NO_REFERENCE else reference,
            batch=_text(entry, "NtryDtls/Btch/PmtInfId") or _text(one, "Refs/PmtInfId"),
            reason=_text(one, "RtrInf/Rsn/Cd") or _text(one, "RtrInf/Rsn/Prtry"),
            said=_said(one),
        )


def _rest(entry: Xml.Element, movements: Sequence[BankEntry]) -> Iterator[BankEntry]:
    """Yield what an entry moves besides the transactions that are told in it: charges, or what nobody tells of.

    Where a transaction is in another currency, nothing is known of a rest.
    """
    amount, currency = _amount(entry, entry, alone=True)
    whole = amount if _text(entry, "CdtDbtInd") == "CRDT" else -amount
    rest = whole - sum(one.amount for one in movements)
    if rest and all(one.currency == currency for one in movements):
        first = movements[0]
        yield BankEntry(
            place=first.place,
            account=first.account,
            booked_on=first.booked_on,
            amount=Cents(rest),
            currency=currency,
            said=REST,
        )


def _said(one: Xml.Element) -> str:
    texts = [*one.findall("{*}RmtInf/{*}Ustrd"), *one.findall("{*}RmtInf/{*}Strd/{*}CdtrRefInf/{*}Ref")]
    return " ".join(" ".join((text.text or "").split()) for text in texts)


def _amount(one: Xml.Element, entry: Xml.Element, *, alone: bool) -> tuple[Cents, str]:
    """Return what a transaction moves: its own amount in the entry's currency, or what was booked where it is alone.

    What a payer was asked in another currency is not what came in.
    """
    paths = ("{*}Amt", "{*}AmtDtls/{*}TxAmt/{*}Amt", "{*}AmtDtls/{*}InstdAmt/{*}Amt")
    found = [amount for path in paths if (amount := one.find(path)) is not None]
    booked = entry.findall("{*}Amt")[:1]
    as_booked = [amount for amount in found if booked and amount.get("Ccy") == booked[0].get("Ccy")]
    told = next(iter(as_booked or (booked if alone else found)), None)
    if told is None:
        raise ValueError("one of several transactions has no amount")
    text = (told.text or "").strip()
    if not DECIMALS.fullmatch(text):
        raise ValueError(f'"{text}" is no amount')
    whole, _, decimals = text.partition(".")
    return cents(f"{whole}.{decimals[:2] or '00'}"), told.get("Ccy", "")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise ValueError(f'"{text}" is no day of booking') from error


def _text(element: Xml.Element, path: str) -> str:
    found = element.find("/".join(f"{{*}}{name}" for name in path.split("/")))
    return (found.text or "").strip() if found is not None else ""
