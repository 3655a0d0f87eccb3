"""A call file as columns of text, one record per line, with the lines that are no record."""

import csv
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa
from attrs import evolve, frozen

from ...model.problem import Place, Problem, Refused, did_you_mean
from ...model.usage import Numbers
from .blocks import MOST_BLANK, Block, blocks, opened, refused
from .delimited import cells, parsed
from .kept_lines import kept_lines
from .layouts import cut_lines
from .mapping import CallFormat
from .masking import masked
from .near_names import misspelt
from .workbook import is_workbook, workbook_content, workbook_text

EARLY = 10_000
"""Records after which a file is given up of which most are none."""


@frozen(eq=False, kw_only=True)
class TextTable:
    """Records as columns of text by their names, the line of each, and why the other lines are none.

    ``texts`` holds every line of a part of the file, of which ``first`` is the number of the first one.
    """

    columns: Mapping[str, "pa.Array"]
    lines: Numbers
    damaged: Mapping[int, str]
    texts: list[bytes]
    first: int = 1


def read_tables(path: Path, form: CallFormat, wanted: Collection[str] | None = None) -> Iterator[TextTable]:
    """Yield the columns that a format uses of a file's records, part by part; only the ``wanted`` ones if told so.

    Raises Refused when the content is of another encoding, has not the format's columns, or when most of
    its lines have another number of columns.
    """
    names: list[str] | None = None
    records, damaged, skipped = 0, 0, 0
    first: tuple[int, str] | None = None
    seen = False
    for block in _blocks(path, form):
        at_start = evolve(form, skip_before=0) if block.first > 1 else form
        numbers = kept_lines(block.lines, at_start)
        if not numbers:
            skipped += sum(map(len, block.lines))
            if skipped > MOST_BLANK:
                raise refused(path, f"has no record in {skipped >> 20} megabytes", "is it a file of calls?")
            continue
        seen = True
        try:
            if form.layout != "delimited":
                table = _laid_out(path, block, numbers, form)
            else:
                if names is None:
                    names = _header(path, block, numbers, form)
                    numbers = numbers[1:] if form.header else numbers
                table = _cut(block, numbers, names, form, wanted)
        except (csv.Error, pa.ArrowInvalid) as error:
            raise refused(path, f"cannot be cut into columns: {error}") from error
        records += len(table.lines) + len(table.damaged)
        damaged += len(table.damaged)
        first = first or min(table.damaged.items(), default=None)
        if records >= EARLY:
            _refuse_most(path, damaged, records, form, first)
        yield table
    if not seen:
        raise refused(path, "the file is empty")
    if not records:
        raise refused(path, "the file has a header and no records")
    _refuse_most(path, damaged, records, form, first)


def _blocks(path: Path, form: CallFormat) -> Iterator[Block]:
    with opened(path) as file:
        begin = file.read(8)
    if not is_workbook(begin):
        yield from blocks(path, form)
        return
    content = workbook_content(path)
    yield Block(1, workbook_text(path, content, evolve(form, encoding="utf-8")).splitlines())


def _cut(
    block: Block, numbers: list[int], names: list[str], form: CallFormat, wanted: Collection[str] | None
) -> TextTable:
    """Return the columns of some lines of a block, which are numbered from 1 within it."""
    before = block.first - 1
    used = [theirs for theirs in form.columns_read() if theirs in names and (wanted is None or theirs in wanted)]
    if not numbers:
        none = {name: pa.array([], pa.string()) for name in used}
        return TextTable(columns=none, lines=np.zeros(0, np.int64), damaged={}, texts=block.lines, first=block.first)
    table, damaged = parsed(block.lines, numbers, names, used, form)
    gone = damaged.keys() | table.swallowed
    sound = np.array([number for number in numbers if number not in gone], dtype=np.int64)
    return TextTable(
        columns={theirs: table.columns.column(theirs).combine_chunks() for theirs in used},
        lines=sound + before,
        damaged={number + before: what for number, what in damaged.items()},
        texts=block.lines,
        first=block.first,
    )


def _laid_out(path: Path, block: Block, numbers: list[int], form: CallFormat) -> TextTable:
    """Return the columns of lines that no delimiter cuts."""
    cut = cut_lines([block.lines[number - 1].decode() for number in numbers], form)
    before = block.first - 1
    damaged = {numbers[position] + before: what for position, what in cut.damaged.items()}
    missing = [name for name, may_lack in form.columns_read().items() if name not in cut.columns and not may_lack]
    if missing and len(cut.sound):
        place = Place(str(path), numbers[0] + before)
        raise Refused(
            Problem(place, f'the column "{name}" is missing', did_you_mean(name, cut.names)) for name in missing
        )
    sound = np.array([numbers[position] for position in cut.sound], dtype=np.int64)
    return TextTable(columns=cut.columns, lines=sound + before, damaged=damaged, texts=block.lines, first=block.first)


def _refuse_most(path: Path, damaged: int, lines: int, form: CallFormat, first: tuple[int, str] | None) -> None:
    if first and 2 * damaged > lines:
        what = f"is not of format {form.name}: {damaged} of its {lines} lines are no such records"
        raise Refused([Problem(Place(str(path)), what), Problem(Place(str(path), first[0]), first[1])])


def _header(path: Path, block: Block, numbers: list[int], form: CallFormat) -> list[str]:
    """Return the names of the file's columns, from its first line or from the format's lists."""
    texts = block.lines
    if not form.header:
        return _fitting_list(path, [texts[number - 1].decode() for number in islice(numbers, 200)], form)
    names = [name.strip() for name in cells(texts[numbers[0] - 1].decode(), form)]
    read = form.columns_read()
    others = [name for name in names if name not in read]
    missing = [
        name for name, may_lack in read.items() if name not in names and (not may_lack or misspelt(name, others))
    ]
    place = Place(str(path), numbers[0] + block.first - 1)
    if missing and texts[numbers[0] - 1].lstrip().startswith(b"{"):
        raise refused(path, "has lines of JSON, not of columns", 'set layout = "json" in the call format')
    # What should be a header may be a record, with telephone numbers.
    problems = [
        Problem(place, f'the column "{name}" is missing', masked(did_you_mean(misspelt(name, others) or name, names)))
        for name in missing
    ]
    problems += [Problem(place, f'two columns are named "{masked(name)}"') for name in _repeated(names)]
    if problems:
        raise Refused(problems)
    return names


def _fitting_list(path: Path, texts: list[str], form: CallFormat) -> list[str]:
    """Return the column list whose length most of the first lines have."""
    usual = Counter(len(cells(text, form)) for text in texts).most_common(1)[0][0]
    lists = [names.split(",") for names in form.columns]
    for names in lists:
        if len(names) == usual:
            return names
    wanted = " or ".join(str(len(names)) for names in lists)
    raise refused(path, f"is not of format {form.name}: its lines have {usual} columns, not {wanted}")


def _repeated(names: list[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1 and name]
