"""Statements and notices as banks write them, from a line for each entry."""

from collections.abc import Sequence

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:{form}"><{kind}><GrpHdr><MsgId>M</MsgId></GrpHdr><{inner}><Id>1</Id>
<Acct><Id><IBAN>FR7699999000010000005000174</IBAN></Id></Acct>
"""
KINDS = {"camt.053": ("BkToCstmrStmt", "Stmt"), "camt.054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn")}


def entry(amount: str, day: str = "2026-11-17", *, status: str = "<Sts>BOOK</Sts>", inner: str = "") -> str:
    """Return an entry; an amount with "-" before it left the account."""
    sign = "DBIT" if amount.startswith("-") else "CRDT"
    head = f'<Amt Ccy="EUR">{amount.lstrip("-")}</Amt><CdtDbtInd>{sign}</CdtDbtInd>{status}'
    return f"<Ntry>{head}<BookgDt><Dt>{day}</Dt></BookgDt><NtryDtls>{inner}</NtryDtls></Ntry>"


def transaction(reference: str, amount: str = "", reason: str = "", said: str = "") -> str:
    """Return the details of an entry that has some: a debit's reference, a return's reason, a payer's words."""
    told = f"<Refs><EndToEndId>{reference}</EndToEndId></Refs>" if reference else ""
    told += f'<AmtDtls><TxAmt><Amt Ccy="EUR">{amount}</Amt></TxAmt></AmtDtls>' if amount else ""
    told += f"<RmtInf><Ustrd>{said}</Ustrd></RmtInf>" if said else ""
    told += f"<RtrInf><Rsn><Cd>{reason}</Cd></Rsn></RtrInf>" if reason else ""
    return f"<TxDtls>{told}</TxDtls>"


def camt(form: str, entries: Sequence[str]) -> str:
    """Return a whole file, of a form such as "camt.054.001.08"."""
    kind, inner = KINDS[form[:8]]
    return HEAD.format(form=form, kind=kind, inner=inner) + "\n".join(entries) + f"\n</{inner}></{kind}></Document>\n"
