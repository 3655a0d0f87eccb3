"""`permanence forget`."""

import os
import secrets
from contextlib import closing
from datetime import UTC, datetime, time
from pathlib import Path

import click

from ...model.line import one_spelling
from ...model.period import Span
from ...model.problem import Place, Problem, Refused
from ...on_file import IMPORT_FIRST
from ...read.deeds import note
from ...read.files import create_file
from ...store.calls import open_calls
from ...store.forgetting import KEY_BYTES, forget_caller, forget_older, key_file, key_of
from ...store.found_calls import spellings
from ..console import out, print_json
from ..deed_typed import deed_typed
from ..screens.forgotten import forgotten_summary, show_forgotten
from ..typed import SpanType, day_asked, example, json_option, on_option
from ..upgraded import tell_upgraded

FEW_DIGITS = 4
"""A number that has fewer digits is no caller's: it may be part of many."""


@click.command()
@click.option("--older-than", "span", type=SpanType("--older-than"), help='Of calls older than "12 months".')
@click.option(
    "--caller", "number", default="", help="Of this caller, however the number is written: an erasure request."
)
@click.option("--calls", default="calls.db", show_default=True, help="Database of calls.")
@on_option
@json_option
@example('permanence forget --older-than "12 months"')
def forget(span: Span | None, number: str, calls: str, on: datetime | None, as_json: bool) -> None:
    """Forget callers' numbers: of calls older than a time, or of one caller who asks for it.

    What is left of an older number is how it begins, with a keyed digest for each call, by which a record that comes in
    again is known as a duplicate; of a caller who asks, nothing is left. Bills, proofs and counts rest on no caller's
    number, and stay as they are. Files that were imported, and copies of the database, are not touched.
    """
    if (span is None) == (not number):
        hint = '--older-than "12 months", or --caller NUMBER'
        raise Refused([Problem(Place("forget"), "say what is to be forgotten, one thing at a time", hint)])
    path = _database(calls)
    with closing(open_calls(str(path), tell_upgraded)) as database:
        if span is not None:
            day = span.after(day_asked(on, "UTC"), -1)
            before = int(datetime.combine(day, time(), UTC).timestamp())
            found, asked = forget_older(database, before, _made_if_need_be(path), deed_typed()), str(day)
        else:
            found, asked = forget_caller(database, _spellings(number), key_of(path), deed_typed(number)), "caller"
    note(str(path), "has forgotten callers' numbers")
    summary = forgotten_summary(found, asked, path)
    if as_json:
        print_json(summary)
    else:
        show_forgotten(out(), summary)


def _database(calls: str) -> Path:
    path = Path(calls)
    if calls.endswith(".parquet"):
        what = "Parquet files are yours: what is in them is not changed by any command"
        raise Refused([Problem(Place(calls), what, "take the column of callers out of them where you write them")])
    if not path.is_file():
        raise Refused([Problem(Place(calls), "there is no such database of calls", IMPORT_FIRST)])
    return path


def _spellings(number: str) -> tuple[str, ...]:
    """Return the ways in which the number may stand in the database; raise Refused for what is none."""
    if sum(sign.isdigit() for sign in one_spelling(number.strip())) < FEW_DIGITS:
        hint = "write it as it was shown, or as +33199000010"
        raise Refused([Problem(Place("--caller"), "this is no telephone number", hint)])
    return spellings(number)


def _made_if_need_be(path: Path) -> bytes:
    """Return the key beside a database of calls; a new one is its owner's alone, whatever else is shared."""
    if key := key_of(path):
        return key
    key, before = secrets.token_bytes(KEY_BYTES), os.umask(0o077)
    try:
        create_file(key_file(path), f"{key.hex()}\n".encode())
    except FileExistsError:  # another command has made it meanwhile
        return key_of(path) or key
    finally:
        os.umask(before)
    return key
