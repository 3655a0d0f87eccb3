"""What a Parquet file of calls must look like: our own columns, of types that can hold them."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ...model.call_file import CALL_COLUMNS
from ...model.problem import Place, Problem, Refused, did_you_mean
from .near_names import misspelt

OPTIONAL = ("source", "direction")
"""Columns that a file may lack although every call has a value: one source, and inbound."""


def open_parquet(path: Path, source: "pa.NativeFile | Path", dictionaries: tuple[str, ...] = ()) -> "pq.ParquetFile":
    """Return an opened Parquet file that has our columns; ``dictionaries`` are read as codes into words.

    Raises Refused when it is no Parquet file, is cut short, lacks columns, or holds other types in them.
    """
    try:
        file = pq.ParquetFile(source, read_dictionary=list(dictionaries))
    except FileNotFoundError as error:
        raise refused(path, "cannot be read: no such file") from error
    except (pa.ArrowInvalid, OSError) as error:
        raise refused(path, "is no Parquet file, or is cut short", "copy or fetch it again") from error
    problems = list(_wrong(path, file.schema_arrow))
    if problems:
        raise Refused(problems)
    return file


def refused(path: Path, what: str, hint: str = "") -> Refused:
    """Return a refusal of a whole file."""
    return Refused([Problem(Place(str(path)), what, hint)])


def is_empty_type(kind: "pa.DataType") -> bool:
    """Tell whether a column is one of nulls only."""
    return bool(pa.types.is_null(kind))


def _is_text(kind: "pa.DataType") -> bool:
    if pa.types.is_dictionary(kind):
        return _is_text(kind.value_type)
    return any(is_kind(kind) for is_kind in (pa.types.is_string, pa.types.is_large_string, pa.types.is_null))


def _is_instant(kind: "pa.DataType") -> bool:
    return bool(pa.types.is_int64(kind) or (pa.types.is_timestamp(kind) and kind.tz is not None))


KINDS: Mapping[str, tuple[str, Callable[["pa.DataType"], bool]]] = {
    "start": ("whole seconds UTC, or a timestamp with a zone", _is_instant),
    "wait_seconds": ("whole numbers", pa.types.is_integer),
    "talk_seconds": ("whole numbers", pa.types.is_integer),
}


def _wrong(path: Path, schema: "pa.Schema") -> Iterator[Problem]:
    place = Place(str(path))
    ours = {column.name for column in CALL_COLUMNS}
    others = [name for name in schema.names if name not in ours]
    for column in CALL_COLUMNS:
        if column.name not in schema.names:
            near = misspelt(column.name, others)
            if near or (column.required and column.name not in OPTIONAL):
                hint = did_you_mean(near or column.name, schema.names)
                yield Problem(place, f'the column "{column.name}" is missing', hint)
            continue
        kind = schema.field(column.name).type
        wanted, fits = KINDS.get(column.name, ("text", _is_text))
        if not fits(kind):
            yield Problem(place, f'the column "{column.name}" holds {kind}, not {wanted}')
