"""Direct debits as banks take them: pain.008 of ISO 20022, in the two versions in use, the same bytes each time."""

import re
import unicodedata
from datetime import UTC, datetime
from xml.etree import ElementTree as Xml

from ..model.debit import Debit, DebitBatch, DebitForm, DebitMessage
from ..model.money import Cents
from .xml_written import in_decimals, path_within, within, xml_bytes

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
    body = within(root, "CstmrDrctDbtInitn")
    _header(within(body, "GrpHdr"), message)
    for batch in message.batches:
        _batch(within(body, "PmtInf"), message, batch)
    return xml_bytes(root)


def _header(header: Xml.Element, message: DebitMessage) -> None:
    within(header, "MsgId", message.id)
    within(header, "CreDtTm", datetime.fromtimestamp(message.made_at, UTC).strftime("%Y-%m-%dT%H:%M:%S"))
    within(header, "NbOfTxs", str(len(message.debits)))
    within(header, "CtrlSum", in_decimals(message.amount))
    within(within(header, "InitgPty"), "Nm", _name(message.creditor.name, message.creditor.identifier))


def _batch(info: Xml.Element, message: DebitMessage, batch: DebitBatch) -> None:
    creditor, first = message.creditor, batch.debits[0]
    within(info, "PmtInfId", batch.id)
    within(info, "PmtMtd", "DD")
    within(info, "BtchBookg", "true")
    within(info, "NbOfTxs", str(len(batch.debits)))
    within(info, "CtrlSum", in_decimals(Cents(sum(one.amount for one in batch.debits))))
    kind = within(info, "PmtTpInf")
    path_within(kind, "SvcLvl/Cd", "SEPA")
    path_within(kind, "LclInstrm/Cd", SCHEMES[first.scheme])
    within(kind, "SeqTp", first.sequence)
    within(info, "ReqdColltnDt", first.collect_on.isoformat())
    path_within(info, "Cdtr/Nm", _name(creditor.name, creditor.identifier))
    path_within(info, "CdtrAcct/Id/IBAN", creditor.iban)
    _bank(within(info, "CdtrAgt"), creditor.bic, message.form)
    within(info, "ChrgBr", "SLEV")
    other = path_within(info, "CdtrSchmeId/Id/PrvtId/Othr")
    within(other, "Id", creditor.identifier)
    path_within(other, "SchmeNm/Prtry", "SEPA")
    for debit in batch.debits:
        _debit(within(info, "DrctDbtTxInf"), debit, message.form)


def _debit(told: Xml.Element, debit: Debit, form: DebitForm) -> None:
    path_within(told, "PmtId/EndToEndId", debit.reference)
    within(told, "InstdAmt", in_decimals(debit.amount), Ccy="EUR")
    mandate = path_within(told, "DrctDbtTx/MndtRltdInf")
    within(mandate, "MndtId", debit.mandate)
    within(mandate, "DtOfSgntr", debit.signed.isoformat())
    if debit.former_iban:
        within(mandate, "AmdmntInd", "true")
        path_within(mandate, "AmdmntInfDtls/OrgnlDbtrAcct/Id/IBAN", debit.former_iban)
    _bank(within(told, "DbtrAgt"), "", form)
    path_within(told, "Dbtr/Nm", _name(debit.holder, debit.mandate))
    path_within(told, "DbtrAcct/Id/IBAN", debit.iban)
    path_within(told, "RmtInf/Ustrd", sepa_text(" ".join(part.document for part in debit.parts), LONGEST_REMITTANCE))


def _bank(agent: Xml.Element, bic: str, form: DebitForm) -> None:
    """Tell a bank by its BIC; without one, that its IBAN tells it (since 2016)."""
    if bic:
        path_within(agent, f"FinInstnId/{'BIC' if form == 'pain.008.001.02' else 'BICFI'}", bic)
    else:
        path_within(agent, "FinInstnId/Othr/Id", "NOTPROVIDED")


def _name(name: str, otherwise: str) -> str:
    """Return a name as banks take it; what else tells who it is, of one that has no sign of theirs."""
    return sepa_text(name, LONGEST_NAME) or otherwise
