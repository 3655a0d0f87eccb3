"""`permanence rebill`."""

import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from attrs import evolve

from ...bill.ledger import credit_note
from ...bill.rebilled import Capsule, rebilled
from ...model.issued import Document, written
from ...model.parties import parties_kept
from ...model.period import Month
from ...model.problem import Place, Problem, Refused
from ...on_file import open_book
from ...read.unpacked import unpacked
from ...store.drafts import drafts_of
from ...store.ledger import document_of, issued_texts
from ...store.results import open_billing, publish
from ..console import out, print_json
from ..made_with import made_with
from ..plugins_in_use import plugins_in_use, without_option
from ..typed import billing_option, example, json_option

OF_ITS_ISSUE = ("number", "series", "count", "issued_on", "issued_at", "seller", "customer", "payment")
RESTS_ON = ("offers", "indices", "contract_text", "made_with", "read")
OF_A_CORRECTION = ("replaces", "why")


@click.command()
@click.argument("invoice")
@billing_option
@without_option
@json_option
@example("permanence rebill F-2026-00042")
def rebill(invoice: str, billing: Path, as_json: bool) -> None:
    """Work an issued INVOICE out again from what it keeps alone: it must come to the same bytes.

    Neither calls nor the rule and contract files of today are read. Where it comes to anything else, what differs is
    told, with the versions that are others than then.
    """
    document, texts = document_of(billing, invoice), _texts(billing)
    plugins = plugins_in_use()
    then = json.loads(texts[document["made_with"]]) if document["made_with"] else {}
    others = dict(_others(then, json.loads(made_with(plugins))))
    try:
        found = _again(document, texts)
    except Refused as refused:
        hint = _hint(others) if others else ""
        raise Refused(evolve(one, hint=one.hint or hint) for one in refused.problems) from refused
    same = written(found) == written(document)
    if as_json:
        print_json({"invoice": invoice, "same": same, "versions": others})
    else:
        _show(invoice, others, same=same)
    if not same:
        differing = ", ".join(sorted(name for name in document if document[name] != found.get(name)))
        raise Refused([Problem(Place(invoice), f"it comes to another document now: {differing}", _hint(others))])


def _texts(billing: Path) -> Mapping[str, str]:
    return {digest: text for digest, (_, text) in issued_texts(billing).items()}


def _again(document: Document, texts: Mapping[str, str]) -> Document:
    """Return a document worked out from what it keeps."""
    month = Month.parse(document["month"])
    with unpacked(_files(document, texts)) as folder:
        book = open_book(folder / "rules", folder / "contracts", plugins_in_use())
        seller = parties_kept({"on": document["issued_on"], **document}).seller
        book = evolve(book, sellers=(seller,))
        run = rebilled(book, _capsule(document, month))
        if run.holds:
            raise Refused([Problem(Place(document["number"]), f"it could not be billed now: {run.holds[0].reason}")])
        with closing(open_billing(folder / "billing.db")) as database:
            publish(database, run, datetime.fromtimestamp(document["issued_at"], UTC))
            says = next((dict(draft.says) for draft in drafts_of(database, month)), {})
    names = (*OF_ITS_ISSUE, *RESTS_ON, *OF_A_CORRECTION)
    kept = {name: document[name] for name in names if name in document}
    if document["kind"] == "credit_note":
        note = credit_note({**says, **kept, "number": "", "issued_on": ""}, document["why"])
        return {**note, **kept, "corrects": document["corrects"]}
    return {**says, **kept}


def _files(document: Document, texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for number, digest in enumerate(document["offers"].values()):
        yield f"rules/{number}.toml", texts[digest]
    for name, digest in document["indices"].items():
        yield f"rules/indices/{name}.toml", texts[digest]
    yield "contracts/contract.toml", texts[document["contract_text"]]


def _capsule(document: Document, month: Month) -> Capsule:
    kept = document["capsule"]
    past = json.loads(kept["past"])
    return Capsule(
        contract=document["contract"],
        month=month,
        counts=json.loads(kept["counts"]),
        past={Month.parse(name): calls for name, calls in past.items()},
        usage=[tuple(row) for row in document["usage"]],
    )


def _others(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield what has another version now than then, with both."""
    flat = [
        {**{name: one for name, one in each.items() if name != "options"}, **each.get("options", {})}
        for each in (then, now)
    ]
    for name in sorted(flat[0]):
        if flat[0][name] != flat[1].get(name, ""):
            yield name, (flat[0][name], flat[1].get(name, ""))


def _hint(others: Mapping[str, tuple[str, str]]) -> str:
    named = ", ".join(f"{name} {then}" for name, (then, _) in others.items())
    return (
        f"it was worked out with {named}: install that, and try again" if named else "its ledger may be damaged: verify"
    )


def _show(invoice: str, others: Mapping[str, tuple[str, str]], *, same: bool) -> None:
    if same:
        out().print(
            f"{invoice} : recalculée à partir de ce qu'elle conserve, identique à l'octet près.", soft_wrap=True
        )
    for name, (then, now) in others.items():
        out().print(f"{name} : {now or 'absent'} aujourd'hui, {then} alors.", soft_wrap=True)
