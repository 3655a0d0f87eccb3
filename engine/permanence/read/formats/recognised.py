"""Which mapping fits a file: by the names of its columns or their number, and by what their first cells look like."""

from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve, frozen

from ...model.problem import Place, Problem, Refused
from ..calls.mapping import CallFormat
from ..calls.patterns import compiled
from .head import PARQUET, WORKBOOK, Head, workbook_lines
from .layout import DELIMITERS

OWN_COLUMNS = "generic"
ENOUGH = 0.8
"""The share of the first records whose cells must look as a mapping says."""
SHOWN = 4
NEAR = 0.5
"""So much of a mapping's columns a file must have to be called near to it."""


@frozen(kw_only=True)
class Likeness:
    """How a file compares with a mapping.

    ``shared`` is how much of the mapping's columns the file has, from 0 to 1; ``missing`` are those that it has not;
    ``unlike`` has a cell of each column that does not look as the mapping says. ``width`` is the number of columns of
    a file that does not name them; ``delimiter`` is what separates columns where it is another than the mapping's.
    """

    form: CallFormat
    shared: float
    missing: tuple[str, ...] = ()
    unlike: Mapping[str, str] = {}
    width: int = 0
    records: int = 0
    delimiter: str = ""

    @property
    def fits(self) -> bool:
        """Tell whether the file is such a file."""
        return not (self.missing or self.unlike or self.delimiter) and self.records > 0

    @property
    def difference(self) -> str:
        """Return what keeps the file from being such a file."""
        if self.delimiter:
            return f'its columns are separated by "{self.delimiter}"'
        if self.missing:
            named = ", ".join(f'"{name}"' for name in self.missing[:SHOWN])
            return f"it has no column {named}{' …' if len(self.missing) > SHOWN else ''}"
        if self.unlike:
            name, cell = next(iter(self.unlike.items()))
            return f'its "{name}" would be "{cell}"'
        return "it has no record"


@frozen(kw_only=True)
class Recognition:
    """The mappings that fit a file, and the one that comes nearest where none does."""

    fitting: tuple[Likeness, ...]
    nearest: Likeness | None = None


def recognised(head: Head, forms: Iterable[CallFormat]) -> Recognition:
    """Return which of several mappings fit the beginning of a file.

    A Parquet file has our own columns.
    """
    if head.kind == PARQUET:
        return Recognition(fitting=tuple(_own(form) for form in forms if form.name == OWN_COLUMNS))
    found = sorted((likeness(head, form) for form in forms), key=lambda one: (-one.shared, len(one.unlike)))
    fitting = tuple(one for one in found if one.fits)
    return Recognition(fitting=fitting, nearest=found[0] if found and found[0].shared >= NEAR else None)


def only_one(path: str, recognition: Recognition) -> Likeness:
    """Return the mapping that fits a file; raise Refused, with what to do, where none does or several do."""
    if len(recognition.fitting) == 1:
        return recognition.fitting[0]
    if recognition.fitting:
        names = " and ".join(f'"{one.form.name}"' for one in recognition.fitting)
        first = recognition.fitting[0].form.name
        raise Refused([Problem(Place(path), f"{names} fit it", f"say which with --format, such as --format {first}")])
    near = recognition.nearest
    what = "no ready mapping fits"
    if near is not None:
        what += f': nearest is "{near.form.name}" ({near.form.title}), but {near.difference}'
    raise Refused([Problem(Place(path), what, f"run `permanence calls new-format {path}` for a mapping of its own")])


def likeness(head: Head, form: CallFormat) -> Likeness:
    """Return how the beginning of a file compares with a mapping."""
    if head.kind == WORKBOOK:
        return _of_workbook(head, form)
    rows = _cut(head, form)[form.skip_before :]
    if form.layout == "json":
        names = list(dict.fromkeys(name for record in head.objects() for name in record))
        records = [[record.get(name, "") for name in names] for record in head.objects()]
        return _compared(form, names, records)
    if form.header:
        found = _with_header(form, rows)
        return _cut_otherwise(head, form, found) if found.missing else found
    return _by_width(form, rows)


def _of_workbook(head: Head, form: CallFormat) -> Likeness:
    """Return how a workbook compares with a mapping: by the names of its columns, then by their cells in its form."""
    if not form.header or form.layout != "delimited":
        return Likeness(form=form, shared=0.0)
    found = _with_header(form, head.rows(",")[form.skip_before :])
    if found.missing:
        return found
    lines = workbook_lines(head, form)
    return _with_header(form, evolve(head, lines=lines).rows(form.delimiter)[form.skip_before :])


def _with_header(form: CallFormat, rows: Sequence[Sequence[str]]) -> Likeness:
    names = [name.strip() for name in rows[0]] if rows else []
    return _compared(form, names, [row for row in rows[1:] if len(row) == len(names)])


def _cut_otherwise(head: Head, form: CallFormat, found: Likeness) -> Likeness:
    """Return how a file compares with a mapping where another delimiter separates its columns, else what was found."""
    for delimiter in DELIMITERS:
        other = _with_header(form, head.rows(delimiter)[form.skip_before :])
        if delimiter != form.delimiter and not other.missing:
            return evolve(other, delimiter=delimiter)
    return found


def _own(form: CallFormat) -> Likeness:
    return Likeness(form=form, shared=1.0, records=1)


def _compared(form: CallFormat, names: Sequence[str], records: Sequence[Sequence[str]]) -> Likeness:
    """Return how a file that names its columns compares with a mapping."""
    wanted = [name for name, may_lack in form.columns_read().items() if not may_lack]
    missing = tuple(name for name in wanted if name not in names)
    shared = 1 - len(missing) / len(wanted) if wanted else 0.0
    unlike = {} if missing else _unlike(form, names, records)
    return Likeness(form=form, shared=shared, missing=missing, unlike=unlike, records=len(records))


def _by_width(form: CallFormat, rows: Sequence[Sequence[str]]) -> Likeness:
    """Return how a file without names compares with a mapping: by the number of its columns, then by their cells."""
    widths = [len(row) for row in rows]
    for line in form.columns:
        names = line.split(",")
        records = [row for row in rows if len(row) == len(names)]
        if widths and len(records) >= ENOUGH * len(rows):
            unlike = _unlike(form, names, records)
            shared = 1 - len(unlike) / max(len(form.sign), 1)
            return Likeness(form=form, shared=shared, unlike=unlike, width=len(names), records=len(records))
    usual = max(set(widths), key=widths.count, default=0)
    return Likeness(form=form, shared=0.0, missing=(), width=usual)


def _unlike(form: CallFormat, names: Sequence[str], records: Sequence[Sequence[str]]) -> dict[str, str]:
    """Return a cell of each column whose cells do not look as the mapping says."""
    found = {}
    for name, pattern in form.sign.items():
        if name not in names:
            continue
        place, like = names.index(name), compiled(pattern)
        wrong = [row[place] for row in records if not like.fullmatch(row[place].strip())]
        if records and len(wrong) > (1 - ENOUGH) * len(records):
            found[name] = wrong[0]
    return found


def _cut(head: Head, form: CallFormat) -> list[list[str]]:
    """Return the cells of each line that is no line to skip."""
    skipped = [compiled(pattern) for pattern in form.skip_lines]
    lines = [line for line in head.lines if not any(one.search(line) for one in skipped)]
    if form.layout == "fixed":
        return [_by_place(line, form.widths) for line in lines if line.strip()]
    return Head(path=head.path, kind=head.kind, encoding=head.encoding, lines=lines).rows(form.delimiter)


def _by_place(line: str, widths: Sequence[int]) -> list[str]:
    cells, start = [], 0
    for width in widths:
        cells.append(line[start : start + width].strip())
        start += width
    return cells
