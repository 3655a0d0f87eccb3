"""Direct debits as banks take them: pain.008 of ISO 20022, in the two versions in use, the same bytes each time."""

import re
import unicodedata
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as Xml

from ..model.debit import Debit, DebitBatch, DebitForm, DebitMessage
from ..model.money import Cents

NOT_IN_SEPA = re.compile(r"[^a-zA-Z0-9/\-?:().,'+ ]")
LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "&": "+", "’": "'"}
)
LONGEST_NAME, LONGEST_REMITTANCE = 70, 140
SCHEMES = {"core": "CORE", "b2b": "B2B"}


def sepa_text(text: str, most: int) -> str:
    """Return a text in the signs that all banks of SEPA take, without accents, cut at so many (EPC217-08)."""
    plain = unicodedata.normalize("NFKD", text.translate(LIGATURES))
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(NOT_IN_SEPA.sub(" ", bare).split())[:most].strip()


def pain_008(message: DebitMessage) -> bytes:
    """Return a message as the bytes of its file."""
    root = Xml.Element("Document", xmlns=f"urn:iso:std:iso:20022:tech:xsd:{message.form}")
    body = _in(root, "CstmrDrctDbtInitn")
    _header(_in(body, "GrpHdr"), message)
    for batch in message.batches:
        _batch(_in(body, "PmtInf"), message, batch)
    Xml.indent(root)
    text: str = Xml.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _header(header: Xml.Element, message: DebitMessage) -> None:
    _in(header, "MsgId", message.id)
    _in(header, "CreDtTm", datetime.fromtimestamp(message.made_at, UTC).strftime("%Y-%m-%dT%H:%M:%S"))
    _in(header, "NbOfTxs", str(len(message.debits)))
    _in(header, "CtrlSum", _amount(message.amount))
    _in(_in(header, "InitgPty"), "Nm", _name(message.creditor.name, message.creditor.identifier))


def _batch(info: Xml.Element, message: DebitMessage, batch: DebitBatch) -> None:
    creditor, first = message.creditor, batch.debits[0]
    _in(info, "PmtInfId", batch.id)
    _in(info, "PmtMtd", "DD")
    _in(info, "BtchBookg", "true")
    _in(info, "NbOfTxs", str(len(batch.debits)))
    _in(info, "CtrlSum", _amount(Cents(sum(one.amount for one in batch.debits))))
    kind = _in(info, "PmtTpInf")
    _path(kind, "SvcLvl/Cd", "SEPA")
    _path(kind, "LclInstrm/Cd", SCHEMES[first.scheme])
    _in(kind, "SeqTp", first.sequence)
    _in(info, "ReqdColltnDt", first.collect_on.isoformat())
    _path(info, "Cdtr/Nm", _name(creditor.name, creditor.identifier))
    _path(info, "CdtrAcct/Id/IBAN", creditor.iban)
    _bank(_in(info, "CdtrAgt"), creditor.bic, message.form)
    _in(info, "ChrgBr", "SLEV")
    other = _path(info, "CdtrSchmeId/Id/PrvtId/Othr")
    _in(other, "Id", creditor.identifier)
    _path(other, "SchmeNm/Prtry", "SEPA")
    for debit in batch.debits:
        _debit(_in(info, "DrctDbtTxInf"), debit, message.form)


def _debit(told: Xml.Element, debit: Debit, form: DebitForm) -> None:
    _path(told, "PmtId/EndToEndId", debit.reference)
    _in(told, "InstdAmt", _amount(debit.amount), Ccy="EUR")
    mandate = _path(told, "DrctDbtTx/MndtRltdInf")
    _in(mandate, "MndtId", debit.mandate)
    _in(mandate, "DtOfSgntr", debit.signed.isoformat())
    if debit.former_iban:
        _in(mandate, "AmdmntInd", "true")
        _path(mandate, "AmdmntInfDtls/OrgnlDbtrAcct/Id/IBAN", debit.former_iban)
    _bank(_in(told, "DbtrAgt"), "", form)
    _path(told, "Dbtr/Nm", _name(debit.holder, debit.mandate))
    _path(told, "DbtrAcct/Id/IBAN", debit.iban)
    _path(told, "RmtInf/Ustrd", sepa_text(" ".join(part.document for part in debit.parts), LONGEST_REMITTANCE))


def _bank(agent: Xml.Element, bic: str, form: DebitForm) -> None:
    """Tell a bank by its BIC; without one, that its IBAN tells it (since 2016)."""
    if bic:
        _path(agent, f"FinInstnId/{'BIC' if form == 'pain.008.001.02' else 'BICFI'}", bic)
    else:
        _path(agent, "FinInstnId/Othr/Id", "NOTPROVIDED")


def _name(name: str, otherwise: str) -> str:
    """Return a name as banks take it; what else tells who it is, of one that has no sign of theirs."""
    return sepa_text(name, LONGEST_NAME) or otherwise


def _amount(amount: Cents) -> str:
    return f"{amount // 100}.{amount % 100:02d}"


def _in(parent: Xml.Element, name: str, text: str = "", **attributes: Any) -> Xml.Element:
    made = Xml.SubElement(parent, name, attributes)
    made.text = text or None
    return made


def _path(parent: Xml.Element, names: str, text: str = "") -> Xml.Element:
    """Return the last of several elements, each in the one before it."""
    for name in names.split("/"):
        parent = _in(parent, name)
    parent.text = text or None
    return parent
