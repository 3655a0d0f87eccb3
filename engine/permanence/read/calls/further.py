"""Further words and numbers of records, `[word.<name>]` and `[number.<name>]`: one JSON object each."""

import json

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ...model.carried import MOST_CARRIED, can_be_carried
from ...model.spreadsheet import cell_text
from ...model.usage import Numbers
from .columns import Columns, part_of
from .durations import duration_fault
from .mapping import FurtherWord, NumberRule, bare
from .masking import masked

Details = dict[str, object]


def details(columns: Columns) -> "pa.Array":
    """Return what each record carries besides our columns, as JSON with sorted keys; null where that is nothing."""
    form = columns.form
    if not (form.numbers or form.words or columns.has("details")):
        return pa.nulls(len(columns), pa.string())
    found = _written(columns)
    for name, word in form.words.items():
        for row, text in enumerate(_part(columns, word).to_pylist()):
            if text:
                found[row][name] = text
    for name, number in form.numbers.items():
        texts = _part(columns, number)
        values = columns.measured(texts, number.form)
        _refuse_unread(columns, number, texts, values)
        for row in np.flatnonzero(np.asarray(pc.is_valid(texts)) & (values >= 0)).tolist():
            found[row][name] = int(values[row])
    return pa.array([_json(one) if one else None for one in found], pa.string())


def _written(columns: Columns) -> list[Details]:
    """Return what the column `details` says itself; a record of which it is no JSON object is refused."""
    texts = columns.cells("details")
    found = [details_object(text) for text in texts.to_pylist()]
    columns.refuse_each(
        np.array([one is None for one in found], dtype=np.bool_),
        lambda row: (
            f'details "{masked(texts[row].as_py())}" is no JSON object of words and whole numbers up to {MOST_CARRIED}'
        ),
    )
    return [one or {} for one in found]


def details_object(text: str | None) -> Details | None:
    """Return what a text says that a record carries; None where it is no JSON object of words and whole numbers."""
    if text is None:
        return {}
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and all(map(can_be_carried, found.values())) else None


def _part(columns: Columns, rule: FurtherWord | NumberRule) -> "pa.Array":
    part = part_of(rule.pattern, whole=False) if rule.pattern else str
    return columns.mapped(columns.theirs(rule.column), lambda cell: cell_text(part(cell)) or None)


def _refuse_unread(columns: Columns, rule: NumberRule, texts: "pa.Array", values: Numbers) -> None:
    def fault(row: int) -> str:
        text = texts[row].as_py()
        why = f"more than {MOST_CARRIED}"
        if values[row] < 0:
            why = duration_fault(text, rule.form, columns.form.durations.decimal)
        return f'{bare(rule.column)} is {why}: "{masked(text)}"'

    columns.refuse_each((values < 0) | (values > MOST_CARRIED), fault)


def _json(found: Details) -> str:
    return json.dumps(found, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
